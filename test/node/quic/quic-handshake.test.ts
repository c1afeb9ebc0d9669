import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { NodeError } from '../../../node/node-error.ts';
import { generateIdentity } from '../../../node/identity/identity.ts';
import { Admission } from '../../../node/listen/admission.ts';
import type { QuicConnection } from '../../../node/quic/quic-connection.ts';
import { QuicListener } from '../../../node/quic/quic-listener.ts';
import { silentLogger } from '../../../node/logger.ts';
import { QuicBench, readAll } from './quic-bench.ts';

function nodeError(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof NodeError, String(error));
    assert.equal(error.code, code, error.message);
    return true;
  };
}

/** TLS alert certificate_required as a QUIC error (RFC 9001 section 4.8). */
const TLS_CERTIFICATE_REQUIRED = 0x174;

/** TLS 1.3 lets the dialler finish first: it may hear of a refusal while it dials, or right after. */
async function refusalCode(
  dialling: Promise<QuicConnection>,
  expectedBy = 'remote',
): Promise<number> {
  try {
    const { by, code } = await (await dialling).closed;
    assert.equal(by, expectedBy);
    return code;
  } catch (error) {
    assert.ok(nodeError('DITS_NODE_REFUSED')(error));
    assert.ok(error instanceof NodeError);
    return Number(error.details['closeCode']);
  }
}

describe('a QUIC handshake', () => {
  let bench: QuicBench;

  beforeEach(async () => {
    bench = await QuicBench.open();
  });

  afterEach(async () => {
    await bench.close();
  });

  it('gives nothing to a dialler who does not accept the peer', async () => {
    const refusal = new NodeError('DITS_NODE_IDENTITY_MISMATCH', 'somebody else');
    await assert.rejects(
      bench.dial({
        checkPeer: (peerId) => {
          assert.equal(peerId, bench.identity.peerId);
          throw refusal;
        },
      }),
      refusal,
    );
  });

  it('turns away a peer without a certificate', async () => {
    assert.equal(
      await refusalCode(bench.dial({ credentials: undefined }), 'transport'),
      TLS_CERTIFICATE_REQUIRED,
    );
    assert.equal(bench.accepted.length, 0);
  });

  it('closes the connection of a peer that is not admitted, with a permission code', async () => {
    const closed = await QuicBench.open({ admit: () => false });
    assert.equal(await refusalCode(closed.dial()), 4);
    assert.equal(closed.accepted.length, 0);
    await closed.close();
  });

  it('fails at once where nobody listens', async () => {
    const socket = dgram.createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    socket.close();
    await assert.rejects(
      bench.dial({ remote: { host: '127.0.0.1', port } }),
      nodeError('DITS_NODE_UNREACHABLE'),
    );
  });

  it('fails within its time limit where nobody answers', async () => {
    const silent = dgram.createSocket('udp4');
    silent.bind(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address();
    await assert.rejects(
      bench.dial({ remote: { host: '127.0.0.1', port }, handshakeTimeoutMs: 100 }),
      nodeError('DITS_NODE_UNREACHABLE'),
    );
    silent.close();
  });

  it('stops when it is cancelled', async () => {
    const silent = dgram.createSocket('udp4');
    silent.bind(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address();
    const controller = new AbortController();
    const reason = new Error('interrupted');
    const dialling = bench.dial({ remote: { host: '127.0.0.1', port }, signal: controller.signal });
    setImmediate(() => {
      controller.abort(reason);
    });
    await assert.rejects(dialling, reason);
    silent.close();
  });

  it('fails against a server of another protocol', async () => {
    await assert.rejects(bench.dial({ alpn: 'h3' }), nodeError('DITS_NODE_PROTOCOL_MISMATCH'));
  });

  it('is refused by a node that is stopping', async () => {
    bench.listener.refuseNew();
    assert.equal(await refusalCode(bench.dial()), 16);
  });

  it('succeeds when another listener of the same node has closed', async () => {
    const limits = { connectionsMax: 2, connectionsPerPeerMax: 2 };
    const admission = new Admission({ admit: () => true }, limits);
    const first = await QuicBench.open({ admission });
    await first.close();
    const second = await QuicBench.open({ admission });
    await second.connect();
    await second.close();
  });

  it('is refused when there are too many connections, in total or of one peer', async () => {
    const small = await QuicBench.open({ limits: { connectionsMax: 3, connectionsPerPeerMax: 1 } });
    const { credentials } = generateIdentity();
    await small.connect({ credentials });
    assert.equal(await refusalCode(small.dial({ credentials })), 5);
    await small.connect();
    await small.connect();
    assert.equal(await refusalCode(small.dial()), 5);
    await small.close();
  });

  it('succeeds through a retry when many handshakes are open', async () => {
    const wary = await QuicBench.open({ limits: { halfOpenRetryThreshold: 0 } });
    const { client, server } = await wary.connect();
    const sink = await client.openSink();
    await sink.write([Buffer.from('proven')]);
    await sink.end();
    for await (const incoming of server.incoming()) {
      assert.equal(incoming.kind, 'unidirectional');
      assert.equal((await readAll(incoming.source)).toString(), 'proven');
      break;
    }
    await wary.close();
  });

  it('answers an unknown version with the versions it knows', async () => {
    const socket = dgram.createSocket('udp4');
    const packet = Buffer.alloc(1_200);
    packet.writeUInt8(0xc0);
    packet.writeUInt32BE(0x1a2a3a4a, 1);
    packet.writeUInt8(8, 5);
    packet.writeUInt8(8, 14);
    const answer = once(socket, 'message');
    socket.send(packet, bench.listener.address.port, '127.0.0.1');
    const [bytes] = (await answer) as [Buffer];
    assert.equal(bytes.readUInt32BE(1), 0);
    assert.ok(bytes.includes(Buffer.from([0, 0, 0, 1])));
    socket.close();
  });

  it('survives garbage, and goes on serving', async () => {
    const socket = dgram.createSocket('udp4');
    const send = async (bytes: Buffer): Promise<void> =>
      await new Promise<void>((resolve) => {
        socket.send(bytes, bench.listener.address.port, '127.0.0.1', () => {
          resolve();
        });
      });
    for (const length of [0, 1, 2, 17, 20, 1_199, 1_200, 9_000]) {
      for (let round = 0; round < 20; round++) await send(randomBytes(length));
    }
    // Initial packets of version 1 with random contents: plausible until they are decrypted.
    for (let round = 0; round < 40; round++) {
      const packet = randomBytes(1_200);
      Buffer.from('c00000000108', 'hex').copy(packet);
      packet.writeUInt8(8, 14);
      packet.writeUInt8(0, 23);
      await send(packet);
    }
    const { client } = await bench.connect();
    assert.equal(client.remotePeerId, bench.identity.peerId);
    socket.close();
  });

  it('holds a bounded number of unfinished handshakes', async () => {
    const limits = { halfOpenMax: 8, halfOpenRetryThreshold: 4, handshakeTimeoutMs: 200 };
    const wary = await QuicBench.open({ limits });
    const gathered = await captureInitial();
    const socket = dgram.createSocket('udp4');
    for (let round = 0; round < 200; round++) {
      // Another first connection id makes another connection; the packet does not decrypt, which a listener sees later.
      const packet = Buffer.from(gathered);
      randomBytes(8).copy(packet, 6);
      await new Promise<void>((resolve) => {
        socket.send(packet, wary.listener.address.port, '127.0.0.1', () => {
          resolve();
        });
      });
    }
    assert.ok(wary.listener.halfOpenCount <= 8);
    assert.equal((await wary.connect()).client.remotePeerId, wary.identity.peerId);
    socket.close();
    await wary.close();
  });

  it('reports a busy port', async () => {
    await assert.rejects(
      QuicListener.open(
        {
          logger: silentLogger,
          nowMs: () => 0,
          admit: () => true,
          onConnection: () => undefined,
        },
        { address: bench.listener.address, credentials: bench.identity.credentials },
      ),
      nodeError('DITS_NODE_PORT_BUSY'),
    );
  });
});

/** The first packet of a real dialler. */
async function captureInitial(): Promise<Buffer> {
  const socket = dgram.createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const controller = new AbortController();
  const bench = await QuicBench.open();
  const arrived = once(socket, 'message');
  const dialling = bench.dial({
    remote: { host: '127.0.0.1', port: socket.address().port },
    signal: controller.signal,
  });
  const [bytes] = (await arrived) as [Buffer];
  controller.abort(new Error('captured'));
  await assert.rejects(dialling);
  socket.close();
  await bench.close();
  return bytes;
}
