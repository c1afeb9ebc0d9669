/** Which chunks to fetch for a file, or for a range of it, in batches that bound the memory they take. */
import type { AbortOptions, ObjectReader } from '../object-store.ts';
import { readChunkRuns, readManifestRoot, type ChunkRun } from '../objects/manifest-reader.ts';
import type { ChunkRef } from '../objects/manifest.ts';
import type { FileContent } from '../objects/tree.ts';
import { StoreError } from '../store-error.ts';

/** Bytes of one batch: enough that its few promises cost nothing beside reading it. */
export const BATCH_SIZE_BYTES: number = 4 * 1024 * 1024;
/** Chunks of one batch, for files of tiny ones. */
const BATCH_CHUNKS_MAX = 512;

/** A part of a file: bytes from `start` up to, and without, `end`. What lies past the file's end is left out. */
export type FileRange = { readonly start: number; readonly end: number };

/** What is known of a file before its chunks are read. */
export type ContentFacts = {
  /** Bytes. */ readonly size: number;
  /** BLAKE3-256 of the file, when its manifest says; a file of one chunk is verified by the chunk's id. */
  readonly fileHash: string | undefined;
};

/** Chunks that follow each other in a file. */
export type ChunkBatch = {
  /** Place of the first in the file. */ readonly start: number;
  readonly chunks: readonly ChunkRef[];
};

/** @throws StoreError DITS_STORE_NOT_FOUND, DITS_STORE_CORRUPT, DITS_STORE_INVALID_OBJECT */
export async function contentFacts(
  store: ObjectReader,
  content: FileContent,
  options: AbortOptions,
): Promise<ContentFacts> {
  switch (content.kind) {
    case 'empty':
      return { size: 0, fileHash: undefined };
    case 'chunk': {
      const [info] = await store.info([content.id], options);
      if (info === undefined) throw missing(content.id);
      return { size: info.rawSize, fileHash: undefined };
    }
    case 'manifest': {
      const { size, fileHash } = await readManifestRoot(store, content.id, options);
      return { size, fileHash };
    }
  }
}

/**
 * The chunks that overlap a range, in order.
 * @throws StoreError DITS_STORE_INVALID_OBJECT when the chunks do not add up to the file's size
 */
export async function* planBatches(
  store: ObjectReader,
  content: FileContent,
  file: { readonly size: number; readonly range: FileRange },
  options: AbortOptions,
): AsyncGenerator<ChunkBatch, void, undefined> {
  const { range } = file;
  if (range.start >= range.end) return;
  let chunks: ChunkRef[] = [];
  let start = range.start;
  let end = range.start;
  for await (const run of chunkRuns(store, content, file, options)) {
    if (chunks.length === 0) start = end = run.offset;
    for (const chunk of run.chunks) {
      const isFull =
        end - start + chunk.size > BATCH_SIZE_BYTES || chunks.length === BATCH_CHUNKS_MAX;
      if (isFull && chunks.length > 0) {
        yield { start, chunks };
        chunks = [];
        start = end;
      }
      chunks.push(chunk);
      end += chunk.size;
    }
  }
  if (chunks.length > 0) yield { start, chunks };
  if (end < range.end) throw invalid(`its chunks end at ${end} of ${range.end} bytes`, content);
}

async function* chunkRuns(
  store: ObjectReader,
  content: FileContent,
  { size, range }: { readonly size: number; readonly range: FileRange },
  options: AbortOptions,
): AsyncGenerator<ChunkRun, void, undefined> {
  if (content.kind === 'chunk') yield { offset: 0, chunks: [{ id: content.id, size }] };
  if (content.kind === 'manifest') {
    yield* readChunkRuns(store, content.id, { range, signal: options.signal });
  }
}

/** The error for a file whose parts do not fit together. */
export function invalid(what: string, content: FileContent): StoreError {
  const id = content.kind === 'empty' ? undefined : content.id;
  return new StoreError('DITS_STORE_INVALID_OBJECT', `a stored file is not consistent: ${what}`, {
    hint: 'run `dits fsck`',
    details: { id },
  });
}

/** The error for a chunk that is not there. */
export function missing(id: string): StoreError {
  return new StoreError('DITS_STORE_NOT_FOUND', `no object ${id}`, {
    hint: 'fetch it from a peer that has it',
    details: { id },
  });
}
