import assert from 'node:assert/strict';
import type { ByteDuplex } from '../../../node/noise/byte-duplex.ts';
import { shakeHands, type Handshaken } from '../../../node/noise/channel-handshake.ts';
import { encodeControlRecord } from '../../../node/noise/control-records.ts';
import { DuplexStream } from '../../../node/noise/duplex-stream.ts';
import type { NoiseConnection } from '../../../node/noise/noise-connection.ts';
import { PEER_STREAMS_MAX, WINDOW_MAX_BYTES } from '../../../node/noise/noise-limits.ts';
import { secureChannel } from '../../../node/noise/secure-channel.ts';
import { readAll } from '../../protocol/connection.contract.ts';
import {
  ChannelScene,
  PATH,
  acceptorIdentity,
  channelPair,
  diallerIdentity,
  streamOf,
  streamPair,
} from './noise-bench.ts';

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

describe('secureChannel against a bad link or peer', () => {
  let scene: ChannelScene;

  beforeEach(async () => {
    scene = await ChannelScene.create();
  });

  afterEach(async () => {
    await scene.close();
  });

  it('gives up on a peer that says nothing', async () => {
    await assert.rejects(
      secureChannel(scene.pair.dialler, {
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
      secureChannel(scene.pair.dialler, {
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
      await scene.pair.acceptor.write([bytes]);
      await assert.rejects(
        secureChannel(scene.pair.dialler, { ...PATH, role: 'dialler', identity: diallerIdentity }),
        { code: 'DITS_NODE_PROTOCOL_MISMATCH' },
      );
    });
  }

  it('does not take a handshake that was altered on the way', async () => {
    // The dialler's writes: the name of the protocol, Noise's first message, its second.
    const dialler = altering(scene.pair.dialler, (write, bytes) => {
      if (write === 2) bytes[bytes.length - 1]! ^= 1;
    });
    const dialling = secureChannel(dialler, {
      ...PATH,
      role: 'dialler',
      identity: diallerIdentity,
    });
    await assert.rejects(
      secureChannel(scene.pair.acceptor, { ...PATH, role: 'acceptor', identity: acceptorIdentity }),
    );
    const wrong = await dialling.catch(() => undefined);
    if (wrong !== undefined) assert.notEqual((await wrong.closed).by, 'local');
  });

  it('ends when data was altered on the way', async () => {
    let isAltering = false;
    const dialler = altering(scene.pair.dialler, (_, bytes) => {
      if (isAltering) bytes[bytes.length - 1]! ^= 1;
    });
    const ends = await channelPair({ dialler, acceptor: scene.pair.acceptor });
    scene.open.push(...ends);
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
    const link = new DuplexStream(scene.pair.dialler, 'outbound');
    void link.start();
    const [connection, wild] = await Promise.all([
      secureChannel(scene.pair.acceptor, { ...PATH, role: 'acceptor', identity: acceptorIdentity }),
      shakeHands(link, {
        role: 'dialler',
        identity: diallerIdentity,
        idleTimeoutMs: 30_000,
        signal: AbortSignal.timeout(5_000),
      }),
    ]);
    scene.open.push(connection);
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

  it('shows nothing of what a peer says that a terminal would act on', async () => {
    const [connection, { createMuxer }] = await wildPeer();
    const stream = await createMuxer().createStream();
    stream.send(Buffer.from('\x13/multistream/1.0.0\n\x10/dits/1/control\n'));
    const text = 'gone\u001b]0;owned\u0007\u202e';
    stream.send(encodeControlRecord({ kind: 'close', stream: 0, code: 7, text }));
    const end = await connection.closed;
    assert.deepEqual(end, { by: 'remote', code: 7, reason: 'gone\uFFFD]0;owned\uFFFD\uFFFD' });
  });

  it('does not answer without end a peer that reads nothing', async () => {
    await scene.pair.dispose();
    scene.pair = await streamPair();
    let isDeaf = false;
    const inner = scene.pair.dialler;
    scene.pair = {
      ...scene.pair,
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
