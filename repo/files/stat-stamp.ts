/** Deciding from `lstat` alone whether a file is still what the index says, and when that decision may be trusted. */
import { closeSync, fstatSync, mkdirSync, openSync, writeSync, type Stats } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemErrorCode, type FileIdentity } from '../../store/index.ts';
import { fromSystemError } from '../repo-error.ts';
import type { IndexEntry, IndexEntryKind, StatStamp } from '../worktree-index/index-entry.ts';

/** Owner's execute permission in st_mode: the one permission bit that is versioned. */
const OWNER_EXECUTES = 0o100;

/** The stamp for a file that looked like this both before and after it was read, here or by the store. */
export function stampOf(stats: FileIdentity, checkedMs: number): StatStamp {
  return {
    mtimeMs: stats.mtimeMs,
    ctimeMs: stats.ctimeMs,
    inode: stats.ino,
    mode: stats.mode,
    checkedMs,
  };
}

export function isExecutable(mode: number): boolean {
  return (mode & OWNER_EXECUTES) !== 0;
}

/** Whether two looks at a file saw the same version of it. */
export function sameStats(a: Stats, b: Stats): boolean {
  return (
    a.size === b.size &&
    a.mtimeMs === b.mtimeMs &&
    a.ctimeMs === b.ctimeMs &&
    a.ino === b.ino &&
    a.mode === b.mode
  );
}

/**
 * Whether the file is unchanged without reading it. The device number is left out on purpose: network and removable
 * disks get a new one at every mount, and reading terabytes again for that would be wrong.
 */
export function provesUnchanged(entry: IndexEntry, stats: Stats): boolean {
  const stamp = entry.stat;
  return (
    stamp !== undefined &&
    stats.size === entry.size &&
    stats.mtimeMs === stamp.mtimeMs &&
    stats.ctimeMs === stamp.ctimeMs &&
    stats.ino === stamp.inode &&
    stats.mode === stamp.mode &&
    isSettled(stamp)
  );
}

/** False when the file could have been written again within the clock tick in which it was read. */
export function isSettled(stamp: StatStamp): boolean {
  return stamp.mtimeMs < stamp.checkedMs && stamp.ctimeMs < stamp.checkedMs;
}

/**
 * The kind that a file on disk would be stored as; undefined for what is not stored (folders, devices, sockets, pipes).
 * Windows has no execute permission, so there a file keeps the kind it had.
 */
export function kindOf(
  stats: Stats,
  previous: IndexEntryKind | undefined,
): IndexEntryKind | undefined {
  if (stats.isSymbolicLink()) return 'symlink';
  if (!stats.isFile()) return undefined;
  if (process.platform === 'win32') return previous === 'executable' ? 'executable' : 'file';
  return isExecutable(stats.mode) ? 'executable' : 'file';
}

/** A stamp checked at this time is never settled. */
export const NEVER_MS = 0;

/** Errors that say that nothing can be written here: a read-only disk, or somebody else's repository. */
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM']);

/**
 * Now, by the clock and in the resolution of the file system that holds the file `probe`: the time it gives to a file
 * written now. This machine's own clock would be wrong on network disks and on disks with coarse times. `NEVER_MS` where
 * nothing can be written.
 */
export function fileSystemNow(probe: string): number {
  try {
    mkdirSync(path.dirname(probe), { recursive: true });
    const descriptor = openSync(probe, 'w', 0o600);
    try {
      writeSync(descriptor, '.');
      const stats = fstatSync(descriptor);
      return Math.min(stats.mtimeMs, stats.ctimeMs);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (READ_ONLY.has(systemErrorCode(error) ?? '')) return NEVER_MS;
    throw fromSystemError(error, 'write', probe);
  }
}

/** Clocks of file systems that are coarser than this (FAT: 2 seconds) are not waited for. */
const TICK_MAX_MS = 20;
const TICK_POLL_MS = 2;

/**
 * Waits until the file system's clock is past `time`, so that whatever is written after this call has a later time. Ticks
 * last 1 to 10 ms on common systems. @returns the file system's time, which on a coarse clock may still not be later
 */
export async function fileSystemTimeAfter(probe: string, time: number): Promise<number> {
  const start = performance.now();
  for (;;) {
    const now = fileSystemNow(probe);
    if (now > time || now === NEVER_MS || performance.now() - start > TICK_MAX_MS) return now;
    await delay(TICK_POLL_MS);
  }
}
