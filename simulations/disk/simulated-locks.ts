/** The locks of one machine, by name: shared or exclusive, dropped by the system when their holder ends. */
import { StoreError, type HeldLock, type LockMode } from '../../store/index.ts';
import type { Steps } from '../machine/simulated-process.ts';

type Held = { readonly mode: LockMode };

/** Pauses between two tries, doubled from the first to the last. */
const RETRY_FIRST_MS = 2;
const RETRY_LAST_MS = 50;

export type LockWish = {
  readonly name: string;
  readonly mode: LockMode;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

export class SimulatedLocks {
  readonly #held = new Map<string, Set<Held>>();

  /** @throws StoreError DITS_STORE_LOCKED after the time-out */
  async take(process: Steps, wish: LockWish): Promise<HeldLock> {
    const { name, timeoutMs, signal } = wish;
    let waitedMs = 0;
    for (let ms = RETRY_FIRST_MS; ; ms = Math.min(RETRY_LAST_MS, 2 * ms)) {
      signal?.throwIfAborted();
      const held = this.#try(process, wish);
      if (held !== undefined) return held;
      waitedMs += ms;
      if (waitedMs > timeoutMs) {
        throw new StoreError('DITS_STORE_LOCKED', `another process holds the lock ${name}`);
      }
      await process.step({ what: `wait for ${name}`, ms }, () => undefined);
    }
  }

  #try(process: Steps, { name, mode }: LockWish): HeldLock | undefined {
    const holders = this.#held.get(name) ?? new Set<Held>();
    this.#held.set(name, holders);
    const isFree =
      holders.size === 0 || (mode === 'shared' && [...holders].every((one) => one.mode === mode));
    if (!isFree) return undefined;
    const held: Held = { mode };
    holders.add(held);
    process.onEnd(() => holders.delete(held));
    return { release: () => Promise.resolve(void holders.delete(held)) };
  }
}
