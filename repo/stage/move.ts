/** `mv`: renames tracked files and folders, on disk and in the index. */
import { renameSync } from 'node:fs';
import { HeldFolders } from '../files/held-folders.ts';
import { folderOf, isWithin, joinPath, nameOf } from '../files/path-order.ts';
import { toRepositoryPath } from '../files/repository-path.ts';
import type { WorkingTree } from '../files/working-tree.ts';
import { isSettled } from '../files/stat-stamp.ts';
import { RepoError, fromSystemError } from '../repo-error.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { loadIndex, lockIndex, saveIndex } from '../worktree-index/index-file.ts';
import type { IndexEntry } from '../worktree-index/index-entry.ts';
import type { WorkIndex } from '../worktree-index/work-index.ts';
import { stageEntry } from './add.ts';
import { NameGuard } from './name-guard.ts';
import { removeEmptyFolders } from './remove.ts';

export type MoveOptions = OperationOptions & {
  readonly cwd?: string | undefined;
  /** Replace a file that is at the destination. */
  readonly force?: boolean | undefined;
};

export type MovedPath = { readonly from: string; readonly to: string };
export type MoveResult = { readonly moved: readonly MovedPath[] };

/**
 * Moves sources to a new name or into an existing folder.
 * @throws RepoError DITS_REPO_PATH_NOT_FOUND, DITS_REPO_PATH_EXISTS, DITS_REPO_UNSAFE_PATH, DITS_REPO_NAME_TWIN
 */
export async function move(
  repository: Repository,
  paths: { readonly sources: readonly string[]; readonly destination: string },
  options: MoveOptions = {},
): Promise<MoveResult> {
  const { tree, layout } = repository;
  const cwd = options.cwd ?? tree.root;
  const sources = paths.sources.map((path) => toRepositoryPath(tree, cwd, path));
  const destination = toRepositoryPath(tree, cwd, paths.destination);
  const lock = await lockIndex(layout, options.signal);
  try {
    const index = await loadIndex(layout);
    const isFolder = destination === '' || tree.stat(destination)?.isDirectory() === true;
    if (!isFolder && sources.length > 1) {
      throw new RepoError('DITS_REPO_PATH_NOT_FOUND', `there is no folder ${destination}`, {
        path: destination,
        hint: 'several files can only be moved into a folder',
      });
    }
    const moved: MovedPath[] = [];
    for (const from of sources) {
      const to = isFolder ? insideOf(destination, from, { tree, index }) : destination;
      moved.push(...moveOne({ repository, index, options }, { from, to }));
    }
    await saveIndex(layout, index);
    return { moved };
  } finally {
    await lock.release();
  }
}

/** The path in the folder, unless the folder is what became of the source in a run that was cut off. */
function insideOf(
  folder: string,
  from: string,
  { tree, index }: { readonly tree: WorkingTree; readonly index: WorkIndex },
): string {
  const inside = joinPath(folder, nameOf(from));
  const isGone = tree.stat(from) === undefined && tree.stat(inside) === undefined;
  const wasFolder = index.get(from) === undefined;
  return isGone && wasFolder && isUntracked(index, folder) ? folder : inside;
}

type Moving = {
  readonly repository: Repository;
  readonly index: WorkIndex;
  readonly options: MoveOptions;
};

function moveOne(moving: Moving, { from, to }: MovedPath): MovedPath[] {
  const { index } = moving;
  const entries = from === '' ? [] : index.entriesWithin(from);
  if (entries.length === 0) {
    throw new RepoError('DITS_REPO_PATH_NOT_FOUND', `${from || 'the root'} is not tracked`, {
      path: from,
      hint: 'see what is tracked with: dits ls-files',
    });
  }
  checkDestination(moving, { from, to });
  const targets = entries.map((entry) => ({ entry, to: `${to}${entry.path.slice(from.length)}` }));
  const moved = new Set(entries.map((entry) => entry.path));
  const others = [...index.entries()].map((one) => one.path).filter((path) => !moved.has(path));
  const guard = new NameGuard(others);
  for (const target of targets) guard.admit(target.to);
  const before = targets.map(({ entry }) => moving.repository.tree.stat(entry.path));
  renameOnDisk(moving, { from, to });
  for (const { entry } of targets) index.delete(entry.path);
  for (const [at, target] of targets.entries()) {
    const after = moving.repository.tree.stat(target.to);
    stageEntry(index, movedEntry(target, before[at], after));
  }
  return targets.map((target) => ({ from: target.entry.path, to: target.to }));
}

/** A rename changes ctime and nothing else: a stamp that held before holds after. */
function movedEntry(
  { entry, to }: { entry: IndexEntry; to: string },
  before: ReturnType<Repository['tree']['stat']>,
  after: ReturnType<Repository['tree']['stat']>,
): IndexEntry {
  const { stat } = entry;
  if (stat === undefined || before === undefined || after === undefined) {
    return { ...entry, path: to, stat: undefined };
  }
  const isSettledBefore = isSettled(stat) && before.ctimeMs === stat.ctimeMs;
  const onlyRenamed =
    isSettledBefore &&
    after.mtimeMs === stat.mtimeMs &&
    after.ino === stat.inode &&
    after.mode === stat.mode &&
    after.size === entry.size;
  if (!onlyRenamed) return { ...entry, path: to, stat: undefined };
  // Nothing can have been written since the older check without moving mtime, which is older than that check.
  const checkedMs = Math.max(stat.checkedMs, after.ctimeMs + 1);
  return { ...entry, path: to, stat: { ...stat, ctimeMs: after.ctimeMs, checkedMs } };
}

function checkDestination(moving: Moving, { from, to }: MovedPath): void {
  const { tree } = moving.repository;
  if (to === '' || isWithin(to, from)) {
    throw new RepoError('DITS_REPO_PATH_EXISTS', `cannot move ${from} to ${to || 'the root'}`, {
      path: from,
      hint: 'a path cannot be moved onto or into itself',
    });
  }
  const inTheWay = tree.linkedParent(to) ?? obstacleAt(moving, { from, to });
  if (inTheWay === undefined) return;
  throw new RepoError('DITS_REPO_PATH_EXISTS', `${inTheWay} is in the way`, {
    path: inTheWay,
    hint: 'move or remove it first; --force replaces a file',
  });
}

function obstacleAt(
  { repository: { tree }, index, options }: Moving,
  { from, to }: MovedPath,
): string | undefined {
  const existing = tree.stat(to);
  if (existing === undefined) return undefined;
  const source = tree.stat(from);
  // Moved by other means, or by a run that was cut off before it could say so.
  if (source === undefined && isUntracked(index, to)) return undefined;
  // On a disk that folds case, a new spelling of a name finds the file itself.
  if (existing.ino !== 0 && existing.ino === source?.ino) return undefined;
  return options.force === true && existing.isFile() ? undefined : to;
}

function isUntracked(index: WorkIndex, path: string): boolean {
  return index.entriesWithin(path).length === 0;
}

function renameOnDisk({ repository }: Moving, { from, to }: MovedPath): void {
  const { tree } = repository;
  const source = tree.locate(from);
  // Already moved by other means: the index follows.
  if (tree.stat(source) === undefined) return;
  const sources = new HeldFolders(tree);
  const targets = new HeldFolders(tree);
  try {
    targets.make(folderOf(to));
    renameSync(sources.inside(source), targets.inside(to));
    removeEmptyFolders(sources, folderOf(source));
  } catch (error) {
    throw fromSystemError(error, 'move', from);
  } finally {
    sources.release();
    targets.release();
  }
}
