/** How big the files are that a transfer was about: what would have moved without any deduplication. */
import {
  diffTrees,
  readCommit,
  resolveToCommit,
  type ObjectId,
  type ObjectReader,
  type TreeId,
} from '../../store/index.ts';
import type { RefReport } from './transfer-report.ts';

/**
 * Bytes of the files that are new or changed between the old and the new value of each ref, each pair counted once. A
 * ref that is new is compared with `base`, something that the receiver had before, else with the first new ref: a clone
 * of ten branches is not ten times as big.
 */
export async function logicalSize(
  objects: ObjectReader,
  refs: readonly RefReport[],
  { base, signal }: { readonly base: ObjectId | undefined; readonly signal: AbortSignal },
): Promise<number> {
  let general = base === undefined ? undefined : await treeOf(objects, base, signal);
  const pairs = new Map<string, TreePair>();
  // What is not complete cannot be walked, and what did not change needs not.
  for (const { old, new: target } of refs.filter(isWalkable)) {
    const now = target === null ? undefined : await treeOf(objects, target, signal);
    if (now === undefined) continue;
    const before = old === null ? general : await treeOf(objects, old, signal);
    general ??= now;
    pairs.set(`${before ?? ''} ${now}`, { old: before, now });
  }
  let bytes = 0;
  for (const pair of pairs.values()) bytes += await newBytes(objects, pair, signal);
  return bytes;
}

type TreePair = { readonly old: TreeId | undefined; readonly now: TreeId };

function isWalkable({ old, new: target, result }: RefReport): boolean {
  return target !== old && result !== 'incomplete';
}

async function newBytes(
  objects: ObjectReader,
  { old, now }: TreePair,
  signal: AbortSignal,
): Promise<number> {
  let bytes = 0;
  for await (const { new: entry } of diffTrees(objects, old, now, { signal })) {
    if (entry !== undefined && entry.kind !== 'directory') bytes += entry.size;
  }
  return bytes;
}

/** The tree of a commit or tag; undefined for what is not held here. */
async function treeOf(
  objects: ObjectReader,
  target: ObjectId,
  signal: AbortSignal,
): Promise<TreeId | undefined> {
  const [isHeld] = await objects.has([target], { signal });
  if (isHeld !== true) return undefined;
  const commit = await resolveToCommit(objects, target, { signal });
  return (await readCommit(objects, commit, { signal })).tree;
}
