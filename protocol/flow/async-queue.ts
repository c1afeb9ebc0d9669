/** A queue between two stages of a pipeline: producers wait for room, consumers for items. */

export class AsyncQueue<T> {
  readonly #capacity: number;
  readonly #items: T[] = [];
  #isClosed = false;
  #failure: { readonly error: unknown } | undefined;
  #producers: (() => void)[] = [];
  #consumers: (() => void)[] = [];

  /** `capacity` counts items. Infinity is for queues that something else bounds: say what, where they are made. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#items.length;
  }

  /** Adds an item, waiting for room. Items after `close` are a mistake of the caller and are dropped. */
  async push(item: T): Promise<void> {
    while (this.#items.length >= this.#capacity && !this.#isClosed && !this.#failure) {
      await new Promise<void>((resolve) => this.#producers.push(resolve));
    }
    if (this.#failure) throw this.#failure.error;
    this.offer(item);
  }

  /** Adds an item without waiting. */
  offer(item: T): void {
    if (this.#isClosed || this.#failure) return;
    this.#items.push(item);
    this.#consumers.shift()?.();
  }

  /** The next item, or undefined when the queue was closed and is empty. @throws the error given to `fail` */
  async next(): Promise<T | undefined> {
    for (;;) {
      if (this.#failure) throw this.#failure.error;
      if (this.#items.length > 0) {
        this.#producers.shift()?.();
        return this.#items.shift();
      }
      if (this.#isClosed) return undefined;
      await new Promise<void>((resolve) => this.#consumers.push(resolve));
    }
  }

  /** No more items will come. */
  close(): void {
    this.#isClosed = true;
    this.#wakeAll();
  }

  /** Ends the queue for both sides with an error. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#items.length = 0;
    this.#wakeAll();
  }

  #wakeAll(): void {
    const waiting = [...this.#producers, ...this.#consumers];
    this.#producers = [];
    this.#consumers = [];
    for (const resolve of waiting) resolve();
  }
}
