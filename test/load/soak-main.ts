/** `npm run soak`: a relay under churn for as long as it is told, with its memory and handles as a chart. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { renderSvg } from '../bench/report/chart.ts';
import { measuredNow } from '../bench/report/measured-on.ts';
import { writePage } from '../bench/report/page.ts';
import { readResults, writeResults } from '../bench/report/results-file.ts';
import { SECTIONS } from '../bench/sections.ts';
import { soakSection } from '../bench/soak/soak.ts';
import { runSoak } from './soak.ts';
import { parseDuration } from '../support/duration.ts';

const HELP = `npm run soak -- [options]
  --for TIME    how long: 90s, 30m, 8h (30m)
  --seed N      of the peers' content (by the clock)
  --record      into docs/benchmarks.md, with its chart
Scratch data goes below LOAD_TMP, or else the folder for temporary files. Without --record samples and chart go to dist/soak.`;

/** The repository, seen from dist/test/load/. */
const ROOT = join(import.meta.dirname, '../../..');

const { values } = parseArgs({
  options: {
    for: { type: 'string', default: '30m' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    record: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) {
    console.log(HELP);
    return;
  }
  console.error(`seed ${values.seed}`);
  const measured = measuredNow([], { scale: 1, runs: 1 });
  const log = (line: string): void => {
    console.error(line);
  };
  const row = await runSoak({ forMs: parseDuration(values.for), seed: Number(values.seed), log });
  console.log(soakSection.render([row]));
  const shortfalls = soakSection.shortfalls?.([row]) ?? [];
  for (const line of shortfalls) console.log(`FAILED ${line}`);
  if (shortfalls.length > 0) process.exitCode = 1;
  if (values.record) {
    const docs = join(ROOT, 'docs');
    const path = join(docs, 'benchmarks.json');
    const results = readResults(path);
    results[soakSection.name] = { soak: { measured, rows: [row] } };
    writeResults(path, results);
    await writePage(docs, SECTIONS, results);
    return;
  }
  const out = join(ROOT, 'dist/soak');
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'soak.json'), JSON.stringify({ measured, rows: [row] }));
  for (const chart of soakSection.charts([row])) {
    writeFileSync(join(out, `${chart.name}.svg`), await renderSvg(chart));
  }
}

await main();
