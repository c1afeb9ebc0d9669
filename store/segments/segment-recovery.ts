/**
 * Brings the index up to date with a segment: what lies behind the segment's watermark was written by a process that
 * ended before it could index it (docs/store-format.md, "Crash recovery").
 */
import type { BlobFile, BlobFiles } from '../files/blob-files.ts';
import type { LocationIndex, Watermark } from '../index-db/location-index.ts';
import type { Logger } from '../logger.ts';
import { parseSegmentFileName, segmentFileName } from '../store-layout.ts';
import {
  SEGMENT_HEADER_BYTES,
  encodeFooter,
  recordBytes,
  type LocatedRecord,
} from './segment-format.ts';
import { intactRecords } from './segment-records.ts';
import { readFooter, readTrailer, scanSegment } from './segment-scan.ts';

/** What was found behind a watermark. */
export type RecoveredTail = {
  /** Intact records, in order. */
  readonly records: readonly LocatedRecord[];
  /** End of the last intact record; what follows is a torn write. */
  readonly end: number;
  /** The segment has its trailer. */
  readonly sealed: boolean;
  /** Bytes before `end` that belong to no intact record. */
  readonly damagedBytes: number;
};

/** Reads a segment from `from` (at least the file header) to its end. Changes nothing. */
export async function readTail(
  file: BlobFile,
  segment: number,
  from: number,
): Promise<RecoveredTail> {
  const { sizeBytes } = await file.stat();
  const start = Math.max(from, SEGMENT_HEADER_BYTES);
  const trailer = await readTrailer(file, sizeBytes);
  if (trailer !== undefined) {
    const listed = await readFooter(file, sizeBytes, { trailer, segment });
    if (listed !== undefined) {
      const records = listed.filter(({ location }) => location.offset >= start);
      return { records, end: sizeBytes, sealed: true, damagedBytes: 0 };
    }
  }
  const recordsEnd = trailer?.footerOffset ?? sizeBytes;
  const records: LocatedRecord[] = [];
  let end = Math.min(start, sizeBytes);
  let intactBytes = 0;
  for await (const items of scanSegment(file, { segment, from: start, end: recordsEnd })) {
    for (const item of items) {
      if (item.type === 'gap' || !item.intact) continue;
      records.push(item.record);
      intactBytes += recordBytes(item.record.location);
      end = item.record.location.offset + recordBytes(item.record.location);
    }
  }
  const damagedBytes = Math.max(0, end - start - intactBytes);
  return trailer === undefined
    ? { records, end, sealed: false, damagedBytes }
    : { records, end: sizeBytes, sealed: true, damagedBytes };
}

/** Bytes copied at once when a tail is written again. */
const REWRITE_BYTES: number = 4 * 1024 * 1024;

/**
 * Writes bytes of the file over themselves, so that the next sync covers them. Needed for whatever another process has
 * written: had a sync of it failed there, the system would take the bytes for clean, and a sync here would succeed without
 * writing them ("Can Applications Recover from fsync Failures?", USENIX ATC 2020).
 */
export async function writeAgain(file: BlobFile, from: number, end: number): Promise<void> {
  for (let at = from; at < end; at += REWRITE_BYTES) {
    const bytes = Buffer.allocUnsafe(Math.min(REWRITE_BYTES, end - at));
    const filled = await file.read(bytes, at);
    await file.write([bytes.subarray(0, filled)], at);
  }
}

export type RecoveryDeps = {
  readonly files: BlobFiles;
  readonly index: LocationIndex;
  readonly logger: Logger;
};

/**
 * Indexes everything that any segment holds behind its watermark. Segments that a living process is writing are left
 * to that process. Run by each process that becomes the index leader, before it answers anyone.
 */
export async function recoverSegments(deps: RecoveryDeps): Promise<void> {
  const known = new Map<number, Watermark>();
  for (const watermark of await deps.index.allWatermarks()) known.set(watermark.segment, watermark);
  const segments = (await deps.files.list())
    .map(parseSegmentFileName)
    .filter((segment) => segment !== undefined)
    .sort((a, b) => a - b);
  for (const segment of segments) {
    const watermark = known.get(segment);
    if (watermark?.sealed === true) continue;
    await recoverSegment(deps, { segment, watermark, isIndexLost: known.size === 0 });
  }
}

type Recovering = {
  readonly segment: number;
  readonly watermark: Watermark | undefined;
  /** Nothing is known of any segment: what looks torn may have been promised, and damaged since. */
  readonly isIndexLost: boolean;
};

async function recoverSegment(deps: RecoveryDeps, given: Recovering): Promise<void> {
  const { segment, watermark } = given;
  const indexed = watermark?.bytes ?? 0;
  const name = segmentFileName(segment);
  const found = await deps.files.stat(name);
  if (found === undefined || found.sizeBytes <= Math.max(indexed, SEGMENT_HEADER_BYTES)) return;
  const file = await deps.files.open(name, 'write');
  if (file === undefined) return;
  try {
    if (!file.tryLock()) return;
    const tail = await closeTail(file, given, await readTail(file, segment, indexed));
    if (tail.records.length === 0 && !tail.sealed) return;
    // The index may only point at bytes, and at names, that survive a power failure. Once the index was lost, a sealed
    // segment has most likely been promised, and all of the store is sealed segments: those are only synced.
    const isOld = given.isIndexLost && tail.sealed;
    if (!isOld) await writeAgain(file, indexed, tail.end);
    await syncTail(file, watermark);
    if (watermark === undefined) await deps.files.syncFolder();
    await applyTail(deps.index, tail, { segment, watermark });
    deps.logger('segment.recovered', {
      segment,
      records: tail.records.length,
      damagedBytes: tail.damagedBytes,
    });
  } finally {
    await file.close();
  }
}

/**
 * A sync that fails is believed by nobody: what lies behind a watermark was promised to nobody, and is cut off, lest the
 * next process syncs it again without an error. Without a watermark (a lost index) it may have been promised, and stays.
 */
async function syncTail(file: BlobFile, watermark: Watermark | undefined): Promise<void> {
  try {
    await file.sync();
  } catch (error) {
    if (watermark !== undefined) await file.truncate(watermark.bytes).catch(() => undefined);
    throw error;
  }
}

/** Seals a segment that must not be continued. */
async function closeTail(
  file: BlobFile,
  { segment, isIndexLost }: Recovering,
  tail: RecoveredTail,
): Promise<RecoveredTail> {
  if (tail.sealed) return tail;
  const { sizeBytes } = await file.stat();
  const isEndDamaged = isIndexLost && tail.end < sizeBytes && tail.records.length > 0;
  if (isEndDamaged) return await sealTail(file, segment, { ...tail, end: sizeBytes });
  return tail.damagedBytes > 0 ? await sealTail(file, segment, tail) : tail;
}

/**
 * Ends a segment that has damage between its records, or at an end that may have been promised. The footer lists what is
 * intact, so that fsck can tell what a crash has left from what is damaged later.
 */
async function sealTail(
  file: BlobFile,
  segment: number,
  tail: RecoveredTail,
): Promise<RecoveredTail> {
  const range = { segment, from: SEGMENT_HEADER_BYTES, end: tail.end };
  const footer = encodeFooter(await intactRecords(file, range), tail.end);
  await file.truncate(tail.end);
  await file.write([footer], tail.end);
  return { ...tail, end: tail.end + footer.length, sealed: true };
}

/** Entries of one index batch: bounds what a batch holds in memory and in LevelDB's log. */
const BATCH_ENTRIES = 16_384;

async function applyTail(
  index: LocationIndex,
  tail: RecoveredTail,
  target: { readonly segment: number; readonly watermark: Watermark | undefined },
): Promise<void> {
  const { segment, watermark } = target;
  for (let at = 0; at < tail.records.length; at += BATCH_ENTRIES) {
    const part = tail.records.slice(at, at + BATCH_ENTRIES);
    // An id that is indexed already keeps its place: two copies are equally good, and gc moves only the indexed one.
    const held = await index.getMany(part.map(({ id }) => id));
    await index.apply({ puts: part.filter((_, position) => held[position] === undefined) });
  }
  const records = (watermark?.records ?? 0) + tail.records.length;
  await index.apply({ watermarks: [{ segment, bytes: tail.end, records, sealed: tail.sealed }] });
}
