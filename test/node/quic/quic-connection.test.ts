import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import type { ByteSource, ByteStream, IncomingStream } from '../../../protocol/index.ts';
import { ProtocolError } from '../../../protocol/index.ts';
import type { QuicConnection } from '../../../node/quic/quic-connection.ts';
import { LossyPath } from './lossy-path.ts';
import { QuicBench, readAll } from './quic-bench.ts';

const MIB = 1024 * 1024;

async function nextIncoming(connection: QuicConnection): Promise<IncomingStream> {
  for await (const incoming of connection.incoming()) return incoming;
  throw new Error('the connection ended');
}

async function acceptStream(connection: QuicConnection): Promise<ByteStream> {
  const incoming = await nextIncoming(connection);
  assert.equal(incoming.kind, 'bidirectional');
  return incoming.stream;
}

async function acceptSource(connection: QuicConnection): Promise<ByteSource> {
  const incoming = await nextIncoming(connection);
  assert.equal(incoming.kind, 'unidirectional');
  return incoming.source;
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof ProtocolError && error.code === code;
}

describe('a QUIC connection', function () {
  let bench: QuicBench;

  beforeEach(async () => {
    bench = await QuicBench.open();
  });

  afterEach(async () => {
    await bench.close();
  });

  it('carries a request and its answer', async () => {
    const { client, server } = await bench.connect();
    const stream = await client.openStream();
    await stream.write([Buffer.from('how '), Buffer.from('are you?')]);
    await stream.end();
    const incoming = await acceptStream(server);
    assert.equal((await readAll(incoming)).toString(), 'how are you?');
    await incoming.write([Buffer.from('fine')]);
    await incoming.end();
    assert.equal((await readAll(stream)).toString(), 'fine');
  });

  it('names the peer at the other end on both sides', async () => {
    const { client, server } = await bench.connect();
    assert.equal(client.remotePeerId, bench.identity.peerId);
    assert.match(server.remotePeerId, /^12D3KooW/);
    assert.equal(client.remoteAddress, `127.0.0.1:${bench.listener.address.port}`);
  });

  it('carries 100 MB each way at once without changing a byte', async function () {
    this.timeout(60_000);
    const { client, server } = await bench.connect();
    const block = randomBytes(MIB);
    const blockCount = 100;
    const send = async (connection: QuicConnection): Promise<string> => {
      const sink = await connection.openSink();
      const hash = createHash('sha256');
      for (let index = 0; index < blockCount; index++) {
        block.writeUInt32BE(index);
        const copy = Buffer.from(block);
        hash.update(copy);
        await sink.write([copy.subarray(0, index), copy.subarray(index)]);
      }
      await sink.end();
      return hash.digest('hex');
    };
    const receive = async (connection: QuicConnection): Promise<string> => {
      const source = await acceptSource(connection);
      const hash = createHash('sha256');
      const into = Buffer.alloc(MIB);
      for (let count; (count = await source.read(into)) > 0;) {
        hash.update(into.subarray(0, count));
      }
      return hash.digest('hex');
    };
    const [up, down, upRead, downRead] = await Promise.all([
      send(client),
      send(server),
      receive(server),
      receive(client),
    ]);
    assert.equal(upRead, up);
    assert.equal(downRead, down);
    const { bytesSent, bytesReceived } = client.stats();
    assert.ok(bytesSent > blockCount * MIB && bytesSent < 1.1 * blockCount * MIB);
    assert.ok(bytesReceived > blockCount * MIB && bytesReceived < 1.1 * blockCount * MIB);
  });

  it('keeps 100 streams of each kind apart, and makes more wait for one to end', async () => {
    const { client, server } = await bench.connect();
    const total = 250;
    const seen = new Map<string, number>();
    const serving = (async () => {
      for await (const incoming of server.incoming()) {
        void (async () => {
          if (incoming.kind === 'unidirectional') {
            const text = (await readAll(incoming.source)).toString();
            seen.set(text, (seen.get(text) ?? 0) + 1);
            return;
          }
          await incoming.stream.write([await readAll(incoming.stream)]);
          await incoming.stream.end();
        })();
      }
    })();
    await Promise.all(
      Array.from({ length: total }, async (_, index) => {
        const stream = await client.openStream();
        const sent = Buffer.alloc(10_000, `request ${index} `);
        await stream.write([sent]);
        await stream.end();
        assert.deepEqual(await readAll(stream), sent);
        const sink = await client.openSink();
        await sink.write([Buffer.from(`bulk ${index}`)]);
        await sink.end();
      }),
    );
    await client.close(0, 'done');
    await serving;
    assert.equal(seen.size, total);
  });

  it('delivers the end of a stream that is ended long after its last byte, and of an empty one', async () => {
    const { client, server } = await bench.connect();
    const stream = await client.openStream();
    await stream.write([Buffer.from('question')]);
    const incoming = await acceptStream(server);
    assert.equal(await incoming.read(Buffer.alloc(100)), 8);
    await incoming.write([Buffer.from('answer')]);
    assert.equal(await stream.read(Buffer.alloc(100)), 6);
    // Everything is acknowledged by now, so the ends travel alone.
    await stream.end();
    assert.equal(await incoming.read(Buffer.alloc(1)), 0);
    await incoming.end();
    assert.equal(await stream.read(Buffer.alloc(1)), 0);
    const opening = (async () => {
      for (let round = 0; round < 300; round++) await (await client.openSink()).end();
    })();
    let emptyCount = 0;
    for await (const next of server.incoming()) {
      assert.equal(next.kind, 'unidirectional');
      assert.equal(await next.source.read(Buffer.alloc(1)), 0);
      if (++emptyCount === 300) break;
    }
    await opening;
  });

  it('delivers the ends of both halves of a stream that are ended late and at once', async () => {
    for (let round = 0; round < 40; round++) {
      const { client, server } = await bench.connect();
      const stream = await client.openStream();
      await stream.write([Buffer.from('a')]);
      const next = await server.incoming()[Symbol.asyncIterator]().next();
      assert.ok(next.done !== true && next.value.kind === 'bidirectional');
      const there = next.value.stream;
      const byte = Buffer.alloc(1);
      await there.read(byte);
      await there.write([Buffer.from('b')]);
      await stream.read(byte);
      await stream.end();
      await there.end();
      assert.equal(await there.read(byte), 0);
      assert.equal(await stream.read(byte), 0);
    }
  });

  it('delivers an end that travels alone and gets lost, even when the other half has ended', async () => {
    const path = await LossyPath.open(bench.listener.address);
    try {
      const { client, server } = await bench.connect({ remote: path.address });
      const stream = await client.openStream();
      const byte = Buffer.alloc(1);
      await stream.write([Buffer.from('a')]);
      const there = await acceptStream(server);
      await there.read(byte);
      await there.write([Buffer.from('b')]);
      await stream.read(byte);
      await path.quiet();
      path.dropNext(1);
      await Promise.all([stream.end(), there.end()]);
      assert.equal(await stream.read(byte), 0);
      assert.equal(await there.read(byte), 0);
      assert.equal(path.toDropCount, 0);
    } finally {
      await path.close();
    }
  });

  it('hands over the streams of the peer in the order of their ids', async () => {
    const { client, server } = await bench.connect();
    const opened = await Promise.all([1, 2, 3, 4].map(() => client.openStream()));
    for (const stream of opened.toReversed()) await stream.write([Buffer.from([1])]);
    const ids: number[] = [];
    for await (const incoming of server.incoming()) {
      assert.equal(incoming.kind, 'bidirectional');
      ids.push(incoming.stream.streamId);
      if (ids.length === opened.length) break;
    }
    assert.deepEqual(
      ids,
      opened.map((stream) => stream.streamId),
    );
  });

  it('makes a writer wait while nobody reads, and never holds more than the windows allow', async () => {
    const { client, server } = await bench.connect();
    const sink = await client.openSink();
    const block = Buffer.alloc(MIB);
    let written = 0;
    let isStopped = false;
    const writing = (async () => {
      try {
        for (; written < 64; written++) await sink.write([block]);
      } catch (error) {
        isStopped = hasCode('DITS_PROTOCOL_STREAM_RESET')(error);
      }
    })();
    const source = await acceptSource(server);
    const echo = await server.openStream();
    await echo.write([Buffer.from('still alive')]);
    await echo.end();
    // Another stream gets through although this one is full.
    assert.equal((await readAll(await acceptStream(client))).toString(), 'still alive');
    assert.ok(written <= 32, `${written} MiB were accepted`);
    source.stop(7);
    await writing;
    assert.equal(isStopped, true);
  });

  it('tells the reader when the writer gives up', async () => {
    const { client, server } = await bench.connect();
    const stream = await client.openStream();
    await stream.write([Buffer.from('half a')]);
    const incoming = await acceptStream(server);
    await incoming.read(Buffer.alloc(100));
    const reading = incoming.read(Buffer.alloc(100));
    stream.reset(42);
    stream.reset(42);
    await assert.rejects(reading, (error) => {
      assert.ok(error instanceof ProtocolError);
      assert.equal(error.code, 'DITS_PROTOCOL_STREAM_RESET');
      assert.equal(error.details['applicationCode'], 42);
      return true;
    });
    await assert.rejects(stream.write([Buffer.from('x')]), hasCode('DITS_PROTOCOL_STREAM_RESET'));
  });

  it('tells a writer who goes on after the peer has answered, ended and stopped reading', async () => {
    const { client, server } = await bench.connect();
    const stream = await client.openStream();
    await stream.write([Buffer.from('a long story')]);
    const incoming = await acceptStream(server);
    await incoming.write([Buffer.from('enough')]);
    await incoming.end();
    incoming.stop(4);
    assert.equal((await readAll(stream)).toString(), 'enough');
    await assert.rejects(async () => {
      for (;;) await stream.write([Buffer.from('and then')]);
    }, hasCode('DITS_PROTOCOL_STREAM_RESET'));
  });

  it('delivers what was written before a close, then code and reason', async () => {
    const { client, server } = await bench.connect();
    const sink = await client.openSink();
    await sink.write([Buffer.alloc(300_000, 'x')]);
    await sink.end();
    const [source] = await Promise.all([acceptSource(server), client.close(4, 'not allowed')]);
    assert.deepEqual(await server.closed, { by: 'remote', code: 4, reason: 'not allowed' });
    assert.deepEqual(await client.closed, { by: 'local', code: 4, reason: 'not allowed' });
    assert.equal((await readAll(source)).length, 300_000);
    await assert.rejects(server.openStream(), hasCode('DITS_PROTOCOL_CONNECTION_LOST'));
    await assert.rejects(client.openSink(), hasCode('DITS_PROTOCOL_CONNECTION_LOST'));
  });

  it('fails everything that waits when the peer closes', async () => {
    const { client, server } = await bench.connect();
    const stream = await client.openStream();
    await stream.write([Buffer.from('?')]);
    const reading = stream.read(Buffer.alloc(10));
    const counting = (async () => {
      let count = 0;
      for await (const incoming of client.incoming()) count += incoming.kind.length;
      return count;
    })();
    await server.close(0, 'that is all');
    await assert.rejects(reading, hasCode('DITS_PROTOCOL_CONNECTION_LOST'));
    assert.equal(await counting, 0);
  });

  it('cuts a close reason that is too long', async () => {
    const { client, server } = await bench.connect();
    await client.close(1, 'é'.repeat(2_000));
    const { reason } = await server.closed;
    assert.equal(reason, 'é'.repeat(512));
  });

  it('notices that the peer has vanished, within the idle timeout', async () => {
    const shortLived = await QuicBench.open({ idleTimeoutMs: 300 });
    const { client, server } = await shortLived.connect({ idleTimeoutMs: 300 });
    const stream = await client.openStream();
    await stream.write([Buffer.from('?')]);
    const incoming = await acceptStream(server);
    await incoming.read(Buffer.alloc(10));
    const reading = incoming.read(Buffer.alloc(10));
    client.vanish();
    await assert.rejects(reading, hasCode('DITS_PROTOCOL_CONNECTION_LOST'));
    assert.equal((await server.closed).by, 'timeout');
    await shortLived.close();
  });

  it('notices at once that nobody listens any more where the peer was', async () => {
    const gone = await QuicBench.open();
    const { client, server } = await gone.connect();
    const stream = await client.openStream();
    await stream.write([Buffer.from('?')]);
    await (await acceptStream(server)).read(Buffer.alloc(10));
    server.vanish();
    await gone.listener.close(0, '');
    const writing = assert.rejects(async () => {
      for (;;) await stream.write([Buffer.from('still there?')]);
    }, hasCode('DITS_PROTOCOL_CONNECTION_LOST'));
    assert.equal((await client.closed).by, 'transport');
    await writing;
  });

  it('outlives its idle timeout while both ends are there', async () => {
    // Long enough for a busy machine to send keep-alives in time.
    const idleTimeoutMs = 1_000;
    const shortLived = await QuicBench.open({ idleTimeoutMs });
    try {
      const { client, server } = await shortLived.connect({ idleTimeoutMs });
      // Keep-alives are the only traffic: they are what is counted here.
      await new Promise((resolve) => setTimeout(resolve, 1.5 * idleTimeoutMs));
      const stream = await client.openStream();
      await stream.write([Buffer.from('still here')]);
      await stream.end();
      assert.equal((await readAll(await acceptStream(server))).toString(), 'still here');
    } finally {
      await shortLived.close();
    }
  });

  it('uses big datagrams on loopback and keeps to the size that the peer accepts', async () => {
    const { client } = await bench.connect();
    assert.equal(client.datagramBytes, 16_000);
    const { client: modest, server } = await bench.connect({ payloadBytes: 1_350 });
    assert.equal(modest.datagramBytes, 1_350);
    assert.equal(server.datagramBytes, 1_350);
  });
});
