import assert from 'node:assert/strict';
import { runCrowd } from './crowd.ts';
import { runHammer } from './hammer.ts';

const MIB = 1024 * 1024;

/** What a push or pull of a crowd may take, however busy the machine is: far below what a person would call stuck. */
const OPERATION_MAX_SECONDS = 120;

describe('a relay under load', () => {
  it('loses nothing of a crowd that pushes and pulls at once, and lets nobody starve', async () => {
    const figures = await runCrowd({
      ...{ seed: 1, processes: 2, peersEach: 10, racersEach: 3 },
      ...{ rounds: 2, fileBytes: MIB / 2 },
    });
    const told = JSON.stringify(figures);
    assert.equal(figures.acknowledgedCommits, 20 * 2 + 2 * 3, told);
    assert.ok(figures.longestSeconds < OPERATION_MAX_SECONDS, told);
  });
});

describe('one repository under many commands', () => {
  it('loses no commit, and no command fails but for waiting for another', async () => {
    const figures = await runHammer({ seed: 1, forMs: 10_000, writers: 2 });
    assert.ok(figures.commits > 0, JSON.stringify(figures));
  });
});
