/** `restore`, and `checkout REF -- PATH…`: brings single paths back from the index or from a revision. */
import { findEntry, readCommit, walkTree, type CommitId, type TreeId } from '../../store/index.ts';
import { fileSystemNow, provesUnchanged } from '../files/stat-stamp.ts';
import { joinPath } from '../files/path-order.ts';
import { toRepositoryPaths } from '../files/repository-path.ts';
import { readHead } from '../refs/head.ts';
import { RepoError } from '../repo-error.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { resolveRevision } from '../revisions/resolve-revision.ts';
import { stageEntry } from '../stage/add.ts';
import { loadIndex, lockIndex, saveIndex } from '../worktree-index/index-file.ts';
import {
  toIndexEntry,
  toTreeEntry,
  isVersion,
  type FileTreeEntry,
} from '../worktree-index/index-tree.ts';
import { sameVersion } from '../worktree-index/index-entry.ts';
import { WorkIndex } from '../worktree-index/work-index.ts';
import { applyPlan, type CheckoutTotals } from './apply-plan.ts';
import { planVersions, type CheckoutPlan } from './checkout-plan.ts';
import { NOTHING_DONE } from './checkout-tree.ts';

export type RestoreOptions = OperationOptions & {
  readonly cwd?: string | undefined;
  /** Revision to take from. When left out: HEAD for the index, the index for files alone. */
  readonly source?: string | undefined;
  /** What is restored; the files when left out. */
  readonly into?: 'files' | 'index' | 'both' | undefined;
  /** Tracked paths that the source lacks are removed, or (`overlay`) left alone. */
  readonly mode?: 'exact' | 'overlay' | undefined;
};

export type RestoreResult = CheckoutTotals & {
  readonly head: CommitId | undefined;
  /** Paths whose index entry changed. */
  readonly unstaged: number;
};

type Restoring = {
  readonly repository: Repository;
  readonly options: RestoreOptions;
  readonly index: WorkIndex;
};

/**
 * Overwrites what was named, local changes included: that is what it is for. Untracked files in the way are kept.
 * @throws RepoError DITS_REPO_PATH_NOT_FOUND, DITS_REPO_LOCAL_CHANGES, DITS_REPO_REVISION_NOT_FOUND
 */
export async function restore(
  repository: Repository,
  paths: readonly string[],
  options: RestoreOptions = {},
): Promise<RestoreResult> {
  const { tree, layout } = repository;
  const targets = toRepositoryPaths(tree, options.cwd ?? tree.root, paths);
  const lock = await lockIndex(layout, options.signal);
  try {
    const index = await loadIndex(layout);
    const restoring = { repository, options, index };
    const { commit } = await readHead(repository);
    const versions = await findVersions(restoring, targets);
    const into = options.into ?? 'files';
    const plan = into === 'index' ? undefined : await planFiles(restoring, versions);
    const unstaged = into === 'files' ? 0 : restoreIndex(index, versions);
    const totals = plan === undefined ? NOTHING_DONE : await restoreFiles(restoring, plan);
    if (index.isDirty) await saveIndex(layout, index);
    return { ...totals, head: commit, unstaged };
  } finally {
    await lock.release();
  }
}

type Versions = ReadonlyMap<string, FileTreeEntry | undefined>;

/** What each path should become; undefined removes it. */
async function findVersions(restoring: Restoring, targets: readonly string[]): Promise<Versions> {
  const { options, index, repository } = restoring;
  const fromIndex = options.source === undefined && (options.into ?? 'files') === 'files';
  const versions = new Map<string, FileTreeEntry | undefined>();
  const tree = fromIndex ? undefined : await sourceTree(repository, options.source);
  for (const target of targets) {
    const before = versions.size;
    for (const entry of index.entriesWithin(target)) {
      if (fromIndex) versions.set(entry.path, toTreeEntry(entry));
      else if (options.mode !== 'overlay') versions.set(entry.path, undefined);
    }
    if (tree !== undefined) await addTreeVersions(restoring, { tree, target, versions });
    if (versions.size === before) throw pathNotFound(target, options);
  }
  return versions;
}

async function sourceTree(
  repository: Repository,
  source: string | undefined,
): Promise<TreeId | undefined> {
  if (source === undefined) return (await readHead(repository)).tree;
  const { commit } = await resolveRevision(repository, source);
  return (await readCommit(repository.store.objects, commit)).tree;
}

async function addTreeVersions(
  { repository, options }: Restoring,
  request: {
    readonly tree: TreeId;
    readonly target: string;
    readonly versions: Map<string, FileTreeEntry | undefined>;
  },
): Promise<void> {
  const { tree, target, versions } = request;
  const { objects } = repository.store;
  const { signal } = options;
  let folder: TreeId | undefined = tree;
  if (target !== '') {
    const entry = await findEntry(objects, tree, target.split('/'), { signal });
    if (entry !== undefined && entry.kind !== 'directory') versions.set(target, entry);
    folder = entry?.kind === 'directory' ? entry.tree : undefined;
  }
  if (folder === undefined) return;
  for await (const found of walkTree(objects, folder, { signal })) {
    if (found.entry.kind !== 'directory') versions.set(joinPath(target, found.path), found.entry);
  }
}

function pathNotFound(path: string, options: RestoreOptions): RepoError {
  const where = options.source ?? 'the index';
  return new RepoError('DITS_REPO_PATH_NOT_FOUND', `${path} is not in ${where}`, {
    path,
    hint: `see what is there with: dits ls-files ${options.source ?? ''}`.trimEnd(),
  });
}

function restoreIndex(index: WorkIndex, versions: Versions): number {
  let count = 0;
  for (const [path, version] of versions) {
    if (isVersion(index.get(path), version)) continue;
    if (version === undefined) index.delete(path);
    else stageEntry(index, toIndexEntry(path, version));
    count++;
  }
  return count;
}

/** What to do with the files, as long as the index still says which of them are tracked. */
async function planFiles(
  { repository, options, index }: Restoring,
  versions: Versions,
): Promise<CheckoutPlan> {
  const { layout, store } = repository;
  const { signal } = options;
  const plan = await planVersions(
    {
      tree: repository.tree,
      index,
      reader: store.objects,
      checkedMs: fileSystemNow(layout.clockProbe),
      onConflict: 'overwrite',
      signal,
    },
    [...versions].map(([path, version]) => ({ path, version })),
  );
  return withoutUnchanged(plan, index, repository);
}

/**
 * Writes the files. Stamps go to entries that have the version written; with `files` alone and a source, the others stay
 * staged as they are and show up as changed.
 */
async function restoreFiles(
  { repository, options, index }: Restoring,
  plan: CheckoutPlan,
): Promise<CheckoutTotals> {
  const written = new WorkIndex();
  const totals = await applyPlan({ repository, options }, plan, written);
  for (const entry of written.entries()) {
    if (sameVersion(index.get(entry.path), entry)) index.set(entry);
  }
  return totals;
}

/** Leaves out files that are on disk already as they should be. */
function withoutUnchanged(
  plan: CheckoutPlan,
  index: WorkIndex,
  repository: Repository,
): CheckoutPlan {
  const writes = plan.writes.filter((entry) => {
    const current = index.get(entry.path);
    const stats = repository.tree.statSafely(entry.path);
    if (current === undefined || stats === undefined || !sameVersion(current, entry)) return true;
    return !provesUnchanged(current, stats);
  });
  return { ...plan, writes };
}
