/** Which of some ids a repository's refs vouch for: a ref is complete, and so is everything its history leads to. */
import {
  StoreError,
  history,
  resolveToCommit,
  type AbortOptions,
  type ObjectId,
  type ObjectReader,
  type Ref,
} from '../../store/index.ts';

/** Commits looked through for ids that are no ref's target: days of work of a big team. Older ones cost a full check. */
const HISTORY_SEARCH_MAX = 20_000;

/** The ids among `ids` that are targets of `refs` or commits in their history, in input order. */
export async function selectKnown(
  reader: ObjectReader,
  input: { readonly ids: readonly ObjectId[]; readonly refs: readonly Ref[] },
  options: AbortOptions = {},
): Promise<ObjectId[]> {
  const targets = new Set(input.refs.map((ref) => ref.target));
  const known = new Set(input.ids.filter((id) => targets.has(id)));
  const open = new Set(input.ids.filter((id) => !known.has(id)));
  if (open.size > 0 && targets.size > 0) {
    // Ids that the store does not hold at all need no search.
    const candidates = [...open];
    const present = await reader.has(candidates, options);
    candidates.forEach((id, index) => present[index] === true || open.delete(id));
  }
  if (open.size > 0) await searchHistory(reader, { targets, open, known }, options);
  return input.ids.filter((id) => known.has(id));
}

async function searchHistory(
  reader: ObjectReader,
  sets: { targets: Set<ObjectId>; open: Set<ObjectId>; known: Set<ObjectId> },
  options: AbortOptions,
): Promise<void> {
  const { targets, open, known } = sets;
  try {
    const starts = await Promise.all(
      [...targets].map((id) => resolveToCommit(reader, id, options)),
    );
    let left = HISTORY_SEARCH_MAX;
    for await (const { id } of history(reader, [...new Set(starts)], options)) {
      if (open.delete(id)) known.add(id);
      if (open.size === 0 || --left === 0) return;
    }
  } catch (error) {
    // Damaged history vouches for nothing beyond the damage: less is known to be shared, and more is asked about.
    if (!(error instanceof StoreError)) throw error;
  }
}
