/**
 * A Bloom filter over object ids (docs/protocol.md, "Bloom filter"). An id is a BLAKE3 digest and therefore uniform:
 * its own bytes are the hash values, nothing is hashed again. Says "absent" for certain and "present" only maybe.
 */
import type { ObjectId } from '../../store/index.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { BloomFilterMessage } from '../messages/sync.ts';

/** Wanted share of false "present" answers. */
export const BLOOM_FALSE_POSITIVE_RATE = 0.01;
/** Bits that still fit one frame beside the filter's other fields; above it the false positive rate rises instead. */
export const BLOOM_BITS_MAX: number = (16 * 1024 * 1024 - 64) * 8;
export const BLOOM_HASHES_MAX = 16;
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
const UINT16_RANGE = 0x1_0000;

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
  readonly #scratch: Buffer = Buffer.alloc(16);
  #idCount: number;

  private constructor(parameters: BloomParameters, bits: Uint8Array, idCount: number) {
    this.bitCount = parameters.bitCount;
    this.hashCount = parameters.hashCount;
    this.#bits = bits;
    this.#idCount = idCount;
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
    this.#scratch.write(id, 0, 16, 'hex');
    this.addBytes(this.#scratch, 0);
  }

  /** Adds the id whose bytes start at `offset`. */
  addBytes(bytes: Buffer, offset: number): void {
    if (this.#idCount < BLOOM_IDS_MAX) this.#idCount++;
    this.#visit(bytes, offset, true);
  }

  /** False: certainly not added. True: maybe. */
  has(id: ObjectId): boolean {
    this.#scratch.write(id, 0, 16, 'hex');
    return this.#visit(this.#scratch, 0, false);
  }

  hasBytes(bytes: Buffer, offset: number): boolean {
    return this.#visit(bytes, offset, false);
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
  #visit(bytes: Buffer, offset: number, isAdding: boolean): boolean {
    const modulus = this.bitCount;
    const stepLow = bytes.readUInt32LE(offset + 8);
    const stepHigh = bytes.readUInt32LE(offset + 12);
    let low = bytes.readUInt32LE(offset);
    let high = bytes.readUInt32LE(offset + 4);
    const step = remainder64(stepHigh, stepLow, modulus);
    let index = remainder64(high, low, modulus);
    for (let left = this.hashCount; left > 0; left--) {
      const mask = 1 << (index & 7);
      if (isAdding) this.#bits[index >>> 3]! |= mask;
      else if ((this.#bits[index >>> 3]! & mask) === 0) return false;
      index += step;
      low += stepLow;
      high += stepHigh;
      if (low >= UINT32_RANGE) {
        low -= UINT32_RANGE;
        high++;
      }
      if (high >= UINT32_RANGE) {
        high -= UINT32_RANGE;
        index -= this.#wrapRemainder;
        if (index < 0) index += modulus;
      }
      if (index >= modulus) index -= modulus;
    }
    return true;
  }
}

/** (high * 2^32 + low) mod modulus, exact: the modulus stays below 2^27, so that no product leaves 2^53. */
function remainder64(high: number, low: number, modulus: number): number {
  const upper = ((high % modulus) * UINT16_RANGE + (low >>> 16)) % modulus;
  return (upper * UINT16_RANGE + (low & 0xffff)) % modulus;
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
