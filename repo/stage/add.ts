/** `add`: takes files of the working tree into the store and stages them. */
import type { DitsError } from '../../store/index.ts';
import { fileSystemNow } from '../files/stat-stamp.ts';
import { folderOf } from '../files/path-order.ts';
import { toRepositoryPaths } from '../files/repository-path.ts';
import { isUnreadableName, type FolderItem, type WorkingTree } from '../files/working-tree.ts';
import { RepoError } from '../repo-error.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { DITS_FOLDER } from '../repository/layout.ts';
import { rulesOnDisk, rulesWithin } from '../status/scan.ts';
import { worktreeChanges, type WorktreeChanges } from '../status/worktree-changes.ts';
import { loadIndex, lockIndex, saveIndex } from '../worktree-index/index-file.ts';
import { sameVersion, type IndexEntry } from '../worktree-index/index-entry.ts';
import type { WorkIndex } from '../worktree-index/work-index.ts';
import { intake, type IntakeFile, type IntakeTotals } from './intake.ts';
import { NameGuard, nameTwin } from './name-guard.ts';

export type AddOptions = OperationOptions & {
  /** Folder that relative paths start from; the root when left out. */
  readonly cwd?: string | undefined;
  /** Take ignored files as well. */
  readonly includeIgnored?: boolean | undefined;
  /** `tracked` stages only changes of files that are in the index already. */
  readonly scope?: 'everything' | 'tracked' | undefined;
};

/** Why something was left out. */
export type SkipReason =
  | 'special-file'
  | 'other-repository'
  /** The name on disk is not UTF-8. */
  | 'unreadable-name'
  | 'changing'
  | 'unreadable';
export type SkippedPath = {
  readonly path: string;
  readonly reason: SkipReason;
  /** Why, where a read failed. */
  readonly cause?: DitsError | undefined;
};

/** The failure of taking in files that were asked for and could not be read; undefined when there are none. */
export function unreadFailure(skipped: readonly SkippedPath[]): RepoError | undefined {
  const unread = skipped.filter(({ reason }) => reason === 'changing' || reason === 'unreadable');
  const [first] = unread;
  if (first === undefined) return undefined;
  const why = first.cause?.message ?? `${first.path} kept changing while it was read`;
  const more = unread.length > 1 ? ` (and ${unread.length - 1} more)` : '';
  return new RepoError('DITS_REPO_IO', `not taken in: ${why}${more}`, {
    paths: unread.map(({ path }) => path),
    hint: first.cause?.hint ?? 'wait until nothing writes to it, then run the command again',
    cause: first.cause,
  });
}

export type AddResult = IntakeTotals & {
  /** Paths staged as deleted. */
  readonly removed: number;
  /** What could not be staged; the caller decides how loud to be. */
  readonly skipped: readonly SkippedPath[];
};

/**
 * Stages files and folders: what is new, changed or gone below them.
 * @throws RepoError DITS_REPO_PATH_NOT_FOUND, DITS_REPO_PATH_OUTSIDE, DITS_REPO_PATH_IGNORED, DITS_REPO_UNSAFE_PATH,
 * DITS_REPO_NAME_TWIN, DITS_REPO_LOCKED; nothing is staged then
 */
export async function add(
  repository: Repository,
  paths: readonly string[],
  options: AddOptions = {},
): Promise<AddResult> {
  const targets = toRepositoryPaths(repository.tree, options.cwd ?? repository.tree.root, paths);
  const lock = await lockIndex(repository.layout, options.signal);
  try {
    const index = await loadIndex(repository.layout);
    // Until the index is saved nothing leads to what is put into the store.
    const release = await repository.store.hold();
    try {
      const result = await stageTargets({ repository, index, options }, targets);
      if (index.isDirty) await saveIndex(repository.layout, index);
      return result;
    } finally {
      await release();
    }
  } finally {
    await lock.release();
  }
}

export type Staging = {
  readonly repository: Repository;
  readonly index: WorkIndex;
  readonly options: AddOptions;
};

/**
 * Stages into an index that the caller has locked and will save, while it holds the store. The store is flushed before
 * this returns.
 */
export async function stageTargets(staging: Staging, given: readonly string[]): Promise<AddResult> {
  const { repository, index, options } = staging;
  const { tree, layout, store } = repository;
  const foreign = given.filter((path) => isForeign(staging, path));
  const targets = given.filter((path) => !foreign.includes(path));
  refuseTwins(tree, targets);
  const named = targets.filter((path) => isNamedFile(staging, path));
  const changes = await worktreeChanges(
    { tree, index, reader: store.objects, clockProbe: layout.clockProbe },
    {
      untracked: options.scope === 'tracked' ? 'none' : 'all',
      includeIgnored: options.includeIgnored,
      within: targets,
      unproven: 'modified',
      signal: options.signal,
    },
  );
  const removed = stageDeletions(index, changes);
  const { files, skipped } = selectFiles(staging, changes, named);
  const checkedMs = fileSystemNow(layout.clockProbe);
  const taken = await intake({ repository, files, checkedMs, options });
  await store.objects.flush();
  let count = 0;
  for (const entry of taken.entries) {
    if (!sameVersion(index.get(entry.path), entry)) count++;
    stageEntry(index, entry);
  }
  const others = foreign.map((path) => ({ path, reason: 'other-repository' as const }));
  const left = [...others, ...skipped, ...taken.skipped];
  return { ...taken.totals, files: count, removed, skipped: left };
}

/** Sets an entry; a file that was where one of its folders is now goes. */
export function stageEntry(index: WorkIndex, entry: IndexEntry): void {
  if (index.get(entry.path) === undefined) {
    for (let folder = folderOf(entry.path); folder !== ''; folder = folderOf(folder)) {
      if (index.get(folder) !== undefined) index.delete(folder);
    }
  }
  index.set(entry);
}

function stageDeletions(index: WorkIndex, changes: WorktreeChanges): number {
  let removed = 0;
  for (const { path, state } of changes.changed) {
    if (state === 'deleted' && index.delete(path)) removed++;
  }
  return removed;
}

/** Whether a path is, or is inside, the working tree of another repository below this one. */
function isForeign({ repository, index }: Staging, path: string): boolean {
  const { tree } = repository;
  for (let folder = path; folder !== ''; folder = folderOf(folder)) {
    const isRepository = tree.stat(`${folder}/${DITS_FOLDER}`)?.isDirectory() === true;
    if (isRepository && index.entriesWithin(folder).length === 0) return true;
  }
  return false;
}

/** Whether a target is an untracked file that was named by itself; refuses names that lead nowhere. */
function isNamedFile({ repository, index, options }: Staging, path: string): boolean {
  const { tree } = repository;
  if (index.get(path) !== undefined) return false;
  const stats = tree.stat(tree.locate(path));
  if (stats === undefined) {
    if (index.entriesWithin(path).length > 0) return false;
    throw new RepoError(
      'DITS_REPO_PATH_NOT_FOUND',
      `there is no ${path === '' ? 'folder' : path}`,
      {
        path,
        hint: 'see what there is with: dits status',
      },
    );
  }
  if (path === '' || options.scope === 'tracked') return false;
  refuseIgnored({ repository, index, options }, path, stats.isDirectory());
  return !stats.isDirectory();
}

function refuseIgnored(
  { repository, index, options }: Staging,
  path: string,
  isFolder: boolean,
): void {
  if (options.includeIgnored === true) return;
  if (isFolder && index.entriesWithin(path).length > 0) return;
  const rules = rulesWithin(folderOf(path), rulesOnDisk(repository.tree.root));
  if (!rules.isIgnored(path, isFolder ? 'folder' : 'file')) return;
  throw new RepoError('DITS_REPO_PATH_IGNORED', `${path} is ignored by a .ditsignore file`, {
    path,
    hint: 'stage it anyway with: dits add --force',
  });
}

/** Taking one of two names in that are one in the repository would leave the other out unnoticed. */
function refuseTwins(tree: WorkingTree, paths: readonly string[]): void {
  const twins = tree.twins(paths);
  if (twins !== undefined) throw nameTwin(twins[1], twins[0]);
}

function selectFiles(
  { repository, index }: Staging,
  changes: WorktreeChanges,
  named: readonly string[],
): { files: IntakeFile[]; skipped: SkippedPath[] } {
  const { tree } = repository;
  const files: IntakeFile[] = [];
  const skipped: SkippedPath[] = changes.unsupported.map((item) => ({
    path: item.path,
    reason: skipReason(item),
  }));
  const guard = lazyGuard(index);
  const met = new Set<string>();
  const addNew = (item: FolderItem): void => {
    // Met for the second time, under a name that differs in Unicode form only.
    if (index.get(item.path) !== undefined || met.has(item.path)) refuseTwins(tree, [item.path]);
    met.add(item.path);
    guard().admit(item.path);
    const { path, diskPath } = item;
    const type = item.type === 'symlink' ? 'symlink' : 'file';
    files.push({ path, diskPath, type, previous: undefined });
  };
  for (const { path, diskPath, state, entry } of changes.changed) {
    const type = state === 'deleted' ? undefined : storableType(tree, diskPath);
    if (type === 'special') skipped.push({ path, reason: 'special-file' });
    else if (type !== undefined) files.push({ path, diskPath, type, previous: entry });
  }
  for (const path of named) {
    const diskPath = tree.locate(path);
    const type = storableType(tree, diskPath);
    if (type === 'special') skipped.push({ path, reason: 'special-file' });
    else if (type !== undefined) addNew({ path, diskPath, type });
  }
  for (const item of changes.untracked) addNew(item);
  return { files, skipped };
}

function skipReason({ path, type }: FolderItem): SkipReason {
  if (type === 'folder') return 'other-repository';
  return isUnreadableName(path) ? 'unreadable-name' : 'special-file';
}

/** Undefined when nothing is there any more. */
function storableType(
  tree: WorkingTree,
  diskPath: string,
): 'file' | 'symlink' | 'special' | undefined {
  const stats = tree.stat(diskPath);
  if (stats === undefined) return undefined;
  if (stats.isFile()) return 'file';
  return stats.isSymbolicLink() ? 'symlink' : 'special';
}

/** Built at the first new name: staging changes of known files needs none. */
function lazyGuard(index: WorkIndex): () => NameGuard {
  let guard: NameGuard | undefined;
  return () => (guard ??= new NameGuard(pathsOf(index)));
}

function* pathsOf(index: WorkIndex): Iterable<string> {
  for (const { path } of index.entries()) yield path;
}
