import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { queryObjects } from 'node:v8';
import {
  dialPeer,
  parsePeerAddress,
  resolveNodeSettings,
  systemClock,
} from '../../../node/index.ts';
import { quiche } from '../../../node/quic/quiche.ts';
import { MemoryReclaim } from '../../../node/serve/memory-reclaim.ts';
import { connectSession } from '../../../protocol/index.ts';
import { Conversation } from '../../../protocol/session/conversation.ts';
import { NodeBench } from '../node-bench.ts';

/** Under the limit of connections of one peer. */
const CROWD = 40;
/** A few may still be named by a frame or a timer; a leak would leave a whole crowd, at one end or both. */
const STRAGGLERS_MAX = CROWD / 2;
const PER_COLLECTION = 256;
const GONE_WITHIN_MS = 20_000;
/** One for each end of a connection, at the top and at the bottom of what there is for it; counting takes half a second each. */
const CLASSES: Readonly<Record<string, object>> = {
  Conversation,
  native: quiche.Connection,
};

describe('what departed connections leave', function () {
  this.timeout(240_000);

  it('does not grow with how many came and went', async () => {
    const bench = await NodeBench.create();
    try {
      const [relay, user] = [bench.home(), bench.home()];
      const grants = [{ repository: '*', access: 'write' as const }];
      await relay.trust.add({ peerId: user.identity.peerId, grants });
      const node = await bench.start(relay);
      const address = parsePeerAddress(`${node.addresses[0]}/film`);
      const visit = async (): Promise<() => Promise<void>> => {
        const options = { settings: resolveNodeSettings({ bulkLanes: 'never' }) };
        const connection = await dialPeer(user, address, options);
        const session = await connectSession(
          connection,
          { clock: systemClock },
          { software: 'test' },
        );
        const repository = await session.openRepository('film', { access: 'write', create: true });
        await repository.listRefs();
        return () => session.close();
      };
      const before = counts();
      const limits = before.map((count) => count + STRAGGLERS_MAX);
      // A function of its own, so that nothing here holds a crowd that is gone.
      const comeAndGo = async (): Promise<readonly number[]> => {
        const leaves = await Promise.all(Array.from({ length: CROWD }, visit));
        const there = counts();
        await Promise.all(leaves.map((leave) => leave()));
        return there;
      };
      for (const [index, count] of (await comeAndGo()).entries()) {
        assert.ok(count >= before[index]! + CROWD, `${count} of ${nameOf(index)} have come`);
      }
      for (const [index, count] of (await countsWhenNoMoreThan(limits)).entries()) {
        assert.ok(count <= limits[index]!, `${count} of ${nameOf(index)} are left`);
      }
      assert.deepEqual((await node.status()).connections, []);
    } finally {
      await bench.close();
    }
  });

  it('is collected after many, once, and not after a few', async () => {
    const collected: number[] = [];
    let goneCount = 0;
    const memory = new MemoryReclaim({ collect: () => collected.push(goneCount), delayMs: 1 });
    const go = (count: number): void => {
      for (goneCount = 0; goneCount < count; goneCount++) memory.onGone();
    };
    go(PER_COLLECTION - 1);
    await delay(20);
    assert.deepEqual(collected, []);
    go(PER_COLLECTION);
    await delay(20);
    assert.deepEqual(collected, [PER_COLLECTION]);
    go(PER_COLLECTION);
    memory.stop();
    await delay(20);
    assert.equal(collected.length, 1);
  });

  it('is collected by the collector of the process', async () => {
    const memory = new MemoryReclaim({ delayMs: 1 });
    const left = new WeakRef({});
    await delay(1);
    for (let count = 0; count < PER_COLLECTION; count++) memory.onGone();
    await delay(20);
    assert.equal(left.deref(), undefined);
  });
});

function nameOf(index: number): string {
  return Object.keys(CLASSES)[index] ?? '';
}

function counts(): number[] {
  return Object.values(CLASSES).map((type) =>
    queryObjects(type as new () => object, { format: 'count' }),
  );
}

/** The counts, as soon as none is above `limits`, or after a while. */
async function countsWhenNoMoreThan(limits: readonly number[]): Promise<number[]> {
  const endMs = performance.now() + GONE_WITHIN_MS;
  for (;;) {
    const now = counts();
    const isDown = now.every((count, index) => count <= limits[index]!);
    if (isDown || performance.now() > endMs) return now;
    await delay(100);
  }
}
