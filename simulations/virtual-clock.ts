/** Time that passes only when nothing else is left to do: hours of waiting cost nothing, and a deadlock shows at once. */
import type { Clock } from '../protocol/index.ts';
import { SleeperHeap } from './sleeper-heap.ts';

/**
 * Work between two peers in memory goes on by promises alone, which all run within one turn of the event loop; a few more
 * are for what uses a turn itself.
 */
const IDLE_TURNS = 4;

/** Turns of the event loop without a result and without anybody asleep after which nothing will ever happen again. */
const STUCK_TURNS = 200_000;

export type VirtualClockOptions = {
  /** Sleeps end at multiples of so many milliseconds, together: a thousand peers would wake one by one otherwise. */
  readonly tickMs?: number | undefined;
  /** Turns of the event loop without a result after which everyone is taken to be asleep. */
  readonly idleTurns?: number | undefined;
};

export class VirtualClock implements Clock {
  readonly #sleepers = new SleeperHeap();
  readonly #tickMs: number;
  readonly #idleTurns: number;
  #nowMs = 0;
  #order = 0;

  constructor({ tickMs = 0, idleTurns = IDLE_TURNS }: VirtualClockOptions = {}) {
    this.#tickMs = tickMs;
    this.#idleTurns = idleTurns;
  }

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = (): void => {
        sleeper.isGone = true;
        reject(signal?.reason as Error);
      };
      const wake = (): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const wakeAtMs = this.#round(this.#nowMs + ms);
      const sleeper = { wakeAtMs, order: this.#order++, wake, isGone: false };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Runs `work` to its end, moving time forward whenever all that is left is to wait. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    let isDone = false;
    const result = work().finally(() => (isDone = true));
    // It is awaited below; a failure before that must not count as unhandled.
    result.catch(() => undefined);
    const hasEnded = (): boolean => isDone;
    for (let emptyTurns = 0; ; emptyTurns++) {
      for (let turn = 0; turn < this.#idleTurns; turn++) await nextTurn();
      if (hasEnded()) return result;
      if (this.#wakeNext()) emptyTurns = 0;
      else if (emptyTurns > STUCK_TURNS) throw new Error('everyone waits for someone else');
    }
  }

  /** False when nobody is asleep: work in the thread pool may still be under way. */
  #wakeNext(): boolean {
    let next = this.#sleepers.pop();
    while (next?.isGone === true) next = this.#sleepers.pop();
    if (next === undefined) return false;
    this.#nowMs = Math.max(this.#nowMs, next.wakeAtMs);
    next.wake();
    if (this.#tickMs === 0) return true;
    while ((this.#sleepers.first?.wakeAtMs ?? Infinity) <= this.#nowMs) {
      const other = this.#sleepers.pop();
      if (other?.isGone === false) other.wake();
    }
    return true;
  }

  #round(ms: number): number {
    return this.#tickMs === 0 ? ms : Math.ceil(ms / this.#tickMs) * this.#tickMs;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
