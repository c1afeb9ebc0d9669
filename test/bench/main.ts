/**
 * `npm run bench`: compares this build with the tools people use now, on this machine, prints docs/benchmarks.md and writes it
 * with its charts. It fails, and names the case, when a result is wrong, not only slow.
 */
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeDataSets } from './data-sets.ts';
import { writePage } from './report/page.ts';
import { readResults, writeResults } from './report/results-file.ts';
import { runCases } from './run-cases.ts';
import type { BenchContext } from './section.ts';
import { SECTIONS } from './sections.ts';

const HELP = `npm run bench -- [options]
  --quick         a tenth of the data, once, into dist/benchmarks: does everything work?
  --only A,B      sections or cases whose name contains a word; the page keeps the others as they were
  --all           every section, also those that take long or need root
  --runs N        how often each side is measured (5)
  --scale S       size of the data sets (1)
  --data DIR      data sets that were made before
  --out DIR       where benchmarks.md, benchmarks.json and charts/ go (docs)
  --render        measure nothing, make the page again from benchmarks.json
  --list          names of the sections and their cases
Scratch data goes below BENCH_TMP, or else the folder for temporary files.`;

/** The repository, seen from dist/test/bench/. */
const ROOT = join(import.meta.dirname, '../../..');

/** Exit status after a signal. */
const INTERRUPTED = 130;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    render: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    runs: { type: 'string' },
    scale: { type: 'string' },
    data: { type: 'string' },
    out: { type: 'string' },
  },
});

const temporary = process.env['BENCH_TMP'] ?? tmpdir();
const scale = Number(values.scale ?? (values.quick ? 0.1 : 1));
const runs = Number(values.runs ?? (values.quick ? 1 : 5));

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values.list) {
    for (const { name, cases } of SECTIONS) {
      console.log(`${name}: ${cases.map((benchCase) => benchCase.name).join(', ')}`);
    }
    return 0;
  }
  const out = values.out ?? join(ROOT, values.quick ? 'dist/benchmarks' : 'docs');
  mkdirSync(out, { recursive: true });
  const resultsPath = join(out, 'benchmarks.json');
  const results = readResults(resultsPath);
  let failures: readonly string[] = [];
  if (!values.render) {
    const only = values.only.split(',').filter((word) => word !== '');
    const choice = { only, isAll: values.all };
    const context = contextIn(scratchFolder());
    const ran = await runCases(SECTIONS, choice, {
      context,
      results,
      save: () => {
        writeResults(resultsPath, results);
      },
    });
    if (ran.count === 0) throw new Error(`no section or case is called ${values.only}`);
    failures = ran.failures;
  }
  console.log(await writePage(out, SECTIONS, results));
  console.error(`written to ${join(out, 'benchmarks.md')}`);
  for (const failure of failures) console.error(`FAILED ${failure}`);
  return failures.length === 0 ? 0 : 1;
}

/** A folder that goes when this process does, also when it is interrupted. */
function scratchFolder(): string {
  const folder = mkdtempSync(join(temporary, 'dits-bench-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => process.exit(INTERRUPTED));
  }
  return folder;
}

function contextIn(work: string): BenchContext {
  const made = join(temporary, `dits-bench-data-${scale}`);
  return {
    ...{ work, runs, scale },
    isQuick: values.quick,
    dataSet: (name) => join(values.data ?? makeDataSets(made, scale), name),
    log: (line) => {
      console.error(line);
    },
  };
}

process.exitCode = await main();
