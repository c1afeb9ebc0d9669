/** What a store is made of, and how that is made on a local disk. A simulated machine brings its own. */
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobFiles } from './files/blob-files.ts';
import { syncFolder } from './files/durable-file.ts';
import { ioError } from './files/io-error.ts';
import { NodeBlobFiles } from './files/node-blob-files.ts';
import type { LocationIndex, StoreIndex } from './index-db/location-index.ts';
import { SharedIndex } from './index-db/shared-index.ts';
import { lockPath, type HeldLock, type LockMode } from './locks/file-lock.ts';
import { silentLogger, type Logger } from './logger.ts';
import { SEGMENT_RECORDS_MAX, SEGMENT_SIZE_MAX_BYTES } from './segments/segment-format.ts';
import type { SegmentLimits } from './segments/segment-writer.ts';
import type { StoreOptions } from './store.ts';
import type { StoreLayout } from './store-layout.ts';

/** How long a writer waits for a gc that holds the store. */
const HOLD_TIMEOUT_MS = 60_000;
/** An update of refs takes milliseconds: whoever waits longer waits for a process that is stopped or stuck. */
const REFS_TIMEOUT_MS = 10_000;
/** Refs, reflog and damaged records are for the user alone. */
const PRIVATE_MODE = 0o600;

export type StoreParts = {
  /** Path or name of the store, for messages. */
  readonly directory: string;
  /** The folder of segments. */
  readonly segments: BlobFiles;
  /** The folder that holds the refs and the reflog. */
  readonly files: BlobFiles;
  /**
   * The index. `recover` indexes what dead writers left behind; whoever becomes the leader runs it before anyone is
   * answered.
   */
  readonly shareIndex: (recover: (index: LocationIndex) => Promise<void>) => StoreIndex;
  /** Takes the store hold, waiting for it. @throws StoreError DITS_STORE_LOCKED */
  readonly hold: (mode: LockMode, signal?: AbortSignal) => Promise<HeldLock>;
  /** Takes the lock on the refs, waiting for it. @throws StoreError DITS_STORE_LOCKED */
  readonly lockRefs: () => Promise<HeldLock>;
  /** Keeps the bytes of a damaged record, durably, under this file name. */
  readonly quarantine: (name: string, bytes: Uint8Array) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Random bytes, for the id of a repository. */
  readonly random: (count: number) => Uint8Array;
  readonly limits: SegmentLimits;
  readonly logger: Logger;
};

/** The parts of the store in this folder. Opens nothing. */
export function nodeStoreParts(layout: StoreLayout, options: StoreOptions): StoreParts {
  const logger = options.logger ?? silentLogger;
  const holdTimeoutMs = options.holdTimeoutMs ?? HOLD_TIMEOUT_MS;
  return {
    directory: layout.directory,
    segments: options.segmentFiles ?? new NodeBlobFiles(layout.segments),
    files: new NodeBlobFiles(layout.directory, { mode: PRIVATE_MODE }),
    shareIndex: (recover) => new SharedIndex({ layout, logger, recover }),
    hold: (mode, signal) => {
      const subject = mode === 'shared' ? 'the whole store, to clean it up' : 'the store';
      return lockPath(layout.holdLock, mode, { timeoutMs: holdTimeoutMs, subject, signal });
    },
    lockRefs: () => {
      const wait = { timeoutMs: REFS_TIMEOUT_MS, subject: 'the refs' };
      return lockPath(layout.refsLock, 'exclusive', wait);
    },
    quarantine: (name, bytes) => keep(layout.quarantine, name, bytes),
    now: options.now ?? Date.now,
    random: (count) => randomBytes(count),
    limits: options.segmentLimits ?? {
      sizeMaxBytes: SEGMENT_SIZE_MAX_BYTES,
      recordsMax: SEGMENT_RECORDS_MAX,
    },
    logger,
  };
}

async function keep(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, name);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, bytes, { mode: PRIVATE_MODE, flush: true });
    // The bytes may be gone from where they were before anything else is synced.
    await syncFolder(folder);
  } catch (error) {
    throw ioError(error, 'write', path);
  }
}
