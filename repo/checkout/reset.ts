/** `reset`: moves the current branch, and index and files with it as far as asked. */
import { readCommit, type CommitId, type TreeId } from '../../store/index.ts';
import { fileSystemNow } from '../files/stat-stamp.ts';
import { readHead, type HeadState } from '../refs/head.ts';
import { RepoError } from '../repo-error.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { resolveRevision } from '../revisions/resolve-revision.ts';
import { worktreeChanges } from '../status/worktree-changes.ts';
import type { IndexBase } from '../worktree-index/index-entry.ts';
import { loadIndex, lockIndex, saveIndex } from '../worktree-index/index-file.ts';
import {
  compareWithTree,
  toIndexEntry,
  toTreeEntry,
  type FileTreeEntry,
} from '../worktree-index/index-tree.ts';
import { WorkIndex } from '../worktree-index/work-index.ts';
import { applyPlan, type CheckoutTotals } from './apply-plan.ts';
import { planVersions } from './checkout-plan.ts';
import { NOTHING_DONE } from './checkout-tree.ts';
import type { SwitchResult } from './switch.ts';

/** `soft` moves the branch only, `mixed` resets the index too, `hard` the files as well, giving up local changes. */
export type ResetMode = 'soft' | 'mixed' | 'hard';

export type ResetOptions = OperationOptions & {
  /** HEAD when left out. */
  readonly revision?: string | undefined;
  /** `mixed` when left out. */
  readonly mode?: ResetMode | undefined;
};

/**
 * Moves the current branch to a revision. A damaged index is made anew from the revision's tree: no file is touched by
 * that, and nothing is lost but what was staged and not committed.
 */
export async function reset(
  repository: Repository,
  options: ResetOptions = {},
): Promise<SwitchResult> {
  const lock = await lockIndex(repository.layout, options.signal);
  try {
    const before = await readHead(repository);
    const isUnborn = before.commit === undefined && options.revision === undefined;
    const target = isUnborn
      ? undefined
      : (await resolveRevision(repository, options.revision ?? 'HEAD', options)).commit;
    const base =
      target === undefined
        ? undefined
        : {
            tree: (await readCommit(repository.store.objects, target, options)).tree,
            commit: target,
          };
    const totals = await resetFiles({ repository, options }, base);
    if (target !== undefined && target !== before.commit) {
      await moveBranch(repository, before, target);
    }
    return { ...totals, head: target, branch: before.branch };
  } finally {
    await lock.release();
  }
}

async function moveBranch(
  repository: Repository,
  before: HeadState,
  target: CommitId,
): Promise<void> {
  const actor = repository.user.name ?? 'local';
  const context = { actor, reason: `reset: to ${target.slice(0, 12)}` };
  const { refs } = repository.store;
  if (before.ref === undefined) await refs.setHead({ kind: 'detached', target }, context);
  else await refs.update([{ name: before.ref, expected: before.target ?? null, target }], context);
}

type Resetting = { readonly repository: Repository; readonly options: ResetOptions };

async function resetFiles(
  { repository, options }: Resetting,
  base: IndexBase | undefined,
): Promise<CheckoutTotals> {
  const tree = base?.tree;
  if (options.mode === 'soft') return NOTHING_DONE;
  const { layout, store } = repository;
  const index = await loadUsableIndex(repository);
  const totals =
    options.mode === 'hard' ? await overwrite({ repository, options }, index, tree) : NOTHING_DONE;
  const differences = await compareWithTree(store.objects, index, tree, options);
  for (const { path, old } of differences) {
    if (old === undefined) index.delete(path);
    else index.set(toIndexEntry(path, old));
  }
  index.rebase(base);
  await saveIndex(layout, index);
  return totals;
}

/** The index, or an empty one in place of a damaged one. */
async function loadUsableIndex(repository: Repository): Promise<WorkIndex> {
  try {
    return await loadIndex(repository.layout);
  } catch (error) {
    if (error instanceof RepoError && error.code === 'DITS_REPO_INDEX_CORRUPT')
      return new WorkIndex();
    throw error;
  }
}

/** Brings every tracked file that differs from the tree, on disk or in the index, to the tree's version. */
async function overwrite(
  { repository, options }: Resetting,
  index: WorkIndex,
  tree: TreeId | undefined,
): Promise<CheckoutTotals> {
  const { layout, store } = repository;
  const { signal } = options;
  const sources = {
    tree: repository.tree,
    index,
    reader: store.objects,
    clockProbe: layout.clockProbe,
  };
  const versions = new Map<string, FileTreeEntry | undefined>();
  const changes = await worktreeChanges(sources, { untracked: 'none', signal });
  for (const { path, entry } of changes.changed) versions.set(path, toTreeEntry(entry));
  for (const { path, old } of await compareWithTree(store.objects, index, tree, { signal })) {
    versions.set(path, old);
  }
  const checkedMs = fileSystemNow(layout.clockProbe);
  const plan = await planVersions(
    { ...sources, checkedMs, onConflict: 'overwrite', signal },
    [...versions].map(([path, version]) => ({ path, version })),
  );
  return applyPlan({ repository, options }, plan, index);
}
