/** Replaces a small file so that a reader, or a machine that lost power, sees the old bytes or the new, never a mix. */
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { fromSystemError, systemErrorName } from '../repo-error.ts';

/** Writes `bytes` beside `file`, syncs, renames over it, and syncs the folder. Callers serialise by a lock. */
export async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.new`;
  try {
    const handle = await open(temporary, 'w', 0o644);
    await writeAndSync(handle, bytes);
    await rename(temporary, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    await rm(temporary, { force: true });
    throw fromSystemError(error, 'replace', file);
  }
}

async function writeAndSync(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a rename in this folder durable. Windows cannot open folders and needs no such call. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle;
  try {
    handle = await open(folder, 'r');
  } catch (error) {
    if (process.platform === 'win32' && systemErrorName(error) !== undefined) return;
    throw error;
  }
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
