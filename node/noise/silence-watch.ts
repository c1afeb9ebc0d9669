/** Notices that nothing has come from a peer for too long. */

/** A busy event loop runs timers before it reads what has arrived meanwhile: silence is believed at the second look. */
const SECOND_LOOK_MS = 100;

export type SilenceEvents = {
  /** When something came last, on the clock of `performance.now()`. */
  readonly lastHeardMs: () => number;
  readonly onSilent: () => void;
};

export class SilenceWatch {
  readonly #timeoutMs: number;
  readonly #events: SilenceEvents;
  #timer: NodeJS.Timeout;

  constructor(timeoutMs: number, events: SilenceEvents) {
    this.#timeoutMs = timeoutMs;
    this.#events = events;
    this.#timer = this.#wait(timeoutMs, 'first');
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(ms: number, look: 'first' | 'second'): NodeJS.Timeout {
    return setTimeout(() => {
      const leftMs = this.#events.lastHeardMs() + this.#timeoutMs - performance.now();
      if (leftMs > 0) this.#timer = this.#wait(leftMs, 'first');
      else if (look === 'first') this.#timer = this.#wait(SECOND_LOOK_MS, 'second');
      else this.#events.onSilent();
    }, ms);
  }
}
