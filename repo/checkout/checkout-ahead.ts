/**
 * A first checkout that begins before all objects are there: a clone writes files while the rest still arrives. Until the
 * clone is complete nothing but files has been written, so that a cut leaves what every cut of a checkout leaves.
 */
import {
  readCommit,
  resolveToCommit,
  type ObjectId,
  type ObjectReader,
  type TreeId,
} from '../../store/index.ts';
import { fileSystemNow } from '../files/stat-stamp.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { loadIndex, lockIndex } from '../worktree-index/index-file.ts';
import type { WorkIndex } from '../worktree-index/work-index.ts';
import { applyPlan, type CheckoutTotals } from './apply-plan.ts';
import { planCheckout } from './checkout-plan.ts';

/** Files that are in their places, and the index that says so: saved by the checkout that they were written for. */
export type WrittenAhead = {
  readonly tree: TreeId;
  readonly index: WorkIndex;
  readonly totals: CheckoutTotals;
};

/**
 * Writes the files of a commit, or of a tag's commit, into the working tree of a repository without commits. `reader`
 * waits for what has not arrived.
 * @throws as a checkout of the same tree, and what the reader says when something does not come
 */
export async function checkoutAhead(
  repository: Repository,
  { reader, target }: { readonly reader: ObjectReader; readonly target: ObjectId },
  options: OperationOptions = {},
): Promise<WrittenAhead> {
  const { layout } = repository;
  const { signal } = options;
  const lock = await lockIndex(layout, signal);
  try {
    const commit = await resolveToCommit(reader, target, { signal });
    const { tree } = await readCommit(reader, commit, { signal });
    const index = await loadIndex(layout);
    const checkedMs = fileSystemNow(layout.clockProbe);
    const sources = { tree: repository.tree, index, reader, checkedMs, signal } as const;
    const trees = { old: undefined, new: tree };
    const plan = await planCheckout({ ...sources, onConflict: 'refuse' }, trees);
    const totals = await applyPlan({ repository, options, reader }, plan, index);
    return { tree, index, totals };
  } finally {
    await lock.release();
  }
}
