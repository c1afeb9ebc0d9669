/**
 * `npm run crash-matrix -- [--for 30m] [--points N] [--seed N] [--scenario NAME] [--one-of N] [--keep DIR]`: all scenarios
 * with seed after seed, each in a process of its own, until time is up or so many points were made.
 * `-- --replay FILE`: a state that did not hold, again.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { parsePointInTime } from '../../cli/point-in-time.ts';
import { SeededRandom } from '../../simulations/index.ts';
import { runMatrix } from './crash-matrix.ts';
import { keepFailure, loadFailure } from './kept-failure.ts';
import { recordScenario } from './record-scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { Stage } from './stage.ts';

/** What the process of one round prints as its last line. */
type RoundResult = {
  readonly points: number;
  readonly checked: number;
  readonly failures: number;
  readonly processorMs: number;
};

const RUN_DEFAULT = '10m';
/** Images of disks come and go by the megabyte: a third of the time went into collecting them. */
const ROOMY = ['--max-semi-space-size=64', '--heap-growing-percent=400'];
const UNLIMITED = '52w';
const SEED_RANGE = 0x1_0000_0000;
/** Failures of one round that are shown and kept: the same defect shows in many states. */
const KEPT_MAX = 5;

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    for: text,
    points: text,
    seed: text,
    scenario: text,
    'one-of': text,
    keep: text,
    replay: text,
    /** Used by this programme itself: one round, in this process. */
    round: text,
  },
});
const keepFolder = values.keep ?? join(tmpdir(), 'dits-crash-failures');

if (values.replay !== undefined) await replay(values.replay);
else if (values.round !== undefined) await playRound(values.round, Number(values.seed));
else await playAll();

/** A scenario with a seed: recorded, and every state of every moment checked. */
async function playRound(name: string, seed: number): Promise<void> {
  const scenario = SCENARIOS.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const stage = Stage.create(new SeededRandom(seed));
  try {
    const recording = await recordScenario(stage, scenario);
    const oneOf = Number(values['one-of'] ?? 1);
    const { points, checked, failures } = await runMatrix(stage, recording, { seed, oneOf });
    for (const failure of failures.slice(0, KEPT_MAX)) {
      const file = keepFailure(keepFolder, { folder: stage.folder, seed, recording, failure });
      const { point, variant, message } = failure;
      const { operation, path } = recording.events[point - 1]!;
      console.error(`${name}, seed ${seed}, after ${point} (${operation} ${path}), ${variant}:`);
      console.error(`${message}\nreplay with: npm run crash-matrix -- --replay ${file}\n`);
    }
    const processorMs = (process.cpuUsage().user + process.cpuUsage().system) / 1000;
    const result: RoundResult = { points, checked, failures: failures.length, processorMs };
    console.log(JSON.stringify(result));
    if (failures.length > 0) process.exitCode = 1;
  } finally {
    stage.remove();
  }
}

async function replay(file: string): Promise<void> {
  const { folder, seed, recording, failure } = loadFailure(file);
  const stage = Stage.at(folder);
  try {
    const result = await runMatrix(stage, recording, { seed, only: failure });
    const [again] = result.failures;
    console.log(again === undefined ? 'it holds now' : again.message);
    if (again !== undefined) process.exitCode = 1;
  } finally {
    stage.remove();
  }
}

async function playAll(): Promise<void> {
  const span = values.for ?? (values.points === undefined ? RUN_DEFAULT : UNLIMITED);
  const end = parsePointInTime(span, 'for', new Date());
  const pointsWanted = Number(values.points ?? Infinity);
  const first = Number(values.seed ?? Math.floor(Math.random() * SEED_RANGE));
  const total = { points: 0, checked: 0, failures: 0, processorMs: 0, rounds: 0 };
  const names = SCENARIOS.map(({ name }) => name).filter(
    (name) => values.scenario === undefined || name.startsWith(values.scenario),
  );
  for (let seed = first; ; seed += 1) {
    for (const name of names) {
      if (new Date() >= end || total.points >= pointsWanted) {
        console.log(JSON.stringify({ event: 'result', ok: total.failures === 0, ...total }));
        return;
      }
      const result = await roundOf(name, seed);
      total.points += result.points;
      total.checked += result.checked;
      total.failures += result.failures;
      total.processorMs += Math.round(result.processorMs);
      total.rounds += 1;
      console.log(JSON.stringify({ event: 'round', scenario: name, seed, ...result, total }));
      if (result.failures > 0) process.exitCode = 1;
    }
  }
}

/** A round that ends without a result counts as a failure. */
async function roundOf(name: string, seed: number): Promise<RoundResult> {
  const words = ['--round', name, '--seed', String(seed), '--keep', keepFolder];
  if (values['one-of'] !== undefined) words.push('--one-of', values['one-of']);
  const child = spawn(
    process.execPath,
    [...process.execArgv, ...ROOMY, fileURLToPath(import.meta.url), ...words],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const printed: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => printed.push(piece));
  await once(child, 'close');
  const last = printed.join('').trim().split('\n').at(-1) ?? '';
  if (last.startsWith('{')) return JSON.parse(last) as RoundResult;
  console.error(`${name}, seed ${seed}: the round ended without a result`);
  return { points: 0, checked: 0, failures: 1, processorMs: 0 };
}
