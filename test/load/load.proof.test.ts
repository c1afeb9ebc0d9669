import assert from 'node:assert/strict';
import { runCrowd } from './crowd.ts';
import { runHammer } from './hammer.ts';
import { runSlowCrowd } from './slow-crowd.ts';

const MIB = 1024 * 1024;

/** What slow readers may add to the memory of a relay, however many they are: what is read for them, and as much again. */
const SLOW_READERS_MAX_BYTES = 256 * MIB;

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

  it('lets others clone while many ask for everything and read next to nothing', async () => {
    const figures = await runSlowCrowd({ readers: 50, identities: 5, fileMib: 16, clones: 1 });
    const told = JSON.stringify(figures);
    assert.ok(figures.cloneSeconds < OPERATION_MAX_SECONDS, told);
    assert.ok(figures.peakBytes - figures.idleBytes < SLOW_READERS_MAX_BYTES, told);
    assert.ok(figures.handlesAfter <= figures.handlesBefore, told);
  });
});

describe('one repository under many commands', () => {
  it('loses no commit, and no command fails but for waiting for another', async () => {
    const figures = await runHammer({ seed: 1, forMs: 10_000, writers: 2 });
    assert.ok(figures.commits > 0, JSON.stringify(figures));
  });
});
