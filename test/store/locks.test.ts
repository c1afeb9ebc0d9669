import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockPath, pause, tryLockFile, tryLockPath } from '../../store/locks/file-lock.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const WAIT = { timeoutMs: 30, subject: 'the thing' };

describe('a lock on a file', () => {
  it('is had by one at a time, or shared, and makes its folder anew', async () => {
    await withTemporaryFolder(async (folder) => {
      const path = join(folder, 'locks', 'one');
      const held = await tryLockPath(path, 'exclusive');
      assert.ok(held !== undefined);
      assert.equal(await tryLockPath(path, 'shared'), undefined);
      await assert.rejects(lockPath(path, 'shared', WAIT), {
        code: 'DITS_STORE_LOCKED',
        message: 'another process is using the thing',
      });
      await held.release();
      await held.release();
      const shared = [await tryLockPath(path, 'shared'), await tryLockPath(path, 'shared')];
      for (const one of shared) await one?.release();
      assert.ok(shared.every((one) => one !== undefined));
    });
  });

  it('is waited for until it is free, or the caller gives up', async () => {
    await withTemporaryFolder(async (folder) => {
      const path = join(folder, 'one');
      const held = await lockPath(path, 'exclusive', WAIT);
      const waiting = lockPath(path, 'exclusive', { ...WAIT, timeoutMs: 60_000 });
      const reason = new Error('enough');
      const controller = new AbortController();
      const { signal } = controller;
      const givenUp = lockPath(path, 'exclusive', { ...WAIT, timeoutMs: 60_000, signal });
      controller.abort(reason);
      await assert.rejects(givenUp, reason);
      await held.release();
      await (await waiting).release();
    });
  });

  it('comes back with no folder of a repository that is gone, nor over a file', async () => {
    await withTemporaryFolder(async (folder) => {
      const io = { code: 'DITS_STORE_IO' };
      await assert.rejects(tryLockPath(join(folder, 'gone', 'locks', 'one'), 'shared'), io);
      await writeFile(join(folder, 'file'), '');
      await assert.rejects(tryLockPath(join(folder, 'file', 'one'), 'shared'), io);
      await mkdir(join(folder, 'folder'));
      await assert.rejects(tryLockPath(join(folder, 'folder'), 'shared'), io);
      await rm(join(folder, 'file'));
    });
  });

  it('says which file could not be locked', () => {
    assert.throws(() => tryLockFile(-1, '/somewhere/file', { offset: 0, length: 1 }), {
      code: 'DITS_STORE_IO',
      message: /\/somewhere\/file/,
    });
  });

  it('ends a pause with the reason of whoever ends it', async () => {
    const reason = new Error('enough');
    await assert.rejects(pause(60_000, AbortSignal.abort(reason)), reason);
    await pause(1);
  });
});
