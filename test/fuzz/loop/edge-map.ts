/** Which branches inputs have taken so far, and about how often each: what is new tells a good input from another. */

/** By how often a branch was taken: 1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, more (as in AFL). */
const CLASS_OF_COUNT: Uint8Array = Uint8Array.from({ length: 256 }, (_, count) => {
  if (count < 3) return count;
  if (count === 3) return 4;
  if (count < 8) return 8;
  if (count < 16) return 16;
  if (count < 32) return 32;
  return count < 128 ? 64 : 128;
});

export class EdgeMap {
  readonly #counters: Uint8Array;
  readonly #words: Uint32Array;
  readonly #seen: Uint8Array;

  /** Reads and clears `counters`, whose length is a multiple of 4. */
  constructor(counters: Uint8Array) {
    this.#counters = counters;
    this.#words = new Uint32Array(counters.buffer, counters.byteOffset, counters.length / 4);
    this.#seen = new Uint8Array(counters.length);
  }

  /** Branches taken by any input. */
  get edgeCount(): number {
    return this.#seen.reduce((count, classes) => count + (classes === 0 ? 0 : 1), 0);
  }

  /** Clears the counters before an input runs. */
  reset(): void {
    this.#counters.fill(0);
  }

  /** Whether what ran since took a new branch, or one a new number of times; remembered from then on. */
  isNew(): boolean {
    let isNew = false;
    for (let word = 0; word < this.#words.length; word++) {
      if (this.#words[word] === 0) continue;
      for (let at = 4 * word; at < 4 * word + 4; at++) {
        const taken = CLASS_OF_COUNT[this.#counters[at]!]!;
        if ((taken & ~this.#seen[at]!) === 0) continue;
        this.#seen[at]! |= taken;
        isNew = true;
      }
    }
    return isNew;
  }

  /** Whether what ran since took a branch that no input took before, however often; remembered from then on. */
  isNewBranch(): boolean {
    const before = this.edgeCount;
    this.isNew();
    return this.edgeCount > before;
  }
}
