import assert from 'node:assert/strict';
import { SimulationFailure, runSimulation } from '../../simulations/index.ts';
import { REGRESSIONS } from '../../simulations/regressions.ts';

/** Histories for every push; fresh seeds are for `npm run simulate`. */
const SEEDS = Array.from({ length: 40 }, (_, index) => 1 + index);

async function run(seed: number): Promise<void> {
  try {
    await runSimulation(seed);
  } catch (error) {
    if (error instanceof SimulationFailure) {
      console.error(error.lines.join('\n'));
      console.error(`replay with: npm run simulate -- --seed ${seed} --verbose`);
    }
    throw error;
  }
}

describe('a simulation of machines with bad disks on bad links', () => {
  for (const { seed, found } of REGRESSIONS) {
    it(`finds nothing more in seed ${seed}: ${found}`, () => run(seed));
  }

  it(`loses nothing and ends in agreement (seeds ${SEEDS[0]} to ${SEEDS.at(-1)})`, async () => {
    for (const seed of SEEDS) await run(seed);
  });

  it('goes the same way twice', async () => {
    for (const seed of [6, 15, 18]) {
      const [once, again] = [await runSimulation(seed), await runSimulation(seed)];
      assert.deepEqual(once, again);
      assert.ok(once.events > 1_000, String(once.events));
    }
  });
});
