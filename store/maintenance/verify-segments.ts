/** The reading half of fsck: every record of every segment against its id, then the index against the segments. */
import { objectId } from '../hash/blake3.ts';
import { decompress } from '../compression/zstd.ts';
import type { BlobFile } from '../files/blob-files.ts';
import type { ObjectId, ObjectKind } from '../ids.ts';
import { walkIndex, type Watermark } from '../index-db/location-index.ts';
import { segmentFileName } from '../store-layout.ts';
import { SEGMENT_HEADER_BYTES, type LocatedRecord } from '../segments/segment-format.ts';
import {
  hasSegmentHeader,
  readFooter,
  readTrailer,
  scanSegment,
  type ScanItem,
} from '../segments/segment-scan.ts';
import { listSegments, type MaintenanceDeps, type ProgressOptions } from './maintenance-deps.ts';

/** Something on disk that is not what it must be. */
export type CorruptPlace = {
  readonly segment: number;
  /** Byte of the segment file. */
  readonly offset: number;
  /** The object that was there, unless it is not a record that is damaged. */
  readonly id?: ObjectId | undefined;
  readonly problem: 'record' | 'segment-header' | 'segment-footer';
};

/** Spare records remembered, about 30 MB: a store may consist of little else. */
const SPARES_MAX = 100_000;

export class SegmentVerifier {
  readonly #deps: MaintenanceDeps;
  readonly #options: ProgressOptions;
  /** Places that the index points at and that hold what it says, by segment. */
  readonly #good = new Map<number, Uint32Array>();
  readonly corrupt: CorruptPlace[] = [];
  /** Index entries whose place holds something else. */
  readonly broken: LocatedRecord[] = [];
  /**
   * Intact records that the index does not point at: second copies, objects that gc has removed, and, after damage to the
   * index, objects that it has lost.
   */
  readonly spares: Map<ObjectId, LocatedRecord> = new Map<ObjectId, LocatedRecord>();
  chunks = 0;
  objects = 0;
  bytesRead = 0;

  constructor(deps: MaintenanceDeps, options: ProgressOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  async verify(): Promise<void> {
    const { files, index } = this.#deps;
    const watermarks = new Map<number, Watermark>();
    for (const watermark of await index.allWatermarks()) {
      watermarks.set(watermark.segment, watermark);
    }
    const segments = await listSegments(files);
    for (const [done, segment] of segments.entries()) {
      this.#options.onProgress?.({ phase: 'verify', done, total: segments.length });
      // Without a watermark it is being written for the first time: nothing in it has been promised yet.
      const watermark = watermarks.get(segment);
      if (watermark !== undefined) await this.#verifySegment(segment, watermark);
    }
    await this.#verifyIndex();
  }

  async #verifySegment(segment: number, watermark: Watermark): Promise<void> {
    const file = await this.#deps.files.open(segmentFileName(segment), 'read');
    if (file === undefined) return;
    try {
      if (!(await hasSegmentHeader(file, segment))) {
        this.corrupt.push({ segment, offset: 0, problem: 'segment-header' });
      }
      const end = await this.#recordsEnd(file, segment, watermark);
      const range = { segment, from: SEGMENT_HEADER_BYTES, end };
      const good: number[] = [];
      for await (const items of scanSegment(file, range, this.#options.signal)) {
        good.push(...(await this.#verifyItems(items)));
      }
      // The records were walked in order, so the offsets are sorted.
      this.#good.set(segment, Uint32Array.from(good));
    } finally {
      await file.close();
    }
  }

  /** Where the records end; checks the footer of a sealed segment on the way. */
  async #recordsEnd(file: BlobFile, segment: number, watermark: Watermark): Promise<number> {
    const { sizeBytes } = await file.stat();
    if (!watermark.sealed) return Math.min(sizeBytes, watermark.bytes);
    const trailer = await readTrailer(file, sizeBytes);
    const footer = trailer && (await readFooter(file, sizeBytes, { trailer, segment }));
    const end = trailer?.footerOffset ?? sizeBytes;
    if (footer === undefined) {
      this.corrupt.push({ segment, offset: end, problem: 'segment-footer' });
    }
    return end;
  }

  /** Offsets of the records that are intact and that the index points at. */
  async #verifyItems(items: readonly ScanItem[]): Promise<number[]> {
    const intact: LocatedRecord[] = [];
    for (const item of items) {
      if (item.type === 'gap') continue;
      this.bytesRead += item.payload.length;
      if (item.intact && (await matchesId(item.record, item.payload))) intact.push(item.record);
    }
    const indexed = await this.#deps.index.getMany(intact.map(({ id }) => id));
    const good: number[] = [];
    for (const [at, record] of intact.entries()) {
      const { segment, offset, kind } = record.location;
      if (indexed[at]?.segment === segment && indexed[at].offset === offset) {
        good.push(offset);
        this.#count(kind);
      } else if (this.spares.size < SPARES_MAX) {
        this.spares.set(record.id, record);
      }
    }
    return good;
  }

  #count(kind: ObjectKind): void {
    if (kind === 'chunk') this.chunks++;
    else this.objects++;
  }

  async #verifyIndex(): Promise<void> {
    let done = 0;
    for await (const records of walkIndex(this.#deps.index, this.#options.signal)) {
      this.#options.onProgress?.({ phase: 'index', done });
      done += records.length;
      for (const record of records) {
        const { segment, offset } = record.location;
        if (isIn(this.#good.get(segment), offset)) continue;
        if (await this.#isReadable(record)) continue;
        this.broken.push(record);
        this.corrupt.push({ id: record.id, segment, offset, problem: 'record' });
      }
    }
  }

  /** Whether an entry that the walk through the segments did not confirm was merely written after it. */
  async #isReadable({ id, location }: LocatedRecord): Promise<boolean> {
    try {
      await this.#deps.objects.get([id]);
    } catch (error) {
      this.#deps.logger('fsck.unreadable', { id, segment: location.segment, error });
      return false;
    }
    this.#count(location.kind);
    return true;
  }
}

/** Whether a sorted list has the value. */
function isIn(sorted: Uint32Array | undefined, value: number): boolean {
  if (sorted === undefined) return false;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}

async function matchesId({ id, location }: LocatedRecord, payload: Buffer): Promise<boolean> {
  const { kind, codec, rawSize } = location;
  try {
    const bytes = codec === 'none' ? payload : await decompress(payload, rawSize);
    return objectId(kind, bytes) === id;
  } catch {
    // A payload that does not inflate is damaged, which is what the caller asks.
    return false;
  }
}
