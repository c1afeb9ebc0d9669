/** Turns failures of the operating system on store files into store errors. */
import { StoreError } from '../store-error.ts';

/** The `code` of a failed system call, or undefined for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** LevelDB keeps the text of a failed system call and loses its code. */
const NO_SPACE_TEXT = /no space left on device|disk quota exceeded|not enough space on the disk/i;

/** Whether a failure, of the system or of LevelDB, means that the disk is full. */
function isNoSpace(error: unknown): boolean {
  const code = systemErrorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return true;
  return code === 'LEVEL_IO_ERROR' && error instanceof Error && NO_SPACE_TEXT.test(error.message);
}

/** A store error for a failed system call; a store error passes through. */
export function ioError(error: unknown, action: string, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = systemErrorCode(error);
  const details = { path, systemCode: code };
  if (isNoSpace(error)) {
    return new StoreError('DITS_STORE_NO_SPACE', `no space left to ${action} ${path}`, {
      hint: 'free some space on this disk and run the command again; nothing stored so far is lost',
      details,
      cause: error,
    });
  }
  const what = error instanceof Error ? error.message : String(error);
  return new StoreError('DITS_STORE_IO', `cannot ${action} ${path}: ${what}`, {
    details,
    cause: error,
  });
}
