import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir } from 'node:fs/promises';

import { Sandbox } from './sandbox.ts';

const ROUND_NAMES = [
  'first push',
  'first clone',
  'push of the changes',
  'pull of the changes',
  'pull with nothing new',
];

describe('dits try', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await Sandbox.create();
    await mkdir(sandbox.path('tmp'));
  });
  afterEach(async () => {
    await sandbox[Symbol.asyncDispose]();
  });

  /** What a demonstration leaves behind; the folder for sockets of this user may stay. */
  async function leftOvers(): Promise<readonly string[]> {
    const names = await readdir(sandbox.path('tmp'));
    return names.filter((name) => name.startsWith('dits-try-'));
  }

  it('syncs a copy of a folder, leaves the folder alone, and cleans up', async () => {
    const take = randomBytes(2_000_000);
    await sandbox.write('mine/take.mov', take);
    await sandbox.write('mine/notes/a.txt', 'a\n');
    await sandbox.write('mine/notes/b.txt', 'b\n');
    const environment = { TMPDIR: sandbox.path('tmp') };
    const { status, result } = await sandbox.run(['try', 'mine', '--json'], { environment });
    assert.equal(status, 0, JSON.stringify(result));
    const rounds = result['rounds'] as { name: string; movedBytes: number; path: string }[];
    assert.deepEqual(
      rounds.map(({ name }) => name),
      ROUND_NAMES,
    );
    assert.ok(rounds.every(({ path }) => path === 'quic'));
    assert.ok(rounds[2]!.movedBytes < rounds[0]!.movedBytes);
    assert.equal(rounds[4]!.movedBytes, 0);
    assert.deepEqual(await leftOvers(), []);
    assert.deepEqual(await readdir(sandbox.path('mine')), ['notes', 'take.mov']);
    assert.ok(take.equals(await readFile(sandbox.path('mine/take.mov'))));
    await assert.rejects(readdir(sandbox.homePath()), { code: 'ENOENT' });
  });

  it('cleans up when it is interrupted', async () => {
    const { status } = await sandbox.run(['try', '--json'], {
      environment: { TMPDIR: sandbox.path('tmp') },
      // The first line tells of the first push: a node runs, and the next transfer begins.
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
    });
    assert.equal(status, 130);
    assert.deepEqual(await leftOvers(), []);
  });

  it('says with 3 that there is nothing to try it on', async () => {
    assert.equal((await sandbox.run(['try', 'nowhere'])).status, 3);
  });
});
