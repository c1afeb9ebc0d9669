import assert from 'node:assert/strict';

import { SeededRandom } from '../../simulations/index.ts';
import { HAS_SHIM } from '../support/syscalls/shim-library.ts';
import { runMatrix, type CrashFailure } from './crash-matrix.ts';
import { recordScenario } from './record-scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { Stage } from './stage.ts';

/** Each scenario has its own numbers by this one and its name. */
const SEED = 20;
/** A thousand states of all: half a minute. `npm run crash-matrix` checks every one. */
const ONE_OF = 48;

describe('a disk whose machine stopped in the middle of', function () {
  this.timeout(240_000);
  before(function () {
    if (!HAS_SHIM) this.skip();
  });

  for (const scenario of SCENARIOS) {
    it(`${scenario.name} holds what was acknowledged, and the verb goes on`, async () => {
      const stage = Stage.create(new SeededRandom(SEED));
      try {
        const recording = await recordScenario(stage, scenario);
        const { points, failures } = await runMatrix(stage, recording, {
          seed: SEED,
          oneOf: ONE_OF,
        });
        assert.equal(failures.map(tell).join('\n\n'), '');
        assert.ok(points > 0);
      } finally {
        stage.remove();
      }
    });
  }
});

function tell({ scenario, point, variant, message }: CrashFailure): string {
  const again = `npm run crash-matrix -- --scenario ${scenario} --seed ${SEED}`;
  return `${scenario} after ${point} calls, ${variant}: ${message}\nsee ${again}`;
}
