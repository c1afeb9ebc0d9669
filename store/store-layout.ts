/** Every path inside a store directory (docs/store-format.md, "Files of a store"). */
import { join } from 'node:path';

/** Version written to the `format` file; a store of another version is not opened. */
export const STORE_FORMAT_VERSION = 1;

/** The two files of a store that hold its refs. */
export const REFS_NAME = 'refs';
export const REFLOG_NAME = 'reflog';

/** Digits of a segment's number in its file name. */
const SEGMENT_NUMBER_DIGITS = 8;
const SEGMENT_NAME = /^(\d{8})\.seg$/;

export type StoreLayout = {
  readonly directory: string;
  readonly format: string;
  readonly segments: string;
  readonly index: string;
  /** Where a discarded index is put before it is removed. */
  readonly discardedIndex: string;
  readonly locks: string;
  /** Held by the process that has LevelDB open. */
  readonly indexLock: string;
  /** Tells the others how to reach that process. */
  readonly indexLeader: string;
  readonly refsLock: string;
  readonly holdLock: string;
  readonly quarantine: string;
  readonly temporary: string;
};

/** The paths of the store in this directory. */
export function storeLayout(directory: string): StoreLayout {
  const locks = join(directory, 'locks');
  return {
    directory,
    format: join(directory, 'format'),
    segments: join(directory, 'segments'),
    index: join(directory, 'index'),
    discardedIndex: join(directory, 'index.old'),
    locks,
    indexLock: join(locks, 'index'),
    indexLeader: join(locks, 'index-leader'),
    refsLock: join(locks, 'refs'),
    holdLock: join(locks, 'hold'),
    quarantine: join(directory, 'quarantine'),
    temporary: join(directory, 'tmp'),
  };
}

/** File name of a segment, inside `segments/`. */
export function segmentFileName(segment: number): string {
  return `${segment.toString().padStart(SEGMENT_NUMBER_DIGITS, '0')}.seg`;
}

/** The segment's number, or undefined when the name is not a segment's. */
export function parseSegmentFileName(name: string): number | undefined {
  const digits = SEGMENT_NAME.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
