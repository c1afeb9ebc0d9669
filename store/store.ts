/** One store: objects, refs and their upkeep, shared safely with other processes (docs/store-format.md). */
import { mkdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { makeFolder, replaceFile, syncFolder } from './files/durable-file.ts';
import { ioError, systemErrorCode } from './files/io-error.ts';
import type { BlobFiles } from './files/blob-files.ts';
import type { StoreIndex } from './index-db/location-index.ts';
import type { Logger } from './logger.ts';
import { fsck, type FsckOptions, type FsckReport } from './maintenance/fsck.ts';
import { collectGarbage, type GcOptions, type GcReport } from './maintenance/gc.ts';
import type { MaintenanceDeps, ProgressOptions } from './maintenance/maintenance-deps.ts';
import { rebuildIndex, type RebuildReport } from './maintenance/rebuild-index.ts';
import { measureStore, type StoreStats } from './maintenance/stats.ts';
import type { ObjectStore } from './object-store.ts';
import { DiskRefStore } from './refs/disk-ref-store.ts';
import { branchRef } from './refs/ref-name.ts';
import type { RefStore } from './refs/ref-store.ts';
import { SegmentFiles } from './segments/segment-files.ts';
import { recoverSegments } from './segments/segment-recovery.ts';
import { SegmentStore } from './segments/segment-store.ts';
import { SegmentWriter, type SegmentLimits } from './segments/segment-writer.ts';
import { StoreError } from './store-error.ts';
import { STORE_FORMAT_VERSION, storeLayout, type StoreLayout } from './store-layout.ts';
import { nodeStoreParts, type StoreParts } from './store-parts.ts';

const FORMAT_TEXT = `dits-store ${STORE_FORMAT_VERSION}\n`;
/** What a store of any format says. */
const FORMAT_ANY = /^dits-store \d+\n$/;

/** Lets go of what was held. Idempotent. */
export type Release = () => Promise<void>;

export type StoreOptions = {
  readonly logger?: Logger | undefined;
  /** Milliseconds since 1970, for the reflog; the machine's clock by default. */
  readonly now?: (() => number) | undefined;
  /** When a segment is sealed; the format's limits by default. */
  readonly segmentLimits?: SegmentLimits | undefined;
  /** The folder of segments; on the local disk by default. */
  readonly segmentFiles?: BlobFiles | undefined;
  /** How long to wait for a gc, or for the users that a gc waits for. */
  readonly holdTimeoutMs?: number | undefined;
};

export interface Store extends AsyncDisposable {
  /** Absolute path. */
  readonly directory: string;
  readonly objects: ObjectStore;
  readonly refs: RefStore;
  /** False once a sync has failed, until the store is opened anew; it can still be read. */
  readonly takesWrites: boolean;
  /**
   * Keeps gc away until released: taken by whoever puts objects that no ref reaches yet, or relies on objects that it
   * found present. Several may hold at once.
   * @throws StoreError DITS_STORE_LOCKED when a gc does not finish in time
   */
  hold(): Promise<Release>;
  /**
   * Reads and verifies every record, checks the index and what the refs reach, and repairs when asked to.
   * @throws StoreError DITS_STORE_LOCKED, DITS_STORE_INDEX_CORRUPT, DITS_STORE_IO; damaged data is reported, not thrown
   */
  fsck(options?: FsckOptions): Promise<FsckReport>;
  /**
   * Makes the index anew from the segments, also when it does not open.
   * @throws StoreError DITS_STORE_LOCKED while another process leads the index
   */
  rebuildIndex(): Promise<RebuildReport>;
  /**
   * Removes what neither refs, nor recent reflog entries, nor `extraRoots` reach. Waits for all holds.
   * @throws StoreError DITS_STORE_LOCKED, or what a reachable object that cannot be read throws; nothing is removed then
   */
  gc(options?: GcOptions): Promise<GcReport>;
  stats(options?: ProgressOptions): Promise<StoreStats>;
  /** Flushes and releases everything. Idempotent. */
  close(): Promise<void>;
}

export type CreateStoreOptions = StoreOptions & {
  /** Branch that HEAD points at; `main` by default. */
  readonly headBranch?: string | undefined;
};

/**
 * Makes an empty store in this directory, which is made as well when absent, and opens it.
 * @throws StoreError DITS_STORE_NOT_A_STORE when there is a store already, DITS_STORE_IO
 */
export async function createStore(
  directory: string,
  options: CreateStoreOptions = {},
): Promise<Store> {
  const layout = storeLayout(resolve(directory));
  if ((await readFormat(layout)) !== undefined) {
    throw new StoreError('DITS_STORE_NOT_A_STORE', `there is a store in ${directory} already`, {
      details: { path: layout.directory },
    });
  }
  const { segments, index, locks, quarantine, temporary } = layout;
  await makeFolder(layout.directory);
  try {
    for (const folder of [segments, index, locks, quarantine, temporary]) {
      await mkdir(folder, { recursive: true });
    }
  } catch (error) {
    throw ioError(error, 'make a store in', layout.directory);
  }
  const store = await createStoreOf(nodeStoreParts(layout, options), options);
  // Last: a folder without it is not a store, however far the creation came.
  await replaceFile(layout.format, FORMAT_TEXT);
  await syncFolder(layout.directory);
  return store;
}

/**
 * Opens the store in this directory. Cheap: files and the index are opened when first needed.
 * @throws StoreError DITS_STORE_NOT_A_STORE for any other folder, or a format that this program does not know,
 * DITS_STORE_CORRUPT when the file that names the format is damaged
 */
export async function openStore(directory: string, options: StoreOptions = {}): Promise<Store> {
  const layout = storeLayout(resolve(directory));
  const format = await readFormat(layout);
  if (format === undefined) {
    throw new StoreError('DITS_STORE_NOT_A_STORE', `${directory} is not a store`, {
      hint: 'run `dits init` to make one, or go to a folder that holds one',
      details: { path: layout.directory },
    });
  }
  if (format !== FORMAT_TEXT) {
    if (!FORMAT_ANY.test(format)) throw damagedFormat(layout);
    throw new StoreError(
      'DITS_STORE_NOT_A_STORE',
      `the store in ${directory} has a format that this version of dits does not know`,
      {
        hint: 'use the version of dits that made it, or a newer one',
        details: { path: layout.directory, format: format.trim(), known: STORE_FORMAT_VERSION },
      },
    );
  }
  return openStoreOf(nodeStoreParts(layout, options));
}

/** As `createStore`, over parts of one's own, which are empty. */
export async function createStoreOf(
  parts: StoreParts,
  options: Pick<CreateStoreOptions, 'headBranch'> = {},
): Promise<Store> {
  const store = new DiskStore(parts);
  await store.refs.create({ kind: 'branch', name: branchRef(options.headBranch ?? 'main') });
  return store;
}

/** As `openStore`, over parts of one's own. */
export function openStoreOf(parts: StoreParts): Store {
  return new DiskStore(parts);
}

class DiskStore implements Store {
  readonly directory: string;
  readonly objects: SegmentStore;
  readonly refs: DiskRefStore;
  readonly #parts: StoreParts;
  readonly #index: StoreIndex;
  readonly #maintenance: MaintenanceDeps;
  #closing: Promise<void> | undefined;

  constructor(parts: StoreParts) {
    const { directory, segments: files, limits, logger, now, random, quarantine, hold } = parts;
    this.directory = directory;
    this.#parts = parts;
    const index = parts.shareIndex((leading) => recoverSegments({ files, index: leading, logger }));
    this.#index = index;
    const writer = new SegmentWriter({ files, index, logger }, limits);
    const holdShared = (): ReturnType<typeof hold> => hold('shared');
    const segmentFiles = new SegmentFiles(files);
    this.objects = new SegmentStore({ index, writer, files: segmentFiles, hold: holdShared });
    const lock = (): ReturnType<typeof parts.lockRefs> => parts.lockRefs();
    this.refs = new DiskRefStore({ files: parts.files, directory, lock, now, random });
    const { objects, refs } = this;
    this.#maintenance = { files, index, objects, refs, limits, logger, now, quarantine, hold };
  }

  get takesWrites(): boolean {
    return this.objects.takesWrites;
  }

  async hold(): Promise<Release> {
    const held = await this.#parts.hold('shared');
    return () => held.release();
  }

  fsck(options: FsckOptions = {}): Promise<FsckReport> {
    return fsck(this.#maintenance, options);
  }

  rebuildIndex(): Promise<RebuildReport> {
    return rebuildIndex(this.#maintenance);
  }

  gc(options: GcOptions = {}): Promise<GcReport> {
    return collectGarbage(this.#maintenance, options);
  }

  stats(options: ProgressOptions = {}): Promise<StoreStats> {
    return measureStore(this.#maintenance, options);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    try {
      await this.objects.close();
    } finally {
      await this.refs.close();
      await this.#index.close();
    }
  }
}

/**
 * Writes the `format` file anew when it says nothing that any version would write; true when that was needed. A store of
 * another format is left alone.
 * @throws StoreError DITS_STORE_IO
 */
export async function mendFormat(directory: string): Promise<boolean> {
  const layout = storeLayout(resolve(directory));
  const format = await readFormat(layout);
  if (format === undefined || FORMAT_ANY.test(format)) return false;
  await replaceFile(layout.format, FORMAT_TEXT);
  return true;
}

function damagedFormat({ directory, format }: StoreLayout): StoreError {
  return new StoreError(
    'DITS_STORE_CORRUPT',
    `the file that names the format of ${directory} is damaged`,
    {
      hint: 'run `dits fsck --repair`',
      details: { path: format },
    },
  );
}

/** Content of the `format` file, undefined when there is none. */
async function readFormat(layout: StoreLayout): Promise<string | undefined> {
  try {
    return await readFile(layout.format, 'utf8');
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw ioError(error, 'read', layout.format);
  }
}
