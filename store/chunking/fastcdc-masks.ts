/** The cut test of FastCDC: which bits of the rolling hash must be zero (docs/store-format.md, "Chunking"). */
import type { ChunkProfile } from './chunk-profiles.ts';

/** Highest bit a mask uses. Bit 63 stays free, so that the hash can be tested one shift later (two bytes a turn). */
const MASK_BIT_MAX = 62;
/** Bits the mask is spread over: bit n looks back at n + 1 bytes, so each at 32 or more and the highest at 63. */
const MASK_SPREAD_BITS = 32;
export type FastCdcMasks = {
  /** Below the average size. */ readonly strict: bigint;
  /** From the average size on. */ readonly loose: bigint;
};

/** The masks of a profile, whose average size must be a power of two. */
export function fastCdcMasks(profile: ChunkProfile): FastCdcMasks {
  const bits = Math.log2(profile.averageBytes);
  if (!Number.isInteger(bits)) throw new RangeError('the average chunk size is a power of two');
  const { normalizationBits } = profile;
  return { strict: mask(bits + normalizationBits), loose: mask(bits - normalizationBits) };
}

function mask(bits: number): bigint {
  let value = 0n;
  for (let index = 0; index < bits; index++) {
    value |= 1n << BigInt(MASK_BIT_MAX - Math.floor((index * MASK_SPREAD_BITS) / bits));
  }
  return value;
}
