import assert from 'node:assert/strict';
import { findPlantedBug } from '../../simulations/planted/find-planted-bug.ts';
import { PLANTED_BUGS } from '../../simulations/planted/planted-bugs.ts';

describe('a bug that is planted', () => {
  for (const bug of PLANTED_BUGS) {
    it(`is noticed: ${bug.name}`, async function () {
      this.timeout(10 * 60_000);
      const caught = await findPlantedBug(bug);
      assert.ok(caught, `${bug.name} was not noticed`);
    });
  }
});
