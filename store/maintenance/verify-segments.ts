/** The reading half of fsck: every record of every segment against its id, then the index against the segments. */
import { objectId } from '../hash/blake3.ts';
import { decompress } from '../compression/zstd.ts';
import type { BlobFile } from '../files/blob-files.ts';
import type { ObjectId } from '../ids.ts';
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
  readonly problem: 'record' | 'segment-header' | 'segment-footer' | 'segment-missing';
};

/** Second copies remembered: enough to repair from, bounded when a store consists of nothing else. */
const SPARES_MAX = 100_000;

export class SegmentVerifier {
  readonly #deps: MaintenanceDeps;
  readonly #options: ProgressOptions;
  /** Places that the index points at and that hold what it says, by segment. */
  readonly #good = new Map<number, Set<number>>();
  readonly corrupt: CorruptPlace[] = [];
  /** Index entries whose place holds something else. */
  readonly broken: LocatedRecord[] = [];
  /** Intact records that the index does not know. */
  readonly unindexed: LocatedRecord[] = [];
  /** Intact copies of objects whose index entry is elsewhere. */
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
      for await (const items of scanSegment(file, range, this.#options.signal)) {
        await this.#verifyItems(items);
      }
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

  async #verifyItems(items: readonly ScanItem[]): Promise<void> {
    const intact: LocatedRecord[] = [];
    for (const item of items) {
      if (item.type === 'gap') continue;
      this.bytesRead += item.payload.length;
      if (item.intact && (await matchesId(item.record, item.payload))) intact.push(item.record);
    }
    const indexed = await this.#deps.index.getMany(intact.map(({ id }) => id));
    for (const [at, record] of intact.entries()) {
      const known = indexed[at];
      const { segment, offset } = record.location;
      if (known === undefined) this.unindexed.push(record);
      else if (known.segment === segment && known.offset === offset) this.#addGood(record);
      else if (this.spares.size < SPARES_MAX) this.spares.set(record.id, record);
    }
  }

  #addGood({ location: { segment, offset, kind } }: LocatedRecord): void {
    const offsets = this.#good.get(segment);
    if (offsets === undefined) this.#good.set(segment, new Set([offset]));
    else offsets.add(offset);
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
        if (this.#good.get(segment)?.has(offset) === true) continue;
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
    if (location.kind === 'chunk') this.chunks++;
    else this.objects++;
    return true;
  }
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
