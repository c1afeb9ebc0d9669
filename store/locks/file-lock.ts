/**
 * Locks between processes, kept by the operating system on an open file: the kernel drops them when the process ends,
 * however it ends. On Linux they are open-file-description locks, so two handles of one process exclude each other too.
 */
import { createRequire } from 'node:module';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ioError, systemErrorCode } from '../files/io-error.ts';
import { StoreError } from '../store-error.ts';

/** What this file uses of `fs-native-extensions`, which ships no types. */
type NativeLocks = {
  tryLock(fd: number, offset: number, length: number, options: { shared: boolean }): boolean;
};

let loaded: NativeLocks | undefined;

/** Loaded at the first lock, so that commands which take none do not pay for it. */
function native(): NativeLocks {
  loaded ??= createRequire(import.meta.url)('fs-native-extensions') as NativeLocks;
  return loaded;
}

export type LockMode = 'shared' | 'exclusive';

/** The byte range that a lock covers. */
export type LockRange = { readonly offset: number; readonly length: number };

/**
 * Range of a lock on a file that others read meanwhile: far past any content, because a Windows lock would otherwise
 * stop them from reading.
 */
export const WRITER_LOCK: LockRange = { offset: 2 ** 48, length: 1 };
/** Range of a lock on a file that exists only to be locked; length 0 reaches to the end. */
const WHOLE_FILE: LockRange = { offset: 0, length: 0 };

const LOCK_FILE_FLAGS = 'a+';
const LOCK_FILE_MODE = 0o600;

/** Pauses between two tries, doubled from the first to the last. */
const RETRY_FIRST_MS = 2;
const RETRY_LAST_MS = 50;

/**
 * Takes a lock on an open file without waiting; closing the file releases it.
 * @returns false when another handle has it
 */
export function tryLockFile(fd: number, path: string, range: LockRange): boolean {
  try {
    return native().tryLock(fd, range.offset, range.length, { shared: false });
  } catch (error) {
    throw ioError(error, 'lock', path);
  }
}

/** A lock that is held. */
export interface HeldLock {
  /** Idempotent. */
  release(): Promise<void>;
}

/** Takes the lock of this lock file without waiting, making the file when there is none; undefined when it is taken. */
export async function tryLockPath(path: string, mode: LockMode): Promise<HeldLock | undefined> {
  const handle = await openLockFile(path);
  let locked = false;
  try {
    const shared = mode === 'shared';
    locked = native().tryLock(handle.fd, WHOLE_FILE.offset, WHOLE_FILE.length, { shared });
  } catch (error) {
    throw ioError(error, 'lock', path);
  } finally {
    if (!locked) await handle.close();
  }
  return locked ? heldLock(handle) : undefined;
}

export type LockWait = {
  readonly timeoutMs: number;
  /** What the lock protects, for the message: `the refs`. */
  readonly subject: string;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Takes the lock of this lock file, waiting for it. It polls, because a waiting system call would occupy a thread of
 * the pool that also does the reading and writing.
 * @throws StoreError DITS_STORE_LOCKED after `timeoutMs`
 */
export async function lockPath(path: string, mode: LockMode, wait: LockWait): Promise<HeldLock> {
  const deadline = performance.now() + wait.timeoutMs;
  for (let pauseMs = RETRY_FIRST_MS; ; pauseMs = Math.min(RETRY_LAST_MS, pauseMs * 2)) {
    wait.signal?.throwIfAborted();
    const held = await tryLockPath(path, mode);
    if (held !== undefined) return held;
    if (performance.now() + pauseMs > deadline) {
      throw lockTimeout(path, wait.subject, wait.timeoutMs);
    }
    await pause(pauseMs, wait.signal);
  }
}

/** What to throw when a lock could not be had in time. */
export function lockTimeout(path: string, subject: string, waitedMs: number): StoreError {
  return new StoreError('DITS_STORE_LOCKED', `another process is using ${subject}`, {
    hint: 'wait for the other command to finish, then run this one again',
    details: { path, waitedMs },
  });
}

/** Waits this long, or rejects with the signal's reason. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** Makes the file, and its folder when that is lost: copies of a repository often leave empty folders out. */
async function openLockFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, LOCK_FILE_FLAGS, LOCK_FILE_MODE).catch(async (error: unknown) => {
      if (systemErrorCode(error) !== 'ENOENT') throw error;
      // Not further up: a repository that was removed must not come back as an empty folder.
      await mkdir(dirname(path)).catch((cause: unknown) => {
        if (systemErrorCode(cause) !== 'EEXIST') throw error;
      });
      return await open(path, LOCK_FILE_FLAGS, LOCK_FILE_MODE);
    });
  } catch (error) {
    throw ioError(error, 'open', path);
  }
}

function heldLock(handle: FileHandle): HeldLock {
  let released: Promise<void> | undefined;
  return { release: () => (released ??= handle.close()) };
}
