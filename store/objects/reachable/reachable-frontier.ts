/** Where a walk begins: what the wanted ids are, and which commits only they lead to. */
import type {
  ChunkId,
  CommitId,
  ManifestId,
  ObjectId,
  ObjectKind,
  TagId,
  TreeId,
} from '../../ids.ts';
import type { AbortOptions, ObjectReader } from '../../object-store.ts';
import { StoreError } from '../../store-error.ts';
import { invalidObject } from '../canonical.ts';
import { decodeTag } from '../commit-codec.ts';
import { PAINT, paintLeftOnly, type PaintedCommit } from '../commit-painting.ts';
import { CommitQueue } from '../commit-queue.ts';
import { TAG_DEPTH_MAX } from '../object-limits.ts';
import { asFault, tryReadStructures, type StructureRef } from '../structure-reader.ts';

/** What to do with an object that is absent or damaged: throw, or take note and go on. */
export type FaultHandler = (ref: StructureRef, fault: StoreError) => void;

/** Ids sorted by what they name. */
export type SortedIds = {
  readonly tags: readonly TagId[];
  readonly commits: readonly CommitId[];
  readonly trees: readonly TreeId[];
  readonly manifests: readonly ManifestId[];
  readonly chunks: readonly { readonly id: ChunkId; readonly rawSize: number }[];
};

/** A commit that only the wants lead to, and trees that the other side has to compare its tree with. */
export type FreshCommit = {
  readonly id: CommitId;
  readonly tree: TreeId;
  readonly bases: readonly TreeId[];
};

/**
 * Trees that one commit's tree is compared with. The nearest shared commit finds nearly all; a merge has one on each
 * side. Every further one costs as many reads as the first and finds next to nothing.
 */
const BASES_MAX = 2;

/** Sorts ids by kind and follows tags to what they point at; each id appears once. */
export async function sortIds(
  reader: ObjectReader,
  ids: readonly ObjectId[],
  options: AbortOptions & { readonly onFault: FaultHandler },
): Promise<SortedIds> {
  const sorted = {
    tags: [] as TagId[],
    commits: [] as CommitId[],
    trees: [] as TreeId[],
    manifests: [] as ManifestId[],
    chunks: [] as { id: ChunkId; rawSize: number }[],
  };
  const seen = new Set<ObjectId>();
  let unsorted: readonly ObjectId[] = ids;
  for (let depth = 0; unsorted.length > 0; depth++) {
    const fresh = [...new Set(unsorted)].filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    const infos = await reader.info(fresh, options);
    const tags: TagId[] = [];
    fresh.forEach((id, index) => {
      const info = infos[index];
      if (info === undefined) options.onFault({ id, kind: 'commit' }, absent(id));
      else if (info.kind === 'tag') tags.push(id as TagId);
      else if (info.kind === 'commit') sorted.commits.push(id as CommitId);
      else if (info.kind === 'tree') sorted.trees.push(id as TreeId);
      else if (info.kind === 'manifest') sorted.manifests.push(id as ManifestId);
      else sorted.chunks.push({ id: id as ChunkId, rawSize: info.rawSize });
    });
    sorted.tags.push(...tags);
    if (depth > TAG_DEPTH_MAX) throw invalidObject('tag', `a chain of over ${TAG_DEPTH_MAX} tags`);
    unsorted = await tagTargets(reader, tags, options);
  }
  return sorted;
}

async function tagTargets(
  reader: ObjectReader,
  tags: readonly TagId[],
  options: AbortOptions & { readonly onFault: FaultHandler },
): Promise<ObjectId[]> {
  const refs = tags.map((id) => ({ id, kind: 'tag' as const }));
  const results = await tryReadStructures(reader, refs, options);
  const targets: ObjectId[] = [];
  refs.forEach((ref, index) => {
    const result = results[index]!;
    try {
      if (result.fault !== undefined) throw result.fault;
      targets.push(decodeTag(result.bytes).target.id);
    } catch (error) {
      options.onFault(ref, asFault(error));
    }
  });
  return targets;
}

/** The commits that only the wants lead to, newest first, each with the trees to compare it with. */
export async function freshCommits(
  reader: ObjectReader,
  sides: { readonly wants: readonly CommitId[]; readonly haves: readonly CommitId[] },
  options: AbortOptions & { readonly onFault: FaultHandler },
): Promise<FreshCommit[]> {
  const painted = await paintLeftOnly(reader, {
    left: sides.wants,
    right: sides.haves,
    isRightPartial: true,
    ...options,
  });
  const known = new Map(painted.map((commit) => [commit.id, commit]));
  const haveTrees = sides.haves.flatMap((id) => known.get(id)?.tree ?? []).slice(0, BASES_MAX);
  const newestFirst = childrenFirst(painted.filter(({ paint }) => paint === PAINT.left));
  const bases = new Map<CommitId, readonly TreeId[]>();
  for (const commit of newestFirst.toReversed()) {
    bases.set(commit.id, basesOf(commit, known, bases));
  }
  return newestFirst.map(({ id, tree }) => {
    const found = bases.get(id) ?? [];
    return { id, tree, bases: found.length > 0 ? found : haveTrees };
  });
}

/** Commits so that each comes before its parents, whatever their clocks said, and newer ones first otherwise. */
function childrenFirst(commits: readonly PaintedCommit[]): PaintedCommit[] {
  const childCounts = new Map(commits.map(({ id }) => [id, 0]));
  const adjust = (id: CommitId, by: number): number | undefined => {
    const count = childCounts.get(id);
    if (count === undefined) return undefined;
    childCounts.set(id, count + by);
    return count + by;
  };
  for (const { parents } of commits) for (const parent of parents) adjust(parent, 1);
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const ready = new CommitQueue<PaintedCommit>();
  for (const commit of commits) {
    if (childCounts.get(commit.id) === 0) ready.push(commit, commit.timeMs);
  }
  const ordered: PaintedCommit[] = [];
  for (let commit = ready.pop(); commit !== undefined; commit = ready.pop()) {
    ordered.push(commit);
    for (const id of commit.parents) {
      const parent = byId.get(id);
      if (parent !== undefined && adjust(id, -1) === 0) ready.push(parent, parent.timeMs);
    }
  }
  return ordered;
}

/** Trees of the parents that the other side has; behind a parent that it lacks, the bases of that one. */
function basesOf(
  commit: PaintedCommit,
  known: ReadonlyMap<CommitId, PaintedCommit>,
  bases: ReadonlyMap<CommitId, readonly TreeId[]>,
): readonly TreeId[] {
  const found = commit.parents.flatMap((id) => {
    const parent = known.get(id);
    if (parent === undefined) return [];
    return (parent.paint & PAINT.right) !== 0 ? [parent.tree] : (bases.get(id) ?? []);
  });
  return [...new Set(found)].slice(0, BASES_MAX);
}

export function kindsOf(sorted: SortedIds): readonly { id: ObjectId; kind: ObjectKind }[] {
  return [
    ...sorted.tags.map((id) => ({ id, kind: 'tag' as const })),
    ...sorted.trees.map((id) => ({ id, kind: 'tree' as const })),
    ...sorted.manifests.map((id) => ({ id, kind: 'manifest' as const })),
    ...sorted.chunks.map(({ id }) => ({ id, kind: 'chunk' as const })),
  ];
}

function absent(id: ObjectId): StoreError {
  return new StoreError('DITS_STORE_NOT_FOUND', `object ${id} is not in the store`, {
    hint: 'fetch from a peer that has it',
    details: { id },
  });
}
