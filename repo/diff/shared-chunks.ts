/** How much of a new version the old one already holds: what a sync need not send. */
import { readManifest, type ChunkId, type ChunkRef, type ObjectReader } from '../../store/index.ts';
import type { FileVersion } from './version.ts';

export type SharedChunks = {
  readonly chunks: number;
  readonly chunksShared: number;
  /** Bytes of the new version in chunks that the old one has as well. */
  readonly bytesShared: number;
};

/** Ids kept to compare with: 64 MiB worth of them. Beyond it the sharing of a file is not counted. */
const CHUNKS_MAX = 1_000_000;

/** Compares the chunk lists; undefined when a side is on disk only, or too long. */
export async function sharedChunks(
  reader: ObjectReader,
  before: FileVersion,
  after: FileVersion,
  signal?: AbortSignal,
): Promise<SharedChunks | undefined> {
  if (typeof before.content === 'string' || typeof after.content === 'string') return undefined;
  const known = new Set<ChunkId>();
  for await (const chunks of chunkLists(reader, before, signal)) {
    for (const { id } of chunks) known.add(id);
    if (known.size > CHUNKS_MAX) return undefined;
  }
  const totals = { chunks: 0, chunksShared: 0, bytesShared: 0 };
  for await (const chunks of chunkLists(reader, after, signal)) {
    for (const { id, size } of chunks) {
      totals.chunks++;
      if (!known.has(id)) continue;
      totals.chunksShared++;
      totals.bytesShared += size;
    }
  }
  return totals;
}

async function* chunkLists(
  reader: ObjectReader,
  { content, size }: FileVersion,
  signal?: AbortSignal,
): AsyncIterable<readonly ChunkRef[]> {
  if (typeof content === 'string' || content.kind === 'empty') return;
  if (content.kind === 'chunk') yield [{ id: content.id, size }];
  else yield* readManifest(reader, content.id, { signal });
}
