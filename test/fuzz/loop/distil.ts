/** The fewest and shortest inputs that take every branch that any of them takes: what is worth keeping in the repository. */
import type { FuzzTarget } from '../target.ts';
import { EdgeMap } from './edge-map.ts';

export async function distil(
  target: FuzzTarget,
  inputs: readonly Buffer[],
  counters: Uint8Array,
): Promise<Buffer[]> {
  const edges = new EdgeMap(counters);
  const kept: Buffer[] = [];
  for (const input of [...inputs].sort((a, b) => a.length - b.length)) {
    edges.reset();
    await target.run(input);
    if (edges.isNewBranch()) kept.push(input);
  }
  return kept;
}
