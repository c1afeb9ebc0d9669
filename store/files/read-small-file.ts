/** Blocking reads of small files, which cost a fraction of asynchronous ones when the system has them cached. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import {
  fileChanged,
  fileUnreadable,
  regularFileIdentity,
  requireUnchanged,
  SOURCE_OPEN_FLAGS,
  unsettledMs,
  type FileIdentity,
  type FileSource,
} from './source-file.ts';

/** A small file that is open. */
export type SmallFile = {
  readonly identity: FileIdentity;
  /**
   * Fills `target`, which has the file's size.
   * @throws StoreError DITS_STORE_FILE_CHANGED, DITS_STORE_FILE_UNREADABLE
   */
  readInto(target: Buffer): void;
  /** Closes it, unless the handle belongs to the caller. */
  close(): void;
};

/** Opens a file for blocking reads. @throws StoreError DITS_STORE_FILE_UNREADABLE */
export function openSmallFile(source: FileSource): SmallFile {
  const { path, handle } = source;
  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (cause) {
      throw fileUnreadable(path, cause);
    }
  };
  const fd = handle?.fd ?? attempt(() => openSync(path, SOURCE_OPEN_FLAGS));
  const close = (): void => {
    if (handle === undefined) closeSync(fd);
  };
  const look = () => attempt(() => fstatSync(fd));
  try {
    const identity = settledIdentity(() => regularFileIdentity(look(), path));
    const readInto = (target: Buffer): void => {
      for (let at = 0; at < target.length;) {
        const count = attempt(() => readSync(fd, target, at, target.length - at, at));
        if (count === 0) throw fileChanged(path);
        at += count;
      }
      requireUnchanged(identity, look(), path);
    };
    return { identity, readInto, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** The identity from which every later change can be told. */
function settledIdentity(look: () => FileIdentity): FileIdentity {
  const identity = look();
  const waitMs = unsettledMs(identity);
  if (waitMs === 0) return identity;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs);
  return look();
}
