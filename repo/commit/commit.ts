/** `commit`: records the index as a tree and moves the branch to it. */
import {
  encodeCommit,
  type Commit,
  type CommitId,
  type ObjectProof,
  type Signature,
  type TreeId,
} from '../../store/index.ts';
import { RepoError } from '../repo-error.ts';
import { readHead, type HeadState } from '../refs/head.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { stageTargets, unreadFailure } from '../stage/add.ts';
import { loadIndex, lockIndex, saveIndex } from '../worktree-index/index-file.ts';
import { compareWithTree, writeIndexTree } from '../worktree-index/index-tree.ts';
import { signatureOf, type Author } from './author.ts';

export type CommitOptions = OperationOptions & {
  readonly message: string;
  /** Stage changes and deletions of tracked files first. */
  readonly all?: boolean | undefined;
  readonly allowEmpty?: boolean | undefined;
  /** The user of the settings when left out. */
  readonly author?: Author | undefined;
  /** Now, in the local zone, when left out. */
  readonly time?: { readonly timeMs: number; readonly zoneMinutes: number } | undefined;
  /** Signs the commit; it is left unsigned when left out. */
  readonly sign?: ((commit: Commit) => ObjectProof) | undefined;
};

export type CommitResult = {
  readonly id: CommitId;
  readonly tree: TreeId;
  readonly parents: readonly CommitId[];
  readonly branch: string | undefined;
  /** Paths that differ from the first parent. */
  readonly files: number;
  readonly message: string;
};

/**
 * @throws RepoError DITS_REPO_EMPTY_MESSAGE, DITS_REPO_NOTHING_TO_COMMIT, DITS_REPO_LOCKED;
 * StoreError DITS_STORE_REF_CHANGED when another command moved the branch meanwhile
 */
export async function commit(
  repository: Repository,
  options: CommitOptions,
): Promise<CommitResult> {
  const message = cleanMessage(options.message);
  const lock = await lockIndex(repository.layout, options.signal);
  try {
    const release = await repository.store.hold();
    try {
      return await recordIndex(repository, { ...options, message });
    } finally {
      await release();
    }
  } finally {
    await lock.release();
  }
}

async function recordIndex(repository: Repository, options: CommitOptions): Promise<CommitResult> {
  const { layout, store } = repository;
  const { signal, message } = options;
  const index = await loadIndex(layout);
  if (options.all === true) {
    const staging = { repository, index, options: { ...options, scope: 'tracked' } as const };
    const failure = unreadFailure((await stageTargets(staging, [''])).skipped);
    if (failure !== undefined) throw failure;
  }
  const head = await readHead(repository, index.base);
  const differences = await compareWithTree(store.objects, index, head.tree, { signal });
  if (differences.length === 0 && options.allowEmpty !== true) throw nothingToCommit(head);
  const tree = await writeIndexTree(store.objects, index, { signal });
  const signature = signatureOf(options.author ?? repository.user, options.time);
  const parents = head.commit === undefined ? [] : [head.commit];
  const value = { tree, parents, message, ...signature };
  const proof = options.sign?.(value);
  // Before the branch moves: with the index of before, a cut after it would stage the old content of what `-a` took in.
  if (options.all === true && index.isDirty) await saveIndex(layout, index);
  const id = await writeCommit(repository, head, { ...value, ...(proof && { proof }) });
  index.rebase({ tree, commit: id });
  await saveIndex(layout, index);
  return { id, tree, parents, branch: head.branch, files: differences.length, message };
}

/** Stores a commit, durably, and then moves HEAD's branch to it, if that is still where `head` says. */
async function writeCommit(
  repository: Repository,
  head: HeadState,
  value: Commit & { readonly committer: Signature },
): Promise<CommitId> {
  const { objects, refs } = repository.store;
  const [result] = await objects.put([{ kind: 'commit', bytes: encodeCommit(value) }]);
  await objects.flush();
  const id = result!.id as CommitId;
  const context = {
    actor: value.committer.name,
    reason: `commit${value.parents.length === 0 ? ' (initial)' : ''}: ${subjectOf(value.message)}`,
  };
  if (head.ref === undefined) await refs.setHead({ kind: 'detached', target: id }, context);
  else {
    await refs.update([{ name: head.ref, expected: head.target ?? null, target: id }], context);
  }
  return id;
}

/** First line of a message. */
function subjectOf(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}

/** Without blank lines around it and spaces at line ends. @throws RepoError DITS_REPO_EMPTY_MESSAGE */
function cleanMessage(message: string): string {
  const lines = message.replaceAll('\r\n', '\n').split('\n');
  const text = lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
  if (text !== '') return text;
  throw new RepoError('DITS_REPO_EMPTY_MESSAGE', 'the commit has no message', {
    hint: 'say what changed: dits commit -m "…"',
  });
}

function nothingToCommit(head: HeadState): RepoError {
  const where = head.branch ?? 'the detached HEAD';
  return new RepoError('DITS_REPO_NOTHING_TO_COMMIT', `nothing to commit on ${where}`, {
    hint: 'stage changes with: dits add PATH…, or commit all tracked files with: dits commit -a',
  });
}
