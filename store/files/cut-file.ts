/** Where a small file is cut, and the hashes of its parts: all of taking it in that needs nothing but its bytes. */
import {
  chooseProfile,
  FINE,
  PROFILE_HEAD_MAX_BYTES,
  profileByNumber,
  type ChunkProfile,
} from '../chunking/chunk-profiles.ts';
import { createChunker, type Chunker } from '../chunking/chunker.ts';
import { looksCompressibleThroughout } from '../compression/entropy-probe.ts';
import { activeHash, objectId } from '../hash/blake3.ts';
import type { ChunkId } from '../ids.ts';

/** A file's chunks, in order. */
export type FileCuts = {
  /** Number of the profile it was cut with. */
  readonly profile: number;
  /** Whether its chunks may shrink; undefined leaves the question to the store. */
  readonly compressible: boolean | undefined;
  /** Where each chunk ends, in bytes from the start of the file. */
  readonly ends: readonly number[];
  readonly ids: readonly ChunkId[];
  /** BLAKE3-256 of the whole file, 64 hexadecimal digits. */
  readonly fileHash: string;
};

export class FileCutter {
  /** By profile number, to be used again. */
  readonly #chunkers = new Map<number, Chunker>();

  /** Cuts and hashes a whole file. `keptProfile` is the number of an earlier version's profile. */
  cut(bytes: Uint8Array, keptProfile: number | undefined): FileCuts {
    const { profile, compressible } = profileFor(bytes, keptProfile);
    const ends = this.#chunkerFor(profile).cuts(bytes, true);
    const ids: ChunkId[] = [];
    let from = 0;
    for (const end of ends) {
      ids.push(objectId<ChunkId>('chunk', bytes.subarray(from, end)));
      from = end;
    }
    // The hash of a file that is one chunk is the chunk's id.
    const only = ids.length === 1 ? ids[0] : undefined;
    const fileHash = only ?? activeHash.hash(bytes).toString('hex');
    return { profile: profile.number, compressible, ends, ids, fileHash };
  }

  #chunkerFor(profile: ChunkProfile): Chunker {
    let chunker = this.#chunkers.get(profile.number);
    if (chunker === undefined) {
      chunker = createChunker(profile);
      this.#chunkers.set(profile.number, chunker);
    }
    return chunker;
  }
}

/** How to cut a file, and whether that has told already if its chunks may shrink. */
function profileFor(
  bytes: Uint8Array,
  keptProfile: number | undefined,
): { readonly profile: ChunkProfile; readonly compressible: boolean | undefined } {
  const kept = keptProfile === undefined ? undefined : profileByNumber(keptProfile);
  if (kept !== undefined) return { profile: kept, compressible: probeOf(bytes) };
  const chosen = chooseProfile({ size: bytes.length, head: bytes });
  const isProbed = bytes.length <= PROFILE_HEAD_MAX_BYTES;
  return { profile: chosen, compressible: isProbed ? chosen === FINE : probeOf(bytes) };
}

/** A file of a chunk or two is left to the store, which may hold them already. */
function probeOf(bytes: Uint8Array): boolean | undefined {
  return bytes.length > PROFILE_HEAD_MAX_BYTES ? looksCompressibleThroughout(bytes) : undefined;
}
