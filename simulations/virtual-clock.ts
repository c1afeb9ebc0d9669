/** Time that passes only when nothing else is left to do: hours of waiting cost nothing, and a deadlock shows at once. */
import type { Clock } from '../protocol/index.ts';

type Sleeper = { readonly wakeAtMs: number; readonly order: number; readonly wake: () => void };

/**
 * Turns of the event loop without a result after which everyone is taken to be asleep. Work between two peers in memory
 * goes on by promises alone, which all run within one turn; a few more are for what uses a turn itself.
 */
const IDLE_TURNS = 4;

export class VirtualClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  #nowMs = 0;
  #order = 0;

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
        this.#sleepers.delete(sleeper);
        reject(signal?.reason as Error);
      };
      const wake = (): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const sleeper = { wakeAtMs: this.#nowMs + ms, order: this.#order++, wake };
      this.#sleepers.add(sleeper);
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
    for (;;) {
      for (let turn = 0; turn < IDLE_TURNS; turn++) await nextTurn();
      if (hasEnded()) return result;
      this.#wakeNext();
    }
  }

  #wakeNext(): void {
    let next: Sleeper | undefined;
    for (const sleeper of this.#sleepers) {
      if (next === undefined || isEarlier(sleeper, next)) next = sleeper;
    }
    // Work in the thread pool may still be under way; without any, this goes on for ever and the test runner says so.
    if (next === undefined) return;
    this.#nowMs = Math.max(this.#nowMs, next.wakeAtMs);
    next.wake();
  }
}

function isEarlier(a: Sleeper, b: Sleeper): boolean {
  return a.wakeAtMs < b.wakeAtMs || (a.wakeAtMs === b.wakeAtMs && a.order < b.order);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
