import assert from 'node:assert/strict';
import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import {
  chooseAddress,
  publishAddress,
  readAddress,
  removeSocket,
} from '../../../store/index-db/index-socket.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const TOKEN = 'ab'.repeat(32);

/** Runs with another folder for temporary files. */
async function withTemporaryFiles(folder: string, run: () => Promise<void>): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    await run();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

describe('the address of who leads an index', () => {
  it('is read as it was published', async () => {
    await withTemporaryFolder(async (folder) => {
      await withTemporaryFiles(folder, async () => {
        const address = await chooseAddress();
        const path = join(folder, 'leader');
        await publishAddress(path, address);
        assert.deepEqual(await readAddress(path), address);
        assert.equal((await stat(dirname(address.socketPath))).mode & 0o777, 0o700);
        // There is no socket yet: nothing to remove is no failure.
        await removeSocket(address);
      });
    });
  });

  it('is never in a folder that others can write to', async () => {
    await withTemporaryFolder(async (folder) => {
      await withTemporaryFiles(folder, async () => {
        const ours = join(folder, `dits-${userInfo().uid}`);
        await mkdir(ours);
        await chmod(ours, 0o777);
        await assert.rejects(chooseAddress(), { code: 'DITS_STORE_IO', message: /other users/ });
        const path = join(folder, 'leader');
        await writeFile(path, `dits-index 1\n${join(ours, 'a.sock')}\n${TOKEN}\n`);
        assert.equal(await readAddress(path), undefined);
      });
    });
  });

  it('is somewhere else where the path would be too long, or the folder cannot be made', async () => {
    await withTemporaryFolder(async (folder) => {
      await withTemporaryFiles(join(folder, 'x'.repeat(100)), async () => {
        assert.equal(dirname(dirname((await chooseAddress()).socketPath)), '/tmp');
      });
      await writeFile(join(folder, 'file'), '');
      await withTemporaryFiles(join(folder, 'file'), async () => {
        await assert.rejects(chooseAddress(), { code: 'DITS_STORE_IO' });
      });
    });
  });

  it('is none when the file is not one that we wrote', async () => {
    await withTemporaryFolder(async (folder) => {
      const path = join(folder, 'leader');
      const here = join(folder, 'a.sock');
      for (const text of [
        '',
        'x'.repeat(2_000),
        `dits-index 2\n${here}\n${TOKEN}\n`,
        `dits-index 1\n${here}\nno token\n`,
        `dits-index 1\n${join(folder, 'x'.repeat(200))}\n${TOKEN}\n`,
        `dits-index 1\n${join(folder, 'gone', 'a.sock')}\n${TOKEN}\n`,
      ]) {
        await writeFile(path, text);
        assert.equal(await readAddress(path), undefined);
      }
      assert.equal(await readAddress(join(folder, 'none')), undefined);
      await assert.rejects(readAddress(folder), { code: 'DITS_STORE_IO' });
    });
  });
});
