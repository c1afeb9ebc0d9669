/** Turns failures of the operating system on store files into store errors. */
import { StoreError } from '../store-error.ts';

/** The `code` of a failed system call, or undefined for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** A store error for a failed system call; a store error passes through. */
export function ioError(error: unknown, action: string, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = systemErrorCode(error);
  const details = { path, systemCode: code };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
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
