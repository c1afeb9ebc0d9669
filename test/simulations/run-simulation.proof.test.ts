import assert from 'node:assert/strict';
import { runSimulation } from '../../simulations/index.ts';

/** Seeds that once found something stay here. */
const SEEDS = [1, 2, 3, 4, 5];

describe('a simulation of peers on bad links', () => {
  for (const seed of SEEDS) {
    it(`ends with the same refs and all objects everywhere (seed ${seed})`, async () => {
      const report = await runSimulation(seed);
      assert.ok(report.syncs > 30 && report.objects > 0);
    });
  }

  it('goes the same way twice', async () => {
    const [once, again] = [await runSimulation(6), await runSimulation(6)];
    assert.deepEqual(once, again);
  });
});
