/** Inputs that a vector file describes instead of holding them: a list of parts, put one after the other. */

export type DescribedPart =
  /** xorshift64 (<<13, >>7, <<17) from a seed of 16 hexadecimal digits; 8 bytes little-endian after each step. */
  | { readonly kind: 'noise'; readonly seed: string; readonly bytes: number }
  /** These bytes, repeated and cut off at the length. */
  | { readonly kind: 'repeat'; readonly hex: string; readonly bytes: number };

/** The bytes that the parts describe. */
export function describedBytes(parts: readonly DescribedPart[]): Buffer {
  return Buffer.concat(
    parts.map((part) =>
      part.kind === 'noise'
        ? noise(part.seed, part.bytes)
        : Buffer.alloc(part.bytes, Buffer.from(part.hex, 'hex')),
    ),
  );
}

/** Deterministic noise. */
export function noise(seed: string, bytes: number): Buffer {
  const words = new BigUint64Array(Math.ceil(bytes / 8));
  const view = new DataView(words.buffer);
  let state = BigInt(`0x${seed}`);
  for (let index = 0; index < words.length; index++) {
    state ^= BigInt.asUintN(64, state << 13n);
    state ^= state >> 7n;
    state ^= BigInt.asUintN(64, state << 17n);
    view.setBigUint64(index * 8, state, true);
  }
  return Buffer.from(words.buffer, 0, bytes);
}
