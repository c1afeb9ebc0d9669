/** `node dist/simulations/main.js [--seed N] [--runs N] [--swarm PEERS]`: runs simulations, prints a line each, stops at the first failure. */
import { parseArgs } from 'node:util';
import { runSimulation } from './run-simulation.ts';
import { runSwarm } from './swarm/run-swarm.ts';

const RUNS_DEFAULT = 20;
const SEED_RANGE = 0x1_0000_0000;

/** A swarm's file in chunks of 512 KiB, and links of 10 Mbit/s: half a minute for one peer. */
const SWARM = { chunks: 64, rates: [{ up: 1_250, down: 1_250 }], churn: 0 };

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { seed: text, runs: text, swarm: text } });
const first =
  values.seed === undefined ? Math.floor(Math.random() * SEED_RANGE) : Number(values.seed);
const runs =
  values.runs === undefined ? (values.seed === undefined ? RUNS_DEFAULT : 1) : Number(values.runs);
const peers = values.swarm === undefined ? undefined : Number(values.swarm);
const counts = [first, runs, peers ?? 1];
if (!counts.every((count) => Number.isSafeInteger(count)) || runs < 1 || (peers ?? 1) < 1) {
  console.error('usage: node dist/simulations/main.js [--seed N] [--runs N] [--swarm PEERS]');
  process.exitCode = 2;
} else {
  for (let run = 0; run < runs && process.exitCode === undefined; run++) {
    try {
      const seed = first + run;
      const report =
        peers === undefined ? await runSimulation(seed) : await runSwarm({ ...SWARM, seed, peers });
      console.log(JSON.stringify(report));
    } catch (error) {
      console.error(error);
      const swarm = peers === undefined ? '' : ` --swarm ${peers}`;
      console.error(`replay with: node dist/simulations/main.js --seed ${first + run}${swarm}`);
      process.exitCode = 1;
    }
  }
}
