/** How soon two machines on one link find each other, and how long small questions wait behind bulk. Linux, root. */
import { emptyFolder } from '../compare/scratch.ts';
import { markdownTable } from '../report/markdown.ts';
import type { BenchContext, Section } from '../section.ts';
import { LINK, TwoNeighbours } from './two-neighbours.ts';

const MB = 1_000_000;
const BULK_BYTES: number = 48 * MB;
const QUICK_BULK_BYTES: number = 16 * MB;
const FOUND_MAX_MS = 3_000;
/** What a person takes for at once. */
const WAIT_MAX_MS = 250;
const ROUNDS_MAX = 3;

export type NearRow = {
  readonly what: string;
  /** The median, and the worst. */
  readonly medianMs: number;
  readonly worstMs: number;
  readonly maxMs: number | null;
};

async function measureNear(context: BenchContext): Promise<readonly NearRow[]> {
  const missing = TwoNeighbours.whyNot();
  if (missing !== undefined) {
    context.log(`near: left out, ${missing}`);
    return [];
  }
  const neighbours = await TwoNeighbours.create(emptyFolder(context.work, 'near'));
  const rows: NearRow[] = [];
  const add = (what: string, times: readonly number[], maxMs: number | null): void => {
    const sorted = [...times].sort((left, right) => left - right);
    const medianMs = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const row = { what, medianMs, worstMs: sorted.at(-1) ?? 0, maxMs };
    rows.push(row);
    context.log(`near: ${cellsOf(row).join(', ')}`);
  };
  try {
    const rounds = Math.min(context.runs, ROUNDS_MAX);
    const found: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await neighbours.stopNodes();
      found.push(await neighbours.measureFinding());
    }
    add('two nodes start and find each other', found, FOUND_MAX_MS);
    const bytes = context.isQuick ? QUICK_BULK_BYTES : BULK_BYTES;
    for (const bulkLanes of ['auto', 'never'] as const) {
      const { idleMs, busyMs } = await neighbours.measureWaits(bulkLanes, bytes);
      const way = bulkLanes === 'auto' ? 'bulk on lanes' : 'bulk on the same QUIC connection';
      add(`refs are asked for, nothing else going on (${bulkLanes})`, idleMs, null);
      add(`refs are asked for, ${way} fills the link`, busyMs, WAIT_MAX_MS);
    }
  } finally {
    await neighbours.remove();
  }
  return rows;
}

export const nearSection: Section<NearRow> = {
  name: 'near',
  title: 'Machines on one network',
  isDefault: false,
  tools: [],
  cases: [{ name: 'near-two', run: measureNear }],
  render: (rows) =>
    `Two network namespaces and a link of ${LINK.rateMbit} Mbit/s with a queue of 50 ms. Finding is timed from the start of both processes, by asking each node every 10 ms
whom it knows. Refs are asked for on the connection that a push of ${BULK_BYTES / MB} MB uses at that time.

${markdownTable(['what happens', 'median', 'worst', 'asked'], rows.map(cellsOf))}`,
  shortfalls: (rows) =>
    rows
      .filter(({ worstMs, maxMs }) => maxMs !== null && worstMs > maxMs)
      .map((row) => `${row.what}: ${Math.round(row.worstMs)} ms where ${row.maxMs} ms were asked`),
  charts: () => [],
};

function cellsOf({ what, medianMs, worstMs, maxMs }: NearRow): readonly string[] {
  const asked = maxMs === null ? '' : `≤ ${maxMs} ms`;
  return [what, `${medianMs.toFixed(1)} ms`, `${worstMs.toFixed(1)} ms`, asked];
}
