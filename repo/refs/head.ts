/** Where HEAD is: branch, commit and tree. */
import {
  readCommit,
  resolveToCommit,
  shortRefName,
  type CommitId,
  type ObjectId,
  type RefName,
  type TreeId,
} from '../../store/index.ts';
import type { Repository } from '../repository/repository.ts';
import { RepoError } from '../repo-error.ts';
import type { IndexBase } from '../worktree-index/index-entry.ts';

export type HeadState = {
  /** Short name of the branch; undefined when detached. */
  readonly branch: string | undefined;
  readonly ref: RefName | undefined;
  /** What the branch or HEAD holds: the commit, or a tag that leads to it. */
  readonly target: ObjectId | undefined;
  /** Undefined before the first commit of the branch. */
  readonly commit: CommitId | undefined;
  readonly tree: TreeId | undefined;
};

/** Reads HEAD. With the base of the index the store is not asked for the tree of a commit that it names. */
export async function readHead(repository: Repository, known?: IndexBase): Promise<HeadState> {
  const { refs, objects } = repository.store;
  const head = await refs.head();
  const ref = head.kind === 'branch' ? head.name : undefined;
  const target = head.kind === 'branch' ? await refs.get(head.name) : head.target;
  const branch = ref === undefined ? undefined : shortRefName(ref);
  if (target === undefined) {
    return { branch, ref, target, commit: undefined, tree: undefined };
  }
  if (known?.commit !== undefined && known.commit === target) {
    return { branch, ref, target, commit: known.commit, tree: known.tree };
  }
  const commit = await resolveToCommit(objects, target);
  return { branch, ref, target, commit, tree: (await readCommit(objects, commit)).tree };
}

/** HEAD of a branch that has commits. @throws RepoError DITS_REPO_REVISION_NOT_FOUND */
export function requireCommit(head: HeadState): CommitId {
  if (head.commit !== undefined) return head.commit;
  throw new RepoError(
    'DITS_REPO_REVISION_NOT_FOUND',
    `branch ${head.branch ?? 'HEAD'} has no commit yet`,
    { hint: 'make the first one: dits add . && dits commit -m "…"' },
  );
}
