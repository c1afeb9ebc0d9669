/** Finding out what the other side lacks where history does not tell: bytes, processor time and memory of each way. */
import { join } from 'node:path';
import { measure } from '../measured-process.ts';
import { markdownTable } from '../report/markdown.ts';
import { bytesText, mebibytesText, secondsText } from '../report/quantities.ts';
import type { BenchCase, BenchContext, Section } from '../section.ts';
import { haveWantChart } from './have-want-chart.ts';

type MethodName = 'filterAndCheck' | 'checkOnly' | 'rangeReconciliation' | 'sketch';

const METHOD_TITLES: Readonly<Record<MethodName, string>> = {
  filterAndCheck: 'Bloom filter, questions',
  checkOnly: 'questions',
  rangeReconciliation: 'range-based reconciliation',
  sketch: 'sketch (rateless IBLT)',
};
const METHODS = Object.keys(METHOD_TITLES) as MethodName[];

export type HaveWantRow = {
  readonly wanted: number;
  readonly held: number;
  readonly missing: number;
  readonly method: MethodName;
  readonly bytes: number;
  /** Of both sides together. */
  readonly cpuSeconds: number;
  /** Resident memory above that of the two lists of ids, bytes. */
  readonly peakBytes: number;
  readonly isDone: boolean;
};

type Sets = { readonly wanted: number; readonly held: number; readonly missing: number };

/** Sets of one size that differ by 1, 100, 10,000, half and all of their ids; each side has as many that the other lacks. */
function equalSets(count: number): readonly Sets[] {
  const differences = [1, 100, 10_000, count / 2, count].filter((missing) => missing <= count);
  return [...new Set(differences)].map((missing) => ({ wanted: count, held: count, missing }));
}

async function measureMethod(method: MethodName, sets: Sets): Promise<HaveWantRow> {
  const script = join(import.meta.dirname, 'measure-method.js');
  const numbers = [sets.wanted, sets.held, sets.missing].map(String);
  const { stdout } = await measure(process.execPath, [script, method, ...numbers]);
  const outcome = JSON.parse(stdout) as {
    readonly toSinkBytes: number;
    readonly toSourceBytes: number;
    readonly missingCount: number;
    readonly isDone: boolean;
    readonly cpuSeconds: number;
    readonly peakBytes: number;
  };
  if (outcome.isDone && outcome.missingCount !== sets.missing) {
    throw new Error(`${method} found ${outcome.missingCount} of ${sets.missing} ids`);
  }
  return {
    ...sets,
    method,
    bytes: outcome.toSinkBytes + outcome.toSourceBytes,
    cpuSeconds: outcome.cpuSeconds,
    peakBytes: outcome.peakBytes,
    isDone: outcome.isDone,
  };
}

function sizeCase(name: string, all: readonly Sets[], isQuick = false): BenchCase<HaveWantRow> {
  return {
    name: `have-want-${name}`,
    async run(context: BenchContext) {
      if (context.isQuick && !isQuick) return [];
      const rows: HaveWantRow[] = [];
      for (const sets of all) {
        for (const method of METHODS) rows.push(await measureMethod(method, sets));
        context.log(`${sets.missing} of ${sets.wanted} ids missing among ${sets.held}`);
      }
      return rows;
    },
  };
}

function cell(row: HaveWantRow | undefined): string {
  if (row === undefined) return '';
  const figures = `${bytesText(row.bytes)}, ${secondsText(row.cpuSeconds)}, ${mebibytesText(Math.max(0, row.peakBytes))}`;
  return row.isDone ? figures : `gives up: ${figures}`;
}

/** One line for each pair of sets. */
function table(rows: readonly HaveWantRow[]): string {
  const keyOf = ({ wanted, held, missing }: Sets): string => `${wanted} ${held} ${missing}`;
  const keys = [...new Set(rows.map(keyOf))];
  return markdownTable(
    ['wanted', 'held', 'missing', ...METHODS.map((method) => METHOD_TITLES[method])],
    keys.map((key) => {
      const of = rows.filter((row) => keyOf(row) === key);
      const numbers = key.split(' ').map((text) => Number(text).toLocaleString('en'));
      return [...numbers, ...METHODS.map((name) => cell(of.find(({ method }) => method === name)))];
    }),
  );
}

export const haveWantSection: Section<HaveWantRow> = {
  name: 'have-want',
  title: 'Finding out what is missing, without a common ancestor',
  isDefault: false,
  tools: [],
  cases: [
    sizeCase('10k', equalSets(10_000), true),
    sizeCase('1m', [
      ...equalSets(1_000_000),
      { wanted: 10_000, held: 1_000_000, missing: 5_000 },
      { wanted: 1_000_000, held: 500_000, missing: 500_000 },
    ]),
    sizeCase('10m', equalSets(10_000_000)),
  ],
  render: (rows) => `\
Bytes both ways, processor seconds of both sides, memory above the lists of ids. The sketch runs its real exchange over a connection in
memory; the others are their payload without frames. Not counted are listing the ids from the index (both sides of a sketch,
the sink of a filter) and looking up each question there; [performance.md](performance.md) has both. Where a sketch gives up, a filter follows. What is used
when, and why: [ADR 14](adr/0014-sketches.md).

${table(rows)}`,
  charts: (rows) => {
    const points = rows
      .filter(({ wanted, held, isDone }) => isDone && wanted === held)
      .map(({ wanted, method, ...row }) => ({
        ...row,
        size: wanted,
        method: METHOD_TITLES[method],
      }));
    return points.length === 0 ? [] : [haveWantChart(points)];
  },
};
