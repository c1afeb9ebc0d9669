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

/** Bytes of the files that are new or changed between the old and the new value of each ref, each pair counted once. */
export async function logicalSize(
  objects: ObjectReader,
  refs: readonly RefReport[],
  signal: AbortSignal,
): Promise<number> {
  const pairs = new Map<string, { readonly old: TreeId | undefined; readonly now: TreeId }>();
  for (const { old, new: target, result } of refs) {
    // What is not complete cannot be walked.
    if (target === null || target === old || result === 'incomplete') continue;
    const now = await treeOf(objects, target, signal);
    if (now === undefined) continue;
    const before = old === null ? undefined : await treeOf(objects, old, signal);
    pairs.set(`${before ?? ''} ${now}`, { old: before, now });
  }
  let bytes = 0;
  for (const { old, now } of pairs.values()) {
    for await (const { new: entry } of diffTrees(objects, old, now, { signal })) {
      if (entry !== undefined && entry.kind !== 'directory') bytes += entry.size;
    }
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
