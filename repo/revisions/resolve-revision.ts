/** From what a user calls a commit to the commit. */
import {
  StoreError,
  checkRefName,
  history,
  isObjectId,
  readCommit,
  resolveToCommit,
  shortRefName,
  type AbortOptions,
  type CommitId,
  type ObjectId,
  type RefName,
} from '../../store/index.ts';
import { RepoError } from '../repo-error.ts';
import type { Repository } from '../repository/repository.ts';
import { parseRevision, type ParsedRevision, type RevisionStep } from './revision-grammar.ts';
import { similarNames } from './similar-names.ts';

export type ResolvedRevision = {
  readonly commit: CommitId;
  /** What the base names: the commit, or the tag object that leads to it. */
  readonly object: ObjectId;
  /** The ref that the base names, if it is one. */
  readonly ref: RefName | undefined;
};

/** Fewer digits match too much to be meant. */
const SHORT_ID_DIGITS_MIN = 4;
const SHORT_ID = /^[0-9a-f]{4,63}$/;

/** Where a plain name is looked for, in this order, as git does. */
const REF_PREFIXES = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'] as const;

/**
 * The commit that a revision names.
 * @throws RepoError DITS_REPO_REVISION_NOT_FOUND, DITS_REPO_REVISION_AMBIGUOUS
 */
export async function resolveRevision(
  repository: Repository,
  text: string,
  options: AbortOptions = {},
): Promise<ResolvedRevision> {
  const parsed = parseRevision(text);
  const base = await resolveBase(repository, parsed, options);
  const { objects } = repository.store;
  let commit = await resolveToCommit(objects, base.object, options);
  for (const step of parsed.steps) commit = await takeStep(repository, commit, { step, text });
  return { commit, ...base };
}

type Base = { readonly object: ObjectId; readonly ref: RefName | undefined };

async function resolveBase(
  repository: Repository,
  { base }: ParsedRevision,
  options: AbortOptions,
): Promise<Base> {
  const { refs, objects } = repository.store;
  if (base === 'HEAD') return resolveHead(repository);
  if (isObjectId(base)) {
    const [info] = await objects.info([base], options);
    if (info?.kind === 'commit' || info?.kind === 'tag') return { object: base, ref: undefined };
    throw await notFound(repository, base);
  }
  for (const prefix of REF_PREFIXES) {
    const name = asRefName(`${prefix}${base}`);
    const object = name === undefined ? undefined : await refs.get(name);
    if (object !== undefined) return { object, ref: name };
  }
  if (SHORT_ID.test(base))
    return { object: await findShortId(repository, base, options), ref: undefined };
  throw await notFound(repository, base);
}

async function resolveHead(repository: Repository): Promise<Base> {
  const head = await repository.store.refs.head();
  if (head.kind === 'detached') return { object: head.target, ref: undefined };
  const object = await repository.store.refs.get(head.name);
  if (object !== undefined) return { object, ref: head.name };
  throw new RepoError(
    'DITS_REPO_REVISION_NOT_FOUND',
    `branch ${shortRefName(head.name)} has no commit yet`,
    { hint: 'make the first one: dits add . && dits commit -m "…"' },
  );
}

/** Undefined for what cannot be a ref's name. */
function asRefName(text: string): RefName | undefined {
  try {
    return checkRefName(text);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'DITS_STORE_INVALID_REF_NAME')
      return undefined;
    throw error;
  }
}

async function takeStep(
  repository: Repository,
  start: CommitId,
  { step, text }: { readonly step: RevisionStep; readonly text: string },
): Promise<CommitId> {
  const { objects } = repository.store;
  if (step.kind === 'parent') {
    if (step.count === 0) return start;
    const { parents } = await readCommit(objects, start);
    return parents[step.count - 1] ?? noSuchParent(text, start);
  }
  let commit = start;
  for (let generation = 0; generation < step.count; generation++) {
    const { parents } = await readCommit(objects, commit);
    commit = parents[0] ?? noSuchParent(text, commit);
  }
  return commit;
}

function noSuchParent(text: string, commit: CommitId): never {
  throw new RepoError('DITS_REPO_REVISION_NOT_FOUND', `${text} goes back too far`, {
    hint: `commit ${commit.slice(0, 12)} has no such parent; see: dits log`,
    details: { commit },
  });
}

/**
 * The one commit or tag whose id begins so. What refs and reflog lead to is searched first; only when nothing is found
 * there, everything stored.
 */
async function findShortId(
  repository: Repository,
  prefix: string,
  options: AbortOptions,
): Promise<ObjectId> {
  const found = new Set<ObjectId>();
  for await (const id of reachableIds(repository, options))
    if (id.startsWith(prefix)) found.add(id);
  if (found.size === 0) {
    for await (const id of storedIds(repository, options)) if (id.startsWith(prefix)) found.add(id);
  }
  const [first, ...others] = found;
  if (first === undefined) throw await notFound(repository, prefix);
  if (others.length === 0) return first;
  throw new RepoError('DITS_REPO_REVISION_AMBIGUOUS', `${prefix} begins ${found.size} ids`, {
    hint: `write more digits: ${[...found]
      .slice(0, 3)
      .map((id) => id.slice(0, prefix.length + 8))
      .join(', ')}`,
  });
}

/** Commits and tags that refs and reflog lead to. */
async function* reachableIds(
  repository: Repository,
  options: AbortOptions,
): AsyncIterable<ObjectId> {
  const { objects, refs } = repository.store;
  const starts = new Set<ObjectId>();
  for (const { target } of await refs.list()) starts.add(target);
  for (const entry of await refs.reflog()) if (entry.new !== null) starts.add(entry.new);
  const commits: CommitId[] = [];
  for (const info of await objects.info([...starts], options)) {
    // What an old line of the reflog names may have been collected since.
    if (info === undefined) continue;
    yield info.id;
    commits.push(await resolveToCommit(objects, info.id, options));
  }
  for await (const { id } of history(objects, commits, options)) yield id;
}

async function* storedIds(repository: Repository, options: AbortOptions): AsyncIterable<ObjectId> {
  for await (const batch of repository.store.objects.list(options)) {
    for (const { id, kind } of batch) if (kind === 'commit' || kind === 'tag') yield id;
  }
}

async function notFound(repository: Repository, name: string): Promise<RepoError> {
  const refs = await repository.store.refs.list();
  const similar = similarNames(name, ['HEAD', ...refs.map((ref) => shortRefName(ref.name))]);
  const isShortId = /^[0-9a-f]+$/.test(name) && name.length < SHORT_ID_DIGITS_MIN;
  const tooShort = isShortId ? `; an id needs at least ${SHORT_ID_DIGITS_MIN} digits` : '';
  const hint =
    similar.length === 0
      ? 'see what there is with: dits branch, dits tag, dits log'
      : `did you mean ${similar.join(' or ')}?`;
  return new RepoError('DITS_REPO_REVISION_NOT_FOUND', `there is no revision ${name}${tooShort}`, {
    hint,
  });
}
