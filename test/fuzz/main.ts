/**
 * `npm run fuzz -- [--target NAME]… [--for 10m] [--seed N] [--out FOLDER]`: searches, a slice of each target in turn.
 * `npm run fuzz -- --replay FILE [--target NAME]`: runs one input again. `--distil` renews the inputs of the repository.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { committedFolder, readInputs, writeInputs } from './corpus-folder.ts';
import { execute } from './loop/execution.ts';
import { superviseRun } from './supervise.ts';
import { loadTarget, TARGET_NAMES } from './targets.ts';
import { addToTotals } from './totals.ts';

/** CPU time that a target gets before the next one has its turn. */
const SLICE_MS = 60_000;
const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const SEED_RANGE = 0x1_0000_0000;
const MIB: number = 1024 * 1024;

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    for: { type: 'string' },
    seed: { type: 'string' },
    out: { type: 'string' },
    replay: { type: 'string' },
    distil: { type: 'boolean' },
  },
});

function durationMs(text: string): number {
  const [, digits, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
  if (digits === undefined) throw new Error(`--for ${text}: write 30s, 10m or 2h`);
  return Number(digits) * UNIT_MS[unit!]!;
}

/** One slice of one target; whether it found nothing. */
async function runSlice(
  name: string,
  run: { seed: number; cpuMs: number; out: string },
): Promise<boolean> {
  const collected = join(run.out, 'corpus', name);
  const outcome = await superviseRun({ target: name, seed: run.seed, cpuMs: run.cpuMs, collected });
  addToTotals(run.out, name, outcome);
  const seconds = (outcome.cpuMs / 1000).toFixed(0);
  const peak = Math.round(outcome.peakBytes / MIB);
  console.log(
    `${name}: seed ${run.seed}, ${seconds} s, ${outcome.executions} inputs, ${outcome.accepted} accepted, ` +
      `${outcome.edges} branches, ${outcome.corpusCount} kept, ${peak} MiB, ${outcome.findings.length} findings`,
  );
  for (const { kind, what, input } of outcome.findings) {
    const folder = join(run.out, 'findings', name);
    const [path] = writeInputs(folder, [Buffer.from(input, 'hex')]);
    console.error(`${name}: ${kind}: ${what}\nreplay with: npm run fuzz -- --replay ${path!}`);
  }
  return outcome.findings.length === 0;
}

async function search(names: readonly string[]): Promise<void> {
  const out = resolve(values.out ?? join(tmpdir(), 'dits-fuzz-out'));
  mkdirSync(out, { recursive: true });
  let seed =
    values.seed === undefined ? Math.floor(Math.random() * SEED_RANGE) : Number(values.seed);
  const cpuMs = durationMs(values.for ?? '1m');
  console.log(`output in ${out}`);
  for (let done = 0; done < cpuMs; done += SLICE_MS) {
    for (const name of names) {
      const slice = { seed, cpuMs: Math.min(SLICE_MS, cpuMs - done), out };
      if (!(await runSlice(name, slice))) process.exitCode = 1;
    }
    seed = (seed + 1) % SEED_RANGE;
  }
}

async function replay(path: string): Promise<void> {
  const name = values.target?.[0] ?? basename(dirname(resolve(path)));
  const target = await loadTarget(name);
  const { isAccepted, finding } = await execute(target, readFileSync(path));
  if (finding === undefined) {
    console.log(`${name}: ${isAccepted ? 'accepted' : 'refused'}, as it should be`);
    return;
  }
  console.error(`${name}: ${finding.kind}: ${finding.what}`);
  process.exitCode = 1;
}

/** Writes to the repository what covers all that the runs into `--out` have collected. */
async function renew(names: readonly string[]): Promise<void> {
  const out = resolve(values.out ?? join(tmpdir(), 'dits-fuzz-out'));
  for (const name of names) {
    const collected = join(out, 'corpus', name);
    const distilled = committedFolder(name);
    const { edges } = await superviseRun({ target: name, seed: 1, cpuMs: 0, collected, distilled });
    console.log(`${name}: ${readInputs(distilled).length} inputs for ${edges} branches`);
  }
}

const names = values.target ?? TARGET_NAMES;
if (values.replay !== undefined) await replay(values.replay);
else if (values.distil === true) await renew(names);
else await search(names);
