/** Many small files on their way into one put: their bytes, their chunks and manifests, and who is who. */
import { profileByNumber } from '../chunking/chunk-profiles.ts';
import type { NewObject, ObjectWriter, PutResult } from '../object-store.ts';
import { CollectingWriter } from './collecting-writer.ts';
import { ContentBuilder } from './content-builder.ts';
import type { FileCuts } from './cut-file.ts';
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
  readonly cuts: FileCuts;
};

/** A file of the batch, and which of the batch's objects are its chunks. */
type Member = {
  readonly index: number;
  readonly facts: Pick<IngestedFile, 'content' | 'size' | 'fileHash' | 'profile' | 'identity'>;
  readonly firstChunk: number;
  readonly chunkCount: number;
};

/** Memory for the bytes of one batch, and how much of it is taken. */
export class BatchArena {
  readonly memory: Buffer;
  #used = 0;
  #files = 0;

  constructor(memory: Buffer = Buffer.allocUnsafeSlow(BATCH_SIZE_MAX_BYTES)) {
    this.memory = memory;
  }

  get isEmpty(): boolean {
    return this.#files === 0;
  }

  /** Bytes taken. */
  get size(): number {
    return this.#used;
  }

  /** Whether a file of this size, at most `SMALL_FILE_MAX_BYTES`, still fits. */
  hasRoom(size: number): boolean {
    return this.#files < BATCH_FILES_MAX && this.#used + size <= this.memory.length;
  }

  /** Memory for a file to be read into. It is given out again unless it is taken next. */
  reserve(size: number): Buffer {
    return this.memory.subarray(this.#used, this.#used + size);
  }

  /** Takes what was last reserved. */
  take(size: number): void {
    this.#used += size;
    this.#files++;
  }
}

export class SmallFileBatch {
  /** Chunks and manifests to put. */
  readonly objects: NewObject[] = [];
  readonly #members: Member[] = [];
  readonly #writer: ObjectWriter;

  constructor(store: ObjectWriter) {
    this.#writer = new CollectingWriter(store, (object) => this.objects.push(object));
  }

  async add({ index, bytes, identity, cuts }: LoadedFile): Promise<void> {
    const { ends, ids, compressible, fileHash, profile } = cuts;
    const firstChunk = this.objects.length;
    const content = new ContentBuilder(this.#writer, profileByNumber(profile)!);
    // The chunks come first, then the nodes of the manifest: the members' ranges rely on it.
    let from = 0;
    for (const [at, id] of ids.entries()) {
      const chunk = bytes.subarray(from, ends[at]);
      from = ends[at]!;
      this.objects.push({ kind: 'chunk', bytes: chunk, id, compressible });
    }
    from = 0;
    for (const [at, id] of ids.entries()) {
      const waiting = content.add({ id, size: ends[at]! - from });
      if (waiting !== undefined) await waiting;
      from = ends[at]!;
    }
    this.#members.push({
      index,
      firstChunk,
      chunkCount: ids.length,
      facts: {
        content: await content.finish(fileHash),
        size: bytes.length,
        fileHash,
        profile,
        identity,
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
}
