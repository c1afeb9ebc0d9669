/** Throws the index away and makes it anew from the segments (docs/store-format.md, "Index"). */
import { mkdir, rm } from 'node:fs/promises';
import { ioError } from '../files/io-error.ts';
import { lockPath } from '../locks/file-lock.ts';
import type { MaintenanceDeps } from './maintenance-deps.ts';

/** How long to wait for the process that leads the index to end. */
const LEADER_TIMEOUT_MS = 10_000;

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
  const { layout, index, objects, logger } = deps;
  await objects.settle().catch((error: unknown) => {
    // With an index that does not open there is nothing to settle: nothing could be put.
    logger('index.settle-failed', { error });
  });
  const hold = await deps.hold('exclusive');
  try {
    await index.leave();
    const lock = await lockPath(layout.indexLock, 'exclusive', {
      timeoutMs: LEADER_TIMEOUT_MS,
      subject: 'the index: stop the other dits processes of this repository',
    });
    try {
      await rm(layout.index, { recursive: true, force: true });
      await mkdir(layout.index, { recursive: true });
    } catch (error) {
      throw ioError(error, 'empty', layout.index);
    } finally {
      await lock.release();
    }
    // Joining makes this process (or another one that is waiting) the leader, and a leader indexes what is not indexed.
    return { objects: await objects.count() };
  } finally {
    await hold.release();
  }
}
