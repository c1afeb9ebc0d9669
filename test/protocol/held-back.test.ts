import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { LimitedConnection } from '../../node/limits/limited-connection.ts';
import { RateGate } from '../../node/limits/rate-gate.ts';
import { StallWatch } from '../../protocol/flow/stall-watch.ts';
import {
  connectSession,
  createMemoryPair,
  serveConnection,
  type Clock,
  type Connection,
} from '../../protocol/index.ts';
import { SampleRepository, SeededRandom } from '../../simulations/index.ts';
import { VirtualClock } from '../../simulations/virtual-clock.ts';
import { branchRef } from '../../store/index.ts';
import { openHost } from './support/session-pair.ts';
import { SwarmBench } from './support/swarm-peers.ts';

/** A clock that jumps to the next moment somebody waits for. */
function jumpingClock(): Clock & { nowMs: number } {
  const clock = {
    nowMs: 0,
    now: () => clock.nowMs,
    sleep: (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      clock.nowMs += ms;
      return Promise.resolve();
    },
  };
  return clock;
}

const LIMIT_MS = 120_000;

describe('a transfer that is held back', () => {
  it('does not time out for the side that holds it back, which gives signs of life', async () => {
    const clock = jumpingClock();
    const controller = new AbortController();
    const signsMs: number[] = [];
    const watch = new StallWatch(clock, LIMIT_MS, {
      isIdle: () => true,
      tell: () => {
        signsMs.push(clock.now());
        if (clock.now() > 24 * 3_600_000) controller.abort(new Error('enough'));
        return Promise.resolve();
      },
    });
    await assert.rejects(watch.run(controller.signal), /enough/);
    const gaps = signsMs.slice(1).map((ms, index) => ms - signsMs[index]!);
    assert.ok(Math.max(...gaps) < LIMIT_MS / 2);
  });

  it('times out as ever when nobody holds it back', async () => {
    const clock = jumpingClock();
    const watch = new StallWatch(clock, LIMIT_MS, {
      isIdle: () => false,
      tell: () => Promise.reject(new Error('nothing to tell')),
    });
    await assert.rejects(watch.run(new AbortController().signal), {
      code: 'DITS_PROTOCOL_TIMEOUT',
    });
    assert.equal(clock.nowMs, LIMIT_MS);
  });

  for (const direction of ['push', 'pull'] as const) {
    for (const pauser of ['dialler', 'acceptor'] as const) {
      it(`goes on after an hour: a ${direction}, paused by the ${pauser}`, async () => {
        const clock = new VirtualClock();
        const gate = new RateGate(() => clock.now());
        const pair = createMemoryPair();
        const hold = (side: string, connection: Connection): Connection =>
          side === pauser
            ? new LimitedConnection(connection, { up: [gate], down: [gate] })
            : connection;
        const [there, here] = [new SampleRepository(), new SampleRepository()];
        const source = direction === 'push' ? here : there;
        await source.commit({ clip: new SeededRandom(3).bytes(3_000_000) });
        const target = (await source.refs.get(branchRef('main')))!;
        const reports = await clock.run(async () => {
          const served = serveConnection(
            hold('acceptor', pair.acceptor),
            { clock, host: openHost({ film: there }), random: randomBytes },
            { software: 'server/1' },
          );
          const session = await connectSession(
            hold('dialler', pair.dialler),
            { clock },
            { software: 'client/1' },
          );
          const remote = await session.openRepository('film', { access: 'write' });
          gate.set(undefined, { isPaused: true });
          const options = { store: here.objects, wants: [target], haves: [] };
          const transfer = direction === 'push' ? remote.push(options) : remote.pull(options);
          await clock.sleep(3_600_000);
          // What is small is answered all the while.
          await remote.listRefs();
          gate.set(undefined, { isPaused: false });
          const report = await transfer;
          await session.close();
          await served.done;
          return report;
        });
        assert.ok(reports.elapsedMs >= 3_600_000);
        const sink = direction === 'push' ? there : here;
        assert.deepEqual(await sink.objects.has([target]), [true]);
      });
    }
  }

  for (const pauser of ['dialler', 'acceptor'] as const) {
    it(`goes on after an hour: a fetch from the only source, paused by the ${pauser}`, async () => {
      const bench = new SwarmBench();
      const { clock } = bench;
      const gate = new RateGate(() => clock.now());
      const pair = createMemoryPair();
      const hold = (side: string, connection: Connection): Connection =>
        side === pauser
          ? new LimitedConnection(connection, { up: [gate], down: [gate] })
          : connection;
      await clock.run(async () => {
        await bench.commit(3_000_000);
        const served = serveConnection(
          hold('acceptor', pair.acceptor),
          { clock, host: openHost({ repo: bench.seed }), random: randomBytes },
          { software: 'source/1' },
        );
        const session = await connectSession(
          hold('dialler', pair.dialler),
          { clock },
          { software: 'sink/1' },
        );
        const repository = await session.openRepository('repo', { access: 'read' });
        gate.set(undefined, { isPaused: true });
        const fetching = bench.fetch([{ repository }]);
        await clock.sleep(3_600_000);
        gate.set(undefined, { isPaused: false });
        const { sources } = await fetching;
        assert.deepEqual(
          sources.map(({ dropped }) => dropped),
          [null],
        );
        await session.close();
        await served.done;
      });
      await bench.assertComplete();
    });
  }
});
