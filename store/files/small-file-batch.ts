/** Many small files on their way into one put: their bytes, their chunks and manifests, and who is who. */
import {
  chooseProfile,
  FINE,
  PROFILE_HEAD_MAX_BYTES,
  profileByNumber,
  type ChunkProfile,
} from '../chunking/chunk-profiles.ts';
import { looksCompressibleThroughout } from '../compression/entropy-probe.ts';
import { createChunker, type Chunker } from '../chunking/chunker.ts';
import { activeHash, objectId } from '../hash/blake3.ts';
import type { ChunkId } from '../ids.ts';
import type { NewObject, ObjectWriter, PutResult } from '../object-store.ts';
import { CollectingWriter } from './collecting-writer.ts';
import { ContentBuilder } from './content-builder.ts';
import { ChunkTally, type IngestedFile } from './ingested-file.ts';
import type { FileIdentity } from './source-file.ts';

/** Files up to this size share a batch. */
export const SMALL_FILE_MAX_BYTES: number = 2 * 1024 * 1024;
/** Bytes of files in a batch: a put that keeps the store busy while the next batch is read. */
const BATCH_SIZE_MAX_BYTES: number = 2 * SMALL_FILE_MAX_BYTES;
/** Files of a batch: some 5 ms of blocking reads. */
const BATCH_FILES_MAX = 512;

/** A file whose bytes are in memory. */
export type LoadedFile = {
  /** Place in the caller's list. */ readonly index: number;
  readonly bytes: Uint8Array;
  readonly identity: FileIdentity | undefined;
  /** Profile of an earlier version. */ readonly profile: number | undefined;
};

/** A file of the batch, and which of the batch's objects are its chunks. */
type Member = {
  readonly index: number;
  readonly facts: Pick<IngestedFile, 'content' | 'size' | 'fileHash' | 'profile' | 'identity'>;
  readonly firstChunk: number;
  readonly chunkCount: number;
};

/** Chunkers to use again, by profile number. */
export type ChunkerSet = Map<number, Chunker>;

export class SmallFileBatch {
  /** Chunks and manifests to put. */
  readonly objects: NewObject[] = [];
  readonly #members: Member[] = [];
  readonly #arena: Buffer;
  readonly #chunkers: ChunkerSet;
  readonly #writer: ObjectWriter;
  /** Bytes of files, whether in the arena or the caller's. */
  #size = 0;
  #arenaUsed = 0;

  constructor(deps: { store: ObjectWriter; arena: Buffer; chunkers: ChunkerSet }) {
    this.#arena = deps.arena;
    this.#chunkers = deps.chunkers;
    this.#writer = new CollectingWriter(deps.store, (object) => this.objects.push(object));
  }

  /** Memory for the bytes of one batch. */
  static createArena(): Buffer {
    return Buffer.allocUnsafeSlow(BATCH_SIZE_MAX_BYTES);
  }

  get size(): number {
    return this.#size;
  }

  get isEmpty(): boolean {
    return this.#members.length === 0;
  }

  /** Whether a file of this size, at most `SMALL_FILE_MAX_BYTES`, still fits. */
  hasRoom(size: number): boolean {
    return this.#members.length < BATCH_FILES_MAX && this.#size + size <= BATCH_SIZE_MAX_BYTES;
  }

  /** Memory of the batch for a file to be read into. It is given out again unless the file is added next. */
  reserve(size: number): Buffer {
    return this.#arena.subarray(this.#arenaUsed, this.#arenaUsed + size);
  }

  /** Cuts and hashes a file. Its bytes are the memory last reserved, or the caller's. */
  async add(file: LoadedFile): Promise<void> {
    const { bytes } = file;
    this.#size += bytes.length;
    if (bytes.buffer === this.#arena.buffer) this.#arenaUsed += bytes.length;
    const { profile, compressible } = profileFor(file);
    const firstChunk = this.objects.length;
    const content = new ContentBuilder(this.#writer, profile);
    let from = 0;
    // The chunks come first, then the nodes of the manifest: the members' ranges rely on it.
    const chunks: { id: ChunkId; size: number }[] = [];
    for (const end of this.#chunkerFor(profile).cuts(bytes, true)) {
      const chunk = bytes.subarray(from, end);
      from = end;
      const id = objectId<ChunkId>('chunk', chunk);
      this.objects.push({ kind: 'chunk', bytes: chunk, id, compressible });
      chunks.push({ id, size: chunk.length });
    }
    for (const chunk of chunks) {
      const waiting = content.add(chunk);
      if (waiting !== undefined) await waiting;
    }
    // The hash of a file that is one chunk is the chunk's id.
    const only = chunks.length === 1 ? chunks[0] : undefined;
    const fileHash = only?.id ?? activeHash.hash(bytes).toString('hex');
    this.#members.push({
      index: file.index,
      firstChunk,
      chunkCount: chunks.length,
      facts: {
        content: await content.finish(fileHash),
        size: bytes.length,
        fileHash,
        profile: profile.number,
        identity: file.identity,
      },
    });
  }

  /** What became of each file, from what the put did with `objects`. */
  *files(results: readonly PutResult[]): Iterable<{ index: number; file: IngestedFile }> {
    for (const { index, facts, firstChunk, chunkCount } of this.#members) {
      const tally = new ChunkTally();
      for (let at = firstChunk; at < firstChunk + chunkCount; at++) {
        tally.count(this.objects[at]!, results[at]!);
      }
      const { content, size, fileHash, profile, identity } = facts;
      const { newChunkCount, newBytes, storedBytes } = tally;
      const counts = { chunkCount, newChunkCount, newBytes, storedBytes };
      yield { index, file: { content, size, fileHash, profile, identity, ...counts } };
    }
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
function profileFor({ bytes, profile }: LoadedFile): {
  readonly profile: ChunkProfile;
  readonly compressible: boolean | undefined;
} {
  const kept = profile === undefined ? undefined : profileByNumber(profile);
  if (kept !== undefined) return { profile: kept, compressible: probeOf(bytes) };
  const chosen = chooseProfile({ size: bytes.length, head: bytes });
  const isProbed = bytes.length <= PROFILE_HEAD_MAX_BYTES;
  return { profile: chosen, compressible: isProbed ? chosen === FINE : probeOf(bytes) };
}

/** A file that is one chunk is left to the store, which may hold it already. */
function probeOf(bytes: Uint8Array): boolean | undefined {
  return bytes.length > PROFILE_HEAD_MAX_BYTES ? looksCompressibleThroughout(bytes) : undefined;
}
