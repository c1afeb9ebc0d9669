import assert from 'node:assert/strict';
import { SendMemory } from '../../protocol/index.ts';
import { VirtualClock } from '../../simulations/virtual-clock.ts';

const { signal } = new AbortController();

/** A link that takes as much as a test says. */
class TestLink {
  readonly remotePeerId: string;
  isHeldBack = false;
  bytesSent = 0;

  constructor(remotePeerId: string) {
    this.remotePeerId = remotePeerId;
  }

  stats(): { bytesSent: number; bytesReceived: number } {
    return { bytesSent: this.bytesSent, bytesReceived: 0 };
  }
}

/** What became of a promise by now. */
async function stateOf(promise: Promise<unknown>): Promise<'waits' | 'done' | 'failed'> {
  const turn = new Promise((resolve) => setImmediate(() => resolve('waits')));
  const settled = promise.then(
    () => 'done',
    () => 'failed',
  );
  return (await Promise.race([settled, turn])) as 'waits';
}

describe('memory for what is sent', () => {
  it('goes to one peer until no more is free than it holds', async () => {
    const clock = new VirtualClock();
    await clock.run(async () => {
      const memory = new SendMemory(clock, 100);
      const share = memory.enter(new TestLink('ada'));
      await share.take(40, signal);
      await share.take(60, signal);
      assert.equal(memory.heldBytes, 100);
      const other = memory.enter(new TestLink('ben'));
      const waiting = other.take(10, signal);
      assert.equal(await stateOf(waiting), 'waits');
      share.give(60);
      await waiting;
      // Ada holds 40 of 100, of which two peers may have 50 each; more only while as much stays free.
      await share.take(10, signal);
      const beyond = share.take(10, signal);
      assert.equal(await stateOf(beyond), 'waits');
      share.leave();
      other.leave();
      await beyond;
      assert.equal(memory.heldBytes, 0);
    });
  });

  it('goes first to whoever asks for no more than its part', async () => {
    const clock = new VirtualClock();
    await clock.run(async () => {
      const memory = new SendMemory(clock, 90);
      const greedy = memory.enter(new TestLink('greedy'));
      for (const bytes of [30, 30, 30]) await greedy.take(bytes, signal);
      const more = greedy.take(30, signal);
      const first = memory.enter(new TestLink('first'));
      const asked = first.take(30, signal);
      greedy.give(30);
      await asked;
      assert.equal(await stateOf(more), 'waits');
      greedy.give(60);
      await more;
    });
  });

  it('is taken from a transfer that does not move, when somebody waits for a part', async () => {
    const clock = new VirtualClock();
    await clock.run(async () => {
      const memory = new SendMemory(clock, 100);
      const links = ['slow', 'honest', 'paused'].map((name) => new TestLink(name));
      const shares = links.map((link) => memory.enter(link));
      for (const share of shares) await share.take(33, signal);
      links[2]!.isHeldBack = true;
      const keepMoving = async (): Promise<void> => {
        for (let seconds = 0; seconds < 30; seconds++) {
          links[1]!.bytesSent += 10_000;
          links[0]!.bytesSent += 1;
          await clock.sleep(1_000, signal);
        }
      };
      const moving = keepMoving();
      const newcomer = memory.enter(new TestLink('newcomer'));
      const waiting = newcomer.take(30, signal);
      await assert.rejects(shares[0]!.evicted, { code: 'DITS_PROTOCOL_TIMEOUT' });
      assert.ok(clock.now() >= 10_000 && clock.now() < 13_000, String(clock.now()));
      shares[0]!.leave();
      await waiting;
      await moving;
      for (const share of shares.slice(1)) assert.equal(await stateOf(share.evicted), 'waits');
    });
  });

  it('leaves everybody alone while nobody waits', async () => {
    const clock = new VirtualClock();
    await clock.run(async () => {
      const memory = new SendMemory(clock, 100);
      const share = memory.enter(new TestLink('slow'));
      await share.take(90, signal);
      await clock.sleep(3_600_000, signal);
      assert.equal(await stateOf(share.evicted), 'waits');
    });
  });

  it('is given back by a transfer that stops waiting, and once by one that ends', async () => {
    const clock = new VirtualClock();
    await clock.run(async () => {
      const memory = new SendMemory(clock, 100);
      const share = memory.enter(new TestLink('ada'));
      await share.take(100, signal);
      const controller = new AbortController();
      const waiting = memory.enter(new TestLink('ben')).take(50, controller.signal);
      controller.abort(new Error('enough'));
      await assert.rejects(waiting, /enough/);
      share.leave();
      share.leave();
      share.give(100);
      assert.equal(memory.heldBytes, 0);
    });
  });

  it('lets a batch through that is bigger than all of it, when there is nothing else', async () => {
    const clock = new VirtualClock();
    await clock.run(async () => {
      const memory = new SendMemory(clock, 100);
      const share = memory.enter(new TestLink('ada'));
      await share.take(200, signal);
      share.correct(-50);
      assert.equal(memory.heldBytes, 150);
      share.give(150);
      assert.equal(memory.heldBytes, 0);
    });
  });
});
