/**
 * FastCDC in plain TypeScript, a byte at a time on BigInt: the definition that the WebAssembly version is held against
 * (docs/store-format.md, "Chunking"). Source: Xia et al., "The Design of Fast Content-Defined Chunking for Data
 * Deduplication Based Storage Systems", IEEE TPDS 2020. About 10 MB/s.
 */
import type { ChunkProfile } from './chunk-profiles.ts';
import type { Chunker } from './chunker.ts';
import { fastCdcMasks } from './fastcdc-masks.ts';

const WORD_BITS = 64;
const GEAR_SEED = 0x5851f42d4c957f2dn;

/** A random 64-bit number for each byte value: xorshift64, taken after each step. */
export function gearTable(): bigint[] {
  const table: bigint[] = [];
  let state = GEAR_SEED;
  for (let byte = 0; byte < 256; byte++) {
    state ^= BigInt.asUintN(WORD_BITS, state << 13n);
    state ^= state >> 7n;
    state ^= BigInt.asUintN(WORD_BITS, state << 17n);
    table.push(state);
  }
  return table;
}

/** A chunker that is right rather than fast. */
export function createReferenceChunker(profile: ChunkProfile): Chunker {
  const gear = gearTable();
  const masks = fastCdcMasks(profile);
  let hash = 0n;
  let size = 0;

  /** Takes one byte into the current chunk and tells whether the chunk ends after it. */
  function endsAfter(byte: number): boolean {
    const sizeBefore = size;
    size += 1;
    // The first bytes of a chunk are neither hashed nor tested.
    if (sizeBefore < profile.minBytes) return false;
    hash = BigInt.asUintN(WORD_BITS, (hash << 1n) + gear[byte]!);
    const mask = sizeBefore < profile.averageBytes ? masks.strict : masks.loose;
    return (hash & mask) === 0n || size === profile.maxBytes;
  }

  return {
    profile,
    cuts(bytes, isLast) {
      const ends: number[] = [];
      for (const [offset, byte] of bytes.entries()) {
        if (endsAfter(byte)) {
          ends.push(offset + 1);
          hash = 0n;
          size = 0;
        }
      }
      if (isLast) {
        if (size > 0) ends.push(bytes.length);
        hash = 0n;
        size = 0;
      }
      return ends;
    },
  };
}
