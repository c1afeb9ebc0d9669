/** The reading half of fsck: every record of every segment against its id, then the index against the segments. */
import { objectId } from '../hash/blake3.ts';
import { decompress } from '../compression/zstd.ts';
import type { BlobFile } from '../files/blob-files.ts';
import type { ObjectId, ObjectKind } from '../ids.ts';
import { walkIndex, type Watermark } from '../index-db/location-index.ts';
import { segmentFileName } from '../store-layout.ts';
import {
  SEGMENT_HEADER_BYTES,
  recordBytes,
  type LocatedRecord,
  type Location,
} from '../segments/segment-format.ts';
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
  /** `unused`: what nothing needs, a second copy for example; it shows all the same that the disk is not to be trusted. */
  readonly problem: 'record' | 'segment-header' | 'segment-footer' | 'unused';
};

/** Bytes of a segment that are not the intact record that they must be. */
export type DamagedBytes = {
  readonly segment: number;
  readonly offset: number;
  readonly bytes: number;
};

/** Places that nothing needs remembered: a list for people, and a bound on memory when a disk is dying. */
const UNUSED_MAX = 100_000;
/** Spare records remembered, about 30 MB: a store may consist of little else. */
const SPARES_MAX = 100_000;

export class SegmentVerifier {
  readonly #deps: MaintenanceDeps;
  readonly #options: ProgressOptions;
  /** Places that the index points at and that hold what it says, by segment. */
  readonly #good = new Map<number, Uint32Array>();
  /** Where the walk through the segments met damage; what is `broken` there shows in the index. */
  #damaged: DamagedBytes[] = [];
  readonly corrupt: CorruptPlace[] = [];
  /** Damaged bytes that no index entry points at. */
  unused: readonly DamagedBytes[] = [];
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
    const needed = offsetsBySegment(this.broken);
    this.unused = this.#damaged.filter(
      ({ segment, offset, bytes }) => !hasWithin(needed.get(segment), offset, offset + bytes),
    );
    for (const { segment, offset } of this.unused) {
      this.corrupt.push({ segment, offset, problem: 'unused' });
    }
  }

  async #verifySegment(segment: number, watermark: Watermark): Promise<void> {
    const file = await this.#deps.files.open(segmentFileName(segment), 'read');
    if (file === undefined) return;
    try {
      if (!(await hasSegmentHeader(file, segment))) {
        this.corrupt.push({ segment, offset: 0, problem: 'segment-header' });
      }
      const { end, listed, isSealed } = await this.#recordsEnd(file, segment, watermark);
      const range = { segment, from: SEGMENT_HEADER_BYTES, end };
      const good: number[] = [];
      for await (const items of scanSegment(file, range, this.#options.signal)) {
        const { intact, damaged } = await this.#verifyItems(segment, items);
        for (const record of intact) listed.delete(record.location.offset);
        // A sealed segment lists its records: other bytes are what a crash left before it was sealed.
        if (!isSealed) this.#addDamaged(damaged);
        good.push(...(await this.#compareWithIndex(intact)));
      }
      const lost = [...listed].map(([offset, bytes]) => ({ segment, offset, bytes }));
      const missing = { segment, offset: end, bytes: watermark.bytes - end };
      this.#addDamaged(isSealed || missing.bytes <= 0 ? lost : [...lost, missing]);
      // The records were walked in order, so the offsets are sorted.
      this.#good.set(segment, Uint32Array.from(good));
    } finally {
      await file.close();
    }
  }

  #addDamaged(places: readonly DamagedBytes[]): void {
    this.#damaged.push(...places.slice(0, Math.max(0, UNUSED_MAX - this.#damaged.length)));
  }

  /** Where the records end, and which must be there; checks the footer of a sealed segment on the way. */
  async #recordsEnd(file: BlobFile, segment: number, watermark: Watermark): Promise<Extent> {
    const { sizeBytes } = await file.stat();
    const listed = new Map<number, number>();
    if (!watermark.sealed) {
      return { end: Math.min(sizeBytes, watermark.bytes), listed, isSealed: false };
    }
    const trailer = await readTrailer(file, sizeBytes);
    const footer = trailer && (await readFooter(file, sizeBytes, { trailer, segment }));
    const end = trailer?.footerOffset ?? sizeBytes;
    if (footer === undefined) {
      this.corrupt.push({ segment, offset: end, problem: 'segment-footer' });
    }
    for (const { location } of footer ?? []) listed.set(location.offset, recordBytes(location));
    return { end, listed, isSealed: true };
  }

  async #verifyItems(
    segment: number,
    items: readonly ScanItem[],
  ): Promise<{
    readonly intact: readonly LocatedRecord[];
    readonly damaged: readonly DamagedBytes[];
  }> {
    const intact: LocatedRecord[] = [];
    const damaged: DamagedBytes[] = [];
    for (const item of items) {
      if (item.type === 'gap') {
        damaged.push({ segment, offset: item.offset, bytes: item.bytes });
        continue;
      }
      this.bytesRead += item.payload.length;
      if (item.intact && (await matchesId(item.record, item.payload))) intact.push(item.record);
      else damaged.push(placeOf(item.record.location));
    }
    return { intact, damaged };
  }

  /** Offsets of those of the records that the index points at. */
  async #compareWithIndex(intact: readonly LocatedRecord[]): Promise<number[]> {
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
        if (hasWithin(this.#good.get(segment), offset, offset + 1)) continue;
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

/** What a segment must hold. */
type Extent = {
  /** Where its records end. */
  readonly end: number;
  /** Offset and length of the records that its footer lists; none without a footer. */
  readonly listed: Map<number, number>;
  readonly isSealed: boolean;
};

function placeOf(location: Location): DamagedBytes {
  const { segment, offset } = location;
  return { segment, offset, bytes: recordBytes(location) };
}

/** Where the records of each segment are, sorted. */
function offsetsBySegment(records: readonly LocatedRecord[]): Map<number, Uint32Array> {
  const lists = new Map<number, number[]>();
  for (const { location } of records) {
    const known = lists.get(location.segment);
    if (known === undefined) lists.set(location.segment, [location.offset]);
    else known.push(location.offset);
  }
  return new Map([...lists].map(([segment, list]) => [segment, Uint32Array.from(list).sort()]));
}

/** Whether a sorted list has a value from `start` up to, and without, `end`. */
function hasWithin(sorted: Uint32Array | undefined, start: number, end: number): boolean {
  if (sorted === undefined) return false;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < sorted.length && sorted[low]! < end;
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
