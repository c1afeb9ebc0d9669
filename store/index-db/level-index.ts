/** The index in LevelDB. Only the process that holds the index lock opens it. */
import { readdir } from 'node:fs/promises';
import type { Level } from 'level';
import { syncFolder } from '../files/durable-file.ts';
import { ioError, systemErrorCode } from '../files/io-error.ts';
import { ID_BYTES, type ObjectId } from '../ids.ts';
import type { LocatedRecord, Location } from '../segments/segment-format.ts';
import { StoreError } from '../store-error.ts';
import {
  KEY_PREFIX,
  LOCATION_BYTES,
  OBJECT_KEY_BYTES,
  SEGMENT_NUMBER_BYTES,
  WATERMARK_BYTES,
  decodeLocation,
  decodeWatermark,
  encodeLocation,
  encodeObjectKey,
  encodeWatermark,
  objectKeys,
  segmentKey,
} from './index-entry.ts';
import {
  INDEX_PAGE_ENTRIES,
  type IndexBatch,
  type IndexPage,
  type LocationIndex,
  type Watermark,
} from './location-index.ts';

type Database = Level<Buffer, Buffer>;
/** Its types leave out that a key may be absent. */
type Values = (Buffer | undefined)[];

const MIB: number = 1024 * 1024;
/** Blocks kept in memory: the hot part of an index of some million objects. */
const CACHE_BYTES: number = 32 * MIB;
/** Log that is replayed at open: about 60,000 entries, some 20 ms. */
const WRITE_BUFFER_BYTES: number = 4 * MIB;
/**
 * Up to here ids are looked up in place, 1 to 2 microseconds each from the cache. Handing a few over to the thread pool
 * cost 40 to 400 microseconds a call while a transfer kept both cores busy; a batch of 1 MiB asks for about a dozen.
 */
const BLOCKING_LOOKUPS_MAX = 32;
/** Ids are random: Snappy finds nothing in them. */
const COMPRESSION = false;

export class LevelIndex implements LocationIndex {
  readonly #database: Database;
  readonly #path: string;
  /** Batches are written one at a time: none may follow another into a log that is torn. */
  #writing: Promise<unknown> = Promise.resolve();
  /** A failed write may have left half a record in LevelDB's log, which hides all that comes after it. */
  #isTorn = false;
  /** Settles when the database is open again; reads wait for it. */
  #opening: Promise<void> | undefined;
  readonly #onDamage: () => void;

  private constructor(database: Database, path: string, onDamage: () => void) {
    this.#database = database;
    this.#path = path;
    this.#onDamage = onDamage;
  }

  /**
   * `onDamage` is called when something that was read makes no sense.
   * @throws StoreError DITS_STORE_INDEX_CORRUPT when LevelDB refuses its files, DITS_STORE_IO
   */
  static async open(path: string, onDamage: () => void): Promise<LevelIndex> {
    // Loading it takes longer than opening it, so only the process that opens the database does.
    const { Level: Database } = await import('level');
    const database: Database = new Database<Buffer, Buffer>(path, {
      keyEncoding: 'buffer',
      valueEncoding: 'buffer',
      compression: COMPRESSION,
      cacheSize: CACHE_BYTES,
      writeBufferSize: WRITE_BUFFER_BYTES,
      createIfMissing: await isNew(path),
    });
    try {
      await database.open();
    } catch (error) {
      throw openFailure(error, path);
    }
    try {
      // LevelDB changes to a new MANIFEST and removes the old one's log without syncing the folder. A disk that kept the
      // removal and not the change would let batches from now on survive without those that were in that log.
      await syncFolder(path);
    } catch (error) {
      await database.close();
      throw error;
    }
    return new LevelIndex(database, path, onDamage);
  }

  async getMany(ids: readonly ObjectId[]): Promise<(Location | undefined)[]> {
    if (ids.length === 0) return [];
    const values = await this.#run(() => this.#values(objectKeys(ids)));
    return values.map((value) => (value === undefined ? undefined : this.#location(value)));
  }

  async #values(keys: readonly Buffer[]): Promise<Values> {
    if (keys.length > BLOCKING_LOOKUPS_MAX) return await this.#database.getMany([...keys]);
    return keys.map((key) => this.#database.getSync(key));
  }

  /**
   * After a failure the next batch goes to a new log: LevelDB would append to the old one, report success, and skip what
   * it appended when it reads the log after a crash.
   */
  async apply(batch: IndexBatch): Promise<void> {
    const work = this.#writing.then(async () => {
      if (this.#isTorn) await this.#openAgain();
      this.#isTorn = true;
      await this.#write(batch);
      this.#isTorn = false;
    });
    this.#writing = work.catch(() => undefined);
    await work;
  }

  /** Opening replays the log up to what is torn, writes that to a table, and begins a new log. */
  async #openAgain(): Promise<void> {
    this.#opening = this.#database
      .close()
      .then(() => this.#database.open({ createIfMissing: false }))
      .catch((error: unknown) => {
        throw openFailure(error, this.#path);
      });
    // Whoever reads meanwhile is told as well; and the next batch tries again.
    await this.#opening;
    this.#opening = undefined;
  }

  async #write(batch: IndexBatch): Promise<void> {
    // A chained batch takes each entry at once: a fifth of the time of handing over a list of operations.
    const writes = this.#database.batch();
    try {
      addPuts(writes, batch.puts ?? []);
      for (const key of objectKeys(batch.deletes ?? [])) writes.del(key);
      for (const watermark of batch.watermarks ?? []) {
        const value = Buffer.alloc(WATERMARK_BYTES);
        encodeWatermark(value, 0, watermark);
        writes.put(segmentKey(watermark.segment), value);
      }
      for (const segment of batch.forgotten ?? []) writes.del(segmentKey(segment));
      if (writes.length > 0) await this.#attempt(writes.write({ sync: true }));
    } finally {
      await writes.close();
    }
  }

  async page(after: ObjectId | undefined): Promise<IndexPage> {
    const start = after === undefined ? Buffer.of(KEY_PREFIX.object) : objectKeys([after])[0]!;
    const range = { gt: start, lt: Buffer.of(KEY_PREFIX.object + 1), limit: INDEX_PAGE_ENTRIES };
    const entries = await this.#run(() => this.#database.iterator(range).all());
    const records = entries.map(([key, value]): LocatedRecord => {
      if (key.length !== OBJECT_KEY_BYTES) throw this.#corrupt('a key of another length');
      const id = key.toString('hex', 1, 1 + ID_BYTES) as ObjectId;
      return { id, location: this.#location(value) };
    });
    return { records, more: records.length === INDEX_PAGE_ENTRIES };
  }

  async watermarks(segments: readonly number[]): Promise<(Watermark | undefined)[]> {
    const values: Values = await this.#run(() => this.#database.getMany(segments.map(segmentKey)));
    return values.map((value, at) =>
      value === undefined ? undefined : this.#watermark(value, segments[at]!),
    );
  }

  async allWatermarks(): Promise<readonly Watermark[]> {
    const range = { gt: Buffer.of(KEY_PREFIX.segment), lt: Buffer.of(KEY_PREFIX.segment + 1) };
    const entries = await this.#run(() => this.#database.iterator(range).all());
    return entries.map(([key, value]) => {
      if (key.length !== 1 + SEGMENT_NUMBER_BYTES) throw this.#corrupt('a key of another length');
      return this.#watermark(value, key.readUInt32BE(1));
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#attempt(this.#database.close());
  }

  #location(value: Buffer): Location {
    const location = value.length === LOCATION_BYTES ? decodeLocation(value, 0) : undefined;
    if (location === undefined) throw this.#corrupt('an entry that makes no sense');
    return location;
  }

  #watermark(value: Buffer, segment: number): Watermark {
    if (value.length !== WATERMARK_BYTES) throw this.#corrupt('a watermark of another length');
    return decodeWatermark(value, 0, segment);
  }

  /** Reads from the open database. */
  async #run<T>(work: () => Promise<T>): Promise<T> {
    await this.#opening;
    return await this.#attempt(work());
  }

  async #attempt<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (isCorruption(error)) throw this.#corrupt(messageOf(error), error);
      throw ioError(error, 'use the index at', this.#path);
    }
  }

  #corrupt(what: string, cause?: unknown): StoreError {
    this.#onDamage();
    return indexCorrupt(this.#path, what, cause);
  }
}

/** The batch copies what it is given, so that one key and one value serve all entries. */
function addPuts(writes: ReturnType<Database['batch']>, records: readonly LocatedRecord[]): void {
  const key = Buffer.allocUnsafe(OBJECT_KEY_BYTES);
  const value = Buffer.allocUnsafe(LOCATION_BYTES);
  for (const { id, location } of records) {
    encodeObjectKey(key, 0, id);
    encodeLocation(value, 0, location);
    writes.put(key, value);
  }
}

/** Files that a database has once it was made. */
const OF_A_DATABASE = /^CURRENT$|\.(ldb|log)$/;

/**
 * Whether there is no database yet. LevelDB asks for one file, takes any failure for a no, and begins an empty database
 * in the place of the one that is there.
 */
async function isNew(path: string): Promise<boolean> {
  try {
    return !(await readdir(path)).some((name) => OF_A_DATABASE.test(name));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return true;
    throw ioError(error, 'list', path);
  }
}

function openFailure(error: unknown, path: string): StoreError {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return isCorruption(cause)
    ? indexCorrupt(path, messageOf(cause), cause)
    : ioError(cause, 'open the index at', path);
}

/** LevelDB says what it found in words; classic-level adds a code for most of them. */
function isCorruption(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && error.code === 'LEVEL_CORRUPTION') return true;
  return /corruption|does not exist|not an sstable|missing files|no meta-nextfile/i.test(
    error.message,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function indexCorrupt(path: string, what: string, cause?: unknown): StoreError {
  return new StoreError('DITS_STORE_INDEX_CORRUPT', `the index of the store is damaged: ${what}`, {
    hint: 'run `dits fsck --repair`, which makes it anew; the data itself is not affected',
    details: { path },
    cause,
  });
}
