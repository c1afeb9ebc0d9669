import assert from 'node:assert/strict';
import { LimitedConnection } from '../../../node/limits/limited-connection.ts';
import { RateGate } from '../../../node/limits/rate-gate.ts';
import { createMemoryPair, type ByteSource, type Connection } from '../../../protocol/index.ts';
import { describeConnection, readAll } from '../../protocol/connection.contract.ts';

const MB = 1_000_000;
const nowMs = (): number => performance.now();

type Gated = { readonly connection: Connection; readonly up: RateGate; readonly down: RateGate };

function limited(base: Connection): Gated {
  const [up, down] = [new RateGate(nowMs), new RateGate(nowMs)];
  return { connection: new LimitedConnection(base, { up: [up], down: [down] }), up, down };
}

async function firstSource(connection: Connection): Promise<ByteSource> {
  const next = await connection.incoming()[Symbol.asyncIterator]().next();
  assert.ok(next.done !== true && next.value.kind === 'unidirectional');
  return next.value.source;
}

for (const [title, rate] of [
  ['without a limit', undefined],
  ['with a limit', 100 * MB],
] as const) {
  describeConnection(`a limited connection ${title}`, () => {
    const pair = createMemoryPair();
    const ends = [limited(pair.dialler), limited(pair.acceptor)];
    for (const { up, down } of ends) {
      up.set(rate, { isPaused: false });
      down.set(rate, { isPaused: false });
    }
    const dispose = async (): Promise<void> => {
      await pair.dialler.close(0, '');
      await pair.acceptor.close(0, '');
      for (const { up, down } of ends) {
        up.close();
        down.close();
      }
    };
    return Promise.resolve({
      dialler: ends[0]!.connection,
      acceptor: ends[1]!.connection,
      dispose,
    });
  });
}

describe('a limited connection', () => {
  it('sends and receives bulk at the rate, and tells while it holds back', async () => {
    for (const side of ['up', 'down'] as const) {
      const pair = createMemoryPair();
      const [sender, receiver] = [limited(pair.dialler), limited(pair.acceptor)];
      const gate = side === 'up' ? sender.up : receiver.down;
      gate.set(2 * MB, { isPaused: false });
      const startedMs = nowMs();
      const sink = await sender.connection.openSink();
      const sending = sink.write([Buffer.alloc(MB)]).then(() => sink.end());
      const reading = readAll(await firstSource(receiver.connection));
      await new Promise((resolve) => setImmediate(resolve));
      const held = side === 'up' ? sender.connection : receiver.connection;
      assert.equal(held.isHeldBack, true);
      const [bytes] = await Promise.all([reading, sending]);
      const elapsedMs = nowMs() - startedMs;
      assert.equal(bytes.length, MB);
      assert.ok(elapsedMs >= 350, `${side}: ${elapsedMs}`);
      assert.equal(held.isHeldBack, false);
      await pair.dialler.close(0, '');
      gate.close();
    }
  });

  it('leaves other streams alone during a pause', async () => {
    const pair = createMemoryPair();
    const { connection, up, down } = limited(pair.dialler);
    up.set(undefined, { isPaused: true });
    down.set(undefined, { isPaused: true });
    const stream = await connection.openStream();
    await stream.write([Buffer.from('refs?')]);
    const next = await pair.acceptor.incoming()[Symbol.asyncIterator]().next();
    assert.ok(next.done !== true && next.value.kind === 'bidirectional');
    const into = Buffer.alloc(16);
    assert.equal(into.toString('utf8', 0, await next.value.stream.read(into)), 'refs?');
    await next.value.stream.write([Buffer.from('these')]);
    assert.equal(into.toString('utf8', 0, await stream.read(into)), 'these');
    await pair.dialler.close(0, '');
    up.close();
    down.close();
  });

  it('lets go of those that wait when the connection ends, or their stream', async () => {
    const pair = createMemoryPair();
    const { connection, up } = limited(pair.dialler);
    up.set(undefined, { isPaused: true });
    const [first, second] = [await connection.openSink(), await connection.openSink()];
    const writing = assert.rejects(first.write([Buffer.alloc(1)]));
    first.reset(1);
    await writing;
    const other = assert.rejects(second.write([Buffer.alloc(1)]));
    pair.sever();
    await other;
    assert.equal(connection.isHeldBack, false);
    up.close();
  });
});
