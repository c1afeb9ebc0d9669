/** Checksums in the form in which LevelDB's files hold them (leveldb/util/crc32c.h). */
import { crc32c } from '../../hash/crc32c.ts';

const ROTATION_BITS = 15;
const WORD_BITS = 32;
const MASK_DELTA = 0xa282ead8;

/** A sum over bytes that hold sums themselves would be weak, so LevelDB rotates each one and adds a constant. */
export function maskedSum(bytes: Uint8Array): number {
  const sum = crc32c(bytes);
  const rotated = (sum >>> ROTATION_BITS) | (sum << (WORD_BITS - ROTATION_BITS));
  return (rotated + MASK_DELTA) >>> 0;
}
