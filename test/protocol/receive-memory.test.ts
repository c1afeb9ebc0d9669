import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { ReceiveMemory } from '../../protocol/index.ts';
import type { ReceiveShare } from '../../protocol/flow/receive-memory.ts';
import {
  RECEIVE_LOOK_INTERVAL_MS,
  RECEIVE_WAIT_MAX_MS,
  RECEIVE_WAITING_PER_PEER_MAX,
} from '../../protocol/session/session-limits.ts';
import { ManualClock } from './support/manual-clock.ts';

describe('ReceiveMemory', () => {
  let clock: ManualClock;
  let memory: ReceiveMemory;
  let evicted: string[];

  beforeEach(() => {
    clock = new ManualClock();
    memory = new ReceiveMemory(clock, 100);
    evicted = [];
  });

  function enter(remotePeerId: string): ReceiveShare {
    const share = memory.enter({ remotePeerId }, ({ code }) => {
      evicted.push(`${remotePeerId} ${code}`);
      share.leave();
    });
    return share;
  }

  /** Whether a promise has resolved by now. */
  async function isThere(promise: Promise<void>): Promise<boolean> {
    let isDone = false;
    void promise.then(() => (isDone = true));
    await nextTurn();
    return isDone;
  }

  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += RECEIVE_LOOK_INTERVAL_MS) {
      clock.advance(RECEIVE_LOOK_INTERVAL_MS);
      await nextTurn();
    }
  }

  it('gives to one alone until no more is free than it holds', async () => {
    const ann = enter('ann');
    await ann.take(50);
    const more = ann.take(25);
    assert.equal(await isThere(more), true, 'an equal part of all is all, for one alone');
    assert.equal(await isThere(ann.take(26)), false);
    assert.equal(memory.heldBytes, 75);
    ann.give(1);
    assert.equal(memory.heldBytes, 100);
  });

  it('keeps an equal part for whoever comes later, before those who hold more', async () => {
    const [ann, bob] = [enter('ann'), enter('bob')];
    await ann.take(90);
    const greedy = ann.take(20);
    const modest = bob.take(40);
    assert.deepEqual([await isThere(greedy), await isThere(modest)], [false, false]);
    ann.give(30);
    assert.deepEqual([await isThere(greedy), await isThere(modest)], [false, true]);
    bob.leave();
    assert.equal(await isThere(greedy), true);
  });

  it('ends the connection that holds most when somebody has waited for too long', async () => {
    const [ann, bob] = [enter('ann'), enter('bob')];
    await ann.take(95);
    const modest = bob.take(40);
    await pass(RECEIVE_WAIT_MAX_MS - RECEIVE_LOOK_INTERVAL_MS);
    assert.deepEqual(evicted, []);
    await pass(RECEIVE_LOOK_INTERVAL_MS);
    assert.deepEqual(evicted, ['ann DITS_PROTOCOL_TIMEOUT']);
    await modest;
    await nextTurn();
    assert.deepEqual([memory.heldBytes, clock.sleeping], [40, 0]);
  });

  it('does not let one peer wait on more streams than it may', async () => {
    const ann = enter('ann');
    await ann.take(100);
    const waiting = Array.from({ length: RECEIVE_WAITING_PER_PEER_MAX }, () => ann.take(10));
    await assert.rejects(ann.take(10), { code: 'DITS_PROTOCOL_RATE_LIMITED' });
    assert.deepEqual(evicted, ['ann DITS_PROTOCOL_RATE_LIMITED']);
    // Whoever has left waits for nothing, and holds nothing.
    await Promise.all(waiting);
    assert.equal(memory.heldBytes, 0);
  });

  it('lets a payload through that is longer than all there is', async () => {
    const ann = enter('ann');
    await ann.take(1_000);
    ann.give(1_000);
    assert.equal(memory.heldBytes, 0);
  });
});
