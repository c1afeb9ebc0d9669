import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, open, readFile, rm } from 'node:fs/promises';

import type { RunningNode } from '../cli/running-node.ts';
import { Studio, seededBytes } from './studio.ts';

const MIB = 1024 * 1024;
const DISK_BYTES = 24 * MIB;
const FILL_STEP_BYTES = 64 * 1024;

function isNoSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}

describe('a full disk', function () {
  this.timeout(60_000);
  let studio: Studio;
  let disk: string | undefined;

  before(async function () {
    // Only root of Linux can make a disk of a size; elsewhere test/store/store-failures.test.ts has to do.
    if (process.platform !== 'linux' || process.getuid?.() !== 0) this.skip();
    studio = await Studio.create();
    const folder = studio.path('disk');
    await mkdir(folder);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder], {
        stdio: 'ignore',
      });
    } catch {
      // A container without the right to mount.
      this.skip();
    }
    disk = folder;
  });
  after(async () => {
    if (disk !== undefined) execFileSync('umount', [disk]);
    await studio[Symbol.asyncDispose]();
  });

  /** Takes all space but `leaveBytes`, until the file is removed. */
  async function fill(leaveBytes = 0): Promise<string> {
    const path = studio.path('disk/ballast');
    const file = await open(path, 'w');
    const step = Buffer.alloc(FILL_STEP_BYTES, 1);
    try {
      for (;;) await file.write(step);
    } catch (error) {
      if (!isNoSpace(error)) throw error;
    }
    const { size } = await file.stat();
    await file.truncate(Math.max(0, size - leaveBytes));
    await file.close();
    return path;
  }

  it('fails an add with advice, loses nothing, and lets it through once there is room', async () => {
    const first = await studio.project('disk/film', { 'a.mov': seededBytes(1, 2 * MIB) });
    await studio.sandbox.write('disk/film/b.mov', seededBytes(2, 4 * MIB));
    for (const leaveBytes of [0, 2 * MIB]) {
      const ballast = await fill(leaveBytes);
      const { status, result } = await studio.run('disk/film', ['add', '-A']);
      await rm(ballast);
      assert.equal(status, 1, JSON.stringify(result));
      assert.equal(result['error'].code, 'DITS_STORE_NO_SPACE');
      assert.match(String(result['error'].hint), /free some space/);
      const now = await studio.json('disk/film', ['status']);
      assert.deepEqual([now['head'], now['staged']], [first, []]);
    }
    await studio.record('disk/film', 'The second take');
    const checked = await studio.json('disk/film', ['fsck']);
    assert.deepEqual([checked['corrupt'], checked['missing']], [[], []]);
    await rm(studio.path('disk/film'), { recursive: true });
  });

  it('of a relay fails a push on both sides with the reason, and lets it through later', async () => {
    const take = seededBytes(3, 6 * MIB);
    await studio.grant('home', 'write');
    await studio.project('clip', { 'take.mov': take });
    const push = ['push'];
    let node: RunningNode | undefined;
    try {
      node = await studio.relay(['--data', studio.path('disk/data')]);
      await studio.json('clip', ['remote', 'add', 'origin', node.at('clip')]);
      for (const leaveBytes of [2 * MIB, 0]) {
        const ballast = await fill(leaveBytes);
        const { status, result } = await studio.run('clip', push);
        await rm(ballast);
        assert.equal(status, 1, JSON.stringify(result));
        assert.equal(result['error'].code, 'DITS_PROTOCOL_PEER_FAILED');
        assert.match(String(result['error'].message), /room|space/);
        assert.match(String(result['error'].hint), /make room/);
        await node.logged('no space left');
      }
      const pushed = await studio.json('clip', push);
      assert.equal(pushed['refs'][0].result, 'created');
      await studio.json('', ['clone', node.at('clip'), 'copy']);
      assert.ok(take.equals(await readFile(studio.path('copy/take.mov'))));
    } finally {
      await node?.end();
    }
    const checked = await studio.json('disk/data/clip', ['fsck']);
    assert.deepEqual([checked['corrupt'], checked['missing']], [[], []]);
  });
});
