import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore } from '../../store/index.ts';
import { makeStore, withStore } from './maintenance-fixture.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

describe('the folder of a store', () => {
  it('may have files of other names beside its segments', async () => {
    await withTemporaryFolder(async (folder) => {
      const { chunks } = await makeStore(folder, [1, 2]);
      for (const name of ['.DS_Store', '1.seg', '00000001.seg.bak']) {
        await writeFile(join(folder, 'segments', name), 'not a segment');
      }
      await withStore(folder, async (store) => {
        const report = await store.fsck({ repair: true });
        assert.deepEqual([report.ok, report.corrupt], [true, []]);
        assert.equal((await store.stats()).segments, 1);
        assert.equal((await store.objects.get(chunks)).length, 2);
      });
    });
  });

  it('cannot be opened when the file that names its format cannot be read', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeStore(folder, [1]);
      await rm(join(folder, 'format'));
      await mkdir(join(folder, 'format'));
      await assert.rejects(openStore(folder), { code: 'DITS_STORE_IO' });
    });
  });
});
