/** What everything in one run shares. */
import type { SeededRandom } from './seeded-random.ts';
import type { Trace } from './trace.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type World = {
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly trace: Trace;
  /** Broken promises, as they were found. */
  readonly problems: unknown[];
};

/** Something that must never happen has happened. */
export class Violation extends Error {
  /** Which invariant, for the table of planted bugs. */
  readonly invariant: string;

  constructor(invariant: string, what: string) {
    super(`${invariant}: ${what}`);
    this.invariant = invariant;
  }
}

/** The real wall clock of virtual time 0: 2026-01-01T00:00:00Z. */
export const EPOCH_MS = 1_767_225_600_000;
