import assert from 'node:assert/strict';
import { useFakeTimers, type SinonFakeTimers } from 'sinon';
import { RateGate } from '../../../node/limits/rate-gate.ts';

const KB = 1_000;
const RUNNING = { isPaused: false };
const PAUSED = { isPaused: true };

describe('a rate gate', () => {
  let clock: SinonFakeTimers;
  let gate: RateGate;
  let passed: number;
  let controller: AbortController;

  beforeEach(() => {
    clock = useFakeTimers();
    gate = new RateGate(() => clock.now);
    passed = 0;
    controller = new AbortController();
  });

  afterEach(() => {
    gate.close();
    clock.restore();
  });

  /** Sends pieces one after the other until it is told to end. */
  async function send(pieceBytes: number): Promise<void> {
    const { signal } = controller;
    for (;;) {
      await gate.pass(pieceBytes, signal);
      if (signal.aborted) return;
      passed += pieceBytes;
    }
  }

  async function passedIn(ms: number): Promise<number> {
    const before = passed;
    await clock.tickAsync(ms);
    return passed - before;
  }

  it('lets everything through where there is no limit', async () => {
    assert.equal(gate.isOpen, true);
    await gate.pass(1e9, controller.signal);
    await gate.pass(1e9, controller.signal);
  });

  for (const pieceBytes of [100, 64 * KB, 300 * KB]) {
    it(`keeps to a rate with pieces of ${pieceBytes} bytes, however many want to go`, async () => {
      gate.set(100 * KB, RUNNING);
      const sending = Promise.all([send(pieceBytes), send(pieceBytes), send(pieceBytes)]);
      const bytes = await passedIn(60_000);
      const most = 6_000 * KB + 10 * KB + pieceBytes;
      assert.ok(bytes > 5_900 * KB - pieceBytes && bytes <= most, String(bytes));
      controller.abort();
      await sending;
    });
  }

  it('obeys another rate at once, also those that wait under a slower one', async () => {
    gate.set(1, RUNNING);
    const sending = send(10 * KB);
    await passedIn(5_000);
    gate.set(1_000 * KB, RUNNING);
    const fast = await passedIn(10_000);
    assert.ok(fast >= 9_900 * KB && fast <= 10_200 * KB, String(fast));
    gate.set(10 * KB, RUNNING);
    const slow = await passedIn(10_000);
    assert.ok(slow >= 80 * KB && slow <= 120 * KB, String(slow));
    gate.set(undefined, RUNNING);
    await gate.pass(1e9, controller.signal);
    controller.abort();
    gate.set(1, PAUSED);
    await sending;
  });

  it('lets nothing through during a pause, and goes on after it', async () => {
    gate.set(100 * KB, RUNNING);
    const sending = send(10 * KB);
    await passedIn(1_000);
    gate.set(100 * KB, PAUSED);
    assert.equal(await passedIn(3_600_000), 0);
    gate.set(100 * KB, RUNNING);
    const after = await passedIn(1_000);
    assert.ok(after >= 90 * KB && after <= 130 * KB, String(after));
    controller.abort();
    await sending;
  });

  it('lets those go whose stream has ended, and counts nothing for them', async () => {
    gate.set(100 * KB, PAUSED);
    const waiting = gate.pass(1e9, controller.signal);
    controller.abort();
    await waiting;
    gate.set(100 * KB, RUNNING);
    const next = gate.pass(1, new AbortController().signal);
    await clock.tickAsync(10);
    await next;
  });
});
