/** Reads many small files from the store with a few calls: a call per file would cost more than the file. */
import {
  decodeManifestRoot,
  activeHash,
  type AbortOptions,
  type BatchPiece,
  type ChunkRef,
  type ManifestRoot,
  type ObjectId,
  type ObjectReader,
  type ReadOptions,
} from '../../store/index.ts';
import type { IndexEntry } from '../worktree-index/index-entry.ts';
import { contentMismatch } from './file-placer.ts';

/** Files up to this size are read together; larger ones are streamed one by one. */
export const SMALL_FILE_MAX_BYTES: number = 2 * 1024 * 1024;
/** Bytes of one batch: two are in memory at a time. */
const BATCH_SIZE_MAX_BYTES: number = 8 * 1024 * 1024;
const BATCH_FILES_MAX = 512;
/** Memory of one batch: its bytes, the headers of their records, and some holes that are read over. */
export const BATCH_MEMORY_BYTES: number = BATCH_SIZE_MAX_BYTES + 512 * 1024;

/** A file and all its bytes, in pieces. */
export type LoadedFile = { readonly entry: IndexEntry; readonly pieces: readonly Uint8Array[] };

/** The files of a batch, and the memory that they lie in. */
export type LoadedBatch = { readonly files: readonly LoadedFile[]; readonly memory: BatchPiece };

/** Cuts a list of small files into batches. */
export function* batches(entries: Iterable<IndexEntry>): Iterable<IndexEntry[]> {
  let batch: IndexEntry[] = [];
  let size = 0;
  for (const entry of entries) {
    const isFull = batch.length >= BATCH_FILES_MAX || size + entry.size > BATCH_SIZE_MAX_BYTES;
    if (isFull && batch.length > 0) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(entry);
    size += entry.size;
  }
  if (batch.length > 0) yield batch;
}

/**
 * The bytes of a batch's files, in order, each compared with its size and hash.
 * @throws RepoError DITS_REPO_CONTENT_MISMATCH, and what the store says of missing or damaged objects
 */
export async function loadBatch(
  reader: ObjectReader,
  entries: readonly IndexEntry[],
  { signal, memory }: AbortOptions & { readonly memory: BatchPiece },
): Promise<LoadedBatch> {
  const manifests = await readManifests(reader, entries, signal);
  const chunksOf = entries.map((entry) => chunksFor(entry, manifests));
  const sizes = new Map(chunksOf.flat().map(({ id, size }) => [id as ObjectId, size]));
  await checkSizes(reader, entries, { chunksOf, sizes, signal });
  const { allocate } = memory;
  const chunks = await readUnique(reader, [...sizes.keys()], { signal, allocate });
  const files = entries.map((entry, at) => {
    const pieces = chunksOf[at]!.map(({ id }) => chunks.get(id)!);
    const { content } = entry;
    const hash = content.kind === 'manifest' ? manifests.get(content.id)!.fileHash : undefined;
    const isRight =
      pieces.reduce((sum, piece) => sum + piece.length, 0) === entry.size &&
      (hash === undefined || hashOf(pieces) === hash);
    if (!isRight) throw contentMismatch(entry.path);
    return { entry, pieces };
  });
  return { files, memory };
}

async function readManifests(
  reader: ObjectReader,
  entries: readonly IndexEntry[],
  signal?: AbortSignal,
): Promise<Map<ObjectId, ManifestRoot>> {
  const ids = entries.flatMap(({ content }) => (content.kind === 'manifest' ? [content.id] : []));
  const found = await readUnique(reader, [...new Set<ObjectId>(ids)], { signal });
  return new Map([...found].map(([id, bytes]) => [id, decodeManifestRoot(bytes)]));
}

function chunksFor(
  entry: IndexEntry,
  manifests: ReadonlyMap<ObjectId, ManifestRoot>,
): readonly ChunkRef[] {
  const { content } = entry;
  if (content.kind === 'empty') return [];
  if (content.kind === 'chunk') return [{ id: content.id, size: entry.size }];
  const { node } = manifests.get(content.id)!;
  // Chunks are at least kilobytes, so that a small file's manifest is a single leaf.
  if (!('chunks' in node)) throw contentMismatch(entry.path);
  const total = node.chunks.reduce((sum, chunk) => sum + chunk.size, 0);
  if (total !== entry.size) throw contentMismatch(entry.path);
  return node.chunks;
}

/** A small claim must not lead to a large read: what the store knows of each chunk is compared first. */
async function checkSizes(
  reader: ObjectReader,
  entries: readonly IndexEntry[],
  expected: {
    readonly chunksOf: readonly (readonly ChunkRef[])[];
    readonly sizes: ReadonlyMap<ObjectId, number>;
    readonly signal: AbortSignal | undefined;
  },
): Promise<void> {
  const ids = [...expected.sizes.keys()];
  const infos = await reader.info(ids, { signal: expected.signal });
  const wrong = new Set<ObjectId>();
  for (const [at, id] of ids.entries()) {
    const info = infos[at];
    // What is missing is reported by the read, with its id.
    if (info === undefined) continue;
    if (info.kind !== 'chunk' || info.rawSize !== expected.sizes.get(id)) wrong.add(id);
  }
  if (wrong.size === 0) return;
  for (const [at, chunks] of expected.chunksOf.entries()) {
    if (chunks.some(({ id }) => wrong.has(id))) throw contentMismatch(entries[at]!.path);
  }
}

async function readUnique(
  reader: ObjectReader,
  ids: readonly ObjectId[],
  options: ReadOptions,
): Promise<Map<ObjectId, Uint8Array>> {
  if (ids.length === 0) return new Map();
  const objects = await reader.get(ids, options);
  return new Map(objects.map((object) => [object.id, object.bytes]));
}

function hashOf(pieces: readonly Uint8Array[]): string {
  const hasher = activeHash.createHasher();
  for (const piece of pieces) hasher.update(piece);
  return hasher.digest().toString('hex');
}
