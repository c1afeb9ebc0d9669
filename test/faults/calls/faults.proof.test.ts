import assert from 'node:assert/strict';

import { HAS_SHIM } from '../../support/syscalls/shim-library.ts';
import { runFaults } from './run-faults.ts';

const SEED = 20_261_120;
/** Calls of each command that fail in each way; `npm run faults` takes all of them. */
const SAMPLE = 1;
/** Threads come by in another order now and then, and a call that was counted is not made. */
const HITS_SHARE_MIN = 0.9;

describe('a system call that fails', function () {
  before(function () {
    if (!HAS_SHIM) this.skip();
  });

  it(`is told with its file and advice, loses nothing, and is over with the next command (seed ${SEED})`, async () => {
    const problems: string[] = [];
    let hits = 0;
    let faults = 0;
    const order = { seed: SEED, sample: SAMPLE, keepsOn: true };
    const { status, stderr } = await runFaults(order, (finding) => {
      if (finding.event === 'done') {
        hits += finding.hits;
        faults += Math.min(finding.calls, SAMPLE);
        return;
      }
      const { verb, kind, at, hit, problem } = finding;
      problems.push(
        `npm run faults -- --verb ${verb} --errno ${kind} --at ${at}: ${hit}\n${problem}`,
      );
    });
    assert.deepEqual(problems, []);
    assert.equal(status, 0, stderr);
    assert.ok(hits >= HITS_SHARE_MIN * faults, `${hits} of ${faults} faults happened`);
  });
});
