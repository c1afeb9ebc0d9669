/**
 * Appends records to a segment that this process alone writes, and makes them durable and indexed together
 * (docs/store-format.md, "Order of writes").
 */
import type { BlobFile, BlobFiles } from '../files/blob-files.ts';
import type { LocationIndex, Watermark } from '../index-db/location-index.ts';
import type { Logger } from '../logger.ts';
import { StoreError } from '../store-error.ts';
import { parseSegmentFileName, segmentFileName } from '../store-layout.ts';
import { packRecords, type NewRecord } from './record-packer.ts';
import {
  SEGMENT_HEADER_BYTES,
  encodeFooter,
  encodeSegmentHeader,
  recordBytes,
  type LocatedRecord,
} from './segment-format.ts';
import { readTail, writeAgain } from './segment-recovery.ts';
import { intactRecords, recordsLostFrom } from './segment-records.ts';
import { hasSegmentHeader } from './segment-scan.ts';

/** Unsealed segments looked at before a new one is made: as many as processes are likely to write at once. */
const CANDIDATES_MAX = 8;
/** Most bytes handed to the operating system in one call. */
const WRITE_MAX_BYTES: number = 16 * 1024 * 1024;

export type SegmentWriterDeps = {
  readonly files: BlobFiles;
  readonly index: LocationIndex;
  readonly logger: Logger;
};

export type SegmentLimits = {
  /** A segment is sealed before it grows past this. */
  readonly sizeMaxBytes: number;
  /** Bounds the footer, and what is held in memory to write it. */
  readonly recordsMax: number;
};

/** A segment that this process holds the writer lock of. */
type OpenSegment = {
  readonly number: number;
  readonly file: BlobFile;
  /** Where the next record goes. */
  end: number;
  /** Up to here it is on the disk for certain, and may have been promised. */
  syncedEnd: number;
  /** How far the index knows the segment, unless somebody has made the index anew. */
  indexedEnd: number;
  records: number;
  /** All its records when this process wrote every one of them; otherwise they are read again for the footer. */
  readonly written: LocatedRecord[] | undefined;
  sealed: boolean;
  /** The folder does not durably list the file yet. */
  isNew: boolean;
};

/** What one commit makes durable. */
type Snapshot = {
  readonly records: readonly LocatedRecord[];
  readonly segments: readonly OpenSegment[];
  /** How far each of the segments went at that moment, in the same order. */
  readonly watermarks: readonly Watermark[];
};

export class SegmentWriter {
  readonly #deps: SegmentWriterDeps;
  readonly #limits: SegmentLimits;
  #current: OpenSegment | undefined;
  /** Segments with bytes that are not known to be durable and indexed. */
  readonly #dirty = new Set<OpenSegment>();
  #unsynced: LocatedRecord[] = [];
  #unsyncedBytes = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #failure: StoreError | undefined;
  #commitsRunning = 0;

  constructor(deps: SegmentWriterDeps, limits: SegmentLimits) {
    this.#deps = deps;
    this.#limits = limits;
  }

  /** Bytes appended since the last commit began. */
  get unsyncedBytes(): number {
    return this.#unsyncedBytes;
  }

  /** False once a failed sync has ended this writer. */
  get isUsable(): boolean {
    return this.#failure === undefined;
  }

  /** @throws StoreError DITS_STORE_CLOSED when a failed sync has ended this writer */
  assertUsable(): void {
    if (this.#failure === undefined) return;
    throw new StoreError(
      'DITS_STORE_CLOSED',
      `the store takes no more writes: ${this.#failure.message}`,
      {
        hint: 'check the disk, then run `dits fsck`',
        cause: this.#failure,
      },
    );
  }

  /** Appends the records in order; resolves when the operating system has them. Payloads are not copied. */
  async append(records: readonly NewRecord[]): Promise<LocatedRecord[]> {
    return await this.#serialize(async () => {
      const located: LocatedRecord[] = [];
      let at = 0;
      while (at < records.length) {
        this.assertUsable();
        const segment = await this.#segmentFor(recordBytes(records[at]!));
        const count = this.#fitting(records, at, segment);
        const packed = packRecords(records.slice(at, at + count), segment.number, segment.end);
        this.#dirty.add(segment);
        await this.#write(segment, packed.buffers);
        segment.end += packed.bytes;
        segment.records += count;
        this.#unsyncedBytes += packed.bytes;
        for (const record of packed.records) {
          located.push(record);
          this.#unsynced.push(record);
          segment.written?.push(record);
        }
        at += count;
      }
      return located;
    });
  }

  /**
   * Syncs everything appended before the call, then indexes it. One commit at a time. Resolves with the ids that are
   * now durable.
   * @throws StoreError after which, when it was the sync that failed, the writer is unusable for good
   */
  async commit(): Promise<readonly LocatedRecord[]> {
    this.assertUsable();
    this.#commitsRunning++;
    try {
      return await this.#commit();
    } finally {
      this.#commitsRunning--;
    }
  }

  async #commit(): Promise<readonly LocatedRecord[]> {
    const snapshot = await this.#serialize(() => Promise.resolve(this.#takeSnapshot()));
    if (snapshot.segments.length === 0) return [];
    await this.#sync(snapshot);
    try {
      const lost = await recordsLostFrom(this.#deps.index, snapshot.segments);
      const puts = lost.length === 0 ? snapshot.records : [...lost, ...snapshot.records];
      await this.#deps.index.apply({ puts, watermarks: snapshot.watermarks });
    } catch (error) {
      // The bytes are safe; the entries stay in memory and the next commit offers them again.
      this.#unsynced = [...snapshot.records, ...this.#unsynced];
      for (const segment of snapshot.segments) this.#dirty.add(segment);
      throw error;
    }
    for (const [at, segment] of snapshot.segments.entries()) {
      segment.indexedEnd = snapshot.watermarks[at]?.bytes ?? segment.indexedEnd;
      if (snapshot.watermarks[at]?.sealed === true) await segment.file.close();
    }
    return snapshot.records;
  }

  /** Gives up the current segment, so that gc or another process may take it, unless it has uncommitted records. */
  async release(): Promise<void> {
    await this.#serialize(async () => {
      const current = this.#current;
      if (current === undefined || this.#dirty.has(current) || this.#commitsRunning > 0) return;
      await this.#putBackLost(current);
      this.#current = undefined;
      await current.file.close();
    });
  }

  /** Closes all files. What is not committed is found again by recovery. */
  async close(): Promise<void> {
    await this.#serialize(async () => {
      const files = new Set([...this.#dirty].map(({ file }) => file));
      const current = this.#current;
      if (current !== undefined) files.add(current.file);
      // With uncommitted records there was a failure: recovery looks after the rest as well.
      if (current !== undefined && files.size === 1 && !this.#dirty.has(current)) {
        await this.#putBackLost(current).catch((error: unknown) => {
          this.#deps.logger('segment.close-failed', { segment: current.number, error });
        });
      }
      this.#current = undefined;
      this.#dirty.clear();
      for (const file of files) await file.close();
    });
  }

  /** Another process that makes the index anew leaves alone what a living writer has open: it is put back here. */
  async #putBackLost(segment: OpenSegment): Promise<void> {
    const puts = await recordsLostFrom(this.#deps.index, [segment]);
    if (puts.length > 0) await this.#deps.index.apply({ puts, watermarks: [watermarkOf(segment)] });
  }

  #takeSnapshot(): Snapshot {
    const segments = [...this.#dirty];
    const snapshot = { records: this.#unsynced, segments, watermarks: segments.map(watermarkOf) };
    this.#unsynced = [];
    this.#unsyncedBytes = 0;
    this.#dirty.clear();
    return snapshot;
  }

  async #sync(snapshot: Snapshot): Promise<void> {
    try {
      for (const segment of snapshot.segments) await segment.file.sync();
      if (snapshot.segments.some(({ isNew }) => isNew)) await this.#deps.files.syncFolder();
      for (const [at, segment] of snapshot.segments.entries()) {
        segment.isNew = false;
        segment.syncedEnd = snapshot.watermarks[at]!.bytes;
      }
    } catch (error) {
      // After a failed sync the kernel may have dropped the dirty pages: a second sync would succeed and lie.
      if (error instanceof StoreError) this.#failure = error;
      // To be closed with the rest.
      for (const segment of snapshot.segments) this.#dirty.add(segment);
      await this.#serialize(() => this.#cutUnsynced());
      throw error;
    }
  }

  /** Takes away what a sync has failed for, lest the next process finds it, syncs it without an error, and believes that. */
  async #cutUnsynced(): Promise<void> {
    const segments = new Set([
      ...this.#dirty,
      ...(this.#current === undefined ? [] : [this.#current]),
    ]);
    for (const segment of segments) {
      await segment.file.truncate(segment.syncedEnd).catch((cause: unknown) => {
        this.#deps.logger('segment.truncate-failed', { segment: segment.number, cause });
      });
    }
  }

  async #write(segment: OpenSegment, buffers: readonly Uint8Array[]): Promise<void> {
    try {
      await segment.file.write(buffers, segment.end);
    } catch (error) {
      // Give the space back. Should that fail too, the next record overwrites the torn bytes, or recovery cuts them.
      await segment.file.truncate(segment.end).catch((cause: unknown) => {
        this.#deps.logger('segment.truncate-failed', { segment: segment.number, cause });
      });
      throw error;
    }
  }

  /** How many records from `at` on go into this segment with one write; at least one. */
  #fitting(records: readonly NewRecord[], at: number, segment: OpenSegment): number {
    const room = Math.min(WRITE_MAX_BYTES, this.#limits.sizeMaxBytes - segment.end);
    const countMax = Math.min(records.length - at, this.#limits.recordsMax - segment.records);
    let count = 1;
    let bytes = recordBytes(records[at]!);
    while (count < countMax) {
      bytes += recordBytes(records[at + count]!);
      if (bytes > room) break;
      count++;
    }
    return count;
  }

  async #segmentFor(bytes: number): Promise<OpenSegment> {
    const current = this.#current;
    if (current !== undefined) {
      const fits =
        current.end + bytes <= this.#limits.sizeMaxBytes &&
        current.records < this.#limits.recordsMax;
      // A record that is longer than a segment may be gets one to itself.
      if (fits || current.end === SEGMENT_HEADER_BYTES) return current;
      await this.#seal(current);
      this.#current = undefined;
    }
    this.#current = (await this.#continueSegment()) ?? (await this.#createSegment());
    return await this.#segmentFor(bytes);
  }

  async #seal(segment: OpenSegment): Promise<void> {
    this.#dirty.add(segment);
    const range = { segment: segment.number, from: SEGMENT_HEADER_BYTES, end: segment.end };
    const records = segment.written ?? (await intactRecords(segment.file, range));
    const footer = encodeFooter(records, segment.end);
    await segment.file.write([footer], segment.end);
    // A failed write may have left something longer behind, and the trailer must be the end of the file.
    await segment.file.truncate(segment.end + footer.length);
    segment.end += footer.length;
    segment.sealed = true;
  }

  /** The newest unsealed segment that nobody writes, so that many small commits do not make many small files. */
  async #continueSegment(): Promise<OpenSegment | undefined> {
    const numbers = (await this.#segmentNumbers()).slice(0, CANDIDATES_MAX);
    const before = await this.#deps.index.watermarks(numbers);
    for (const [at, number] of numbers.entries()) {
      if (before[at]?.sealed === true) continue;
      const file = await this.#deps.files.open(segmentFileName(number), 'write');
      if (file === undefined) continue;
      let segment: OpenSegment | undefined;
      try {
        if (file.tryLock()) segment = await this.#adopt(number, file);
      } finally {
        // After a failure, too: its lock would keep everybody from this segment as long as the process lives.
        if (segment === undefined) await file.close();
      }
      if (segment !== undefined) return segment;
    }
    return undefined;
  }

  /** Looks at a locked segment again and makes its end clean; undefined when it is not fit to be continued. */
  async #adopt(number: number, file: BlobFile): Promise<OpenSegment | undefined> {
    const [watermark] = await this.#deps.index.watermarks([number]);
    const { sizeBytes } = await file.stat();
    const indexed = Math.max(watermark?.bytes ?? 0, SEGMENT_HEADER_BYTES);
    if (watermark?.sealed === true || sizeBytes < indexed) return undefined;
    if (!(await hasSegmentHeader(file, number))) return undefined;
    const segment: OpenSegment = {
      number,
      file,
      end: indexed,
      syncedEnd: indexed,
      indexedEnd: indexed,
      records: watermark?.records ?? 0,
      written: undefined,
      sealed: false,
      isNew: watermark === undefined,
    };
    if (sizeBytes > indexed && !(await this.#adoptTail(segment, sizeBytes))) return undefined;
    await writeAgain(file, segment.isNew ? 0 : indexed, segment.end);
    return segment;
  }

  /** Takes over what a dead writer left behind the watermark, and cuts what it tore; false when that is not possible. */
  async #adoptTail(segment: OpenSegment, sizeBytes: number): Promise<boolean> {
    const tail = await readTail(segment.file, segment.number, segment.end);
    // With damage inside it is left to recovery, which closes it.
    if (tail.sealed || tail.damagedBytes > 0) return false;
    await segment.file.truncate(tail.end);
    const cutBytes = sizeBytes - tail.end;
    this.#deps.logger('segment.continued', { segment: segment.number, cutBytes });
    segment.end = tail.end;
    segment.records += tail.records.length;
    if (tail.records.length > 0) {
      this.#dirty.add(segment);
      for (const record of tail.records) this.#unsynced.push(record);
    }
    return true;
  }

  async #createSegment(): Promise<OpenSegment> {
    let number = ((await this.#segmentNumbers())[0] ?? 0) + 1;
    for (; ; number++) {
      // A watermark without a file is left by an interrupted removal: the number must not be used for other content.
      const [stale] = await this.#deps.index.watermarks([number]);
      if (stale !== undefined) continue;
      const file = await this.#deps.files.create(segmentFileName(number));
      if (file === undefined) continue;
      if (!file.tryLock()) {
        await file.close();
        continue;
      }
      const end = SEGMENT_HEADER_BYTES;
      const segment = {
        ...{ number, file, end, syncedEnd: 0, indexedEnd: end, records: 0 },
        ...{ written: [], sealed: false, isNew: true },
      };
      try {
        await file.write([encodeSegmentHeader(number)], 0);
      } catch (error) {
        await file.close();
        throw error;
      }
      return segment;
    }
  }

  /** Numbers of all segments, newest first. */
  async #segmentNumbers(): Promise<number[]> {
    return (await this.#deps.files.list())
      .map(parseSegmentFileName)
      .filter((number) => number !== undefined)
      .sort((a, b) => b - a);
  }

  /** Runs one piece of work at a time, in the order of the calls. */
  #serialize<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function watermarkOf(segment: OpenSegment): Watermark {
  return {
    segment: segment.number,
    bytes: segment.end,
    records: segment.records,
    sealed: segment.sealed,
  };
}
