/** Holds each peer to a rate in bytes a second, over all its connections. No state is kept for a peer that is at rest. */
import type { Clock } from '../../protocol/index.ts';

/** What a peer may do at once after a rest, in seconds of its rate: a batch should not wait for its second half. */
const BURST_SECONDS = 1;
const SECOND_MS = 1_000;

export class PeerRates {
  readonly #clock: Clock;
  readonly #rateMax: number;
  /** Moment up to which a peer's bytes are paid for, on the clock. */
  readonly #paidUntilMs = new Map<string, number>();

  /** `rateMax` in bytes a second; Infinity for none. */
  constructor(clock: Clock, rateMax: number) {
    this.#clock = clock;
    this.#rateMax = rateMax;
  }

  /** Peers that are not at rest. */
  get size(): number {
    return this.#paidUntilMs.size;
  }

  /** Waits until the peer may move so many more bytes. Rejects with the signal's reason. */
  async pay(peerId: string, bytes: number, signal: AbortSignal): Promise<void> {
    if (this.#rateMax === Infinity) return;
    const now = this.#clock.now();
    this.#forgetRested(now);
    const until =
      Math.max(this.#paidUntilMs.get(peerId) ?? 0, now) + (bytes / this.#rateMax) * SECOND_MS;
    this.#paidUntilMs.set(peerId, until);
    const waitMs = until - now - BURST_SECONDS * SECOND_MS;
    if (waitMs > 0) await this.#clock.sleep(waitMs, signal);
  }

  #forgetRested(now: number): void {
    for (const [peerId, untilMs] of this.#paidUntilMs) {
      if (untilMs <= now) this.#paidUntilMs.delete(peerId);
    }
  }
}
