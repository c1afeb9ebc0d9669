/** Commits waiting for their turn, newest first: a binary heap, because a queue of many refs is long. */

type Waiting<T> = { readonly item: T; readonly timeMs: number; readonly order: number };

export class CommitQueue<T> {
  readonly #heap: Waiting<T>[] = [];
  #pushed = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** Time of the item that `pop` would give. */
  get topTimeMs(): number | undefined {
    return this.#heap[0]?.timeMs;
  }

  push(item: T, timeMs: number): void {
    const waiting = { item, timeMs, order: this.#pushed++ };
    let at = this.#heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = this.#heap[above];
      if (parent === undefined || !isBefore(waiting, parent)) break;
      this.#heap[at] = parent;
      at = above;
    }
    this.#heap[at] = waiting;
  }

  /** The newest item; of equally old ones, the one that came first. */
  pop(): T | undefined {
    const top = this.#heap[0];
    const last = this.#heap.pop();
    if (top === undefined || last === undefined) return undefined;
    if (top !== last) this.#sink(last);
    return top.item;
  }

  #sink(waiting: Waiting<T>): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const child = this.#earlierOf(left, left + 1);
      const below = this.#heap[child];
      if (below === undefined || !isBefore(below, waiting)) break;
      this.#heap[at] = below;
      at = child;
    }
    this.#heap[at] = waiting;
  }

  #earlierOf(left: number, right: number): number {
    const a = this.#heap[left];
    const b = this.#heap[right];
    return a !== undefined && b !== undefined && isBefore(b, a) ? right : left;
  }
}

function isBefore<T>(a: Waiting<T>, b: Waiting<T>): boolean {
  return a.timeMs > b.timeMs || (a.timeMs === b.timeMs && a.order < b.order);
}
