/** One store on disk: objects, refs and their upkeep, shared safely with other processes (docs/store-format.md). */
import { mkdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { replaceFile, syncFolder } from './files/durable-file.ts';
import { ioError, systemErrorCode } from './files/io-error.ts';
import { NodeBlobFiles } from './files/node-blob-files.ts';
import type { BlobFiles } from './files/blob-files.ts';
import { SharedIndex } from './index-db/shared-index.ts';
import { lockPath, type HeldLock, type LockMode } from './locks/file-lock.ts';
import { silentLogger, type Logger } from './logger.ts';
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
import { SEGMENT_RECORDS_MAX, SEGMENT_SIZE_MAX_BYTES } from './segments/segment-format.ts';
import { recoverSegments } from './segments/segment-recovery.ts';
import { SegmentStore } from './segments/segment-store.ts';
import { SegmentWriter, type SegmentLimits } from './segments/segment-writer.ts';
import { StoreError } from './store-error.ts';
import { STORE_FORMAT_VERSION, storeLayout, type StoreLayout } from './store-layout.ts';

/** How long a writer waits for a gc that holds the store. */
const HOLD_TIMEOUT_MS = 60_000;
const FORMAT_TITLE = 'dits-store';

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
  try {
    for (const folder of [segments, index, locks, quarantine, temporary]) {
      await mkdir(folder, { recursive: true });
    }
  } catch (error) {
    throw ioError(error, 'make a store in', layout.directory);
  }
  const name = branchRef(options.headBranch ?? 'main');
  await DiskRefStore.create(layout, { kind: 'branch', name });
  // Last: a folder without it is not a store, however far the creation came.
  await replaceFile(layout.format, `${FORMAT_TITLE} ${STORE_FORMAT_VERSION}\n`);
  await syncFolder(layout.directory);
  return new DiskStore(layout, options);
}

/**
 * Opens the store in this directory. Cheap: files and the index are opened when first needed.
 * @throws StoreError DITS_STORE_NOT_A_STORE for any other folder, or a format that this program does not know
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
  if (format !== `${FORMAT_TITLE} ${STORE_FORMAT_VERSION}\n`) {
    throw new StoreError(
      'DITS_STORE_NOT_A_STORE',
      `the store in ${directory} has a format that this version of dits does not know`,
      {
        hint: 'use the version of dits that made it, or a newer one',
        details: { path: layout.directory, format: format.trim(), known: STORE_FORMAT_VERSION },
      },
    );
  }
  return new DiskStore(layout, options);
}

class DiskStore implements Store {
  readonly directory: string;
  readonly objects: SegmentStore;
  readonly refs: DiskRefStore;
  readonly #layout: StoreLayout;
  readonly #index: SharedIndex;
  readonly #holdTimeoutMs: number;
  readonly #maintenance: MaintenanceDeps;
  #closing: Promise<void> | undefined;

  constructor(layout: StoreLayout, options: StoreOptions) {
    const logger = options.logger ?? silentLogger;
    const files = options.segmentFiles ?? new NodeBlobFiles(layout.segments);
    const limits = options.segmentLimits ?? {
      sizeMaxBytes: SEGMENT_SIZE_MAX_BYTES,
      recordsMax: SEGMENT_RECORDS_MAX,
    };
    this.directory = layout.directory;
    this.#layout = layout;
    this.#holdTimeoutMs = options.holdTimeoutMs ?? HOLD_TIMEOUT_MS;
    this.#index = new SharedIndex({
      layout,
      logger,
      recover: (index) => recoverSegments({ files, index, logger }),
    });
    this.objects = new SegmentStore({
      index: this.#index,
      writer: new SegmentWriter({ files, index: this.#index, logger }, limits),
      files: new SegmentFiles(files),
      hold: () => this.#takeHold('shared'),
    });
    const now = options.now ?? Date.now;
    this.refs = new DiskRefStore({ layout, now });
    this.#maintenance = {
      layout,
      files,
      index: this.#index,
      objects: this.objects,
      refs: this.refs,
      limits,
      logger,
      now,
      hold: (mode, signal) => this.#takeHold(mode, signal),
    };
  }

  async hold(): Promise<Release> {
    const held = await this.#takeHold('shared');
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

  async #takeHold(mode: LockMode, signal?: AbortSignal): Promise<HeldLock> {
    const subject = mode === 'shared' ? 'the whole store, to clean it up' : 'the store';
    const wait = { timeoutMs: this.#holdTimeoutMs, subject, signal };
    return await lockPath(this.#layout.holdLock, mode, wait);
  }
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
