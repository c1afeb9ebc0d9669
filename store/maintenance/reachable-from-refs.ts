/** What the names of a store reach: refs, HEAD, and what the reflog remembers. */
import type { ObjectId } from '../ids.ts';
import type { ObjectReader } from '../object-store.ts';
import { IdSet } from '../objects/reachable/id-set.ts';
import { findMissing } from '../objects/reachable/find-missing.ts';
import { walkReachable } from '../objects/reachable/walk-reachable.ts';
import type { RefStore } from '../refs/ref-store.ts';
import type { ProgressOptions } from './maintenance-deps.ts';

type Named = { readonly objects: ObjectReader; readonly refs: RefStore };

export type MarkOptions = ProgressOptions & {
  readonly extraRoots: readonly ObjectId[];
  /** Values that the reflog names since then are roots as well. */
  readonly reflogSinceMs: number;
};

/** Objects that refs and roots need and the reader does not hold intact; a bounded list. */
export async function findMissingFromRefs(
  { objects, refs }: Named,
  options: { readonly signal?: AbortSignal | undefined; readonly extraRoots: readonly ObjectId[] },
): Promise<readonly ObjectId[]> {
  const { signal, extraRoots } = options;
  const wants = [...new Set([...(await namedTargets(refs)), ...extraRoots])];
  return (await findMissing(objects, { wants, complete: [] }, { signal })).missing;
}

/** Everything to keep. @throws StoreError when something reachable cannot be read: nothing may be removed then */
export async function markReachable(
  { objects, refs }: Named,
  options: MarkOptions,
): Promise<IdSet> {
  const roots = await namedTargets(refs);
  const optional = new Set(options.extraRoots);
  for (const entry of await refs.reflog()) {
    if (entry.timeMs < options.reflogSinceMs) continue;
    if (entry.old !== null) optional.add(entry.old);
    if (entry.new !== null) optional.add(entry.new);
  }
  // Unlike a ref, the reflog may name what this store has never held or an earlier gc removed.
  const candidates = [...optional].filter((id) => !roots.has(id));
  const held = await objects.has(candidates);
  for (const [at, id] of candidates.entries()) if (held[at] === true) roots.add(id);
  const reachable = new IdSet();
  const { signal } = options;
  for await (const batch of walkReachable(objects, { wants: [...roots], haves: [] }, { signal })) {
    for (const { id, kind } of batch) reachable.add(id, kind);
    options.onProgress?.({ phase: 'mark', done: reachable.size });
  }
  return reachable;
}

async function namedTargets(refs: RefStore): Promise<Set<ObjectId>> {
  const targets = new Set((await refs.list()).map(({ target }) => target));
  const head = await refs.head();
  if (head.kind === 'detached') targets.add(head.target);
  return targets;
}
