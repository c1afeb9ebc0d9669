/** Some seconds of fuzzing for every decoder, and every input that was kept from the long runs. */
import assert from 'node:assert/strict';
import { superviseRun } from './supervise.ts';
import { TARGET_NAMES } from './targets.ts';

/** CPU time for each, the start of the process included. */
const CPU_MS = 5_000;
const SEED = 20_261_120;

describe('what others may have written', () => {
  for (const target of TARGET_NAMES) {
    it(`is decoded or refused: ${target}`, async () => {
      const outcome = await superviseRun({ target, seed: SEED, cpuMs: CPU_MS });
      assert.deepEqual(
        outcome.findings,
        [],
        `run it again: npm run fuzz -- --target ${target} --seed ${SEED} --for 1m`,
      );
      assert.ok(outcome.executions > 100, `only ${outcome.executions} inputs`);
      assert.ok(outcome.accepted > 0 && outcome.accepted < outcome.executions, 'some, not all');
    });
  }
});
