/** What fsck, gc, rebuilding and stats need of a store. */
import type { BlobFiles } from '../files/blob-files.ts';
import type { StoreIndex } from '../index-db/location-index.ts';
import type { HeldLock, LockMode } from '../locks/file-lock.ts';
import type { Logger } from '../logger.ts';
import type { DiskRefStore } from '../refs/disk-ref-store.ts';
import type { SegmentStore } from '../segments/segment-store.ts';
import type { SegmentLimits } from '../segments/segment-writer.ts';
import { parseSegmentFileName } from '../store-layout.ts';

export type MaintenanceDeps = {
  readonly files: BlobFiles;
  readonly index: StoreIndex;
  readonly objects: SegmentStore;
  readonly refs: DiskRefStore;
  readonly limits: SegmentLimits;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Keeps the bytes of a damaged record, durably, under this file name. */
  readonly quarantine: (name: string, bytes: Uint8Array) => Promise<void>;
  /** Takes the store hold, waiting for it. */
  readonly hold: (mode: LockMode, signal?: AbortSignal) => Promise<HeldLock>;
};

/** How far a long piece of upkeep has come. */
export type MaintenanceProgress = {
  readonly phase: 'verify' | 'index' | 'reachability' | 'mark' | 'sweep' | 'compact' | 'repair';
  readonly done: number;
  /** Undefined when it is not known before the end. */
  readonly total?: number | undefined;
};

export type ProgressOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: MaintenanceProgress) => void) | undefined;
};

/** Numbers of all segments, oldest first. */
export async function listSegments(files: BlobFiles): Promise<number[]> {
  return (await files.list())
    .map(parseSegmentFileName)
    .filter((segment) => segment !== undefined)
    .sort((a, b) => a - b);
}
