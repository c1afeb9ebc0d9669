/**
 * Coded symbols of a set of ids (docs/protocol.md, "Sketch"): a rateless invertible Bloom lookup table after Yang, Gilad and
 * Alizadeh, "Practical Rateless Set Reconciliation", SIGCOMM 2024. The symbols of two sets subtract; what is left holds their
 * difference alone, and as many symbols as 1.35 to 1.72 times its size are enough to read it.
 */
import { DIGEST_WORDS, ID_WORDS, type KeyedDigest } from './keyed-digest.ts';

/** A symbol as it travels: the digests' XOR, the checks' XOR and the count, little-endian. */
export const SYMBOL_BYTES: number = 4 * (DIGEST_WORDS + 2);

const WORD_RANGE_ROOT = 65_536;
const GOLDEN_RATIO_WORD = 0x9e3779b9;

/** Symbols `first` to `end - 1` of a set: memory depends on their number alone. */
export class CodedSymbols {
  readonly first: number;
  readonly end: number;
  /** `DIGEST_WORDS` words a symbol. */
  readonly sums: Uint32Array;
  readonly checks: Uint32Array;
  readonly counts: Int32Array;
  readonly #digest = new Uint32Array(DIGEST_WORDS);

  constructor(first: number, end: number) {
    this.first = first;
    this.end = end;
    this.sums = new Uint32Array((end - first) * DIGEST_WORDS);
    this.checks = new Uint32Array(end - first);
    this.counts = new Int32Array(end - first);
  }

  /** Symbols from a peer, from `first` on. `bytes` are whole symbols. */
  static decode(bytes: Uint8Array, first: number): CodedSymbols {
    const symbols = new CodedSymbols(first, first + bytes.length / SYMBOL_BYTES);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let place = 0; place < symbols.checks.length; place++) {
      const at = place * SYMBOL_BYTES;
      for (let word = 0; word < DIGEST_WORDS; word++) {
        symbols.sums[place * DIGEST_WORDS + word] = view.getUint32(at + 4 * word, true);
      }
      symbols.checks[place] = view.getUint32(at + 4 * DIGEST_WORDS, true);
      symbols.counts[place] = view.getInt32(at + 4 * DIGEST_WORDS + 4, true);
    }
    return symbols;
  }

  encode(): Uint8Array {
    const bytes = new Uint8Array(this.checks.length * SYMBOL_BYTES);
    const view = new DataView(bytes.buffer);
    for (let place = 0; place < this.checks.length; place++) {
      const at = place * SYMBOL_BYTES;
      for (let word = 0; word < DIGEST_WORDS; word++) {
        view.setUint32(at + 4 * word, this.sums[place * DIGEST_WORDS + word]!, true);
      }
      view.setUint32(at + 4 * DIGEST_WORDS, this.checks[place]!, true);
      view.setInt32(at + 4 * DIGEST_WORDS + 4, this.counts[place]!, true);
    }
    return bytes;
  }

  /** Adds ids, back to back in `words`. None may come twice: the second would take away the first. */
  addIds(words: Uint32Array, keyed: KeyedDigest): void {
    for (let at = 0; at < words.length; at += ID_WORDS) {
      keyed.digest(words, at, this.#digest);
      this.change(this.#digest, 1);
    }
  }

  /** Adds a digest, or takes it away with -1, in every symbol that it belongs to; `touched` is told of each. */
  change(digest: Uint32Array, sign: number, touched?: (symbol: number) => void): void {
    const { first, end, sums, checks, counts } = this;
    const [a, b, c, d] = [digest[0]!, digest[1]!, digest[2]!, digest[3]!];
    const check = digestCheck(digest, 0);
    let state = a ^ b;
    for (let symbol = 0; symbol < end;) {
      if (symbol >= first) {
        const place = symbol - first;
        const sum = place * DIGEST_WORDS;
        sums[sum]! ^= a;
        sums[sum + 1]! ^= b;
        sums[sum + 2]! ^= c;
        sums[sum + 3]! ^= d;
        checks[place]! ^= check;
        counts[place]! += sign;
        touched?.(symbol);
      }
      state = (state + GOLDEN_RATIO_WORD) | 0;
      const drawn = mix(state ^ c) + 1;
      // Symbol i holds a digest with probability 1 / (1 + i / 2): this finds the next one that does (section 4.2 of the paper).
      const step = Math.ceil((symbol + 1.5) * (WORD_RANGE_ROOT / Math.sqrt(drawn) - 1));
      symbol += Math.max(1, step);
    }
  }
}

/** The finalizer of MurmurHash3. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** 32 bits that tell one digest from a sum of several: not linear in XOR. */
export function digestCheck(words: Uint32Array, at: number): number {
  let check = 0;
  for (let word = DIGEST_WORDS - 1; word >= 0; word--) check = mix((words[at + word]! + check) | 0);
  return check;
}
