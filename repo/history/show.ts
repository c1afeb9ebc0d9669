/** `show`: one commit or tag, and what it changed against its first parent. */
import {
  readCommit,
  readTag,
  type Commit,
  type CommitId,
  type Tag,
  type TagId,
} from '../../store/index.ts';
import { diff, type DiffOptions, type FileDifference } from '../diff/diff.ts';
import type { Repository } from '../repository/repository.ts';
import { resolveRevision } from '../revisions/resolve-revision.ts';

export type ShownCommit = {
  readonly id: CommitId;
  readonly commit: Commit;
  /** The annotated tag that was named, if one was. */
  readonly tag: Tag | undefined;
  /** Read one at a time, as the caller gets to them. */
  readonly differences: AsyncIterable<FileDifference>;
};

/** @throws RepoError DITS_REPO_REVISION_NOT_FOUND */
export async function show(
  repository: Repository,
  revision = 'HEAD',
  options: DiffOptions = {},
): Promise<ShownCommit> {
  const { objects } = repository.store;
  const { commit: id, object } = await resolveRevision(repository, revision, options);
  const [info] = await objects.info([object]);
  const tag = info?.kind === 'tag' ? await readTag(objects, object as TagId) : undefined;
  const commit = await readCommit(objects, id);
  const [parent] = commit.parents;
  const from = parent === undefined ? undefined : (await readCommit(objects, parent)).tree;
  const differences = diff(repository, { kind: 'trees', from, to: commit.tree }, options);
  return { id, commit, tag, differences };
}
