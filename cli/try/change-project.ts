/** The edits that `dits try` makes on the second machine: an insert in the middle, a rename, a deletion. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { createNoise } from './sample-project.ts';
import type { FolderFile } from './folder-files.ts';

/** Bytes inserted into the largest file, at most; a smaller file gets its own size. */
const INSERT_MAX_BYTES = 1024 * 1024;
/** The file to edit is read whole: larger ones are left alone. */
const EDIT_MAX_BYTES = 1024 * 1024 * 1024;
const INSERT_SEED = 9;

/** What was done, for people. */
export type ProjectChange = { readonly path: string; readonly what: string };

/** Edits the files of a working tree; does as much of it as there are files for. */
export async function changeProject(
  folder: string,
  files: readonly FolderFile[],
): Promise<readonly ProjectChange[]> {
  const bySize = files
    // Never through a link: it may lead to the user's own files.
    .filter(({ size, isLink }) => !isLink && size > 0 && size <= EDIT_MAX_BYTES)
    .sort((a, b) => b.size - a.size);
  const [toEdit, toRename] = bySize;
  const toDelete = bySize.length > 2 ? bySize.at(-1) : undefined;
  const changes: ProjectChange[] = [];
  if (toEdit !== undefined) {
    const inserted = await insertInMiddle(join(folder, toEdit.path));
    changes.push({ path: toEdit.path, what: `inserted ${inserted} bytes in the middle` });
  }
  if (toRename !== undefined) {
    const newPath = join(dirname(toRename.path), 'renamed-by-dits-try');
    await rename(join(folder, toRename.path), join(folder, newPath));
    changes.push({ path: toRename.path, what: `renamed to ${newPath}` });
  }
  if (toDelete !== undefined) {
    await rm(join(folder, toDelete.path));
    changes.push({ path: toDelete.path, what: 'deleted' });
  }
  return changes;
}

async function insertInMiddle(path: string): Promise<number> {
  const bytes = await readFile(path);
  const middle = Math.floor(bytes.length / 2);
  const inserted = createNoise(INSERT_SEED)(Math.min(INSERT_MAX_BYTES, bytes.length));
  await writeFile(
    path,
    Buffer.concat([bytes.subarray(0, middle), inserted, bytes.subarray(middle)]),
  );
  return inserted.length;
}
