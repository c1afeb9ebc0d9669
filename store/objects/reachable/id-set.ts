/**
 * A set of ids that takes 16 bytes a slot: an open-addressing table in one typed array. A Set of strings takes five to
 * ten times as much, which for tens of millions of chunks is the difference between 0.5 GB and 5 GB.
 * It keeps the first 128 bits of an id, mixed with the kind. Ids are uniform, so two of a billion objects share these
 * with a chance below 10^-20, and to make two on purpose takes 2^64 hashes.
 */
import { OBJECT_KIND, type ObjectId, type ObjectKind } from '../../ids.ts';

const WORDS_PER_SLOT = 4;
const DIGITS_PER_WORD = 8;
const SLOT_COUNT_START = 1024;
/** Filled beyond this share, the table doubles: linear probing stays at two or three looks up to here. */
const LOAD_MAX = 0.6;
/** Odd constant near 2^32 / golden ratio: spreads the five kinds over the first word. */
const KIND_FACTOR = 0x9e3779b1;

const DIGIT_VALUES: Uint8Array = (() => {
  const values = new Uint8Array(128);
  for (let value = 0; value < 16; value++) values[value.toString(16).charCodeAt(0)] = value;
  return values;
})();

export class IdSet {
  #slots = new Uint32Array(SLOT_COUNT_START * WORDS_PER_SLOT);
  #size = 0;
  /** A free slot is all zeros, so the one key that is too is kept apart. */
  #hasZero = false;

  get size(): number {
    return this.#size;
  }

  /** Adds an id; false when it was there. The kind counts: one id under two kinds is two members. */
  add(id: ObjectId, kind: ObjectKind): boolean {
    if (this.#size >= (this.#slots.length / WORDS_PER_SLOT) * LOAD_MAX) this.#grow();
    const a = firstWord(id, kind);
    const isNew = this.#insert(a, wordAt(id, 1), wordAt(id, 2), wordAt(id, 3));
    if (isNew) this.#size++;
    return isNew;
  }

  has(id: ObjectId, kind: ObjectKind): boolean {
    const a = firstWord(id, kind);
    const b = wordAt(id, 1);
    const c = wordAt(id, 2);
    const d = wordAt(id, 3);
    if ((a | b | c | d) === 0) return this.#hasZero;
    return this.#find(a, b, c, d) < 0;
  }

  #insert(a: number, b: number, c: number, d: number): boolean {
    if ((a | b | c | d) === 0) {
      const isNew = !this.#hasZero;
      this.#hasZero = true;
      return isNew;
    }
    const at = this.#find(a, b, c, d);
    if (at < 0) return false;
    const slots = this.#slots;
    slots[at] = a;
    slots[at + 1] = b;
    slots[at + 2] = c;
    slots[at + 3] = d;
    return true;
  }

  /** Position of the free slot for a key, or -1 when the key is there. */
  #find(a: number, b: number, c: number, d: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let at = (a * WORDS_PER_SLOT) & mask; ; at = (at + WORDS_PER_SLOT) & mask) {
      const w = slots[at]!;
      const x = slots[at + 1]!;
      const y = slots[at + 2]!;
      const z = slots[at + 3]!;
      if (w === a && x === b && y === c && z === d) return -1;
      if ((w | x | y | z) === 0) return at;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += WORDS_PER_SLOT) {
      const a = old[at]!;
      const b = old[at + 1]!;
      const c = old[at + 2]!;
      const d = old[at + 3]!;
      if ((a | b | c | d) !== 0) this.#insert(a, b, c, d);
    }
  }
}

function firstWord(id: ObjectId, kind: ObjectKind): number {
  return (wordAt(id, 0) ^ Math.imul(OBJECT_KIND[kind] - 1, KIND_FACTOR)) >>> 0;
}

function wordAt(id: ObjectId, index: number): number {
  let word = 0;
  const end = (index + 1) * DIGITS_PER_WORD;
  for (let at = index * DIGITS_PER_WORD; at < end; at++) {
    word = (word << 4) | DIGIT_VALUES[id.charCodeAt(at) & 127]!;
  }
  return word >>> 0;
}
