import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import type { RunningNode } from '../../cli/running-node.ts';
import type { RunOptions } from '../../cli/sandbox.ts';
import { Studio, seededBytes } from '../../integration/studio.ts';
import { shimEnvironment } from '../../support/syscalls/shim-environment.ts';
import { HAS_SHIM } from '../../support/syscalls/shim-library.ts';

const HOUR_SECONDS = 3_600;
const YEAR_SECONDS = 365 * 24 * HOUR_SECONDS;
const TAKE_BYTES = 400_000;

/** The environment of a process whose wall clock is off by this. */
function shifted(clockShiftSeconds: number): Pick<RunOptions, 'environment'> {
  return { environment: shimEnvironment({ roots: [], clockShiftSeconds }) };
}

describe('a clock that jumps', function () {
  this.timeout(120_000);
  let studio: Studio;
  let node: RunningNode | undefined;

  before(async function () {
    if (!HAS_SHIM) this.skip();
    studio = await Studio.create();
  });
  afterEach(async () => {
    await node?.end();
  });
  after(async () => {
    if (HAS_SHIM) await studio[Symbol.asyncDispose]();
  });

  it('by years and hours, forwards and back, loses nothing that was recorded', async () => {
    await studio.sandbox.json(['init', 'film']);
    const shifts = [0, 10 * YEAR_SECONDS, -HOUR_SECONDS, -20 * YEAR_SECONDS, HOUR_SECONDS];
    const commits: string[] = [];
    for (const [take, seconds] of shifts.entries()) {
      await studio.sandbox.write('film/take.mov', seededBytes(take, TAKE_BYTES));
      await studio.json('film', ['add', '-A'], shifted(seconds));
      const { id } = await studio.json('film', ['commit', '-m', `Take ${take}`], shifted(seconds));
      commits.push(String(id));
      await studio.json('film', ['gc'], shifted(seconds));
      assert.equal((await studio.json('film', ['status'], shifted(-seconds)))['clean'], true);
    }
    const { events } = await studio.run('film', ['log']);
    const listed = events.filter(({ event }) => event === 'commit').map(({ id }) => String(id));
    assert.deepEqual(listed, commits.toReversed());
    for (const [take, commit] of commits.entries()) {
      await studio.json('film', ['restore', '--source', commit, '.'], shifted(YEAR_SECONDS));
      assert.ok(seededBytes(take, TAKE_BYTES).equals(await readFile(studio.path('film/take.mov'))));
    }
    const { corrupt, missing } = await studio.json('film', ['fsck']);
    assert.deepEqual([corrupt, missing], [[], []]);
  });

  it('on one of two machines keeps it from nothing but moves to come and grants that are over', async () => {
    await studio.grant('home', 'write');
    node = await studio.relay();
    const push = ['push', node.at('film'), 'main'];
    const early = await studio.run('film', push, shifted(YEAR_SECONDS));
    assert.equal(early.status, 7);
    assert.match(String(early.result['error'].message), /set the clock/);
    await studio.json('film', push, shifted(-HOUR_SECONDS));
    await studio.json('', ['clone', node.at('film'), 'copy'], shifted(-YEAR_SECONDS));
    await node.end();
    const { peerId } = await studio.identity('guest');
    const asRelay = { home: 'relay' };
    const words = ['peer', 'add', peerId, '--name', 'guest', '--until', '12h'];
    await studio.json('', words, asRelay);
    const asGuest = { home: 'guest' };
    node = await studio.relay([], shifted(24 * HOUR_SECONDS));
    const refused = await studio.run('', ['clone', node.at('film'), 'late'], asGuest);
    assert.equal(refused.status, 7, JSON.stringify(refused.result));
    await node.end();
    node = await studio.relay([], shifted(-24 * HOUR_SECONDS));
    await studio.json('', ['clone', node.at('film'), 'early'], asGuest);
  });
});
