import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { log, openRepository, status } from '../../repo/index.ts';
import type { MemoryObjectStore } from '../../store/index.ts';
import { check, filesOf, makeScene, plant, type Flip } from './flip-scene.ts';

/** `DITS_FLIP_SEED` and `DITS_FLIPS` try others, and more. */
const SEED = Number(process.env['DITS_FLIP_SEED'] ?? 20_261_120);
const FLIPS = Number(process.env['DITS_FLIPS'] ?? 1000);
/** In memory where there is such a place: thousands of syncs of a disk would take minutes and prove nothing more. */
const FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
/** Each of so many is repaired as well. */
const REPAIRED_EACH = 4;

/** Numbers below 2^32 from a seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Half of them anywhere among the bytes, half spread evenly over the files, since the small ones matter as much. */
async function chooseFlips(root: string): Promise<Flip[]> {
  const next = numbers(SEED);
  const files = await filesOf(root);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return Array.from({ length: FLIPS }, (_, index): Flip => {
    const { file, bytes } =
      index % 2 === 0 ? files[next() % files.length]! : fileAt(next() % total);
    return { file, byte: next() % bytes, bit: next() % 8 };
  });

  function fileAt(byte: number): (typeof files)[number] {
    let left = byte;
    return files.find(({ bytes }) => (left -= bytes) < 0)!;
  }
}

describe(`flipped bits, seed ${SEED}`, () => {
  let master: string;
  let copy: string;
  let peer: MemoryObjectStore;

  before(async () => {
    master = await mkdtemp(join(FOLDER, 'dits-flips-'));
    copy = await mkdtemp(join(FOLDER, 'dits-flips-'));
    peer = await makeScene(master);
  });
  after(async () => {
    for (const folder of [master, copy]) await rm(folder, { recursive: true, force: true });
  });

  it('are in every file that carries something', async () => {
    const kinds = (await filesOf(master)).map(({ file }) => file.replace(/\d+/g, 'n'));
    assert.deepEqual(
      [...new Set(kinds)],
      [
        'config.toml',
        'format',
        'index/n.ldb',
        'index/n.log',
        'index/CURRENT',
        'index/MANIFEST-n',
        'reflog',
        'refs',
        'segments/n.seg',
        'worktree-index',
      ],
    );
    await plant(master, copy, undefined);
    assert.equal((await check(copy)).isFound, false, 'nothing is found where nothing is');
  });

  it(`are found, ${FLIPS} of ${FLIPS}, and mended where a peer has what is lost`, async () => {
    const missed: Flip[] = [];
    const unmended: Flip[] = [];
    for (const [index, flip] of (await chooseFlips(master)).entries()) {
      await plant(master, copy, flip);
      if (!(await check(copy)).isFound) missed.push(flip);
      if (index % REPAIRED_EACH === 0 && !(await isMendable(flip))) unmended.push(flip);
    }
    assert.deepEqual({ missed, unmended }, { missed: [], unmended: [] });
  });

  /** Whether a repair brings everything back, and a second look finds nothing. */
  async function isMendable(flip: Flip): Promise<boolean> {
    await plant(master, copy, flip);
    const first = await check(copy, peer);
    // Another number in the format file is another format: nothing that this version may touch.
    if (flip.file === 'format' && first.report === undefined) return true;
    if (!first.isMended || (await check(copy)).isFound) return false;
    await using repository = await openRepository(copy);
    const messages: string[] = [];
    for await (const { commit } of log(repository)) messages.push(commit.message);
    assert.deepEqual(messages, ['Second cut', 'First cut']);
    assert.equal((await repository.store.refs.list()).length, 2);
    return (await status(repository)).staged.length <= 1;
  }
});
