/**
 * Reads a file's bytes back from the store, in order, verified chunk by chunk or as a whole. The next batches are fetched
 * while the consumer handles one. Memory stays bounded whatever a manifest claims: every chunk's true size is compared
 * with the claim before the chunk is read.
 */
import { activeHash } from '../hash/blake3.ts';
import type { AbortOptions, ObjectReader } from '../object-store.ts';
import type { FileContent } from '../objects/tree.ts';
import {
  contentFacts,
  invalid,
  missing,
  planBatches,
  type ChunkBatch,
  type FileRange,
} from './content-plan.ts';
import type { BatchMemory, BatchPiece } from './batch-memory.ts';
import { observed } from './observed-promise.ts';

/** Batches fetched while one is handled. */
export const READ_AHEAD_BATCHES = 2;

export type ReadContentOptions = AbortOptions & {
  readonly range?: FileRange | undefined;
  /** Size the file must have, as its tree entry says. */
  readonly size?: number | undefined;
  /**
   * Compare the whole file's hash with the manifest's, and rely on that: chunks are looked at one by one only to find the
   * culprit. The bytes may be used for good only after the last one has been handed out. Not for a part of a file.
   */
  readonly verifyFileHash?: boolean | undefined;
};

/**
 * The bytes of a file, piece by piece. Pieces belong to the consumer.
 * @throws StoreError DITS_STORE_NOT_FOUND, DITS_STORE_CORRUPT, and DITS_STORE_INVALID_OBJECT when sizes or the file's
 *   hash are not what the manifest or the caller says
 */
export async function* readFileContent(
  store: ObjectReader,
  content: FileContent,
  options: ReadContentOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const pieces of readContentBatches(store, content, options)) yield* pieces;
}

export type ReadBatchesOptions = ReadContentOptions & {
  /** Where the pieces lie: each batch's memory is used again when the next one is asked for. */
  readonly memory?: BatchMemory | undefined;
};

/** As `readFileContent`, some megabytes at a time: for a consumer that writes many pieces with one call. */
export async function* readContentBatches(
  store: ObjectReader,
  content: FileContent,
  options: ReadBatchesOptions = {},
): AsyncGenerator<readonly Uint8Array[], void, undefined> {
  options.signal?.throwIfAborted();
  const { size, fileHash } = await contentFacts(store, content, options);
  requireSize(size, options.size, content);
  const range = clip(options.range, size);
  const isWhole = range.end - range.start === size;
  const expected = options.verifyFileHash === true && isWhole ? fileHash : undefined;
  const hasher = expected === undefined ? undefined : activeHash.createHasher();
  const plan = (): AsyncGenerator<ChunkBatch, void, undefined> =>
    planBatches(store, content, { size, range }, options);
  const reading = { ...options, verifiesChunks: hasher !== undefined };
  for await (const { start, pieces } of fetchAhead(store, plan(), reading)) {
    for (const piece of pieces) hasher?.update(piece);
    yield trim(pieces, start, range);
  }
  if (hasher?.digest().toString('hex') === expected) return;
  // Reading again with every chunk verified says which one is damaged, if any.
  const checking = fetchAhead(store, plan(), options);
  while ((await checking.next()).done !== true);
  throw invalid('its bytes do not have the hash that the manifest says', content);
}

function requireSize(size: number, expected: number | undefined, content: FileContent): void {
  if (expected !== undefined && expected !== size) {
    throw invalid(`it has ${size} bytes where ${expected} were expected`, content);
  }
}

type FetchOptions = ReadBatchesOptions & { readonly verifiesChunks?: boolean };

type FetchedBatch = {
  readonly start: number;
  readonly pieces: readonly Uint8Array[];
  readonly memory: BatchPiece | undefined;
};

/** Fetches batches in order, a few ahead of the consumer; when the consumer stops, waits for those under way. */
async function* fetchAhead(
  store: ObjectReader,
  plan: AsyncGenerator<ChunkBatch, void, undefined>,
  options: FetchOptions,
): AsyncGenerator<FetchedBatch, void, undefined> {
  const ahead: Promise<FetchedBatch>[] = [];
  let planned = await plan.next();
  try {
    for (;;) {
      while (planned.done !== true && ahead.length <= READ_AHEAD_BATCHES) {
        ahead.push(observed(fetchBatch(store, planned.value, options)));
        planned = await plan.next();
      }
      const oldest = ahead.shift();
      if (oldest === undefined) return;
      options.signal?.throwIfAborted();
      const batch = await oldest;
      yield batch;
      if (batch.memory !== undefined) options.memory?.give(batch.memory);
    }
  } finally {
    await Promise.allSettled(ahead);
    await plan.return();
  }
}

async function fetchBatch(
  store: ObjectReader,
  { start, chunks }: ChunkBatch,
  { signal, memory: pool, verifiesChunks }: FetchOptions,
): Promise<FetchedBatch> {
  const ids = chunks.map((chunk) => chunk.id);
  const infos = await store.info(ids, { signal });
  for (const [index, { id, size }] of chunks.entries()) {
    const info = infos[index];
    if (info === undefined) throw missing(id);
    if (info.kind !== 'chunk' || info.rawSize !== size) {
      throw invalid(`chunk ${id} is not ${size} bytes`, { kind: 'chunk', id });
    }
  }
  // Lost to the collector when the read fails: others of its reads may still be writing to it.
  const memory = pool?.take();
  const objects = await store.get(ids, { signal, allocate: memory?.allocate, verifiesChunks });
  return { start, pieces: objects.map((object) => object.bytes), memory };
}

function clip(range: FileRange | undefined, size: number): FileRange {
  const end = Math.min(size, range?.end ?? size);
  return { start: Math.min(end, Math.max(0, range?.start ?? 0)), end };
}

/** The part of the pieces, of which the first lies at `start` in the file, that is within the range. */
function trim(
  pieces: readonly Uint8Array[],
  start: number,
  range: FileRange,
): readonly Uint8Array[] {
  const trimmed: Uint8Array[] = [];
  let at = start;
  for (const piece of pieces) {
    const from = Math.max(0, range.start - at);
    const to = Math.min(piece.length, range.end - at);
    if (from < to)
      trimmed.push(from === 0 && to === piece.length ? piece : piece.subarray(from, to));
    at += piece.length;
  }
  return trimmed;
}
