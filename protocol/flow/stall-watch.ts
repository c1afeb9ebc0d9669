/** Gives up a piece of work in which nothing has moved for too long. */
import type { Clock } from '../clock.ts';
import { ProtocolError } from '../protocol-error.ts';

export class StallWatch {
  readonly #clock: Clock;
  readonly #limitMs: number;
  #lastMoveMs: number;

  constructor(clock: Clock, limitMs: number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#lastMoveMs = clock.now();
  }

  /** Something moved. */
  touch(): void {
    this.#lastMoveMs = this.#clock.now();
  }

  /** Runs until the signal fires, or rejects with DITS_PROTOCOL_TIMEOUT. */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      const quietMs = this.#clock.now() - this.#lastMoveMs;
      if (quietMs >= this.#limitMs) {
        throw new ProtocolError('DITS_PROTOCOL_TIMEOUT', `nothing has moved for ${quietMs} ms`, {
          hint: 'run the command again: what arrived is kept',
        });
      }
      await this.#clock.sleep(this.#limitMs - quietMs, signal);
    }
  }
}
