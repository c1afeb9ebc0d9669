/** How a source finds out what the sink lacks: chosen by the acceptor, from what both sides hold. */

/**
 * `all`: the sink holds nothing. `check`: every candidate is asked about. `sketch`: the difference of both stores is read from
 * coded symbols first. `filter`: the sink sends a Bloom filter of what it holds.
 */
export type HaveMethod = 'all' | 'check' | 'sketch' | 'filter';

/** Objects below which a filter is 5 KiB at most, and questions 128 KiB: nothing to choose between. */
const MANY_IDS_MIN = 4_096;
/** Stores whose sizes differ by more than this share of the smaller one differ too much for a sketch. */
const SKETCH_DIFFERENCE_MAX_SHARE = 0.5;

/** Bytes of a question, and of a filter for each object in it (1 % false positives). */
const QUESTION_BYTES = 32;
const FILTER_BYTES_PER_ID = 1.2;

export type HaveCounts = {
  /** Objects the source holds, at least those wanted; 0 when it does not say. */
  readonly source: number;
  readonly sink: number;
  /** Whether both sides know a common ancestor, so that the walk names few candidates. */
  readonly hasCommon: boolean;
};

/** The cheapest way, by what docs/adr/0014-sketches.md measured. */
export function chooseHaveMethod({ source, sink, hasCommon }: HaveCounts): HaveMethod {
  if (sink === 0) return 'all';
  if (hasCommon) return 'check';
  if (source === 0 || sink < MANY_IDS_MIN) return 'filter';
  if (source * QUESTION_BYTES <= sink * FILTER_BYTES_PER_ID) return 'check';
  const smaller = Math.min(source, sink);
  if (smaller < MANY_IDS_MIN) return 'filter';
  return isSketchable(Math.abs(source - sink), smaller) ? 'sketch' : 'filter';
}

/** Whether so many differences between stores, the smaller of this size, are cheaper to sketch than to ask about. */
export function isSketchable(differences: number, smaller: number): boolean {
  return differences <= smaller * SKETCH_DIFFERENCE_MAX_SHARE;
}
