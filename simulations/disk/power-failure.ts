/** What a power failure leaves of changes that no sync had covered. */
import type { SeededRandom } from '../seeded-random.ts';

/** What a disk writes at once or not at all. */
export const SECTOR_BYTES = 512;

/**
 * `nothing`: what was not synced is gone. `everything`: all of it had arrived. `prefix`: it had arrived in order, up to
 * somewhere. `subset`: any of it, in any order. `damaged`: as `subset`, and writes lack sectors or have a wrong bit.
 */
export type FailureStyle = 'nothing' | 'everything' | 'prefix' | 'subset' | 'damaged';

const STYLES: readonly FailureStyle[] = ['nothing', 'everything', 'prefix', 'subset', 'damaged'];

export function drawFailureStyle(random: SeededRandom): FailureStyle {
  return STYLES[random.below(STYLES.length)]!;
}

/** The changes that arrived. Changes of one place keep their order: a disk does not bring back what it has overwritten. */
export function survivorsOf<T>(
  changes: readonly T[],
  style: FailureStyle,
  random: SeededRandom,
): readonly T[] {
  switch (style) {
    case 'nothing':
      return [];
    case 'everything':
      return changes;
    case 'prefix':
      return changes.slice(0, random.below(changes.length + 1));
    case 'subset':
    case 'damaged':
      return changes.filter(() => random.below(2) === 0);
  }
}
