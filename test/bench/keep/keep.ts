/** What a transfer loses when its path changes in the middle: time until it goes on, and bytes that are sent again. Linux, root. */
import { emptyFolder } from '../compare/scratch.ts';
import { markdownTable } from '../report/markdown.ts';
import type { BenchContext, Section } from '../section.ts';
import { CutBench, whyNoCuts, type CutTransfer } from './cut-transfer.ts';

const MIB = 1024 * 1024;
const SIZE_MIB = 128;
const QUICK_SIZE_MIB = 48;
/** More rounds would take longer than they tell. */
const ROUNDS_MAX = 2;
const RESENT_MAX_MIB = 64;
const GAP_MAX_MS = { address: 2_000, udp: 5_000 };
const WORDS = { address: 'another address', udp: 'UDP dropped' };
const SIDES = [
  { verb: 'push', bulkLanes: 'never' },
  { verb: 'push', bulkLanes: 'auto' },
  { verb: 'clone', bulkLanes: 'never' },
  { verb: 'clone', bulkLanes: 'auto' },
] as const;

export type KeepRow = Omit<CutTransfer, 'cut'> & {
  readonly cut: 'address' | 'udp';
  /** The worst of all rounds. */
  readonly gapMs: number;
  readonly resentMib: number;
  /** Of the last round. */
  readonly path: string;
  readonly reconnects: number;
};

async function measureCuts(context: BenchContext): Promise<readonly KeepRow[]> {
  const missing = whyNoCuts();
  if (missing !== undefined) {
    context.log(`keep: left out, ${missing}`);
    return [];
  }
  const sizeMib = context.isQuick ? QUICK_SIZE_MIB : SIZE_MIB;
  const bench = await CutBench.create(emptyFolder(context.work, 'keep'), sizeMib * MIB);
  const rows: KeepRow[] = [];
  try {
    for (const side of SIDES) {
      const clean = await bench.run({ ...side, cut: 'nothing' });
      for (const cut of ['address', 'udp'] as const) {
        let row: KeepRow = { ...side, cut, gapMs: 0, resentMib: 0, path: '', reconnects: 0 };
        for (let round = 0; round < Math.min(context.runs, ROUNDS_MAX); round++) {
          const { gapMs, wireBytes, path, reconnects } = await bench.run({ ...side, cut });
          const resentMib = Math.max(0, wireBytes - clean.wireBytes) / MIB;
          row = {
            ...row,
            ...{ path, reconnects },
            gapMs: Math.max(row.gapMs, gapMs),
            resentMib: Math.max(row.resentMib, resentMib),
          };
        }
        rows.push(row);
        context.log(`keep: ${cellsOf(row).join(', ')}`);
      }
    }
  } finally {
    await bench.close();
  }
  return rows;
}

export const keepSection: Section<KeepRow> = {
  name: 'keep',
  title: 'A path that changes in the middle of a transfer',
  isDefault: false,
  tools: [],
  cases: [{ name: 'keep-cut', run: measureCuts }],
  render: (rows) =>
    `${SIZE_MIB} MiB of random bytes between two network namespaces at 400 Mbit/s. When 40 % are there, the address of the machine that runs the
command is replaced by another one, or both machines begin to drop every UDP packet that comes in, without a word. The gap is the time from there
until the receiver's store has grown by 2 MiB; sent again is what crossed the network beyond a transfer that nobody disturbed. The worst of ${ROUNDS_MAX}.

${markdownTable(['what happens', 'to', 'gap', 'sent again', 'asked', 'goes on over'], rows.map(cellsOf))}`,
  shortfalls: (rows) =>
    rows
      .filter((row) => row.gapMs > GAP_MAX_MS[row.cut] || row.resentMib > RESENT_MAX_MIB)
      .map((row) => `${WORDS[row.cut]} in the middle of a ${sideOf(row)}: ${resultOf(row)}`),
  charts: () => [],
};

function cellsOf(row: KeepRow): readonly string[] {
  const { cut, path, reconnects } = row;
  return [
    WORDS[cut],
    sideOf(row),
    `${Math.round(row.gapMs)} ms`,
    `${row.resentMib.toFixed(1)} MiB`,
    `≤ ${GAP_MAX_MS[cut]} ms, ≤ ${RESENT_MAX_MIB} MiB`,
    reconnects === 0 ? `${path}, the same connection` : `${path}, a new connection`,
  ];
}

function sideOf({ verb, bulkLanes }: KeepRow): string {
  return `${verb}${bulkLanes === 'never' ? ' without lanes' : ''}`;
}

function resultOf({ gapMs, resentMib }: KeepRow): string {
  return `${Math.round(gapMs)} ms until it goes on, ${resentMib.toFixed(1)} MiB sent again`;
}
