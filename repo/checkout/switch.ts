/** Moving HEAD and the working tree with it: `switch` and `checkout REF`. */
import {
  branchRef,
  isBranchRef,
  readCommit,
  shortRefName,
  type CommitId,
  type Head,
  type RefName,
  type TreeId,
} from '../../store/index.ts';
import { createBranch } from '../refs/branches.ts';
import { readHead, type HeadState } from '../refs/head.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { resolveRevision } from '../revisions/resolve-revision.ts';
import { lockIndex } from '../worktree-index/index-file.ts';
import type { CheckoutTotals } from './apply-plan.ts';
import { NOTHING_DONE, checkoutTree } from './checkout-tree.ts';
import type { WrittenAhead } from './checkout-ahead.ts';

export type SwitchOptions = OperationOptions & {
  /** Make this branch at the revision (HEAD when none is given) and switch to it. */
  readonly create?: string | undefined;
  /** Go to the commit even where the revision is a branch. */
  readonly detach?: boolean | undefined;
  /** Give up local changes that are in the way. */
  readonly force?: boolean | undefined;
  /** Files that a clone has written already. */
  readonly ahead?: WrittenAhead | undefined;
};

export type SwitchResult = CheckoutTotals & {
  readonly head: CommitId | undefined;
  /** Undefined when HEAD is detached now. */
  readonly branch: string | undefined;
};

/**
 * Checks out a branch, tag or commit.
 * @throws RepoError DITS_REPO_REVISION_NOT_FOUND, DITS_REPO_LOCAL_CHANGES, DITS_REPO_REF_EXISTS, DITS_REPO_LOCKED
 */
export async function switchTo(
  repository: Repository,
  revision: string | undefined,
  options: SwitchOptions = {},
): Promise<SwitchResult> {
  const lock = await lockIndex(repository.layout, options.signal);
  try {
    const before = await readHead(repository);
    const unborn = await switchUnborn(repository, { before, revision, options });
    if (unborn !== undefined) return unborn;
    const found = await findTarget(repository, revision ?? 'HEAD', options);
    if (options.create !== undefined) {
      await createBranch(repository, options.create, { at: found.commit, dryRun: true });
    }
    const totals = await checkoutTree({ repository, options }, before.tree, found);
    if (options.create !== undefined) {
      await createBranch(repository, options.create, { at: found.commit });
    }
    const name = options.create === undefined ? found.branch : branchRef(options.create);
    const head: Head =
      name === undefined ? { kind: 'detached', target: found.commit } : { kind: 'branch', name };
    await moveHead(repository, before, head);
    const branch = name === undefined ? undefined : shortRefName(name);
    return { ...totals, head: found.commit, branch };
  } finally {
    await lock.release();
  }
}

/** Before the first commit there is nothing to check out: only HEAD's name changes. */
async function switchUnborn(
  repository: Repository,
  request: {
    readonly before: HeadState;
    readonly revision: string | undefined;
    readonly options: SwitchOptions;
  },
): Promise<SwitchResult | undefined> {
  const { before, revision, options } = request;
  if (before.commit !== undefined || revision !== undefined || options.create === undefined) {
    return undefined;
  }
  await moveHead(repository, before, { kind: 'branch', name: branchRef(options.create) });
  return { ...NOTHING_DONE, head: undefined, branch: options.create };
}

async function findTarget(
  repository: Repository,
  revision: string,
  options: SwitchOptions,
): Promise<{ commit: CommitId; tree: TreeId; branch: RefName | undefined }> {
  const { commit, ref } = await resolveRevision(repository, preferBranch(revision), options).catch(
    async (error: unknown) => {
      if (preferBranch(revision) === revision) throw error;
      return resolveRevision(repository, revision, options);
    },
  );
  const { tree } = await readCommit(repository.store.objects, commit, options);
  const isBranch = ref !== undefined && isBranchRef(ref) && !/[~^]/.test(revision);
  return { commit, tree, branch: isBranch && options.detach !== true ? ref : undefined };
}

/** A plain name means the branch first, for that is what one can be on. */
function preferBranch(revision: string): string {
  const isPlain = revision !== 'HEAD' && revision !== '@' && /^[^~^]+$/.test(revision);
  return isPlain && !revision.startsWith('refs/') ? `refs/heads/${revision}` : revision;
}

async function moveHead(repository: Repository, before: HeadState, head: Head): Promise<void> {
  const from = before.branch ?? before.commit?.slice(0, 12) ?? 'nothing';
  const to = head.kind === 'branch' ? shortRefName(head.name) : head.target.slice(0, 12);
  const actor = repository.user.name ?? 'local';
  await repository.store.refs.setHead(head, { actor, reason: `switch: from ${from} to ${to}` });
}
