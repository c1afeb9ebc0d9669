/** Who is there, as the seed tells it: each asks every few seconds, gets a random few, and is forgotten when it asks no more. */
import type { SeededRandom } from '../seeded-random.ts';
import type { VirtualClock } from '../virtual-clock.ts';

/** How often a peer asks. */
export const ASK_INTERVAL_MS = 2_000;
/** Time after which one that asked no more is forgotten. */
const FORGET_AFTER_MS = 10_000;
/** Members in one answer. */
const MEMBERS_MAX = 30;

export class Tracker {
  readonly #clock: VirtualClock;
  readonly #random: SeededRandom;
  /** When each was heard of last. */
  readonly #members = new Map<string, number>();

  constructor(clock: VirtualClock, random: SeededRandom) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Notes who asks, and names some others. */
  ask(name: string): string[] {
    const nowMs = this.#clock.now();
    for (const [member, heardMs] of this.#members) {
      if (nowMs - heardMs > FORGET_AFTER_MS) this.#members.delete(member);
    }
    this.#members.set(name, nowMs);
    const others = [...this.#members.keys()].filter((member) => member !== name);
    const count = Math.min(MEMBERS_MAX, others.length);
    for (let at = 0; at < count; at++) {
      const from = at + this.#random.below(others.length - at);
      [others[at], others[from]] = [others[from]!, others[at]!];
    }
    return others.slice(0, count);
  }

  leave(name: string): void {
    this.#members.delete(name);
  }
}
