/** What every transport must do. A transport's own test calls `describeConnection` with a factory of connected pairs. */
import assert from 'node:assert/strict';
import type { ByteSource, ByteStream, Connection, IncomingStream } from '../../protocol/index.ts';

/** Two connected ends, and how to get rid of them. */
export type ConnectionPair = {
  readonly dialler: Connection;
  readonly acceptor: Connection;
  readonly dispose: () => Promise<void>;
};

/** Bytes sent in the bulk tests: more than any buffer on the way holds. */
const BULK_BYTES: number = 6 * 1024 * 1024;
const KIB = 1024;

function pattern(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed >>> 0 || 1;
  for (let at = 0; at + 4 <= length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes.writeUInt32LE(state, at);
  }
  return bytes;
}

/** Everything until the end of the stream. */
export async function readAll(source: ByteSource): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (;;) {
    const into = Buffer.alloc(64 * KIB);
    const count = await source.read(into);
    if (count === 0) return Buffer.concat(parts);
    parts.push(into.subarray(0, count));
  }
}

async function readExactly(source: ByteSource, length: number): Promise<Buffer> {
  const into = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const count = await source.read(into.subarray(filled));
    assert.ok(count > 0, 'the stream ended early');
    filled += count;
  }
  return into;
}

async function nextIncoming(iterator: AsyncIterator<IncomingStream>): Promise<IncomingStream> {
  const next = await iterator.next();
  assert.ok(next.done !== true, 'no stream came');
  return next.value;
}

async function nextStream(iterator: AsyncIterator<IncomingStream>): Promise<ByteStream> {
  const next = await nextIncoming(iterator);
  assert.ok(next.kind === 'bidirectional');
  return next.stream;
}

async function nextSource(iterator: AsyncIterator<IncomingStream>): Promise<ByteSource> {
  const next = await nextIncoming(iterator);
  assert.ok(next.kind === 'unidirectional');
  return next.source;
}

export function describeConnection(name: string, factory: () => Promise<ConnectionPair>): void {
  describe(`${name} as a connection`, () => {
    let pair: ConnectionPair;
    let accepted: AsyncIterator<IncomingStream>;
    let diallerAccepted: AsyncIterator<IncomingStream>;

    beforeEach(async () => {
      pair = await factory();
      accepted = pair.acceptor.incoming()[Symbol.asyncIterator]();
      diallerAccepted = pair.dialler.incoming()[Symbol.asyncIterator]();
    });

    afterEach(async () => {
      await pair.dispose();
    });

    it('tells both ends who the other is', () => {
      assert.notEqual(pair.dialler.remotePeerId, '');
      assert.notEqual(pair.acceptor.remotePeerId, '');
      assert.equal(pair.dialler.path, pair.acceptor.path);
    });

    it('carries bytes both ways on one stream, in order', async () => {
      const stream = await pair.dialler.openStream();
      await stream.write([Buffer.from('hel'), Buffer.from('lo')]);
      const there = await nextStream(accepted);
      assert.equal((await readExactly(there, 5)).toString(), 'hello');
      await there.write([Buffer.from('well met')]);
      assert.equal((await readExactly(stream, 8)).toString(), 'well met');
      await stream.end();
      await there.end();
      assert.equal((await readAll(there)).length, 0);
      assert.equal((await readAll(stream)).length, 0);
    });

    it('lets the side that was dialled open streams too', async () => {
      const stream = await pair.acceptor.openStream();
      await stream.write([Buffer.from('x')]);
      const there = await nextStream(diallerAccepted);
      assert.equal((await readExactly(there, 1)).toString(), 'x');
      const sink = await pair.acceptor.openSink();
      await sink.write([Buffer.from('y')]);
      await sink.end();
      assert.equal((await readAll(await nextSource(diallerAccepted))).toString(), 'y');
    });

    it('carries much data unchanged', async () => {
      const sent = pattern(BULK_BYTES, 7);
      const sink = await pair.dialler.openSink();
      const writing = (async () => {
        for (let at = 0; at < sent.length; at += 1000 * KIB) {
          await sink.write([sent.subarray(at, at + 1000 * KIB)]);
        }
        await sink.end();
      })();
      const received = await readAll(await nextSource(accepted));
      await writing;
      assert.ok(received.equals(sent));
    });

    it('lets a buffer be reused as soon as its write resolved', async () => {
      const sink = await pair.dialler.openSink();
      const buffer = Buffer.alloc(KIB, 1);
      await sink.write([buffer]);
      buffer.fill(2);
      await sink.write([buffer]);
      buffer.fill(3);
      await sink.end();
      const received = await readAll(await nextSource(accepted));
      assert.ok(received.equals(Buffer.concat([Buffer.alloc(KIB, 1), Buffer.alloc(KIB, 2)])));
    });

    it('makes a writer wait for a reader that is slow', async () => {
      const sink = await pair.dialler.openSink();
      const piece = Buffer.alloc(64 * KIB);
      let written = 0;
      // Far above any flow-control window, so that an unbounded queue would take it all.
      const total = 64 * 1024 * KIB;
      const writing = (async () => {
        for (; written < total; written += piece.length) await sink.write([piece]);
        await sink.end();
      })();
      const source = await nextSource(accepted);
      await readExactly(source, piece.length);
      assert.ok(written < total, 'the writer never waited');
      const rest = await readAll(source);
      await writing;
      assert.equal(rest.length + piece.length, total);
    }).timeout(60_000);

    it('keeps many streams apart', async () => {
      const count = 40;
      const sending = Promise.all(
        Array.from({ length: count }, async (_, index) => {
          const stream = await pair.dialler.openStream();
          await stream.write([Buffer.from([index]), pattern(50 * KIB, index + 1)]);
          await stream.end();
          return readAll(stream);
        }),
      );
      const answered: Promise<void>[] = [];
      for (let index = 0; index < count; index++) {
        const stream = await nextStream(accepted);
        answered.push(
          (async () => {
            await stream.write([await readAll(stream)]);
            await stream.end();
          })(),
        );
      }
      const echoes = await sending;
      await Promise.all(answered);
      echoes.forEach((echo, index) => {
        assert.equal(echo[0], index);
        assert.ok(echo.subarray(1).equals(pattern(50 * KIB, index + 1)));
      });
    });

    it('numbers streams in ascending order', async () => {
      const first = await pair.dialler.openStream();
      const second = await pair.dialler.openStream();
      assert.ok(second.streamId > first.streamId);
    });

    it('tells the reader of a stream that was abandoned', async () => {
      const sink = await pair.dialler.openSink();
      await sink.write([Buffer.from('part')]);
      const source = await nextSource(accepted);
      await readExactly(source, 4);
      sink.reset(9);
      sink.reset(9);
      await assert.rejects(readAll(source), { code: 'DITS_PROTOCOL_STREAM_RESET' });
    });

    it('tells the writer when nobody reads on', async () => {
      const sink = await pair.dialler.openSink();
      await sink.write([Buffer.from('part')]);
      const source = await nextSource(accepted);
      source.stop(9);
      source.stop(9);
      const piece = Buffer.alloc(64 * KIB);
      await assert.rejects(
        async () => {
          for (let round = 0; round < 4_000; round++) await sink.write([piece]);
        },
        { code: 'DITS_PROTOCOL_STREAM_RESET' },
      );
    }).timeout(60_000);

    it('goes on after one stream was abandoned', async () => {
      const lost = await pair.dialler.openStream();
      await lost.write([Buffer.from('x')]);
      const lostThere = await nextStream(accepted);
      lost.reset(1);
      lost.stop(1);
      await assert.rejects(readAll(lostThere), { code: 'DITS_PROTOCOL_STREAM_RESET' });
      const sink = await pair.dialler.openSink();
      await sink.write([Buffer.from('still here')]);
      await sink.end();
      assert.equal((await readAll(await nextSource(accepted))).toString(), 'still here');
    });

    it('ends with the code and the reason that the closer gave', async () => {
      const stream = await pair.dialler.openStream();
      await stream.write([Buffer.from('x')]);
      const there = await nextStream(accepted);
      await readExactly(there, 1);
      const reading = assert.rejects(there.read(Buffer.alloc(1)), {
        code: 'DITS_PROTOCOL_CONNECTION_LOST',
      });
      await pair.dialler.close(7, 'enough for today');
      await pair.dialler.close(8, 'twice does no harm');
      const [here, remote] = await Promise.all([pair.dialler.closed, pair.acceptor.closed]);
      assert.deepEqual(here, { by: 'local', code: 7, reason: 'enough for today' });
      assert.deepEqual(remote, { by: 'remote', code: 7, reason: 'enough for today' });
      await reading;
      await assert.rejects(stream.write([Buffer.from('y')]), {
        code: 'DITS_PROTOCOL_CONNECTION_LOST',
      });
      await assert.rejects(pair.dialler.openStream(), { code: 'DITS_PROTOCOL_CONNECTION_LOST' });
    });

    it('ends the list of incoming streams with the connection', async () => {
      const next = accepted.next();
      await pair.dialler.close(0, '');
      assert.equal((await next).done, true);
    });

    it('wakes a writer that waits when the connection ends', async () => {
      const sink = await pair.dialler.openSink();
      const piece = Buffer.alloc(256 * KIB);
      const writing = assert.rejects(
        async () => {
          for (;;) await sink.write([piece]);
        },
        { code: 'DITS_PROTOCOL_CONNECTION_LOST' },
      );
      await nextSource(accepted);
      await pair.acceptor.close(3, 'going');
      await writing;
    });

    it('counts what it sent and received', async () => {
      const sink = await pair.dialler.openSink();
      await sink.write([pattern(100 * KIB, 3)]);
      await sink.end();
      await readAll(await nextSource(accepted));
      assert.ok(pair.dialler.stats().bytesSent >= 100 * KIB);
      assert.ok(pair.acceptor.stats().bytesReceived >= 100 * KIB);
    });
  });
}
