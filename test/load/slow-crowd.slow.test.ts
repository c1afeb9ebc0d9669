import assert from 'node:assert/strict';
import { runSlowCrowd } from './slow-crowd.ts';

const MIB = 1024 * 1024;

/** What slow readers may add to the memory of a relay, however many they are: what is read for them, and as much again. */
const SLOW_READERS_MAX_BYTES = 256 * MIB;

/** What a clone may take beside them: far below what a person would call stuck. */
const CLONE_MAX_SECONDS = 120;

describe('a relay with slow readers', () => {
  it('lets others clone while many ask for everything and read next to nothing', async () => {
    const figures = await runSlowCrowd({ readers: 50, identities: 5, fileMib: 16, clones: 1 });
    const told = JSON.stringify(figures);
    assert.ok(figures.cloneSeconds < CLONE_MAX_SECONDS, told);
    assert.ok(figures.peakBytes - figures.idleBytes < SLOW_READERS_MAX_BYTES, told);
    assert.ok(figures.handlesAfter <= figures.handlesBefore, told);
  });
});
