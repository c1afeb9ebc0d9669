/** Whole numbers from random bytes that are handed in. */
import type { RandomBytes } from '../random-bytes.ts';

/** Bytes drawn at a time. */
const DRAW_BYTES = 1_024;
const WORD_BYTES = 4;
const WORD_RANGE = 0x1_0000_0000;

export class RandomNumbers {
  readonly #random: RandomBytes;
  #bytes = Buffer.alloc(0);

  constructor(random: RandomBytes) {
    this.#random = random;
  }

  /** From 0 to below `limit`, which is at most 2^32. The bias is below limit / 2^32. */
  below(limit: number): number {
    if (this.#bytes.length < WORD_BYTES) this.#bytes = Buffer.from(this.#random(DRAW_BYTES));
    const word = this.#bytes.readUInt32LE(0);
    this.#bytes = this.#bytes.subarray(WORD_BYTES);
    return Math.floor((word / WORD_RANGE) * limit);
  }
}
