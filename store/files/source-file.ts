/** Opening a file to take it in, and telling whether it stayed the same meanwhile. */
import { constants, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { StoreError } from '../store-error.ts';

/** A file to take in. */
export type FileSource = {
  /** Where it is; with `handle` only its name in errors. */
  readonly path: string;
  /** An open handle to read instead; stays open and belongs to the caller. Its position is not used. */
  readonly handle?: FileHandle | undefined;
  /** Number of the profile an earlier version was cut with; an unknown one is ignored. */
  readonly profile?: number | undefined;
};

/**
 * What a file looked like to the operating system when its bytes were read: the part of `Stats` that tells versions of it
 * apart. Times are doubles in milliseconds, which resolve a quarter of a microsecond.
 */
export type FileIdentity = Pick<Stats, 'size' | 'mtimeMs' | 'ctimeMs' | 'ino' | 'mode'>;

/**
 * A symbolic link is not followed: whoever lists a folder takes links in as links, and one that takes a file's place
 * between the listing and the opening must not lead elsewhere. Opening a pipe must not wait for its other end.
 */
export const SOURCE_OPEN_FLAGS: number =
  constants.O_RDONLY | flag('O_NOFOLLOW') | flag('O_NONBLOCK');

/** Coarsest tick of a local file system: a jiffy of Linux at 100 Hz; finer since 6.13, and on other systems. */
const TICK_MAX_MS = 10;

/** A flag of `open`, or nothing where the platform does not know it, as Windows does neither of the two. */
function flag(name: 'O_NOFOLLOW' | 'O_NONBLOCK'): number {
  const known: Partial<typeof constants> = constants;
  return known[name] ?? 0;
}

/** A source that is open. */
export type OpenSource = {
  readonly handle: FileHandle;
  /** What the file was when it was opened. */
  readonly identity: FileIdentity;
  /** @throws StoreError DITS_STORE_FILE_CHANGED when the file is no longer what it was when it was opened */
  requireUnchanged(): Promise<void>;
  /** Closes the handle, unless it belongs to the caller. */
  release(): Promise<void>;
};

/** Opens a source. @throws StoreError DITS_STORE_FILE_UNREADABLE */
export async function openSource(source: FileSource): Promise<OpenSource> {
  const given = source.handle;
  const handle = given ?? (await attempt(source.path, () => open(source.path, SOURCE_OPEN_FLAGS)));
  const release = async (): Promise<void> => {
    if (given === undefined) await handle.close();
  };
  try {
    const look = () => attempt(source.path, () => handle.stat());
    let identity = regularFileIdentity(await look(), source.path);
    const waitMs = unsettledMs(identity);
    if (waitMs > 0) {
      await delay(waitMs);
      identity = regularFileIdentity(await look(), source.path);
    }
    const requireSame = async (): Promise<void> => {
      requireUnchanged(identity, await look(), source.path);
    };
    return { handle, identity, requireUnchanged: requireSame, release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** What identifies this state of a regular file. @throws StoreError DITS_STORE_FILE_UNREADABLE for anything else */
export function regularFileIdentity(stats: Stats, path: string): FileIdentity {
  if (!stats.isFile()) {
    throw new StoreError('DITS_STORE_FILE_UNREADABLE', `'${path}' is not a regular file`, {
      details: { path },
    });
  }
  const { size, mtimeMs, ctimeMs, ino, mode } = stats;
  return { size, mtimeMs, ctimeMs, ino, mode };
}

/**
 * How long to wait, in milliseconds, before a file is read: until another change to it would get another time. Within one
 * tick of the clock that a file system takes its times from, two changes look like one, and reading between them would
 * give parts of two versions. Times far in the future are another machine's, of whose ticks nothing is known. What this does
 * not see is a single write that began before the file was opened and goes on: it changes no time any more.
 */
export function unsettledMs({ ctimeMs }: FileIdentity): number {
  // `Date.now` gives whole milliseconds: the time of a file that was just written may be ahead of it.
  const ageMs = Date.now() - ctimeMs;
  return Math.abs(ageMs) < TICK_MAX_MS ? Math.ceil(TICK_MAX_MS - ageMs) : 0;
}

/** @throws StoreError DITS_STORE_FILE_CHANGED when the file is no longer what it was before it was read */
export function requireUnchanged(before: FileIdentity, after: FileIdentity, path: string): void {
  const same =
    after.size === before.size &&
    after.mtimeMs === before.mtimeMs &&
    after.ctimeMs === before.ctimeMs &&
    after.ino === before.ino;
  if (!same) throw fileChanged(path);
}

/** The error for a file that somebody writes to while it is read. */
export function fileChanged(path: string): StoreError {
  return new StoreError('DITS_STORE_FILE_CHANGED', `'${path}' changed while it was read`, {
    hint: 'wait until nothing writes to it, then run the command again',
    details: { path },
  });
}

/** The error for a file that the operating system does not let us read. */
export function fileUnreadable(path: string, cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreError('DITS_STORE_FILE_UNREADABLE', `'${path}' cannot be read: ${reason}`, {
    hint: 'check that it exists and that you may read it',
    details: { path },
    cause,
  });
}

async function attempt<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw fileUnreadable(path, cause);
  }
}
