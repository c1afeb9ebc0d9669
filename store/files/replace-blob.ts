/** Replaces a small file so that a crash leaves the old or the new one, never a mixture. */
import type { BlobFiles } from './blob-files.ts';

export type Replacement = {
  readonly name: string;
  /** Where the new content is written first. What a crash left there is overwritten: the caller excludes other writers. */
  readonly temporaryName: string;
};

/**
 * Writes a sibling, syncs it, renames it over, and syncs the folder.
 * @throws StoreError DITS_STORE_NO_SPACE, DITS_STORE_IO; the old file is then still in place, or the new one is there but may
 *   not survive a power failure
 */
export async function replaceBlob(
  files: BlobFiles,
  { name, temporaryName }: Replacement,
  content: Uint8Array,
): Promise<void> {
  await files.remove(temporaryName);
  const file = await files.create(temporaryName);
  if (file === undefined) throw new Error(`${temporaryName} has another writer`);
  try {
    await file.write([content], 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(temporaryName, name);
  await files.syncFolder();
}
