/** Turns failures of the operating system on files into errors that say which file it was, and what helps. */
import { constants } from 'node:os';
import { StoreError } from '../store-error.ts';

/** What libuv calls an error number that it has no name for: a used-up quota is one. */
const UNNAMED = /^(Unknown system error|UNKNOWN$)/;

/** The `code` of a failed system call, or undefined for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (typeof error.code !== 'string') return undefined;
  if (!UNNAMED.test(error.code) || !('errno' in error)) return error.code;
  const number = Math.abs(Number(error.errno));
  const named = Object.entries(constants.errno).find(([, value]) => value === number);
  return named?.[0] ?? error.code;
}

/** LevelDB keeps the text of a failed system call and loses its code. */
const CODES_BY_TEXT: readonly (readonly [RegExp, string])[] = [
  [/no space left on device|not enough space on the disk/i, 'ENOSPC'],
  [/disk quota exceeded/i, 'EDQUOT'],
  [/input\/output error/i, 'EIO'],
  [/too many open files/i, 'EMFILE'],
  [/permission denied/i, 'EACCES'],
  [/read-only file system/i, 'EROFS'],
];

/** The code of a failed system call, of Node or of LevelDB. */
function causeCode(error: unknown): string | undefined {
  const code = systemErrorCode(error);
  if (code !== 'LEVEL_IO_ERROR' || !(error instanceof Error)) return code;
  return CODES_BY_TEXT.find(([text]) => text.test(error.message))?.[1] ?? code;
}

const PERMISSIONS_HINT = 'check who owns the file and its folder, and their permissions';
const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: 'free some space on this disk and run the command again; nothing stored so far is lost',
  EDQUOT: 'the disk quota is used up: free some space and run the command again',
  EIO: 'the disk may be failing: look at the system log and save what matters, then run dits fsck',
  EACCES: PERMISSIONS_HINT,
  EPERM: PERMISSIONS_HINT,
  EROFS: 'the file system is mounted read-only: mount it for writing, or work in a copy',
  EISDIR: 'a folder is where a file should be: move it away',
  ENOTDIR: 'a file is where a folder should be: move it away',
  EMFILE: 'too many files are open: raise the limit (ulimit -n) and run the command again',
  ENFILE: 'too many files are open on this machine: close some programs',
};
const OTHER_HINT = 'run the command again; if that does not help, look at the disk that this is on';

/** What helps when the operating system says this. */
export function systemErrorHint(code: string | undefined): string {
  return HINTS[code ?? ''] ?? OTHER_HINT;
}

/** A store error for a failed system call; a store error passes through. */
export function ioError(error: unknown, action: string, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = causeCode(error);
  const options = {
    hint: systemErrorHint(code),
    details: { path, systemCode: code },
    cause: error,
  };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StoreError('DITS_STORE_NO_SPACE', `no space left to ${action} ${path}`, options);
  }
  const what = error instanceof Error ? error.message : String(error);
  return new StoreError('DITS_STORE_IO', `cannot ${action} ${path}: ${what}`, options);
}
