/** Brings the working tree from one tree to another: what `switch`, `pull` and `clone` share. */
import type { TreeId } from '../../store/index.ts';
import { fileSystemNow } from '../files/stat-stamp.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import type { IndexBase } from '../worktree-index/index-entry.ts';
import { loadIndex, saveIndex } from '../worktree-index/index-file.ts';
import { compareWithTree } from '../worktree-index/index-tree.ts';
import { applyPlan, type CheckoutTotals } from './apply-plan.ts';
import type { WrittenAhead } from './checkout-ahead.ts';
import { planCheckout } from './checkout-plan.ts';

export const NOTHING_DONE: CheckoutTotals = { written: 0, removed: 0, bytes: 0 };

export type CheckoutTarget = {
  readonly repository: Repository;
  readonly options: OperationOptions & {
    readonly force?: boolean | undefined;
    /** Files that are in place already, if what is checked out is the tree that they were written for. */
    readonly ahead?: WrittenAhead | undefined;
  };
};

/**
 * Brings index and working tree from one tree to that of a commit, keeping local changes that are not concerned. The caller holds
 * the index lock and moves HEAD or its branch after.
 * @throws RepoError DITS_REPO_LOCAL_CHANGES
 */
export async function checkoutTree(
  target: CheckoutTarget,
  oldTree: TreeId | undefined,
  base: IndexBase,
): Promise<CheckoutTotals> {
  const { repository, options } = target;
  const { tree, layout, store } = repository;
  const index = await loadIndex(layout);
  const { signal, ahead } = options;
  if (ahead?.tree === base.tree && oldTree === undefined && index.size === 0) {
    ahead.index.rebase(base);
    await saveIndex(layout, ahead.index);
    return ahead.totals;
  }
  const checkedMs = fileSystemNow(layout.clockProbe);
  const onConflict = options.force === true ? 'overwrite' : 'refuse';
  const sources = { tree, index, reader: store.objects, checkedMs, onConflict, signal } as const;
  const plan = await planCheckout(sources, { old: oldTree, new: base.tree });
  const carried = await compareWithTree(store.objects, index, oldTree, { signal });
  const totals = await applyPlan({ repository, options }, plan, index);
  index.rebase(
    base,
    carried.map(({ path }) => path),
  );
  await saveIndex(layout, index);
  return totals;
}
