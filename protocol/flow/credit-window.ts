/** A budget of bytes or ids under way: whoever sends takes from it, an acknowledgement gives back. First come, first served. */
import assert from 'node:assert/strict';

type Waiting = {
  readonly amount: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

export class CreditWindow {
  readonly #capacity: number;
  readonly #waiting: Waiting[] = [];
  #used = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get used(): number {
    return this.#used;
  }

  /** Takes `amount`, at most the capacity, waiting until it is free. */
  async acquire(amount: number): Promise<void> {
    assert.ok(amount <= this.#capacity, 'more credit wanted than the whole window');
    if (this.#failure) throw this.#failure.error;
    if (this.#waiting.length === 0 && this.#used + amount <= this.#capacity) {
      this.#used += amount;
      return;
    }
    await new Promise<void>((resolve, reject) => this.#waiting.push({ amount, resolve, reject }));
  }

  /** Gives `amount` back. */
  release(amount: number): void {
    this.#used -= amount;
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined || this.#used + next.amount > this.#capacity) return;
      this.#waiting.shift();
      this.#used += next.amount;
      next.resolve();
    }
  }

  /** Rejects everyone who waits or comes later. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
