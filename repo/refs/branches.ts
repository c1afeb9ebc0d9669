/** Branches: list, create, delete, rename. */
import {
  branchRef,
  isAncestor,
  isBranchRef,
  resolveToCommit,
  shortRefName,
  type CommitId,
  type RefName,
} from '../../store/index.ts';
import { RepoError } from '../repo-error.ts';
import type { Repository } from '../repository/repository.ts';
import { resolveRevision } from '../revisions/resolve-revision.ts';
import { similarNames } from '../revisions/similar-names.ts';

export type Branch = {
  readonly name: string;
  readonly ref: RefName;
  readonly commit: CommitId;
  /** HEAD is on it. */
  readonly isCurrent: boolean;
  /** `origin/main` and the like: where a remote's branch was when last seen. */
  readonly isRemote: boolean;
};

const REMOTE_PREFIX = 'refs/remotes/';

/** Branches by name; remote-tracking ones after the own. */
export async function listBranches(repository: Repository): Promise<Branch[]> {
  const { refs, objects } = repository.store;
  const head = await refs.head();
  const found: Branch[] = [];
  for (const { name, target } of await refs.list()) {
    const isRemote = name.startsWith(REMOTE_PREFIX);
    if (!isRemote && !isBranchRef(name)) continue;
    found.push({
      name: shortRefName(name),
      ref: name,
      commit: await resolveToCommit(objects, target),
      isCurrent: head.kind === 'branch' && head.name === name,
      isRemote,
    });
  }
  return found.sort((a, b) => Number(a.isRemote) - Number(b.isRemote) || (a.ref < b.ref ? -1 : 1));
}

export type CreateBranchOptions = {
  readonly at: CommitId;
  /** Only check that it could be made. */
  readonly dryRun?: boolean | undefined;
};

/** @throws RepoError DITS_REPO_REF_EXISTS; StoreError DITS_STORE_INVALID_REF_NAME */
export async function createBranch(
  repository: Repository,
  name: string,
  options: CreateBranchOptions,
): Promise<RefName> {
  const ref = branchRef(name);
  const { refs } = repository.store;
  if ((await refs.get(ref)) !== undefined) {
    throw new RepoError('DITS_REPO_REF_EXISTS', `there is a branch ${name} already`, {
      hint: `switch to it with: dits switch ${name}`,
    });
  }
  if (options.dryRun === true) return ref;
  const context = {
    actor: actorOf(repository),
    reason: `branch: created at ${options.at.slice(0, 12)}`,
  };
  await refs.update([{ name: ref, expected: null, target: options.at }], context);
  return ref;
}

/** Makes a branch at a revision, HEAD when left out. */
export async function createBranchAt(
  repository: Repository,
  name: string,
  revision = 'HEAD',
): Promise<{ readonly ref: RefName; readonly commit: CommitId }> {
  const { commit } = await resolveRevision(repository, revision);
  return { ref: await createBranch(repository, name, { at: commit }), commit };
}

/**
 * Deletes a branch whose commits are also on another branch, tag or remote-tracking branch.
 * @throws RepoError DITS_REPO_BRANCH_IN_USE, DITS_REPO_BRANCH_NOT_MERGED, DITS_REPO_REVISION_NOT_FOUND
 */
export async function deleteBranch(
  repository: Repository,
  name: string,
  options: { readonly force?: boolean | undefined } = {},
): Promise<{ readonly commit: CommitId }> {
  const { refs, objects } = repository.store;
  const ref = branchRef(name);
  const target = await refs.get(ref);
  if (target === undefined) throw await noSuchBranch(repository, name);
  const head = await refs.head();
  if (head.kind === 'branch' && head.name === ref) {
    throw new RepoError('DITS_REPO_BRANCH_IN_USE', `you are on branch ${name}`, {
      hint: 'switch to another branch first: dits switch NAME',
    });
  }
  const commit = await resolveToCommit(objects, target);
  if (options.force !== true && !(await isKeptElsewhere(repository, ref, commit))) {
    throw new RepoError(
      'DITS_REPO_BRANCH_NOT_MERGED',
      `commits of ${name} are on no other branch`,
      {
        hint: `delete it anyway with: dits branch -D ${name}`,
        details: { commit },
      },
    );
  }
  const context = { actor: actorOf(repository), reason: `branch: deleted ${name}` };
  await refs.update([{ name: ref, expected: target, target: null }], context);
  return { commit };
}

async function isKeptElsewhere(
  repository: Repository,
  ref: RefName,
  commit: CommitId,
): Promise<boolean> {
  const { refs, objects } = repository.store;
  const head = await refs.head();
  const others = (await refs.list()).filter(({ name }) => name !== ref).map(({ target }) => target);
  if (head.kind === 'detached') others.push(head.target);
  for (const target of new Set(others)) {
    if (await isAncestor(objects, commit, await resolveToCommit(objects, target))) return true;
  }
  return false;
}

async function noSuchBranch(repository: Repository, name: string): Promise<RepoError> {
  const names = (await repository.store.refs.list())
    .filter((ref) => isBranchRef(ref.name))
    .map((ref) => shortRefName(ref.name));
  const [similar] = similarNames(name, names);
  return new RepoError('DITS_REPO_REVISION_NOT_FOUND', `there is no branch ${name}`, {
    hint: similar === undefined ? 'list them with: dits branch' : `did you mean ${similar}?`,
  });
}

/** Who the reflog names. */
export function actorOf(repository: Repository): string {
  return repository.user.name ?? 'local';
}
