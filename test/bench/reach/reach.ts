/** How long it takes to reach a peer when UDP does not get through. */
import { emptyFolder } from '../compare/scratch.ts';
import { markdownTable } from '../report/markdown.ts';
import type { BenchContext, Section } from '../section.ts';
import { median } from '../statistics.ts';
import { BLOCKS, BlockedUdp, whyNoBlocks, type Block } from './blocked-udp.ts';

/** What was asked for, in milliseconds. */
const ASKED_MS: Readonly<Partial<Record<Block, number>>> = { dropped: 2_000, rejected: 500 };

const WORDS: Readonly<Record<Block, string>> = {
  open: 'nothing',
  dropped: 'dropped without a word before the node',
  rejected: 'rejected before the node (ICMP port unreachable)',
  prohibited: 'rejected before the node (ICMP administratively prohibited)',
  'not let out': 'dropped at the dialler itself',
};

export type ReachRow = {
  readonly block: Block;
  readonly path: string;
  readonly reason: string | null;
  readonly medianMs: number;
  readonly slowestMs: number;
};

async function measureReach(context: BenchContext): Promise<readonly ReachRow[]> {
  const missing = whyNoBlocks();
  if (missing !== undefined) throw new Error(missing);
  const bench = await BlockedUdp.create(emptyFolder(context.work, 'reach'));
  const rows: ReachRow[] = [];
  try {
    for (const block of Object.keys(BLOCKS) as Block[]) {
      const times: number[] = [];
      let last = await bench.dial(block);
      for (let run = 0; run < context.runs; run++) {
        last = await bench.dial(block);
        times.push(last.elapsedMs);
      }
      const { path, reason } = last;
      rows.push({
        ...{ block, path, reason },
        ...{ medianMs: median(times), slowestMs: Math.max(...times) },
      });
      context.log(`reach: ${block}: ${path} in ${Math.round(median(times))} ms`);
    }
  } finally {
    await bench.close();
  }
  return rows;
}

export const reachSection: Section<ReachRow> = {
  name: 'reach',
  title: 'Reaching a peer where UDP is blocked',
  isDefault: false,
  tools: [],
  cases: [{ name: 'reach-blocked-udp', run: measureReach }],
  render: (rows) =>
    `A push between two network namespaces that has nothing to send: the whole command, from its start over the dial and the comparison of
branches to its end. The median and the slowest of several.

${markdownTable(['UDP is', 'path', 'reason shown', 'median', 'slowest', 'asked'], rows.map(cells))}`,
  shortfalls: (rows) =>
    rows
      .filter(({ block, slowestMs }) => slowestMs > (ASKED_MS[block] ?? Infinity))
      .map(({ block, slowestMs }) => `a dial with UDP ${block} took ${Math.round(slowestMs)} ms`),
  charts: () => [],
};

function cells({ block, path, reason, medianMs, slowestMs }: ReachRow): readonly string[] {
  const asked = ASKED_MS[block];
  return [
    WORDS[block],
    path,
    reason ?? '',
    `${Math.round(medianMs)} ms`,
    `${Math.round(slowestMs)} ms`,
    asked === undefined ? '' : `≤ ${asked} ms`,
  ];
}
