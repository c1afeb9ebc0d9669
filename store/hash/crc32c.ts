/** CRC-32C (Castagnoli), as in RFC 3720, appendix B.4: what LevelDB guards its files with. Node has only the other one. */

/** The polynomial, reflected. */
const POLYNOMIAL = 0x82f63b78;
const BYTE_VALUES = 256;
const BITS_PER_BYTE = 8;

const TABLE: Int32Array = Int32Array.from({ length: BYTE_VALUES }, (_, value) => {
  let sum = value;
  for (let bit = 0; bit < BITS_PER_BYTE; bit++) {
    sum = (sum & 1) === 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1;
  }
  return sum;
});

/** The checksum of these bytes, 0 to 2^32 - 1. */
export function crc32c(bytes: Uint8Array): number {
  let sum = -1;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff]! ^ (sum >>> 8);
  return ~sum >>> 0;
}
