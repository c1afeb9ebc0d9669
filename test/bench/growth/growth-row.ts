/** What one step of the growth measurement cost at one size. */

export const GROWTH_STEPS = ['take in', 'push', 'clone', 'status'] as const;
export type GrowthStep = (typeof GROWTH_STEPS)[number];

export type GrowthRow = {
  /** What grows: the bytes of one file, or the number of small files. */
  readonly subject: 'bytes' | 'files';
  readonly amount: number;
  readonly step: GrowthStep;
  /** Median of the runs. */
  readonly seconds: number;
  /** How often it was measured. */
  readonly runs: number;
  /** Highest resident memory of any of our processes, bytes. */
  readonly peakBytes: number;
  /** Bytes that were stored (taking in) or crossed the network (push, clone). */
  readonly movedBytes?: number;
};
