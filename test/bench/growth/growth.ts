/** How time, bytes and memory grow with the size of a file and with the number of files. */
import { markdownTable } from '../report/markdown.ts';
import { bytesText, mebibytesText, secondsText } from '../report/quantities.ts';
import type { Section } from '../section.ts';
import { growthCase } from './growth-case.ts';
import { growthChart } from './growth-chart.ts';
import { GROWTH_STEPS, type GrowthRow, type GrowthStep } from './growth-row.ts';

const GIB = 2 ** 30;
/** What is asked of the largest points. */
const LARGEST_FILE = { amount: 10 * GIB, peakBytesMax: 300e6 } as const;
const LARGEST_TREE = { amount: 200_000, statusSecondsMax: 2, peakBytesMax: 600e6 } as const;

const SUBJECTS = [
  {
    subject: 'bytes',
    title: 'one file',
    text: (amount: number) => `${Number((amount / GIB).toPrecision(3))} GiB`,
  },
  { subject: 'files', title: 'files', text: (amount: number) => amount.toLocaleString('en') },
] as const;

/** Steps of one amount, in the order of the amounts. */
function byAmount(rows: readonly GrowthRow[]): (readonly [number, readonly GrowthRow[]])[] {
  const amounts = [...new Set(rows.map(({ amount }) => amount))].sort((a, b) => a - b);
  return amounts.map((amount) => [amount, rows.filter((row) => row.amount === amount)]);
}

function growthTable(rows: readonly GrowthRow[], subject: GrowthRow['subject']): string {
  const { title, text } = SUBJECTS.find((one) => one.subject === subject)!;
  const columns = [title, ...GROWTH_STEPS.map((step) => step), 'runs'];
  const lines = byAmount(rows.filter((row) => row.subject === subject)).map(([amount, steps]) => [
    text(amount),
    ...GROWTH_STEPS.map((step) => cell(steps, step)),
    String(steps[0]?.runs ?? 0),
  ]);
  return lines.length === 0 ? '' : markdownTable(columns, lines);
}

function cell(rows: readonly GrowthRow[], step: GrowthStep): string {
  const row = rows.find((one) => one.step === step);
  if (row === undefined) return '';
  const moved = row.movedBytes === undefined ? '' : `, ${bytesText(row.movedBytes)}`;
  return `${secondsText(row.seconds)}, peak ${mebibytesText(row.peakBytes)}${moved}`;
}

/** A limit, in words. */
type Limit = {
  readonly what: string;
  readonly measured: string;
  readonly asked: string;
  readonly isMissed: boolean;
};

function limit(
  what: string,
  [value, most]: readonly [number, number],
  text: (value: number) => string,
): Limit {
  return { what, measured: text(value), asked: `≤ ${text(most)}`, isMissed: value > most };
}

/** What was asked of the largest file and the largest tree, where they were measured. */
function limitsOf(rows: readonly GrowthRow[]): readonly Limit[] {
  const file = rows.filter(
    ({ subject, amount }) => subject === 'bytes' && amount === LARGEST_FILE.amount,
  );
  const status = rows.find(
    ({ amount, step }) => step === 'status' && amount === LARGEST_TREE.amount,
  );
  const bytes = (what: string, value: number, most: number): Limit =>
    limit(what, [value, most], megabytesText);
  const peak = Math.max(...file.map(({ peakBytes }) => peakBytes));
  const { statusSecondsMax, peakBytesMax } = LARGEST_TREE;
  return [
    ...(file.length === 0
      ? []
      : [bytes('peak memory of any step, 10 GiB', peak, LARGEST_FILE.peakBytesMax)]),
    ...(status === undefined
      ? []
      : [
          limit('warm `status` of 200,000 files', [status.seconds, statusSecondsMax], secondsText),
          bytes('its peak memory', status.peakBytes, peakBytesMax),
        ]),
  ];
}

function megabytesText(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function limitsTable(rows: readonly GrowthRow[]): string {
  const lines = limitsOf(rows).map(({ what, measured, asked, isMissed }) => [
    what,
    measured,
    `${asked}${isMissed ? ', **missed**' : ''}`,
  ]);
  return lines.length === 0 ? '' : markdownTable(['limit', 'measured', 'asked'], lines);
}

const FILE = { subject: 'bytes', runs: 1, isSent: true } as const;
const FILES = { subject: 'files', runs: 1, isSent: true } as const;

export const growthSection: Section<GrowthRow> = {
  name: 'growth',
  title: 'Growth',
  isDefault: false,
  tools: [],
  cases: [
    growthCase({ ...FILE, name: 'quarter-gib', amount: GIB / 4, runs: 3 }),
    growthCase({ ...FILE, name: '1-gib', amount: GIB }),
    growthCase({ ...FILE, name: '4-gib', amount: 4 * GIB }),
    growthCase({ ...FILE, name: '10-gib', amount: LARGEST_FILE.amount }),
    growthCase({ ...FILES, name: '5k-files', amount: 5_000, runs: 3 }),
    growthCase({ ...FILES, name: '20k-files', amount: 20_000 }),
    growthCase({ ...FILES, name: '100k-files', amount: 100_000 }),
    growthCase({ ...FILES, name: '200k-files', amount: LARGEST_TREE.amount, isSent: false }),
  ],
  render: (rows) =>
    [
      `A file of incompressible bytes, and text files of a few KB, taken in, pushed to an empty peer over loopback and cloned from it. Peak
memory is that of the largest of our processes; bytes are those stored for taking in and those of both directions for push and
clone; \`status\` is the second of two. The digest of each clone is compared with that of what was made.`,
      growthTable(rows, 'bytes'),
      growthTable(rows, 'files'),
      limitsTable(rows),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  shortfalls: (rows) =>
    limitsOf(rows)
      .filter(({ isMissed }) => isMissed)
      .map(({ what, measured, asked }) => `${what}: ${measured}, asked ${asked}`),
  charts: (rows) =>
    SUBJECTS.flatMap(({ subject }) => {
      const ofSubject = rows.filter((row) => row.subject === subject);
      return ofSubject.length === 0 ? [] : [growthChart(`growth-${subject}`, ofSubject)];
    }),
};
