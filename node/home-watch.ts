/** Looks at files of a home folder again and again, so that a change by another process holds within a second. */

/** How often is looked: often enough for a second, on file systems without change events too. */
const LOOK_INTERVAL_MS = 250;

export class HomeWatch {
  readonly #look: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #isStopped = false;

  /** `look` takes over what has changed. It deals with its own failures: a rejection is a mistake in it. */
  constructor(look: () => Promise<void>) {
    this.#look = look;
  }

  /** Looks from now on, for the first time after a while. */
  start(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => {
        this.start();
      });
    }, LOOK_INTERVAL_MS);
  }

  /** Looks now: what another process has just written holds when this resolves. */
  async refresh(): Promise<void> {
    await this.#looking;
    this.#looking = this.#look();
    await this.#looking;
  }

  /** Looks no more, and waits until a look that is under way is over. Idempotent. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }
}
