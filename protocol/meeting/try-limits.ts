/** Counts what strangers try, by network and in all, over a period. Nobody who guesses gets more than a few guesses. */
import type { Clock } from '../clock.ts';
import { ProtocolError } from '../protocol-error.ts';
import { TRIES_MAX, TRIES_PERIOD_MS, TRIES_PER_NETWORK_MAX } from './meeting-limits.ts';

export class TryLimits {
  readonly #clock: Clock;
  /** Times of the tries of the last period, the oldest first; never more than `TRIES_MAX`. */
  readonly #tries: { readonly network: string; readonly atMs: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one more. @throws ProtocolError DITS_PROTOCOL_RATE_LIMITED when there have been enough */
  take(network: string): void {
    const now = this.#clock.now();
    while (this.#tries.length > 0 && now - this.#tries[0]!.atMs >= TRIES_PERIOD_MS) {
      this.#tries.shift();
    }
    const own = this.#tries.filter((one) => one.network === network).length;
    if (own >= TRIES_PER_NETWORK_MAX || this.#tries.length >= TRIES_MAX) {
      throw new ProtocolError('DITS_PROTOCOL_RATE_LIMITED', 'too many tries, wait a few minutes');
    }
    this.#tries.push({ network, atMs: now });
  }
}
