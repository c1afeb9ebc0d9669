/** Opens the index when it is sound, and an empty one in its place when it is not: segments hold everything that is in it. */
import { writeFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../../files/durable-file.ts';
import { ioError, systemErrorCode } from '../../files/io-error.ts';
import type { StoreLayout } from '../../store-layout.ts';
import { StoreError } from '../../store-error.ts';
import { LevelIndex } from '../level-index.ts';
import type { IndexDamage } from '../location-index.ts';
import { DAMAGE_MARK, findIndexDamage } from './check-index-files.ts';

type IndexLayout = Pick<StoreLayout, 'index' | 'discardedIndex'>;

/**
 * The caller holds the lock on the index, and indexes what the segments hold when `damage` is not empty.
 * @throws StoreError DITS_STORE_IO
 */
export async function openSoundIndex(layout: IndexLayout): Promise<{
  readonly index: LevelIndex;
  /** What was wrong with the index that is gone. */
  readonly damage: readonly IndexDamage[];
}> {
  const onDamage = (): void => markDamaged(layout.index);
  const damage = await findIndexDamage(layout.index, 'opening');
  if (damage.length === 0) {
    try {
      return { index: await LevelIndex.open(layout.index, onDamage), damage };
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'DITS_STORE_INDEX_CORRUPT') throw error;
      damage.push({ file: 'MANIFEST', problem: error.message });
    }
  }
  await discardIndexFiles(layout);
  return { index: await LevelIndex.open(layout.index, onDamage), damage };
}

/**
 * Leaves an empty folder. The old one is renamed first: half of a LevelDB may open as a whole one with less in it.
 * @throws StoreError DITS_STORE_IO
 */
export async function discardIndexFiles({ index, discardedIndex }: IndexLayout): Promise<void> {
  try {
    await rm(discardedIndex, { recursive: true, force: true });
    await rename(index, discardedIndex).catch((error: unknown) => {
      if (systemErrorCode(error) !== 'ENOENT') throw error;
    });
    await mkdir(index);
    await syncFolder(dirname(index));
    await rm(discardedIndex, { recursive: true, force: true });
  } catch (error) {
    throw ioError(error, 'empty', index);
  }
}

/** Makes the next opening discard this index. At once, because the process is likely to end with an error now. */
function markDamaged(folder: string): void {
  try {
    writeFileSync(join(folder, DAMAGE_MARK), '');
  } catch (error) {
    // Without the mark the damage is met again: no reason to hide what was being reported.
    if (systemErrorCode(error) === undefined) throw error;
  }
}
