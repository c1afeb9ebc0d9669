/** Runs histories from the bug's seed on until one goes wrong, and prints what was noticed as JSON; null when nothing was. */
import { SimulationFailure, runSimulation } from '../run-simulation.ts';
import { HUNT_HISTORIES_MAX, PLANTED_BUGS } from './planted-bugs.ts';

const bug = PLANTED_BUGS.find(({ name }) => name === process.env['PLANTED_BUG'])!;

async function hunt(): Promise<{ readonly seed: number; readonly invariant: string } | null> {
  for (let seed = bug.seed; seed < bug.seed + HUNT_HISTORIES_MAX; seed++) {
    try {
      await runSimulation(seed);
    } catch (error) {
      if (!(error instanceof SimulationFailure)) throw error;
      return { seed, invariant: error.invariant };
    }
  }
  return null;
}

console.log(JSON.stringify(await hunt()));
