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

/** What was asked of the largest file and the largest tree, beside what was measured. */
function limitsTable(rows: readonly GrowthRow[]): string {
  const file = rows.filter(
    ({ subject, amount }) => subject === 'bytes' && amount === LARGEST_FILE.amount,
  );
  const status = rows.find(
    ({ amount, step }) => step === 'status' && amount === LARGEST_TREE.amount,
  );
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
  const lines: string[][] = [];
  if (file.length > 0) {
    const peak = Math.max(...file.map(({ peakBytes }) => peakBytes));
    const asked = `≤ ${megabytes(LARGEST_FILE.peakBytesMax)}${missed(peak, LARGEST_FILE.peakBytesMax)}`;
    lines.push(['peak memory of any step with a file of 10 GiB', megabytes(peak), asked]);
  }
  if (status !== undefined) {
    const { seconds, peakBytes } = status;
    const { statusSecondsMax, peakBytesMax } = LARGEST_TREE;
    lines.push(
      [
        'warm `status` of 200,000 files',
        secondsText(seconds),
        `≤ ${secondsText(statusSecondsMax)}${missed(seconds, statusSecondsMax)}`,
      ],
      [
        'its peak memory',
        megabytes(peakBytes),
        `≤ ${megabytes(peakBytesMax)}${missed(peakBytes, peakBytesMax)}`,
      ],
    );
  }
  return lines.length === 0 ? '' : markdownTable(['limit', 'measured', 'asked'], lines);
}

function missed(value: number, most: number): string {
  return value > most ? ', **missed**' : '';
}

export const growthSection: Section<GrowthRow> = {
  name: 'growth',
  title: 'Growth',
  isDefault: false,
  tools: [],
  cases: [
    growthCase({ name: 'quarter-gib', subject: 'bytes', amount: GIB / 4, runs: 3 }),
    growthCase({ name: '1-gib', subject: 'bytes', amount: GIB, runs: 3 }),
    growthCase({ name: '4-gib', subject: 'bytes', amount: 4 * GIB, runs: 1 }),
    growthCase({ name: '10-gib', subject: 'bytes', amount: LARGEST_FILE.amount, runs: 1 }),
    growthCase({ name: '5k-files', subject: 'files', amount: 5_000, runs: 3 }),
    growthCase({ name: '20k-files', subject: 'files', amount: 20_000, runs: 3 }),
    growthCase({ name: '100k-files', subject: 'files', amount: 100_000, runs: 1 }),
    growthCase({ name: '200k-files', subject: 'files', amount: LARGEST_TREE.amount, runs: 1 }),
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
  charts: (rows) =>
    SUBJECTS.flatMap(({ subject }) => {
      const ofSubject = rows.filter((row) => row.subject === subject);
      return ofSubject.length === 0 ? [] : [growthChart(`growth-${subject}`, ofSubject)];
    }),
};
