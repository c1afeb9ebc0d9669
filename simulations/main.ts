/** `node dist/simulations/main.js [--seed N] [--runs N]`: runs simulations, prints a line each, stops at the first failure. */
import { parseArgs } from 'node:util';
import { runSimulation } from './run-simulation.ts';

const RUNS_DEFAULT = 20;
const SEED_RANGE = 0x1_0000_0000;

const { values } = parseArgs({ options: { seed: { type: 'string' }, runs: { type: 'string' } } });
const first =
  values.seed === undefined ? Math.floor(Math.random() * SEED_RANGE) : Number(values.seed);
const runs =
  values.runs === undefined ? (values.seed === undefined ? RUNS_DEFAULT : 1) : Number(values.runs);
if (!Number.isSafeInteger(first) || !Number.isSafeInteger(runs) || runs < 1) {
  console.error('usage: node dist/simulations/main.js [--seed N] [--runs N]');
  process.exitCode = 2;
} else {
  for (let run = 0; run < runs && process.exitCode === undefined; run++) {
    try {
      console.log(JSON.stringify(await runSimulation(first + run)));
    } catch (error) {
      console.error(error);
      console.error(`replay with: node dist/simulations/main.js --seed ${first + run}`);
      process.exitCode = 1;
    }
  }
}
