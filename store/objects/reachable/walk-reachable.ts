/**
 * Everything that some commits lead to and others do not: what a sync has to send, what gc must keep, what fsck checks
 * (docs/store-format.md, "Objects").
 */
import type { ObjectId } from '../../ids.ts';
import type { AbortOptions, ObjectReader } from '../../object-store.ts';
import { ObjectWalk } from './object-walk.ts';
import {
  freshCommits,
  kindsOf,
  sortIds,
  type FaultHandler,
  type SortedIds,
} from './reachable-frontier.ts';
import { WalkState, type Reachable } from './walk-state.ts';

export type { Reachable } from './walk-state.ts';

/** Two ends of a walk. */
export type ReachableEnds = {
  /** Commits and tags, or any other object, to start from. */
  readonly wants: readonly ObjectId[];
  /** Objects that the other side has with everything they lead to. Ones that the reader does not hold are ignored. */
  readonly haves: readonly ObjectId[];
};

/**
 * Every object reachable from the wants and not from the haves: each once, containers before what is in them, in batches.
 *
 * With haves, each new commit's tree is compared with the tree of the nearest commit that the other side has, node by
 * node, skipping equal ids; what stands in the nodes that differ is known to be there wherever it moved to. So the
 * cost goes with the change, and a few objects that the haves hold elsewhere may be found nevertheless. Never is one
 * left out that they do not hold.
 *
 * Memory: 16 to 27 bytes per object seen (`IdSet`), and the nodes of one round.
 * @throws StoreError DITS_STORE_NOT_FOUND, DITS_STORE_CORRUPT, DITS_STORE_INVALID_OBJECT for what the wants lead to
 */
export async function* walkReachable(
  reader: ObjectReader,
  ends: ReachableEnds,
  options: AbortOptions = {},
): AsyncIterable<readonly Reachable[]> {
  yield* walkWithFaults(reader, ends, {
    signal: options.signal,
    onFault: (_ref, fault) => {
      throw fault;
    },
  });
}

/** As `walkReachable`, but what is absent or damaged is reported and passed over. */
export async function* walkWithFaults(
  reader: ObjectReader,
  ends: ReachableEnds,
  options: AbortOptions & { readonly onFault: FaultHandler },
): AsyncGenerator<readonly Reachable[]> {
  const wants = await sortIds(reader, ends.wants, options);
  // Faults on the other side only mean that less is known to be there.
  const haves = await sortIds(reader, ends.haves, { ...options, onFault: () => undefined });
  const state = new WalkState({ isPostponing: haves.commits.length > 0 });
  for (const { id, kind } of kindsOf(haves)) state.know(id, kind);
  for (const id of wants.tags) state.find({ id, kind: 'tag' });
  if (haves.commits.length === 0) startAtCommits(state, wants);
  else await startAtChanges(reader, state, { wants, haves, ...options });
  startAtOthers(state, wants);
  yield* new ObjectWalk(reader, state, options).run();
}

function startAtCommits(state: WalkState, wants: SortedIds): void {
  for (const id of wants.commits) {
    if (state.find({ id, kind: 'commit' })) state.push({ kind: 'commit', id });
  }
}

async function startAtChanges(
  reader: ObjectReader,
  state: WalkState,
  options: AbortOptions & {
    readonly onFault: FaultHandler;
    readonly wants: SortedIds;
    readonly haves: SortedIds;
  },
): Promise<void> {
  const sides = { wants: options.wants.commits, haves: options.haves.commits };
  const fresh = await freshCommits(reader, sides, options);
  for (const { id } of fresh) state.find({ id, kind: 'commit' });
  for (const { bases } of fresh) for (const tree of bases) state.know(tree, 'tree');
  // The oldest is opened first: most changes are then met where they were made.
  for (const { tree, bases } of fresh.toReversed()) {
    if (!state.find({ id: tree, kind: 'tree' })) continue;
    const olds = bases.map((id) => ({ id }));
    state.push({ kind: 'tree', news: [{ id: tree }], olds });
  }
}

function startAtOthers(state: WalkState, wants: SortedIds): void {
  for (const id of wants.trees) {
    if (state.find({ id, kind: 'tree' })) state.push({ kind: 'tree', news: [{ id }], olds: [] });
  }
  for (const id of wants.manifests) {
    if (state.find({ id, kind: 'manifest' })) {
      state.push({ kind: 'manifest', news: [{ id }], olds: [] });
    }
  }
  for (const { id, rawSize } of wants.chunks) state.find({ id, kind: 'chunk', rawSize });
}
