import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { ByteDuplex } from '../../../node/noise/byte-duplex.ts';
import { shakeHands, type Handshaken } from '../../../node/noise/channel-handshake.ts';
import { DuplexStream } from '../../../node/noise/duplex-stream.ts';
import type { NoiseConnection } from '../../../node/noise/noise-connection.ts';
import { PEER_STREAMS_MAX, WINDOW_MAX_BYTES } from '../../../node/noise/noise-limits.ts';
import { secureChannel } from '../../../node/noise/secure-channel.ts';
import { tcpDuplex } from '../../../node/tcp/tcp-duplex.ts';
import type { ByteStream, Connection } from '../../../protocol/index.ts';
import { readAll } from '../../protocol/connection.contract.ts';
import {
  acceptorIdentity,
  channelPair,
  diallerIdentity,
  socketPair,
  streamPair,
  tcpPair,
  type DuplexPair,
} from './noise-bench.ts';

const PATH = { path: 'tcp', remoteAddress: 'the other end' } as const;

async function streamOf(connection: Connection): Promise<ByteStream> {
  for await (const arrived of connection.incoming()) {
    if (arrived.kind === 'bidirectional') return arrived.stream;
  }
  throw new Error('no stream came');
}

/** A duplex that lets a test change what is written to it, from the given write on. */
function altering(inner: ByteDuplex, alter: (write: number, bytes: Buffer) => void): ByteDuplex {
  let write = 0;
  return {
    read: (into) => inner.read(into),
    write: (parts) => {
      const bytes = Buffer.concat(parts);
      alter(write++, bytes);
      return inner.write([bytes]);
    },
    end: () => inner.end(),
    reset: (code) => inner.reset(code),
    stop: (code) => inner.stop(code),
  };
}

describe('secureChannel', () => {
  let pair: DuplexPair;
  let open: Connection[];

  beforeEach(async () => {
    pair = await tcpPair();
    open = [];
  });

  afterEach(async () => {
    await Promise.all(open.map((connection) => connection.close(0, '')));
    await pair.dispose();
  });

  async function connected(
    options: Parameters<typeof channelPair>[1] = {},
  ): Promise<readonly [NoiseConnection, NoiseConnection]> {
    const ends = await channelPair(pair, options);
    open.push(...ends);
    return ends;
  }

  it('proves both identities', async () => {
    const [dialler, acceptor] = await connected();
    assert.equal(dialler.remotePeerId, acceptorIdentity.peerId);
    assert.equal(acceptor.remotePeerId, diallerIdentity.peerId);
  });

  it('gives up one half of a stream and keeps the other', async () => {
    const [dialler, acceptor] = await connected();
    const stream = await dialler.openStream();
    await stream.write([Buffer.from('question')]);
    const there = await streamOf(acceptor);
    stream.reset(33);
    await assert.rejects(readAll(there), {
      code: 'DITS_PROTOCOL_STREAM_RESET',
      details: { applicationCode: 33 },
    });
    await there.write([Buffer.from('answer')]);
    await there.end();
    assert.equal((await readAll(stream)).toString(), 'answer');
  });

  it('tells a writer with which code reading was stopped', async () => {
    const [dialler, acceptor] = await connected();
    const stream = await dialler.openStream();
    await stream.write([Buffer.from('question')]);
    const there = await streamOf(acceptor);
    there.stop(34);
    const piece = Buffer.alloc(100_000);
    const writing = async (): Promise<void> => {
      for (;;) await stream.write([piece]);
    };
    await assert.rejects(writing(), { details: { applicationCode: 34 } });
    await there.write([Buffer.from('no more of that')]);
    await there.end();
    assert.equal((await readAll(stream)).toString(), 'no more of that');
  });

  it('delivers what was written before an end and a close', async () => {
    const [dialler, acceptor] = await connected();
    const sent = Buffer.alloc(200_000, 7);
    const stream = await dialler.openStream();
    await stream.write([sent]);
    await stream.end();
    const there = await streamOf(acceptor);
    await dialler.close(0, 'done');
    await acceptor.closed;
    assert.ok((await readAll(there)).equals(sent));
  });

  it('opens more streams than are allowed at once, one after the other', async () => {
    const [dialler, acceptor] = await connected();
    const count = PEER_STREAMS_MAX + 50;
    const answering = (async () => {
      let answered = 0;
      for await (const arrived of acceptor.incoming()) {
        assert.ok(arrived.kind === 'bidirectional');
        await arrived.stream.write([await readAll(arrived.stream)]);
        await arrived.stream.end();
        if (++answered === count) return;
      }
    })();
    const asking = Array.from({ length: count }, async (_, index) => {
      const stream = await dialler.openStream();
      await stream.write([Buffer.from(String(index))]);
      await stream.end();
      return (await readAll(stream)).toString();
    });
    const answers = await Promise.all(asking);
    await answering;
    answers.forEach((answer, index) => assert.equal(answer, String(index)));
  });

  it('tells the acceptor why the peer came this way', async () => {
    const [dialler, acceptor] = await connected();
    dialler.explainPath('no answer over UDP in 0.3 s');
    const stream = await dialler.openStream();
    await stream.write([Buffer.from('x')]);
    await streamOf(acceptor);
    assert.equal(acceptor.pathReason, 'no answer over UDP in 0.3 s');
  });

  it('ends when nothing comes for too long', async () => {
    const [ours, theirs] = await socketPair();
    const dialling = secureChannel(tcpDuplex(ours), {
      ...PATH,
      role: 'dialler',
      identity: diallerIdentity,
      idleTimeoutMs: 300,
    });
    const frozen = tcpDuplex(theirs);
    let isFrozen = false;
    const acceptor = await secureChannel(
      {
        ...frozen,
        read: async (into) => {
          const count = await frozen.read(into);
          return isFrozen ? await new Promise<number>(() => undefined) : count;
        },
      },
      { ...PATH, role: 'acceptor', identity: acceptorIdentity },
    );
    isFrozen = true;
    const dialler = await dialling;
    assert.equal((await dialler.closed).by, 'timeout');
    await dialler.close(0, '');
    theirs.destroy();
    void acceptor.close(0, '');
  });

  describe('against a bad link or peer', () => {
    it('gives up on a peer that says nothing', async () => {
      await assert.rejects(
        secureChannel(pair.dialler, {
          ...PATH,
          role: 'dialler',
          identity: diallerIdentity,
          handshakeMaxMs: 50,
        }),
        { code: 'DITS_NODE_UNREACHABLE' },
      );
    });

    it('gives up when it is told to', async () => {
      const reason = new Error('enough');
      await assert.rejects(
        secureChannel(pair.dialler, {
          ...PATH,
          role: 'dialler',
          identity: diallerIdentity,
          signal: AbortSignal.abort(reason),
        }),
        reason,
      );
    });

    for (const [what, bytes] of [
      ['another protocol', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'.repeat(20))],
      ['zeros', Buffer.alloc(4_096)],
    ] as const) {
      it(`turns a peer away that sends ${what}`, async () => {
        await pair.acceptor.write([bytes]);
        await assert.rejects(
          secureChannel(pair.dialler, { ...PATH, role: 'dialler', identity: diallerIdentity }),
          { code: 'DITS_NODE_PROTOCOL_MISMATCH' },
        );
      });
    }

    it('does not take a handshake that was altered on the way', async () => {
      // The dialler's writes: the name of the protocol, Noise's first message, its second.
      const dialler = altering(pair.dialler, (write, bytes) => {
        if (write === 2) bytes[bytes.length - 1]! ^= 1;
      });
      const dialling = secureChannel(dialler, {
        ...PATH,
        role: 'dialler',
        identity: diallerIdentity,
      });
      await assert.rejects(
        secureChannel(pair.acceptor, { ...PATH, role: 'acceptor', identity: acceptorIdentity }),
      );
      const wrong = await dialling.catch(() => undefined);
      if (wrong !== undefined) assert.notEqual((await wrong.closed).by, 'local');
    });

    it('ends when data was altered on the way', async () => {
      let isAltering = false;
      const dialler = altering(pair.dialler, (_, bytes) => {
        if (isAltering) bytes[bytes.length - 1]! ^= 1;
      });
      const ends = await channelPair({ dialler, acceptor: pair.acceptor });
      open.push(...ends);
      const stream = await ends[0].openStream();
      await stream.write([Buffer.from('fine')]);
      const there = await streamOf(ends[1]);
      isAltering = true;
      await stream.write([Buffer.from('altered')]);
      await assert.rejects(readAll(there), { code: 'DITS_PROTOCOL_CONNECTION_LOST' });
      const { by, reason } = await ends[1].closed;
      assert.equal(by, 'transport');
      assert.match(reason, /altered/);
    });

    /** A peer that does the handshake and then says whatever the test wants. */
    async function wildPeer(): Promise<readonly [NoiseConnection, Handshaken]> {
      const link = new DuplexStream(pair.dialler, 'outbound');
      void link.start();
      const [connection, wild] = await Promise.all([
        secureChannel(pair.acceptor, { ...PATH, role: 'acceptor', identity: acceptorIdentity }),
        shakeHands(link, {
          role: 'dialler',
          identity: diallerIdentity,
          idleTimeoutMs: 30_000,
          signal: AbortSignal.timeout(5_000),
        }),
      ]);
      open.push(connection);
      return [connection, wild];
    }

    it('does not collect a frame that is longer than any window', async () => {
      const [connection, { secured }] = await wildPeer();
      const header = Buffer.alloc(12);
      // Data with SYN on stream 1.
      header.writeUInt16BE(1, 2);
      header.writeUInt32BE(1, 4);
      header.writeUInt32BE(WINDOW_MAX_BYTES + 1, 8);
      secured.send(header.subarray(0, 5));
      secured.send(header.subarray(5));
      assert.equal((await connection.closed).by, 'transport');
    });

    it('does not keep more streams than anybody will take', async () => {
      const [connection, { createMuxer }] = await wildPeer();
      const muxer = createMuxer();
      const name = Buffer.from('\x13/multistream/1.0.0\n\x08/dits/1\n');
      for (let count = 0; count < 3 * PEER_STREAMS_MAX; count++) {
        try {
          const stream = await muxer.createStream();
          stream.send(name);
          stream.abort(new Error('on to the next'));
        } catch {
          // The connection has been ended by the other side.
          break;
        }
      }
      assert.match((await connection.closed).reason, /rules/);
    });

    it('ends a connection whose control records make no sense', async () => {
      const [connection, { createMuxer }] = await wildPeer();
      const stream = await createMuxer().createStream();
      stream.send(Buffer.from('\x13/multistream/1.0.0\n\x10/dits/1/control\n'));
      stream.send(Buffer.alloc(11, 0xff));
      assert.match((await connection.closed).reason, /rules/);
    });

    it('does not answer without end a peer that reads nothing', async () => {
      await pair.dispose();
      pair = await streamPair();
      let isDeaf = false;
      const inner = pair.dialler;
      pair = {
        ...pair,
        dialler: {
          read: (into) => (isDeaf ? new Promise(() => undefined) : inner.read(into)),
          write: (parts) => inner.write(parts),
          end: () => inner.end(),
          reset: (code) => inner.reset(code),
          stop: (code) => inner.stop(code),
        },
      };
      const [connection, { secured }] = await wildPeer();
      isDeaf = true;
      const pings = Buffer.alloc(12 * 5_000);
      for (let at = 0; at < pings.length; at += 12) {
        pings[at + 1] = 2;
        pings.writeUInt16BE(1, at + 2);
      }
      const over = new AbortController();
      void connection.closed.then(() => over.abort());
      for (let round = 0; round < 2_000 && !over.signal.aborted; round++) {
        if (!secured.send(pings)) await secured.onDrain().catch(() => undefined);
        await new Promise(setImmediate);
      }
      assert.ok(over.signal.aborted, 'it went on answering');
    }).timeout(20_000);
  });

  describe('with libp2p as it comes', () => {
    async function stockNode(listen: string[]): Promise<import('libp2p').Libp2p> {
      const { createLibp2p } = await import('libp2p');
      const { tcp } = await import('@libp2p/tcp');
      const { noise } = await import('@chainsafe/libp2p-noise');
      const { yamux } = await import('@chainsafe/libp2p-yamux');
      return await createLibp2p({
        addresses: { listen },
        transports: [tcp()],
        connectionEncrypters: [noise()],
        streamMuxers: [yamux()],
      });
    }

    it('takes a connection and a stream from a libp2p node', async () => {
      const server = createServer({ pauseOnConnect: true });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const node = await stockNode([]);
      try {
        const accepting = once(server, 'connection').then(([socket]) =>
          secureChannel(tcpDuplex(socket as never), {
            ...PATH,
            role: 'acceptor',
            identity: acceptorIdentity,
          }),
        );
        const { multiaddr } = await import('@multiformats/multiaddr');
        const address = `/ip4/127.0.0.1/tcp/${port}/p2p/${acceptorIdentity.peerId}`;
        const stream = await node.dialProtocol(multiaddr(address), '/dits/1');
        stream.send(Buffer.from('hello from libp2p'));
        await stream.close();
        const connection = await accepting;
        open.push(connection);
        assert.equal(connection.remotePeerId, node.peerId.toString());
        const there = await streamOf(connection);
        assert.equal((await readAll(there)).toString(), 'hello from libp2p');
        await there.write([Buffer.from('well met')]);
        await there.end();
        const parts: Uint8Array[] = [];
        for await (const part of stream) parts.push(part.subarray());
        assert.equal(Buffer.concat(parts).toString(), 'well met');
      } finally {
        await node.stop();
        server.close();
      }
    });

    it('opens a stream at a libp2p node', async () => {
      const node = await stockNode(['/ip4/127.0.0.1/tcp/0']);
      try {
        await node.handle('/dits/1', async (stream) => {
          for await (const part of stream) stream.send(part);
          await stream.close();
        });
        const port = Number(/tcp\/(\d+)/.exec(node.getMultiaddrs()[0]!.toString())![1]);
        const { connect } = await import('node:net');
        const socket = connect({ host: '127.0.0.1', port });
        await once(socket, 'connect');
        const connection = await secureChannel(tcpDuplex(socket), {
          ...PATH,
          role: 'dialler',
          identity: diallerIdentity,
        });
        open.push(connection);
        assert.equal(connection.remotePeerId, node.peerId.toString());
        const stream = await connection.openStream();
        await stream.write([Buffer.from('echo')]);
        const echo = Buffer.alloc(4);
        assert.equal(await stream.read(echo), echo.length);
        assert.equal(echo.toString(), 'echo');
        await stream.end();
        assert.equal((await readAll(stream)).length, 0);
        const unknown = await connection.openSink();
        await assert.rejects(
          async () => {
            for (let round = 0; round < 1_000; round++) await unknown.write([Buffer.alloc(10_000)]);
          },
          { code: 'DITS_PROTOCOL_STREAM_RESET' },
        );
      } finally {
        await node.stop();
      }
    });
  });
});
