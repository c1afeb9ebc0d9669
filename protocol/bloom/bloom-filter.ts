/**
 * A Bloom filter over object ids (docs/protocol.md, "Bloom filter"). An id is a BLAKE3 digest and therefore uniform:
 * its own bytes are the hash values, nothing is hashed again. Says "absent" for certain and "present" only maybe.
 */
import type { ObjectId } from '../../store/index.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { BloomFilterMessage } from '../messages/sync.ts';

/** Wanted share of false "present" answers. */
const BLOOM_FALSE_POSITIVE_RATE = 0.01;
/** Bits that still fit one frame beside the filter's other fields; above it the false positive rate rises instead. */
const BLOOM_BITS_MAX: number = (16 * 1024 * 1024 - 64) * 8;
const BLOOM_HASHES_MAX = 16;
/** Documented counts use a uint32 on our wire. */
const BLOOM_IDS_MAX = 0xffff_ffff;
/**
 * An honest filter sets about half of its bits. Above this share it answers "present" to nearly everything, which would
 * turn it into a way to have the source check every id, or into a lie.
 */
const BLOOM_FILL_MAX = 0.95;
/** Tiny filters may be full by chance. */
const BLOOM_FILL_CHECK_MIN_BITS = 1_024;

const UINT32_RANGE = 0x1_0000_0000;
const HIGHEST_BIT = 1 << 31;
/** Low bits that are left for a second division, and the range of the others. */
const LOWER_BITS = 12;
const LOWER_RANGE: number = 1 << LOWER_BITS;
const UPPER_SHARE_RANGE: number = 2 ** (32 - LOWER_BITS);

export type BloomParameters = { readonly bitCount: number; readonly hashCount: number };

/** The documented sizes for `idCount` ids: m = ceil(-n ln p / ln(2)^2) rounded up to 8, k = round(m/n ln 2) in 1..16. */
export function bloomParameters(
  idCount: number,
  rate: number = BLOOM_FALSE_POSITIVE_RATE,
): BloomParameters {
  const count = Math.max(1, idCount);
  const bits = Math.ceil((-count * Math.log(rate)) / Math.LN2 ** 2);
  const bitCount = Math.min(BLOOM_BITS_MAX, Math.ceil(bits / 8) * 8);
  const hashCount = Math.round((bitCount / count) * Math.LN2);
  return { bitCount, hashCount: Math.min(BLOOM_HASHES_MAX, Math.max(1, hashCount)) };
}

export class BloomFilter {
  readonly bitCount: number;
  readonly hashCount: number;
  readonly #bits: Uint8Array;
  /** 2^64 mod bitCount: what a sum that wraps around 2^64 has lost. */
  readonly #wrapRemainder: number;
  readonly #inverse: number;
  /** The id at hand: h1 and h2 as two words each, the lower first. */
  readonly #words = new Uint32Array(4);
  #idCount: number;

  private constructor(parameters: BloomParameters, bits: Uint8Array, idCount: number) {
    this.bitCount = parameters.bitCount;
    this.hashCount = parameters.hashCount;
    this.#bits = bits;
    this.#idCount = idCount;
    this.#inverse = 1 / this.bitCount;
    const range = UINT32_RANGE % this.bitCount;
    this.#wrapRemainder = Number((BigInt(range) * BigInt(range)) % BigInt(this.bitCount));
  }

  /** An empty filter. */
  static create(parameters: BloomParameters): BloomFilter {
    return new BloomFilter(parameters, new Uint8Array(parameters.bitCount / 8), 0);
  }

  /**
   * A filter from a peer. Keeps `message.bits`.
   * @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE when it makes no sense or says "present" to everything
   */
  static fromMessage(message: BloomFilterMessage): BloomFilter {
    const { bitCount, hashCount, idCount, bits } = message;
    if (bitCount === 0 || bitCount % 8 !== 0 || bitCount > BLOOM_BITS_MAX) {
      throw refused(`${bitCount} bits`);
    }
    if (bits.length * 8 !== bitCount) throw refused(`${bits.length} bytes for ${bitCount} bits`);
    if (hashCount < 1 || hashCount > BLOOM_HASHES_MAX) throw refused(`${hashCount} hashes`);
    const set = countBits(bits);
    if (set > idCount * hashCount) throw refused('more bits set than its ids can set');
    if (
      set === bitCount ||
      (bitCount >= BLOOM_FILL_CHECK_MIN_BITS && set > bitCount * BLOOM_FILL_MAX)
    ) {
      throw refused(`${set} of ${bitCount} bits set`);
    }
    return new BloomFilter({ bitCount, hashCount }, bits, idCount);
  }

  get idCount(): number {
    return this.#idCount;
  }

  /** Adds an id. */
  add(id: ObjectId): void {
    this.#readText(id);
    this.#insert();
  }

  /** Adds the id whose bytes start at `offset`. */
  addBytes(bytes: Buffer, offset: number): void {
    this.#readBytes(bytes, offset);
    this.#insert();
  }

  /** False: certainly not added. True: maybe. */
  has(id: ObjectId): boolean {
    this.#readText(id);
    return this.#visit(false);
  }

  hasBytes(bytes: Buffer, offset: number): boolean {
    this.#readBytes(bytes, offset);
    return this.#visit(false);
  }

  toMessage(): BloomFilterMessage {
    return {
      bitCount: this.bitCount,
      hashCount: this.hashCount,
      idCount: this.#idCount,
      bits: this.#bits,
    };
  }

  /**
   * Index i is (h1 + i * h2 mod 2^64) mod m, with h1 and h2 the little-endian integers at bytes 0 and 8. The sum is kept
   * in two halves to see it wrap, its remainder is carried along: no division but the first two.
   */
  #visit(isAdding: boolean): boolean {
    const bits = this.#bits;
    const modulus = this.bitCount;
    const wrapRemainder = this.#wrapRemainder;
    const words = this.#words;
    const stepLow = words[2]! | 0;
    const stepHigh = words[3]! | 0;
    const step = this.#remainder64(words[3]!, words[2]!);
    let index = this.#remainder64(words[1]!, words[0]!);
    // Signed 32-bit words with the highest bit turned over compare like unsigned ones; doubles would take twice the time.
    let low = (words[0]! | 0) ^ HIGHEST_BIT;
    let high = (words[1]! | 0) ^ HIGHEST_BIT;
    for (let left = this.hashCount; left > 0; left--) {
      const mask = 1 << (index & 7);
      if (isAdding) bits[index >>> 3]! |= mask;
      else if ((bits[index >>> 3]! & mask) === 0) return false;
      index += step;
      const nextLow = (low + stepLow) | 0;
      const carry = nextLow < low ? 1 : 0;
      const nextHigh = (high + stepHigh) | 0;
      const carried = (nextHigh + carry) | 0;
      low = nextLow;
      if (nextHigh < high || carried < nextHigh) {
        index -= wrapRemainder;
        if (index < 0) index += modulus;
      }
      high = carried;
      if (index >= modulus) index -= modulus;
    }
    return true;
  }

  #insert(): void {
    if (this.#idCount < BLOOM_IDS_MAX) this.#idCount++;
    this.#visit(true);
  }

  #readBytes(bytes: Buffer, offset: number): void {
    for (let word = 0; word < 4; word++) this.#words[word] = bytes.readUInt32LE(offset + 4 * word);
  }

  /** Straight from the digits: making bytes of them first would take longer than all the rest. */
  #readText(id: ObjectId): void {
    for (let word = 0; word < 4; word++) {
      const at = word * 8;
      const byte0 = hexByte(id, at);
      const byte1 = hexByte(id, at + 2) << 8;
      const byte2 = hexByte(id, at + 4) << 16;
      const byte3 = hexByte(id, at + 6) << 24;
      this.#words[word] = byte0 | byte1 | byte2 | byte3;
    }
  }

  /** (high * 2^32 + low) mod bitCount, exact: 52 bits first, and bitCount stays below 2^27, so that no product leaves 2^53. */
  #remainder64(high: number, low: number): number {
    const upper = this.#remainder(high * UPPER_SHARE_RANGE + (low >>> LOWER_BITS));
    return this.#remainder(upper * LOWER_RANGE + (low & (LOWER_RANGE - 1)));
  }

  /** value mod bitCount by multiplication, several times faster than the `%` of doubles: the quotient is off by one at most. */
  #remainder(value: number): number {
    const rest = value - Math.floor(value * this.#inverse) * this.bitCount;
    if (rest < 0) return rest + this.bitCount;
    return rest >= this.bitCount ? rest - this.bitCount : rest;
  }
}

const HEX_DIGITS: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 0 : value;
});

function hexByte(text: string, at: number): number {
  return (HEX_DIGITS[text.charCodeAt(at)]! << 4) | HEX_DIGITS[text.charCodeAt(at + 1)]!;
}

const BITS_IN_BYTE: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  let bits = 0;
  for (let rest = byte; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
});

function countBits(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) count += BITS_IN_BYTE[byte]!;
  return count;
}

function refused(what: string): ProtocolError {
  return new ProtocolError(
    'DITS_PROTOCOL_INVALID_MESSAGE',
    `a Bloom filter from the peer makes no sense: ${what}`,
  );
}
