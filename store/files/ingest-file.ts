/**
 * Takes one file of any size into the store, in constant memory: while a slice is cut and hashed, the next one is read
 * and the one before is put. The store decides what is new and what to compress.
 */
import {
  chooseProfile,
  PROFILE_HEAD_MAX_BYTES,
  profileByNumber,
  type ChunkProfile,
} from '../chunking/chunk-profiles.ts';
import { createChunker, type Chunker } from '../chunking/chunker.ts';
import { looksCompressibleThroughout } from '../compression/entropy-probe.ts';
import { activeHash, objectId, type Hasher } from '../hash/blake3.ts';
import type { ChunkId } from '../ids.ts';
import type { AbortOptions, NewObject, ObjectWriter } from '../object-store.ts';
import type { FileContent } from '../objects/tree.ts';
import { ContentBuilder } from './content-builder.ts';
import { ChunkTally, type IngestedFile } from './ingested-file.ts';
import { PutQueue } from './put-queue.ts';
import { SliceReader, type Slice } from './slice-reader.ts';
import { openSource, type FileSource, type OpenSource } from './source-file.ts';

export type IngestDeps = { readonly store: ObjectWriter };

export type IngestOptions = AbortOptions & {
  /** Called with the bytes taken in since the last call, about once per 4 MiB. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
};

/**
 * Takes a file in. Its chunks are readable when this resolves; nothing is flushed.
 * @throws StoreError DITS_STORE_FILE_UNREADABLE, DITS_STORE_FILE_CHANGED (details.path), and what `store.put` throws
 */
export async function ingestFile(
  deps: IngestDeps,
  source: FileSource,
  options: IngestOptions = {},
): Promise<IngestedFile> {
  options.signal?.throwIfAborted();
  const opened = await openSource(source);
  try {
    return await ingestOpened(deps, source, opened, options);
  } finally {
    await opened.release();
  }
}

async function ingestOpened(
  deps: IngestDeps,
  source: FileSource,
  opened: OpenSource,
  options: IngestOptions,
): Promise<IngestedFile> {
  const { handle, identity } = opened;
  const { size } = identity;
  const reader = new SliceReader(handle, { size, path: source.path });
  const puts = new PutQueue(deps.store, options.signal);
  try {
    let slice = await reader.next();
    const profile = profileFor(source, size, slice);
    const intake = new FileIntake(deps.store, profile);
    for (;;) {
      options.signal?.throwIfAborted();
      const taken = slice;
      const objects = await intake.cut(taken);
      await puts.add(objects, (results) => {
        for (const [at, result] of results.entries()) intake.tally.count(objects[at]!, result);
        reader.recycle(taken);
      });
      options.onProgress?.(taken.end - taken.start);
      if (taken.isLast) break;
      slice = await reader.next();
    }
    await puts.drain();
    await opened.requireUnchanged();
    const { content, fileHash } = await intake.finish();
    const totals = intake.tally.totals();
    return { content, size, fileHash, profile: profile.number, identity, ...totals };
  } finally {
    await reader.close();
    await puts.abandon();
  }
}

function profileFor(source: FileSource, size: number, first: Slice): ChunkProfile {
  const kept = source.profile === undefined ? undefined : profileByNumber(source.profile);
  const headEnd = Math.min(first.end, first.start + PROFILE_HEAD_MAX_BYTES);
  return kept ?? chooseProfile({ size, head: first.buffer.subarray(first.start, headEnd) });
}

/** Cuts and hashes one file, slice by slice. */
class FileIntake {
  readonly tally: ChunkTally = new ChunkTally();
  readonly #chunker: Chunker;
  readonly #hasher: Hasher = activeHash.createHasher();
  readonly #chunks: ContentBuilder;
  /** The unfinished chunk of the slice before: a copy, for the slice's buffer is used again. */
  #carried: Buffer = Buffer.alloc(0);

  constructor(store: ObjectWriter, profile: ChunkProfile) {
    this.#chunker = createChunker(profile);
    this.#chunks = new ContentBuilder(store, profile);
  }

  /** The chunks that end in the slice. Their bytes are in the slice's buffer. */
  async cut(slice: Slice): Promise<NewObject[]> {
    const { buffer, start, end, isLast } = slice;
    const bytes = buffer.subarray(start, end);
    this.#hasher.update(bytes);
    // What will shrink is left to the store to find, chunk by chunk.
    const compressible = looksCompressibleThroughout(bytes) === false ? false : undefined;
    let from = start - this.#carried.copy(buffer, start - this.#carried.length);
    const objects: NewObject[] = [];
    for (const cut of this.#chunker.cuts(bytes, isLast)) {
      const chunk = buffer.subarray(from, start + cut);
      from = start + cut;
      const id = objectId<ChunkId>('chunk', chunk);
      objects.push({ kind: 'chunk', bytes: chunk, id, compressible });
      const waiting = this.#chunks.add({ id, size: chunk.length });
      if (waiting !== undefined) await waiting;
    }
    this.#carried = Buffer.from(buffer.subarray(from, end));
    return objects;
  }

  /** After the last slice: where the file's bytes are, and its hash. */
  async finish(): Promise<{ content: FileContent; fileHash: string }> {
    const fileHash = this.#hasher.digest().toString('hex');
    return { content: await this.#chunks.finish(fileHash), fileHash };
  }
}
