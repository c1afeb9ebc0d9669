/** Undoes the smallest damage there is, in a small file whose checksum tells when it is whole again. */

/** Larger files are left alone: trying takes the square of the size, and at this one about a second. */
const FILE_MAX_BYTES: number = 16 * 1024;
const BITS_PER_BYTE = 8;

/**
 * The bytes with the one bit turned back that makes them whole; undefined when there is none. With a checksum of 256 bits
 * nothing but what was written passes.
 */
export function undoFlippedBit(
  damaged: Uint8Array,
  isWhole: (bytes: Buffer) => boolean,
): Buffer | undefined {
  if (damaged.length > FILE_MAX_BYTES) return undefined;
  const bytes = Buffer.from(damaged);
  for (let at = 0; at < bytes.length; at++) {
    for (let bit = 0; bit < BITS_PER_BYTE; bit++) {
      bytes[at]! ^= 1 << bit;
      if (isWhole(bytes)) return bytes;
      bytes[at]! ^= 1 << bit;
    }
  }
  return undefined;
}
