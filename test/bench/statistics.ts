/** Medians and ratios: single absolute times mean nothing on a shared machine. */

/** The middle value; the mean of the two middle ones for an even count; NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The median of `combine(a[i], b[i])`, over the pairs that both have. */
function medianOfPairs(
  a: readonly number[],
  b: readonly number[],
  combine: (a: number, b: number) => number,
): number {
  return median(b.slice(0, a.length).map((value, index) => combine(a[index]!, value)));
}

/** The median of the pairwise ratios a[i] / b[i]. */
export function medianRatio(a: readonly number[], b: readonly number[]): number {
  return medianOfPairs(a, b, (left, right) => left / right);
}

/** The median of the pairwise differences a[i] - b[i]. */
export function medianDifference(a: readonly number[], b: readonly number[]): number {
  return medianOfPairs(a, b, (left, right) => left - right);
}
