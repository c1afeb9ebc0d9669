/**
 * Seeds that once found something. A seed says less once the scenario draws otherwise, so each defect has a test of its own
 * as well.
 */
export type Regression = {
  readonly seed: number;
  readonly found: string;
};

export const REGRESSIONS: readonly Regression[] = [
  { seed: 15, found: 'records whose sync had failed in another process were taken for durable' },
  { seed: 24, found: 'the same, by a writer that continued the segment' },
];
