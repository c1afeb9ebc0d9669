/** Questions about history: what a ref leads to, what came before, what two commits share (docs/store-format.md, "Commit"). */
import type { CommitId, ObjectId, TagId } from '../ids.ts';
import type { AbortOptions, ObjectReader } from '../object-store.ts';
import { StoreError } from '../store-error.ts';
import { invalidObject } from './canonical.ts';
import { decodeCommit, decodeTag } from './commit-codec.ts';
import type { Commit, Tag } from './commit.ts';
import { PAINT, paintLeftOnly, paintShared } from './commit-painting.ts';
import { CommitQueue } from './commit-queue.ts';
import { TAG_DEPTH_MAX } from './object-limits.ts';
import { IdSet } from './reachable/id-set.ts';
import { readStructure, readStructures } from './structure-reader.ts';

/** A commit and its id. */
export type HistoryEntry = { readonly id: CommitId; readonly commit: Commit };

export type HistoryOptions = AbortOptions & {
  /** Commits to leave out, with everything that came before them. */
  readonly exclude?: readonly CommitId[] | undefined;
};

/** Commits per read. */
const READ_COUNT_MAX = 256;

/** @throws StoreError DITS_STORE_NOT_FOUND, DITS_STORE_CORRUPT, DITS_STORE_INVALID_OBJECT */
export async function readCommit(
  reader: ObjectReader,
  id: CommitId,
  options: AbortOptions = {},
): Promise<Commit> {
  return decodeCommit(await readStructure(reader, { id, kind: 'commit' }, options));
}

/** @throws as `readCommit` */
export async function readTag(
  reader: ObjectReader,
  id: TagId,
  options: AbortOptions = {},
): Promise<Tag> {
  return decodeTag(await readStructure(reader, { id, kind: 'tag' }, options));
}

/** The commit that an id names itself or through tags. @throws as `readCommit`, also when it leads to no commit */
export async function resolveToCommit(
  reader: ObjectReader,
  target: ObjectId,
  options: AbortOptions = {},
): Promise<CommitId> {
  let id = target;
  for (let depth = 0; depth <= TAG_DEPTH_MAX; depth++) {
    const [info] = await reader.info([id], options);
    if (info === undefined) {
      throw new StoreError('DITS_STORE_NOT_FOUND', `object ${id} is not in the store`, {
        hint: 'fetch from a peer that has it',
        details: { id },
      });
    }
    if (info.kind === 'commit') return id as CommitId;
    if (info.kind !== 'tag') {
      throw invalidObject('commit', `object ${id} is a ${info.kind}, which leads to no commit`);
    }
    id = (await readTag(reader, id as TagId, options)).target.id;
  }
  throw invalidObject('tag', `more than ${TAG_DEPTH_MAX} tags lead from ${target} to each other`);
}

/**
 * The commits from `start` backwards, each once, newer ones first. With `exclude`, what these lead to is left out.
 * @throws as `readCommit`
 */
export async function* history(
  reader: ObjectReader,
  start: readonly CommitId[],
  options: HistoryOptions = {},
): AsyncIterable<HistoryEntry> {
  const { exclude = [], signal } = options;
  if (exclude.length > 0) {
    yield* historyWithout(reader, start, { exclude, signal });
    return;
  }
  const queue = new CommitQueue<HistoryEntry>();
  const seen = new IdSet();
  const add = async (ids: readonly CommitId[]) => {
    const fresh = ids.filter((id) => seen.add(id, 'commit'));
    for (const entry of await readCommits(reader, fresh, { signal })) {
      queue.push(entry, entry.commit.committer.timeMs);
    }
  };
  await add(start);
  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
    yield entry;
    await add(entry.commit.parents);
  }
}

async function* historyWithout(
  reader: ObjectReader,
  start: readonly CommitId[],
  options: AbortOptions & { readonly exclude: readonly CommitId[] },
): AsyncIterable<HistoryEntry> {
  const { exclude, signal } = options;
  const painted = await paintLeftOnly(reader, { left: start, right: exclude, signal });
  const order = new CommitQueue<CommitId>();
  for (const { id, paint, timeMs } of painted) {
    if (paint === PAINT.left) order.push(id, timeMs);
  }
  while (order.size > 0) {
    const ids: CommitId[] = [];
    for (let id = order.pop(); id !== undefined; id = order.pop()) {
      ids.push(id);
      if (ids.length >= READ_COUNT_MAX) break;
    }
    yield* await readCommits(reader, ids, { signal });
  }
}

/** Whether `ancestor` is `descendant` or came before it. @throws as `readCommit` */
export async function isAncestor(
  reader: ObjectReader,
  ancestor: CommitId,
  descendant: CommitId,
  options: AbortOptions = {},
): Promise<boolean> {
  if (ancestor === descendant) return true;
  const sides = { left: [ancestor], right: [descendant], ...options };
  const painted = await paintLeftOnly(reader, sides);
  return painted.some(({ id, paint }) => id === ancestor && (paint & PAINT.right) !== 0);
}

/**
 * The best commit that both lead to: one that no other shared commit comes after. Of several, the newest.
 * Undefined when the two share nothing. @throws as `readCommit`
 */
export async function mergeBase(
  reader: ObjectReader,
  a: CommitId,
  b: CommitId,
  options: AbortOptions = {},
): Promise<CommitId | undefined> {
  if (a === b) return a;
  const painted = await paintShared(reader, { left: [a], right: [b], ...options });
  const best = painted.filter(({ paint }) => paint === (PAINT.left | PAINT.right));
  best.sort((one, other) => other.timeMs - one.timeMs || (one.id < other.id ? -1 : 1));
  return best[0]?.id;
}

async function readCommits(
  reader: ObjectReader,
  ids: readonly CommitId[],
  options: AbortOptions,
): Promise<HistoryEntry[]> {
  options.signal?.throwIfAborted();
  const refs = ids.map((id) => ({ id, kind: 'commit' as const }));
  const all = await readStructures(reader, refs, options);
  return refs.map(({ id }, index) => ({ id, commit: decodeCommit(all[index]!) }));
}
