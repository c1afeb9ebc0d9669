/** `rm`: takes paths out of the index and, unless told otherwise, out of the working tree. */
import { lstatSync, rmdirSync, unlinkSync } from 'node:fs';
import { HeldFolders } from '../files/held-folders.ts';
import { folderOf } from '../files/path-order.ts';
import { toRepositoryPaths } from '../files/repository-path.ts';
import type { WorkingTree } from '../files/working-tree.ts';
import { systemErrorCode } from '../../store/index.ts';
import { RepoError, fromSystemError, listPaths } from '../repo-error.ts';
import { readHead } from '../refs/head.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { worktreeChanges } from '../status/worktree-changes.ts';
import { loadIndex, lockIndex, saveIndex } from '../worktree-index/index-file.ts';
import { compareWithTree } from '../worktree-index/index-tree.ts';
import type { IndexEntry } from '../worktree-index/index-entry.ts';
import type { WorkIndex } from '../worktree-index/work-index.ts';

export type RemoveOptions = OperationOptions & {
  readonly cwd?: string | undefined;
  /** Leave the files where they are. */
  readonly cached?: boolean | undefined;
  /** Remove what has changes that are nowhere else. */
  readonly force?: boolean | undefined;
  /** Accept folders. */
  readonly recursive?: boolean | undefined;
};

export type RemoveResult = { readonly removed: readonly string[] };

/**
 * @throws RepoError DITS_REPO_PATH_NOT_FOUND, DITS_REPO_IS_FOLDER, DITS_REPO_LOCAL_CHANGES, DITS_REPO_LOCKED; nothing is
 * removed then
 */
export async function remove(
  repository: Repository,
  paths: readonly string[],
  options: RemoveOptions = {},
): Promise<RemoveResult> {
  const { tree, layout } = repository;
  const targets = toRepositoryPaths(tree, options.cwd ?? tree.root, paths);
  const lock = await lockIndex(layout, options.signal);
  try {
    const index = await loadIndex(layout);
    const entries = targets.flatMap((path) => findEntries(index, path, options));
    if (options.force !== true) await refuseChanged({ repository, index, options }, targets);
    for (const { path } of entries) index.delete(path);
    if (options.cached !== true) removeFiles(tree, entries);
    await saveIndex(layout, index);
    return { removed: entries.map(({ path }) => path) };
  } finally {
    await lock.release();
  }
}

function removeFiles(tree: WorkingTree, entries: readonly IndexEntry[]): void {
  const folders = new HeldFolders(tree);
  try {
    for (const { path } of entries) removeFile(folders, path);
  } finally {
    folders.release();
  }
}

function findEntries(index: WorkIndex, path: string, options: RemoveOptions): IndexEntry[] {
  const entries = index.entriesWithin(path);
  if (entries.length === 0) {
    throw new RepoError('DITS_REPO_PATH_NOT_FOUND', `${path} is not tracked`, {
      path,
      hint: 'see what is tracked with: dits ls-files',
    });
  }
  if (options.recursive !== true && entries.some((entry) => entry.path !== path)) {
    throw new RepoError('DITS_REPO_IS_FOLDER', `${path === '' ? 'this' : path} is a folder`, {
      path,
      hint: 'remove it with everything below: dits rm -r',
    });
  }
  return entries;
}

type Removal = {
  readonly repository: Repository;
  readonly index: WorkIndex;
  readonly options: RemoveOptions;
};

/** What is staged or on disk, and in no commit, must not go without being asked for. */
async function refuseChanged(removal: Removal, targets: readonly string[]): Promise<void> {
  const { repository, index, options } = removal;
  const { tree, store, layout } = repository;
  const { signal } = options;
  const head = await readHead(repository);
  const differences = await compareWithTree(store.objects, index, head.tree, { signal });
  const staged = new Set(differences.map(({ path }) => path));
  const changes = await worktreeChanges(
    { tree, index, reader: store.objects, clockProbe: layout.clockProbe },
    { untracked: 'none', within: targets, signal },
  );
  const edited = changes.changed.filter(({ state }) => state !== 'deleted').map(({ path }) => path);
  const inTarget = targets.flatMap((path) => index.entriesWithin(path)).map(({ path }) => path);
  // Without the file on disk nothing is lost by unstaging, unless the staged version is a third one.
  const lost =
    options.cached === true
      ? edited.filter((path) => staged.has(path))
      : [...new Set([...edited, ...inTarget.filter((path) => staged.has(path))])];
  if (lost.length === 0) return;
  throw new RepoError('DITS_REPO_LOCAL_CHANGES', `not committed: ${listPaths(lost)}`, {
    paths: lost,
    hint: 'commit first, keep the files with --cached, or remove them anyway with --force',
  });
}

/** Removes a file or link and the folders that this leaves empty. Never through a link. */
export function removeFile(folders: HeldFolders, path: string): boolean {
  const diskPath = folders.tree.locate(path);
  const place = folders.find(diskPath);
  const stats = place === undefined ? undefined : lstatSync(place, { throwIfNoEntry: false });
  if (place === undefined || stats === undefined || stats.isDirectory()) return false;
  try {
    unlinkSync(place);
  } catch (error) {
    throw fromSystemError(error, 'remove', path);
  }
  removeEmptyFolders(folders, folderOf(diskPath));
  return true;
}

const NOT_EMPTY = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR', 'EPERM', 'EBUSY', 'EACCES']);

/** Removes a folder and its parents as long as they are empty; the root stays. */
export function removeEmptyFolders(folders: HeldFolders, start: string): void {
  for (let folder = start; folder !== ''; folder = folderOf(folder)) {
    const place = folders.find(folder);
    if (place === undefined) return;
    try {
      rmdirSync(place);
    } catch (error) {
      // A folder that does not go (somebody's file or shell is in it) is no failure: folders are not versioned.
      if (NOT_EMPTY.has(systemErrorCode(error) ?? '')) return;
      throw fromSystemError(error, 'remove the folder', folder);
    }
  }
}
