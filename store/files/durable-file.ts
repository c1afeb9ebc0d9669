/** Small files that must be either the old or the new version after a crash, never a mixture. */
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ioError, systemErrorCode } from './io-error.ts';

/** One name for each file, so that what killed processes leave does not pile up. */
const TEMPORARY_SUFFIX = '.tmp';

/** Whether a replaced file must survive a power failure, or merely never be seen half written. */
export type Durability = 'durable' | 'atomic';

/**
 * Replaces the file at `path` by writing a sibling, syncing it, renaming it over, and syncing the folder. The caller sees
 * to it that nobody else replaces the same file meanwhile.
 * @throws StoreError DITS_STORE_NO_SPACE, DITS_STORE_IO; the old file is then still in place
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  durability: Durability = 'durable',
): Promise<void> {
  const temporary = path + TEMPORARY_SUFFIX;
  const durable = durability === 'durable';
  try {
    // What a process left that was killed here. Not written over: it could be a link to somewhere else by now.
    await rm(temporary, { force: true });
    await writeFile(temporary, content, { flag: 'wx', mode: 0o600, flush: durable });
    await rename(temporary, path);
  } catch (error) {
    await removeQuietly(temporary);
    throw ioError(error, 'write', path);
  }
  if (durable) await syncFolder(dirname(path));
}

/** Removes what a failed write has left. Where that fails, too, the first failure is what there is to tell. */
export async function removeQuietly(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

/**
 * Makes a folder and those above it as far as they are absent, durably: what is synced in a folder whose own name is not on
 * the disk is lost with it.
 * @throws StoreError DITS_STORE_NO_SPACE, DITS_STORE_IO
 */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  const path = resolve(folder);
  let first: string | undefined;
  try {
    first = await mkdir(path, { recursive: true, mode });
  } catch (error) {
    throw ioError(error, 'make the folder', path);
  }
  if (first === undefined) return;
  const top = dirname(first);
  for (let made = path; made !== top; made = dirname(made)) await syncFolder(dirname(made));
}

/** Makes the names in a folder durable. Windows has no such call and needs none: it journals them. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Some network and user-space file systems cannot sync a folder; there is nothing better to do on them.
    const code = systemErrorCode(error);
    if (code !== 'EINVAL' && code !== 'ENOTSUP') throw ioError(error, 'sync', folder);
  }
}
