/**
 * `npm run bench [-- --quick] [--runs N] [--scale S] [--data DIR] [--only WORD,…] [--write]`: compares this build with the
 * tools people use now, on this machine, and prints the table; --write also stores it in docs/benchmarks.md.
 * It fails when a result is wrong, not only slow.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cloneAndCompare, pushAll, takeIn, type BenchContext, type Row } from './cases.ts';
import { makeDataSets } from './data-sets.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    runs: { type: 'string' },
    scale: { type: 'string' },
    data: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});

const scale = Number(values.scale ?? (values.quick ? 0.1 : 1));
const runs = Number(values.runs ?? (values.quick ? 1 : 5));

const work = mkdtempSync(join(process.env['BENCH_TMP'] ?? tmpdir(), 'dits-bench-'));
const data = values.data ?? makeDataSets(join(tmpdir(), `dits-bench-data-${scale}`), scale);
const context: BenchContext = { data, work, runs, log: (line) => console.error(line) };

const cases: readonly (readonly [string, () => Promise<readonly Row[]>])[] = [
  ['take-in-media', async () => [await takeIn(context, 'media', 'borg', '≤ 1.0')]],
  ['take-in-small', async () => [await takeIn(context, 'small', 'borg', '≤ 1.0')]],
  ['take-in-frames', async () => [await takeIn(context, 'frames', 'borg', '')]],
  ['take-in-project', async () => [await takeIn(context, 'project', 'borg', '')]],
  ['disk-media', async () => [await takeIn(context, 'media', 'dd', '')]],
  [
    'push-media',
    () =>
      pushAll(context, 'media', {
        copy: '≤ 1.2',
        edit: '≤ 3.5 MB',
        nothing: '≤ 8 KB, ≤ 0.4 s',
      }),
  ],
  ['push-small', () => pushAll(context, 'small', { copy: '≤ 1.0', edit: '', nothing: '' })],
  ['push-frames', () => pushAll(context, 'frames', { copy: '', edit: '', nothing: '' })],
  ['push-project', () => pushAll(context, 'project', { copy: '', edit: '', nothing: '' })],
  ['clone-media', async () => [await cloneAndCompare(context, 'media')]],
];

function table(rows: readonly Row[]): string {
  const head = ['| work | dits | other tool | ratio | asked |', '| --- | --- | --- | --- | --- |'];
  const body = rows.map((row) => {
    const ratio = row.ratio === undefined ? '' : row.ratio.toFixed(2);
    return `| ${row.work} | ${row.ours} | ${row.theirs} | ${ratio} | ${row.asked} |`;
  });
  return [...head, ...body].join('\n');
}

/** Parts of case names, separated by commas; an empty one matches every case. */
const words = values.only.split(',');
const rows: Row[] = [];
try {
  for (const [name, run] of cases) {
    if (words.some((word) => name.includes(word))) rows.push(...(await run()));
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim();
const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
const report = [
  '# Benchmarks',
  '',
  'Ours and theirs run in turn on one machine; seconds are medians, the ratio is the median of the pairwise ratios (below',
  '1: we are faster). Everything is durable, verified and encrypted on our side. `npm run bench -- --write` makes this page.',
  '',
  `${machine}; commit ${commit}; scale ${scale}, ${runs} runs.`,
  '',
  table(rows),
  '',
].join('\n');
console.log(report);
if (values.write) writeFileSync(join(import.meta.dirname, '../../../docs/benchmarks.md'), report);
