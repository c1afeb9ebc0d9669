/** fsck of a store whose index is readable as a database and says the wrong things. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Level } from 'level';
import type { ObjectId } from '../../store/index.ts';
import { objectKeys, segmentKey } from '../../store/index-db/index-entry.ts';
import { makeStore, withStore } from './maintenance-fixture.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const SEEDS = [1, 2, 3];
const CORRUPT = { code: 'DITS_STORE_INDEX_CORRUPT' };

/** Sets an entry of a closed store's index, or removes it. */
async function changeIndex(folder: string, key: Buffer, value: Buffer | undefined): Promise<void> {
  const database = new Level<Buffer, Buffer>(join(folder, 'index'), {
    keyEncoding: 'buffer',
    valueEncoding: 'buffer',
  });
  if (value === undefined) await database.del(key);
  else await database.put(key, value);
  await database.close();
}

describe('fsck of an index', () => {
  it('says that an entry makes no sense, and finds everything the next time', async () => {
    await withTemporaryFolder(async (folder) => {
      const { chunks } = await makeStore(folder, SEEDS);
      await changeIndex(folder, objectKeys(chunks)[1]!, Buffer.alloc(18, 0xff));
      await withStore(folder, async (store) => {
        await assert.rejects(store.fsck(), CORRUPT);
        const report = await store.fsck();
        assert.deepEqual([report.ok, report.indexDamage.length], [false, 1]);
        assert.deepEqual([report.chunks, report.missing], [SEEDS.length, []]);
        assert.equal((await store.fsck()).ok, true);
        assert.equal((await store.objects.get(chunks)).length, SEEDS.length);
      });
    });
  });

  it('mends watermarks that make no sense', async () => {
    await withTemporaryFolder(async (folder) => {
      const { chunks } = await makeStore(folder, SEEDS);
      await changeIndex(folder, segmentKey(7), Buffer.alloc(2));
      await withStore(folder, async (store) => {
        const report = await store.fsck({ repair: true });
        assert.ok(report.indexDamage.length > 0);
        assert.deepEqual([report.ok, report.missing], [true, []]);
        assert.equal((await store.objects.get(chunks)).length, SEEDS.length);
        assert.deepEqual((await store.fsck()).indexDamage, []);
      });
    });
  });

  it('puts back an entry of what a segment holds and refs need', async () => {
    await withTemporaryFolder(async (folder) => {
      const { chunks } = await makeStore(folder, SEEDS);
      await changeIndex(folder, objectKeys(chunks)[1]!, undefined);
      await withStore(folder, async (store) => {
        assert.deepEqual((await store.fsck()).missing, [chunks[1]]);
        const report = await store.fsck({ repair: true });
        assert.deepEqual([report.ok, report.missing, report.repaired], [true, [], 1]);
        assert.equal((await store.objects.get(chunks)).length, SEEDS.length);
      });
    });
  });

  it('asks others once for what nobody has', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeStore(folder, SEEDS);
      await withStore(folder, async (store) => {
        const absent = 'ef'.repeat(32) as ObjectId;
        let asked = 0;
        const repairFrom = (ids: readonly ObjectId[]) => {
          asked++;
          assert.deepEqual(ids, [absent]);
          return Promise.resolve([]);
        };
        const report = await store.fsck({ repairFrom, extraRoots: [absent] });
        assert.deepEqual([report.ok, report.missing, asked], [false, [absent], 1]);
      });
    });
  });
});
