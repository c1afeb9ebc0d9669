/**
 * `node dist/simulations/main.js [--for 30m | --runs N] [--seed N] [--verbose]`: runs histories of fresh seeds, and stops
 * at the first that goes wrong. `--swarm PEERS` runs swarms instead.
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { SimulationFailure, runSimulation } from './run-simulation.ts';
import { runSwarm } from './swarm/run-swarm.ts';
import { Tally } from './tally.ts';

const USAGE =
  'usage: node dist/simulations/main.js [--for 90s|30m|2h | --runs N] [--seed N] [--verbose] [--swarm PEERS]';
const RUNS_DEFAULT = 20;
const SEED_RANGE = 0x1_0000_0000;
/** How often a long run says how far it is. */
const REPORT_MS = 60_000;

/** A swarm's file in chunks of 512 KiB, and links of 10 Mbit/s: half a minute for one peer. */
const SWARM = { chunks: 64, rates: [{ up: 1_250, down: 1_250 }], churn: 0 };

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

type Wish = {
  readonly seed: number;
  readonly runs: number;
  readonly untilMs: number;
  readonly swarmPeers: number | undefined;
  readonly isVerbose: boolean;
};

function readWish(): Wish | undefined {
  const text = { type: 'string' } as const;
  const options = {
    seed: text,
    runs: text,
    for: text,
    swarm: text,
    verbose: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ options });
  const { seed, runs, swarm } = values;
  const given = [seed, runs, swarm].filter((value) => value !== undefined).map(Number);
  const durationMs = values.for === undefined ? Infinity : parseDuration(values.for);
  if (!given.every((count) => Number.isSafeInteger(count) && count >= 0)) return undefined;
  if (Number.isNaN(durationMs)) return undefined;
  const runsDefault = values.for !== undefined ? Infinity : seed === undefined ? RUNS_DEFAULT : 1;
  return {
    seed: seed === undefined ? Math.floor(Math.random() * SEED_RANGE) : Number(seed),
    runs: runs === undefined ? runsDefault : Number(runs),
    untilMs: Date.now() + durationMs,
    swarmPeers: swarm === undefined ? undefined : Number(swarm),
    isVerbose: values.verbose ?? false,
  };
}

/** Milliseconds of `90s`, `30m` or `2h`; NaN for anything else. */
function parseDuration(text: string): number {
  const [, count, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
  return Number(count) * (UNIT_MS[unit ?? ''] ?? NaN);
}

async function runAll({ seed, runs, untilMs, swarmPeers, isVerbose }: Wish): Promise<void> {
  const tell = isVerbose ? (line: string): void => console.log(line) : undefined;
  const tally = new Tally();
  let reportedMs = Date.now();
  for (let run = 0; run < runs && Date.now() < untilMs; run++) {
    if (swarmPeers !== undefined) {
      console.log(
        JSON.stringify(await runSwarm({ ...SWARM, seed: seed + run, peers: swarmPeers })),
      );
      continue;
    }
    const report = await runSimulation((seed + run) % SEED_RANGE, tell);
    tally.add(report);
    if (runs <= RUNS_DEFAULT) console.log(JSON.stringify(report));
    if (Date.now() - reportedMs < REPORT_MS) continue;
    reportedMs = Date.now();
    console.log(tally.text);
  }
  if (tally.histories > 0) console.log(tally.text);
}

/** What the failure was found in. */
function commitOf(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    // Not a checkout, or no git.
    return 'unknown';
  }
}

const wish = readWish();
if (wish === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  try {
    await runAll(wish);
  } catch (error) {
    if (error instanceof SimulationFailure) console.error(error.lines.join('\n'));
    console.error(error);
    console.error(`commit ${commitOf()}`);
    if (error instanceof SimulationFailure) {
      console.error(`invariant: ${error.invariant}`);
      console.error(`replay with: npm run simulate -- --seed ${error.seed} --verbose`);
    }
    process.exitCode = 1;
  }
}
