/** Objects on disk: ObjectStore over segments and the shared index (docs/store-format.md). */
import { compress, decompress } from '../compression/zstd.ts';
import { looksCompressible } from '../compression/entropy-probe.ts';
import { objectId } from '../hash/blake3.ts';
import { ID_BYTES, type ObjectId } from '../ids.ts';
import { encodeIds } from '../index-db/index-messages.ts';
import { walkIndex, type LocationIndex } from '../index-db/location-index.ts';
import type { HeldLock } from '../locks/file-lock.ts';
import {
  OBJECT_SIZE_MAX_BYTES,
  type AbortOptions,
  type IdRows,
  type NewObject,
  type ObjectInfo,
  type ObjectRecord,
  type ObjectStore,
  type PutResult,
  type ReadOptions,
  type StoredObject,
} from '../object-store.ts';
import { StoreError } from '../store-error.ts';
import { PendingObjects, type Claim } from './pending-objects.ts';
import type { NewRecord } from './record-packer.ts';
import { inflateRecord, readRecords } from './record-reader.ts';
import type { SegmentFiles } from './segment-files.ts';
import type { LocatedRecord, Location } from './segment-format.ts';
import { readSegmentIds } from './segment-ids.ts';
import type { SegmentWriter } from './segment-writer.ts';

const MIB: number = 1024 * 1024;
/**
 * Smaller objects are stored as they are: up to here a call to the compressor costs some 50 microseconds of processor
 * time and saves less than 2 KiB, which a disk writes in 5 and a gigabit link carries in 15.
 */
const PACK_SIZE_MIN_BYTES: number = 4 * 1024;
/** Unsynced bytes that start a commit in the background, so that the final one is short. */
const BACKGROUND_COMMIT_BYTES: number = 32 * MIB;
/** Unsynced bytes at which a put waits for the disk: bounds dirty memory, and what a crash can lose. */
const UNSYNCED_MAX_BYTES: number = 512 * MIB;

export type SegmentStoreDeps = {
  readonly index: LocationIndex;
  readonly writer: SegmentWriter;
  readonly files: SegmentFiles;
  /** Keeps gc away while there is something that it cannot see yet. */
  readonly hold: () => Promise<HeldLock>;
};

/** What a put has to write, and what it waits for because another one is writing it. */
type PutPlan = {
  readonly claim: Claim;
  /** Places of the claimed objects in the put's list. */
  readonly positions: readonly number[];
  readonly awaited: readonly Promise<void>[];
};

/** Makes the record of the object at a position of a put's list. */
type Pack = (at: number) => NewRecord | Promise<NewRecord>;

export class SegmentStore implements ObjectStore {
  readonly #deps: SegmentStoreDeps;
  readonly #pending = new PendingObjects();
  #activePuts = 0;
  #hold: Promise<HeldLock> | undefined;
  #running: Promise<void> | undefined;
  #queued: Promise<void> | undefined;
  #closed = false;

  constructor(deps: SegmentStoreDeps) {
    this.#deps = deps;
  }

  async has(ids: readonly ObjectId[], options: AbortOptions = {}): Promise<boolean[]> {
    return (await this.#locate(ids, options.signal)).map((location) => location !== undefined);
  }

  async info(
    ids: readonly ObjectId[],
    options: AbortOptions = {},
  ): Promise<(ObjectInfo | undefined)[]> {
    const locations = await this.#locate(ids, options.signal);
    return locations.map((location, at) => location && infoOf({ id: ids[at]!, location }));
  }

  async get(ids: readonly ObjectId[], options: ReadOptions = {}): Promise<StoredObject[]> {
    const records = await this.#read(ids, options);
    return await Promise.all(records.map(inflateRecord));
  }

  async getRecords(ids: readonly ObjectId[], options: ReadOptions = {}): Promise<ObjectRecord[]> {
    return await this.#read(ids, options);
  }

  async *list(options: AbortOptions = {}): AsyncGenerator<readonly ObjectInfo[]> {
    this.#assertOpen();
    const pending = new Map([...this.#pending.appended()].map((record) => [record.id, record]));
    if (pending.size > 0) yield [...pending.values()].map(infoOf);
    for await (const records of walkIndex(this.#deps.index, options.signal)) {
      yield records.filter(({ id }) => !pending.has(id)).map(infoOf);
    }
  }

  async *listIdRows(options: AbortOptions = {}): AsyncGenerator<IdRows> {
    this.#assertOpen();
    const { index, files } = this.#deps;
    const pending = [...this.#pending.appended()].map(({ id }) => id);
    yield { bytes: encodeIds(pending), strideBytes: ID_BYTES };
    for (const { segment } of await index.allWatermarks()) {
      options.signal?.throwIfAborted();
      const rows = await files.use(segment, async (file) =>
        file === undefined ? undefined : await readSegmentIds(file, segment),
      );
      if (rows !== undefined) yield rows;
    }
  }

  async count(): Promise<number> {
    this.#assertOpen();
    let count = this.#pending.size;
    for (const { records } of await this.#deps.index.allWatermarks()) count += records;
    return count;
  }

  async put(objects: readonly NewObject[], options: AbortOptions = {}): Promise<PutResult[]> {
    for (const { bytes } of objects) checkSize(bytes.length);
    const ids = objects.map(({ id, kind, bytes }) => id ?? objectId(kind, bytes));
    return await this.#store(ids, options.signal, (at) => packObject(ids[at]!, objects[at]!));
  }

  async putRecords(
    records: readonly ObjectRecord[],
    options: AbortOptions = {},
  ): Promise<PutResult[]> {
    const checks = await Promise.allSettled(records.map(verifyRecord));
    const firstBad = checks.findIndex(({ status }) => status === 'rejected');
    const good = firstBad === -1 ? records : records.slice(0, firstBad);
    const ids = good.map(({ id }) => id);
    const results = await this.#store(ids, options.signal, (at) => {
      const record = good[at]!;
      return { ...record, storedSize: record.stored.length };
    });
    const check = checks[firstBad];
    if (check?.status === 'rejected') throw check.reason;
    return results;
  }

  async flush(): Promise<void> {
    this.#assertOpen();
    this.#queued ??= this.#commitAfter(this.#running);
    await this.#queued;
  }

  /** Commits, and lets go of the segment being written and of the hold, so that gc may look at everything. */
  async settle(): Promise<void> {
    await this.flush();
    await this.#deps.writer.release();
    await this.#releaseHoldWhenIdle();
  }

  /** Commits and closes. Rejects when the last commit fails, and is closed all the same. */
  async close(): Promise<void> {
    if (this.#closed) return;
    try {
      await this.flush();
    } finally {
      this.#closed = true;
      await this.#deps.writer.close();
      await this.#releaseHold();
      await this.#deps.files.close();
    }
  }

  /** False once a failed sync has ended the writer. */
  get takesWrites(): boolean {
    return this.#deps.writer.isUsable;
  }

  /** Stores the objects of these ids that are not held yet; `pack` makes the record of one of them. */
  async #store(
    ids: readonly ObjectId[],
    signal: AbortSignal | undefined,
    pack: Pack,
  ): Promise<PutResult[]> {
    this.#assertOpen();
    this.#deps.writer.assertUsable();
    this.#activePuts++;
    try {
      await this.#takeHold();
      const held = await this.#locate(ids, signal);
      const plan = this.#claim(ids, held);
      const sizes = await this.#append(plan, pack);
      await Promise.all(plan.awaited);
      await this.#pace();
      return ids.map((id, at) => {
        const storedSize = sizes.get(at);
        return { id, isNew: storedSize !== undefined, storedSize: storedSize ?? 0 };
      });
    } finally {
      this.#activePuts--;
      await this.#releaseHoldWhenIdle();
    }
  }

  /** Synchronous, so that no two puts claim one object. */
  #claim(ids: readonly ObjectId[], held: readonly (Location | undefined)[]): PutPlan {
    const mine = new Map<ObjectId, number>();
    const awaited = new Set<Promise<void>>();
    for (const [at, id] of ids.entries()) {
      if (held[at] !== undefined || mine.has(id)) continue;
      const ahead = this.#pending.claimOf(id);
      if (ahead !== undefined) awaited.add(ahead.appended);
      // Appended by another put since we looked: held.
      else if (this.#pending.location(id) === undefined) mine.set(id, at);
    }
    const positions = [...mine.values()];
    const claim = this.#pending.claim([...mine.keys()]);
    return { claim, positions, awaited: [...awaited] };
  }

  /** Packs and appends what was claimed; resolves with the stored size by position. */
  async #append({ claim, positions }: PutPlan, pack: Pack): Promise<Map<number, number>> {
    const sizes = new Map<number, number>();
    if (positions.length === 0) return sizes;
    try {
      const records = await packAll(positions, pack);
      this.#pending.append(claim, await this.#deps.writer.append(records));
      for (const [index, at] of positions.entries()) sizes.set(at, records[index]!.storedSize);
      return sizes;
    } catch (error) {
      this.#pending.abandon(claim, error);
      throw error;
    }
  }

  /** Keeps the disk busy while more comes in, and holds the caller back when the disk falls behind. */
  async #pace(): Promise<void> {
    const { unsyncedBytes } = this.#deps.writer;
    if (unsyncedBytes < BACKGROUND_COMMIT_BYTES) return;
    const commit = this.flush();
    if (unsyncedBytes >= UNSYNCED_MAX_BYTES) await commit;
    // A failed background commit has ended the writer: the next call says so.
    else commit.catch(() => undefined);
  }

  async #commitAfter(running: Promise<void> | undefined): Promise<void> {
    // Whoever started the running commit hears of its failure; the writer remembers it too.
    await running?.catch(() => undefined);
    this.#running = this.#queued;
    this.#queued = undefined;
    for (const record of await this.#deps.writer.commit()) this.#pending.commit(record);
    await this.#releaseHoldWhenIdle();
  }

  async #locate(
    ids: readonly ObjectId[],
    signal: AbortSignal | undefined,
  ): Promise<(Location | undefined)[]> {
    signal?.throwIfAborted();
    this.#assertOpen();
    const locations = ids.map((id) => this.#pending.location(id));
    const unknown = ids.filter((_, at) => locations[at] === undefined);
    const found = await this.#deps.index.getMany(unknown);
    signal?.throwIfAborted();
    let next = 0;
    return locations.map((location) => location ?? found[next++]);
  }

  async #read(ids: readonly ObjectId[], options: ReadOptions): Promise<ObjectRecord[]> {
    const { signal } = options;
    const places = await this.#places(ids, signal);
    const records = await readRecords(this.#deps.files, places, options);
    const failed = places.filter((_, at) => records[at] === undefined);
    if (failed.length > 0) {
      // A compaction in another process may have moved them since we asked the index: ask once more.
      for (const { location } of failed) this.#deps.files.forget(location.segment);
      const ids = failed.map(({ id }) => id);
      const moved = await this.#places(ids, signal);
      const again = await readRecords(this.#deps.files, moved, options);
      let next = 0;
      for (const at of records.keys()) {
        if (records[at] !== undefined) continue;
        records[at] = again[next] ?? throwCorrupt(moved[next]!);
        next++;
      }
    }
    return records as ObjectRecord[];
  }

  async #places(ids: readonly ObjectId[], signal?: AbortSignal): Promise<LocatedRecord[]> {
    const locations = await this.#locate(ids, signal);
    return locations.map((location, at) => {
      const id = ids[at]!;
      if (location !== undefined) return { id, location };
      throw new StoreError('DITS_STORE_NOT_FOUND', `object ${id} is not in the store`, {
        details: { id },
      });
    });
  }

  async #takeHold(): Promise<void> {
    if (this.#hold === undefined) {
      const taking = this.#deps.hold();
      this.#hold = taking;
      taking.catch(() => {
        if (this.#hold === taking) this.#hold = undefined;
      });
    }
    await this.#hold;
  }

  async #releaseHoldWhenIdle(): Promise<void> {
    if (this.#activePuts === 0 && this.#pending.size === 0) await this.#releaseHold();
  }

  async #releaseHold(): Promise<void> {
    const hold = this.#hold;
    this.#hold = undefined;
    // A hold that was never granted needs no release; the put that asked for it has failed.
    await (await hold?.catch(() => undefined))?.release();
  }

  #assertOpen(): void {
    if (this.#closed) throw new StoreError('DITS_STORE_CLOSED', 'the store has been closed');
  }
}

function infoOf({ id, location }: LocatedRecord): ObjectInfo {
  const { kind, rawSize, storedSize } = location;
  return { id, kind, rawSize, storedSize };
}

/** The records of all these positions; only those that are compressed are waited for. */
async function packAll(positions: readonly number[], pack: Pack): Promise<NewRecord[]> {
  const records: NewRecord[] = [];
  const compressing: Promise<void>[] = [];
  for (const [index, at] of positions.entries()) {
    const packed = pack(at);
    if (!(packed instanceof Promise)) records[index] = packed;
    else compressing.push(packed.then((record) => void (records[index] = record)));
  }
  await Promise.all(compressing);
  return records;
}

/** The record of one object, at once unless it is worth compressing. */
function packObject(id: ObjectId, object: NewObject): NewRecord | Promise<NewRecord> {
  const { bytes } = object;
  const isWorthTrying =
    bytes.length >= PACK_SIZE_MIN_BYTES && (object.compressible ?? looksCompressible(bytes));
  if (!isWorthTrying) return recordOf(id, object);
  return compress(bytes).then((packed) => recordOf(id, object, packed));
}

function recordOf(id: ObjectId, { kind, bytes }: NewObject, packed?: Uint8Array): NewRecord {
  const stored = packed ?? bytes;
  const codec = packed === undefined ? 'none' : 'zstd';
  return { id, kind, codec, rawSize: bytes.length, stored, storedSize: stored.length };
}

/** @throws StoreError DITS_STORE_HASH_MISMATCH, DITS_STORE_BAD_COMPRESSION, DITS_STORE_INVALID_OBJECT */
async function verifyRecord(record: ObjectRecord): Promise<void> {
  const { id, kind, codec, rawSize, stored } = record;
  checkSize(rawSize);
  if (codec === 'zstd' ? stored.length >= rawSize : stored.length !== rawSize) {
    throw new StoreError('DITS_STORE_BAD_COMPRESSION', `object ${id} lies about its sizes`, {
      details: { id },
    });
  }
  const bytes = codec === 'none' ? stored : await inflate(record);
  if (objectId(kind, bytes) !== id) {
    throw new StoreError('DITS_STORE_HASH_MISMATCH', `the bytes offered as ${id} are not its own`, {
      details: { id },
    });
  }
}

async function inflate(record: ObjectRecord): Promise<Uint8Array> {
  try {
    return await decompress(record.stored, record.rawSize);
  } catch (cause) {
    throw new StoreError('DITS_STORE_BAD_COMPRESSION', `object ${record.id} does not inflate`, {
      details: { id: record.id },
      cause,
    });
  }
}

function checkSize(bytes: number): void {
  if (bytes <= OBJECT_SIZE_MAX_BYTES) return;
  throw new StoreError(
    'DITS_STORE_INVALID_OBJECT',
    `an object of ${bytes} bytes is over the limit of ${OBJECT_SIZE_MAX_BYTES}`,
  );
}

function throwCorrupt({ id, location }: LocatedRecord): never {
  const { segment, offset } = location;
  throw new StoreError('DITS_STORE_CORRUPT', `object ${id} is damaged on disk`, {
    hint: 'run `dits fsck --repair`',
    details: { id, segment, offset },
  });
}
