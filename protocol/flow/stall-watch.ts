/** Gives up a piece of work in which nothing has moved for too long. */
import type { Clock } from '../clock.ts';
import { ProtocolError } from '../protocol-error.ts';

export class StallWatch {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #isIdle: () => boolean;
  #lastMoveMs: number;

  /** Time in which `isIdle` says that nothing is owed does not count. */
  constructor(clock: Clock, limitMs: number, isIdle: () => boolean = () => false) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#isIdle = isIdle;
    this.#lastMoveMs = clock.now();
  }

  /** Something moved. */
  touch(): void {
    this.#lastMoveMs = this.#clock.now();
  }

  /** Runs until the signal fires, or rejects with DITS_PROTOCOL_TIMEOUT. */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      if (this.#isIdle()) this.touch();
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
