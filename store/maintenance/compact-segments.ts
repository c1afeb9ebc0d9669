/**
 * Moves the live records of segments to a new one and removes the old files (docs/store-format.md, "gc"). The caller holds
 * the store exclusively. At every moment the index points at durable bytes.
 */
import type { BlobFile, BlobFiles } from '../files/blob-files.ts';
import { walkIndex, type LocationIndex } from '../index-db/location-index.ts';
import type { Logger } from '../logger.ts';
import { readRecords } from '../segments/record-reader.ts';
import { SegmentFiles } from '../segments/segment-files.ts';
import { recordBytes, type LocatedRecord } from '../segments/segment-format.ts';
import { SegmentWriter, type SegmentLimits } from '../segments/segment-writer.ts';
import { segmentFileName } from '../store-layout.ts';

/** Segments compacted per walk through the index: bounds the list of their records to about a million. */
const GROUP_SEGMENTS_MAX = 16;
/** Payload bytes held in memory while records are copied. */
const COPY_BATCH_BYTES: number = 8 * 1024 * 1024;

export type CompactDeps = {
  readonly files: BlobFiles;
  readonly index: LocationIndex;
  readonly limits: SegmentLimits;
  readonly logger: Logger;
};

export type CompactOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Called after each segment that is gone. */
  readonly onRemoved?: ((segment: number) => void) | undefined;
  /** Takes the old file away; removes it by default. */
  readonly dispose?: ((segment: number) => Promise<void>) | undefined;
};

/** Compacts these segments; resolves with those that are gone. Segments that another process is writing stay. */
export async function compactSegments(
  deps: CompactDeps,
  segments: readonly number[],
  options: CompactOptions = {},
): Promise<number[]> {
  const gone: number[] = [];
  for (let at = 0; at < segments.length; at += GROUP_SEGMENTS_MAX) {
    options.signal?.throwIfAborted();
    const group = segments.slice(at, at + GROUP_SEGMENTS_MAX);
    gone.push(...(await compactGroup(deps, group, options)));
  }
  return gone;
}

async function compactGroup(
  deps: CompactDeps,
  segments: readonly number[],
  options: CompactOptions,
): Promise<number[]> {
  // Locked first, so that the copies do not go into a segment that is about to vanish.
  const locked = await lockSegments(deps.files, segments);
  const reader = new SegmentFiles(deps.files);
  try {
    const live = await recordsOf(deps.index, new Set(locked.keys()), options.signal);
    const emptied: number[] = [];
    for (const segment of locked.keys()) {
      const records = live.get(segment) ?? [];
      if (await moveRecords(deps, reader, records, options.signal)) emptied.push(segment);
    }
    for (const segment of emptied) {
      reader.forget(segment);
      await (options.dispose?.(segment) ?? deps.files.remove(segmentFileName(segment)));
      await deps.files.syncFolder();
      // Last: while the file may still be there, its watermark keeps recovery from indexing it again.
      await deps.index.apply({ forgotten: [segment] });
      options.onRemoved?.(segment);
    }
    return emptied;
  } finally {
    await reader.close();
    for (const file of locked.values()) await file.close();
  }
}

async function lockSegments(
  files: BlobFiles,
  segments: readonly number[],
): Promise<Map<number, BlobFile>> {
  const locked = new Map<number, BlobFile>();
  for (const segment of segments) {
    const file = await files.open(segmentFileName(segment), 'write');
    if (file === undefined) continue;
    if (file.tryLock()) locked.set(segment, file);
    else await file.close();
  }
  return locked;
}

async function recordsOf(
  index: LocationIndex,
  segments: ReadonlySet<number>,
  signal: AbortSignal | undefined,
): Promise<Map<number, LocatedRecord[]>> {
  const bySegment = new Map<number, LocatedRecord[]>();
  for await (const records of walkIndex(index, signal)) {
    for (const record of records) {
      const { segment } = record.location;
      if (!segments.has(segment)) continue;
      const known = bySegment.get(segment);
      if (known === undefined) bySegment.set(segment, [record]);
      else known.push(record);
    }
  }
  for (const records of bySegment.values()) {
    records.sort((a, b) => a.location.offset - b.location.offset);
  }
  return bySegment;
}

/** Copies the records and switches the index; false, and nothing is lost, when one of them cannot be read. */
async function moveRecords(
  deps: CompactDeps,
  reader: SegmentFiles,
  records: readonly LocatedRecord[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const writer = new SegmentWriter(deps, deps.limits);
  try {
    for (const batch of batches(records)) {
      signal?.throwIfAborted();
      const copies = await readRecords(reader, batch, { signal });
      const good = copies.filter((record) => record !== undefined);
      if (good.length < copies.length) {
        const segment = batch[0]?.location.segment;
        deps.logger('segment.kept', { segment, reason: 'a record cannot be read' });
        return false;
      }
      await writer.append(good.map((record) => ({ ...record, storedSize: record.stored.length })));
      await writer.commit();
    }
    return true;
  } finally {
    await writer.close();
  }
}

function* batches(records: readonly LocatedRecord[]): Generator<readonly LocatedRecord[]> {
  let batch: LocatedRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    batch.push(record);
    bytes += recordBytes(record.location);
    if (bytes < COPY_BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
