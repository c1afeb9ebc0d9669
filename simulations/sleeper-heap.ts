/** Sleepers by the time they want to wake, then by the order in which they fell asleep: a binary heap. */

export type Sleeper = {
  readonly wakeAtMs: number;
  readonly order: number;
  readonly wake: () => void;
  /** Given up: passed over when its time comes. */
  isGone: boolean;
};

export class SleeperHeap {
  readonly #items: Sleeper[] = [];

  get first(): Sleeper | undefined {
    return this.#items[0];
  }

  push(sleeper: Sleeper): void {
    const items = this.#items;
    let at = items.push(sleeper) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isEarlier(sleeper, items[parent]!)) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = sleeper;
  }

  pop(): Sleeper | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && isEarlier(items[child + 1]!, items[child]!)) child++;
      if (!isEarlier(items[child]!, last)) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = last;
    return top;
  }
}

function isEarlier(a: Sleeper, b: Sleeper): boolean {
  return a.wakeAtMs < b.wakeAtMs || (a.wakeAtMs === b.wakeAtMs && a.order < b.order);
}
