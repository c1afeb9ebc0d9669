/** Lets bytes through at a rate, in the order in which they were announced; or nothing, during a pause. */

/** What may go at once after a quiet time, as time at the rate: timers are late by some milliseconds. */
const BURST_MS = 100;
/** Longest time that what went before may hold up what comes next after a change of the rate. */
const DEBT_MAX_MS = 1_000;
const SECOND_MS = 1_000;

type Waiter = { readonly bytes: number; readonly resolve: () => void };

export class RateGate {
  readonly #nowMs: () => number;
  readonly #waiting: Waiter[] = [];
  #bytesPerSecond: number | undefined;
  #isPaused = false;
  /** Bytes that may go now; negative while what went is being worked off. */
  #credit = 0;
  #creditedMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#creditedMs = nowMs();
  }

  /** Whether everything goes through untouched. */
  get isOpen(): boolean {
    return this.#bytesPerSecond === undefined && !this.#isPaused;
  }

  /** Changes what holds, for those who wait too. A rate is at least 1. */
  set(bytesPerSecond: number | undefined, { isPaused }: { readonly isPaused: boolean }): void {
    this.#earn();
    this.#bytesPerSecond = bytesPerSecond;
    this.#isPaused = isPaused;
    const rate = bytesPerSecond ?? 0;
    this.#credit = Math.max(this.#credit, (-rate * DEBT_MAX_MS) / SECOND_MS);
    this.#letThrough();
  }

  /**
   * Resolves when this many bytes may go, and counts them; as soon as the signal fires too, when whoever waits must find
   * out for itself that its stream has ended. With 0 bytes it waits for its turn only.
   */
  async pass(bytes: number, signal: AbortSignal): Promise<void> {
    if (this.isOpen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const leave = (): void => {
        const index = this.#waiting.indexOf(waiter);
        if (index !== -1) this.#waiting.splice(index, 1);
        resolve();
      };
      const waiter: Waiter = {
        bytes,
        resolve: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
      this.#letThrough();
    });
  }

  /** Counts bytes that have gone already. */
  charge(bytes: number): void {
    if (this.#bytesPerSecond !== undefined) this.#credit -= bytes;
  }

  /** Nobody waits any more, and no timer runs. */
  close(): void {
    this.set(undefined, { isPaused: false });
  }

  #letThrough(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#earn();
    while (this.#waiting.length > 0 && this.#mayPass()) {
      const { bytes, resolve } = this.#waiting.shift()!;
      this.charge(bytes);
      resolve();
    }
    if (this.#waiting.length === 0 || this.#isPaused || this.#bytesPerSecond === undefined) return;
    const waitMs = ((1 - this.#credit) / this.#bytesPerSecond) * SECOND_MS;
    this.#timer = setTimeout(
      () => {
        this.#letThrough();
      },
      Math.max(1, Math.ceil(waitMs)),
    );
  }

  #mayPass(): boolean {
    return !this.#isPaused && (this.#bytesPerSecond === undefined || this.#credit > 0);
  }

  #earn(): void {
    const nowMs = this.#nowMs();
    const rate = this.#bytesPerSecond ?? 0;
    const earned = ((nowMs - this.#creditedMs) * rate) / SECOND_MS;
    this.#creditedMs = nowMs;
    this.#credit = Math.min(this.#credit + earned, Math.max(1, (rate * BURST_MS) / SECOND_MS));
  }
}
