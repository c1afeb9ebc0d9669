/** Gives up a piece of work in which nothing has moved for too long. */
import type { Clock } from '../clock.ts';
import { ProtocolError } from '../protocol-error.ts';

export type StandstillOptions = {
  /** Whether nothing is owed now, or what is owed is held back on purpose: such time does not count. */
  readonly isIdle: () => boolean;
  /** Gives the other side a sign of life, again and again while it is idle. */
  readonly tell?: (() => Promise<void>) | undefined;
};

/** Signs of life within the time after which the other side gives up; some may come late. */
const SIGNS_PER_LIMIT = 4;

export class StallWatch {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #options: StandstillOptions;
  #lastMoveMs: number;

  constructor(clock: Clock, limitMs: number, options: StandstillOptions = { isIdle: () => false }) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#options = options;
    this.#lastMoveMs = clock.now();
  }

  /** Something moved. */
  touch(): void {
    this.#lastMoveMs = this.#clock.now();
  }

  /** Runs until the signal fires, or rejects with DITS_PROTOCOL_TIMEOUT. */
  async run(signal: AbortSignal): Promise<void> {
    const { isIdle, tell } = this.#options;
    for (;;) {
      if (isIdle()) {
        this.touch();
        await tell?.();
      }
      const quietMs = this.#clock.now() - this.#lastMoveMs;
      if (quietMs >= this.#limitMs) {
        throw new ProtocolError('DITS_PROTOCOL_TIMEOUT', `nothing has moved for ${quietMs} ms`, {
          hint: 'run the command again: what arrived is kept',
          details: { isStall: true },
        });
      }
      const untilSignMs = tell === undefined ? Infinity : this.#limitMs / SIGNS_PER_LIMIT;
      await this.#clock.sleep(Math.min(this.#limitMs - quietMs, untilSignMs), signal);
    }
  }
}
