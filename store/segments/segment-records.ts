/** Records of a segment that are read from the segment itself: to list them in its footer, or to index them again. */
import type { BlobFile } from '../files/blob-files.ts';
import type { LocationIndex } from '../index-db/location-index.ts';
import { SEGMENT_HEADER_BYTES, type LocatedRecord } from './segment-format.ts';
import { scanSegment, type ScanRange } from './segment-scan.ts';

/** A segment and how far the index is believed to know it. */
type IndexedSegment = {
  readonly number: number;
  readonly file: BlobFile;
  readonly indexedEnd: number;
};

/** The intact records of a range, in order. */
export async function intactRecords(file: BlobFile, range: ScanRange): Promise<LocatedRecord[]> {
  const records: LocatedRecord[] = [];
  for await (const items of scanSegment(file, range)) {
    for (const item of items) if (item.type === 'record' && item.intact) records.push(item.record);
  }
  return records;
}

/** Records that the index knew and does not know any more: somebody has made it anew meanwhile. */
export async function recordsLostFrom(
  index: LocationIndex,
  segments: readonly IndexedSegment[],
): Promise<LocatedRecord[]> {
  const watermarks = await index.watermarks(segments.map(({ number }) => number));
  const lost: LocatedRecord[] = [];
  for (const [at, { number, file, indexedEnd }] of segments.entries()) {
    const from = Math.max(watermarks[at]?.bytes ?? 0, SEGMENT_HEADER_BYTES);
    if (from >= indexedEnd) continue;
    lost.push(...(await intactRecords(file, { segment: number, from, end: indexedEnd })));
  }
  return lost;
}
