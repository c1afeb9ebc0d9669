/** Following a branch that has moved on: what `pull` does after it has fetched. */
import { isAncestor, readCommit, type CommitId } from '../../store/index.ts';
import { readHead, type HeadState } from '../refs/head.ts';
import { RepoError } from '../repo-error.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { lockIndex } from '../worktree-index/index-file.ts';
import { NOTHING_DONE, checkoutTree, type CheckoutTarget } from './checkout-tree.ts';
import type { SwitchResult } from './switch.ts';

export type FastForwardResult = SwitchResult & {
  readonly old: CommitId | undefined;
  /** False when the branch was there already. */
  readonly moved: boolean;
};

export type FastForwardOptions = OperationOptions &
  Pick<CheckoutTarget['options'], 'ahead'> & { readonly reason?: string | undefined };

/**
 * Moves the current branch forward to a commit that comes after it, the working tree first.
 * @throws RepoError DITS_REPO_NOT_FAST_FORWARD, DITS_REPO_LOCAL_CHANGES, DITS_REPO_LOCKED
 */
export async function mergeFastForward(
  repository: Repository,
  target: CommitId,
  options: FastForwardOptions = {},
): Promise<FastForwardResult> {
  const lock = await lockIndex(repository.layout, options.signal);
  try {
    const head = await readHead(repository);
    const { objects, refs } = repository.store;
    const { signal } = options;
    const old = head.commit;
    const place = { old, branch: head.branch };
    if (old !== undefined && (await isAncestor(objects, target, old, { signal }))) {
      return { ...NOTHING_DONE, ...place, head: old, moved: false };
    }
    if (old !== undefined && !(await isAncestor(objects, old, target, { signal }))) {
      throw notFastForward(head, target);
    }
    const { tree } = await readCommit(objects, target, { signal });
    // The files come before the ref: cut off in between, the same command finds them in place and finishes.
    const totals = await checkoutTree({ repository, options }, head.tree, {
      tree,
      commit: target,
    });
    const context = {
      actor: repository.user.name ?? 'local',
      reason: options.reason ?? 'merge: fast-forward',
    };
    if (head.ref === undefined) await refs.setHead({ kind: 'detached', target }, context);
    else await refs.update([{ name: head.ref, expected: head.target ?? null, target }], context);
    return { ...totals, ...place, head: target, moved: true };
  } finally {
    await lock.release();
  }
}

function notFastForward(head: HeadState, target: CommitId): RepoError {
  return new RepoError(
    'DITS_REPO_NOT_FAST_FORWARD',
    `${head.branch ?? 'HEAD'} has commits that ${target.slice(0, 12)} does not come after`,
    {
      hint: `keep yours with: dits branch NAME; then take the others with: dits reset --hard ${target.slice(0, 12)}`,
    },
  );
}
