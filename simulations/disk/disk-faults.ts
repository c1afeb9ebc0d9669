/** Disks that fail at times: a full one, and one with errors. */
import { StoreError } from '../../store/index.ts';
import type { SeededRandom } from '../seeded-random.ts';

export type DiskOperation =
  'read' | 'write' | 'sync' | 'truncate' | 'create' | 'rename' | 'remove' | 'syncFolder';

/** `full`: nothing more fits. `failing`: any operation may fail. */
export type DiskMood = 'well' | 'full' | 'failing';

/** One operation in so many fails on a failing disk. */
const FAILING_ONE_IN = 12;

export class DiskFaults {
  readonly #random: SeededRandom;
  mood: DiskMood = 'well';
  /** Operations that failed so far. */
  count = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** Why this operation fails, undefined when it does not. */
  draw(operation: DiskOperation, path: string): StoreError | undefined {
    if (this.mood === 'well') return undefined;
    const isFull = this.mood === 'full' && (operation === 'write' || operation === 'create');
    const isFailing = this.mood === 'failing' && this.#random.below(FAILING_ONE_IN) === 0;
    if (!isFull && !isFailing) return undefined;
    this.count++;
    const details = { path };
    return isFull
      ? new StoreError('DITS_STORE_NO_SPACE', `no space left to ${operation} ${path}`, { details })
      : new StoreError('DITS_STORE_IO', `cannot ${operation} ${path}: EIO`, { details });
  }
}
