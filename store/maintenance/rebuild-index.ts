/** Throws the index away and makes it anew from the segments (docs/store-format.md, "Index"). */
import type { MaintenanceDeps } from './maintenance-deps.ts';

export type RebuildReport = {
  /** Objects in the new index, chunks included; duplicates are counted as often as they are stored. */
  readonly objects: number;
};

/**
 * Works as well when LevelDB cannot open its files. Killed half-way, the next opening goes on where it stopped, because
 * a segment without a watermark is indexed whenever a leader opens the index.
 * @throws StoreError DITS_STORE_LOCKED while another process uses the store
 */
export async function rebuildIndex(deps: MaintenanceDeps): Promise<RebuildReport> {
  const { index, objects, logger } = deps;
  await objects.settle().catch((error: unknown) => {
    // With an index that does not open there is nothing to settle: nothing could be put.
    logger('index.settle-failed', { error });
  });
  const hold = await deps.hold('exclusive');
  try {
    await index.discard();
    // The next request makes this process (or another one that is waiting) the leader, and a leader indexes what is not indexed.
    return { objects: await objects.count() };
  } finally {
    await hold.release();
  }
}
