/** What cuts a file into chunks, and the one in use (docs/store-format.md, "Chunking"). */
import type { ChunkProfile } from './chunk-profiles.ts';
import { createWasmChunker } from './fastcdc-wasm.ts';

/**
 * Finds where the chunks of one input end, fed piece by piece. The result depends on the input and the profile alone,
 * never on how the input is split over calls. Holds no bytes: memory is constant. Implementations that look into a
 * container format (keyframes, atoms) fit behind the same interface under a profile number of their own.
 */
export interface Chunker {
  readonly profile: ChunkProfile;
  /**
   * Takes the next bytes of the input and returns where chunks end in them, ascending, as offsets after the chunk's
   * last byte. With `isLast` the end of the bytes ends the last chunk (offset 0 when it had ended with the call
   * before), and the chunker is ready for another input.
   */
  cuts(bytes: Uint8Array, isLast: boolean): number[];
}

/** A chunker for one input at a time. */
export function createChunker(profile: ChunkProfile): Chunker {
  return createWasmChunker(profile);
}
