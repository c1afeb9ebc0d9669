/** Tags: names that stay; an annotated one is an object with author and message. */
import {
  encodeTag,
  isTagRef,
  readTag,
  resolveToCommit,
  shortRefName,
  tagRef,
  type CommitId,
  type ObjectId,
  type RefName,
  type Tag,
  type TagId,
} from '../../store/index.ts';
import { signatureOf, type Author, type CommitTime } from '../commit/author.ts';
import { RepoError } from '../repo-error.ts';
import type { Repository } from '../repository/repository.ts';
import { resolveRevision } from '../revisions/resolve-revision.ts';
import { similarNames } from '../revisions/similar-names.ts';
import { actorOf } from './branches.ts';

export type TagInfo = {
  readonly name: string;
  readonly ref: RefName;
  /** What the ref names: the tag object when annotated, else the commit. */
  readonly target: ObjectId;
  readonly commit: CommitId;
  /** The tag object, when annotated. */
  readonly tag: Tag | undefined;
};

export async function listTags(repository: Repository): Promise<TagInfo[]> {
  const { refs, objects } = repository.store;
  const found: TagInfo[] = [];
  for (const { name, target } of await refs.list()) {
    if (!isTagRef(name)) continue;
    const [info] = await objects.info([target]);
    const tag = info?.kind === 'tag' ? await readTag(objects, target as TagId) : undefined;
    const commit = await resolveToCommit(objects, target);
    found.push({ name: shortRefName(name), ref: name, target, commit, tag });
  }
  return found.sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

export type CreateTagOptions = {
  /** HEAD when left out. */
  readonly revision?: string | undefined;
  /** Makes an annotated tag. */
  readonly message?: string | undefined;
  readonly author?: Author | undefined;
  readonly time?: CommitTime | undefined;
};

/** @throws RepoError DITS_REPO_REF_EXISTS, DITS_REPO_REVISION_NOT_FOUND */
export async function createTag(
  repository: Repository,
  name: string,
  options: CreateTagOptions = {},
): Promise<{ readonly ref: RefName; readonly object: ObjectId; readonly commit: CommitId }> {
  const ref = tagRef(name);
  const { refs, objects } = repository.store;
  if ((await refs.get(ref)) !== undefined) {
    throw new RepoError('DITS_REPO_REF_EXISTS', `there is a tag ${name} already`, {
      hint: `tags stay where they are; delete it first with: dits tag -d ${name}`,
    });
  }
  const { commit } = await resolveRevision(repository, options.revision ?? 'HEAD');
  const release = await repository.store.hold();
  try {
    let object: ObjectId = commit;
    if (options.message !== undefined) {
      const { author } = signatureOf(options.author ?? repository.user, options.time);
      const tag = { target: { kind: 'commit', id: commit }, name, tagger: author } as const;
      const bytes = encodeTag({ ...tag, message: options.message });
      const [result] = await objects.put([{ kind: 'tag', bytes }]);
      await objects.flush();
      object = result!.id;
    }
    const context = { actor: actorOf(repository), reason: `tag: ${name}` };
    await refs.update([{ name: ref, expected: null, target: object }], context);
    return { ref, object, commit };
  } finally {
    await release();
  }
}

/** @throws RepoError DITS_REPO_REVISION_NOT_FOUND */
export async function deleteTag(repository: Repository, name: string): Promise<void> {
  const ref = tagRef(name);
  const { refs } = repository.store;
  const target = await refs.get(ref);
  if (target === undefined) {
    const names = (await refs.list()).filter((one) => isTagRef(one.name));
    const [similar] = similarNames(
      name,
      names.map((one) => shortRefName(one.name)),
    );
    throw new RepoError('DITS_REPO_REVISION_NOT_FOUND', `there is no tag ${name}`, {
      hint: similar === undefined ? 'list them with: dits tag' : `did you mean ${similar}?`,
    });
  }
  const context = { actor: actorOf(repository), reason: `tag: deleted ${name}` };
  await refs.update([{ name: ref, expected: target, target: null }], context);
}
