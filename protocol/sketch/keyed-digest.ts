/**
 * Digests of object ids under a key of one transfer (docs/protocol.md, "Sketch"): whoever does not know the key can not make
 * objects whose digests collide, and whoever does learns no id from a digest. HalfSipHash-2-4 (Aumasson and
 * Bernstein, "SipHash", 2012, on 32-bit words) with 64 bits of output, twice, under the two halves of the key.
 */
import { ID_BYTES } from '../../store/index.ts';

/** Two keys of 64 bits. */
export const SKETCH_KEY_BYTES = 16;
/** A digest is 128 bits in 32-bit words. */
export const DIGEST_WORDS = 4;
/** Little-endian 32-bit words of an id. */
export const ID_WORDS: number = ID_BYTES / 4;

/** Last word of the input: its length in the highest byte, as every SipHash ends. */
const LENGTH_WORD: number = ID_BYTES << 24;

export class KeyedDigest {
  readonly #key: readonly [number, number, number, number];

  /** `key`: `SKETCH_KEY_BYTES` bytes. */
  constructor(key: Uint8Array) {
    const view = new DataView(key.buffer, key.byteOffset, SKETCH_KEY_BYTES);
    const word = (index: number): number => view.getInt32(4 * index, true);
    this.#key = [word(0), word(1), word(2), word(3)];
  }

  /** Writes the digest of the id in `words` from `at` on to the first `DIGEST_WORDS` of `digest`. */
  digest(words: Uint32Array, at: number, digest: Uint32Array): void {
    const [k0, k1, k2, k3] = this.#key;
    halfSipHash(k0, k1, { words, at, digest, to: 0 });
    halfSipHash(k2, k3, { words, at, digest, to: 2 });
  }
}

type Places = {
  readonly words: Uint32Array;
  readonly at: number;
  readonly digest: Uint32Array;
  readonly to: number;
};

function halfSipHash(k0: number, k1: number, { words, at, digest, to }: Places): void {
  let v0 = k0;
  let v1 = k1 ^ 0xee;
  let v2 = k0 ^ 0x6c796765;
  let v3 = k1 ^ 0x74656462;
  /** Written out once; the compiler inlines it. */
  const rounds = (count: number): void => {
    for (let left = count; left > 0; left--) {
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
    }
  };
  for (let word = 0; word < ID_WORDS; word++) {
    const value = words[at + word]!;
    v3 ^= value;
    rounds(2);
    v0 ^= value;
  }
  v3 ^= LENGTH_WORD;
  rounds(2);
  v0 ^= LENGTH_WORD;
  v2 ^= 0xee;
  rounds(4);
  digest[to] = v1 ^ v3;
  v1 ^= 0xdd;
  rounds(4);
  digest[to + 1] = v1 ^ v3;
}

/** Ids as words. The result is a view of `bytes` where the machine allows it. */
export function idWords(bytes: Buffer): Uint32Array {
  const isAligned = bytes.byteOffset % 4 === 0 && isLittleEndian;
  if (isAligned) return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, word) => bytes.readUInt32LE(4 * word));
}

const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
