/** "Did you mean": the known names nearest to a mistyped one. */

/** Names compared: more would take time and help nobody. */
const NAMES_MAX = 5_000;
/** Longer names are not compared: the cost grows with the product of the lengths. */
const LENGTH_MAX = 100;
/** A third of the letters wrong is another word. */
const DISTANCE_SHARE_MAX = 1 / 3;
const SUGGESTIONS_MAX = 3;

/** Up to three of `names`, nearest first. */
export function similarNames(wanted: string, names: readonly string[]): string[] {
  if (wanted.length > LENGTH_MAX) return [];
  const limit = Math.max(1, Math.floor(wanted.length * DISTANCE_SHARE_MAX));
  return names
    .slice(0, NAMES_MAX)
    .filter((name) => name.length <= LENGTH_MAX)
    .map((name) => ({ name, distance: distanceTo(wanted, name) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, SUGGESTIONS_MAX)
    .map(({ name }) => name);
}

/** Distance to the whole name, or to its end after a slash: `mian` is near to `origin/main`. */
function distanceTo(wanted: string, name: string): number {
  const short = name.slice(name.lastIndexOf('/') + 1);
  const folded = wanted.toLowerCase();
  return Math.min(
    editDistance(folded, name.toLowerCase()),
    editDistance(folded, short.toLowerCase()),
  );
}

/** Damerau-Levenshtein, restricted: insertions, deletions, replacements and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min(
        previous[column]! + 1,
        current[column - 1]! + 1,
        previous[column - 1]! + cost,
      );
      const isSwap =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) best = Math.min(best, beforePrevious[column - 2]! + 1);
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length]!;
}
