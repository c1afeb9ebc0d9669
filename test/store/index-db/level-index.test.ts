import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Level } from 'level';
import type { ObjectId } from '../../../store/index.ts';
import { KEY_PREFIX, objectKeys, segmentKey } from '../../../store/index-db/index-entry.ts';
import { LevelIndex } from '../../../store/index-db/level-index.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const OBJECT = 'ab'.repeat(32) as ObjectId;
const CORRUPT = { code: 'DITS_STORE_INDEX_CORRUPT' };

/** An index into which somebody has put this entry. */
async function withEntry(
  key: Buffer,
  value: Buffer,
  test: (index: LevelIndex) => Promise<void>,
  isDamaged = true,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const path = join(folder, 'index');
    const database = new Level<Buffer, Buffer>(path, {
      keyEncoding: 'buffer',
      valueEncoding: 'buffer',
    });
    await database.put(key, value);
    await database.close();
    const marks: string[] = [];
    const index = await LevelIndex.open(path, () => void marks.push(path));
    try {
      await test(index);
      assert.equal(marks.length > 0, isDamaged, 'whoever opens it next is told');
    } finally {
      await index.close();
    }
  });
}

describe('the index in LevelDB', () => {
  it('is damaged when an entry makes no sense', async () => {
    const [key] = objectKeys([OBJECT]);
    for (const value of [Buffer.alloc(3), Buffer.alloc(18, 0xff)]) {
      await withEntry(key!, value, async (index) => {
        await assert.rejects(index.getMany([OBJECT]), CORRUPT);
        await assert.rejects(index.page(undefined), CORRUPT);
      });
    }
  });

  it('is damaged when a key has another length', async () => {
    await withEntry(Buffer.of(KEY_PREFIX.object, 1), Buffer.alloc(18), async (index) => {
      await assert.rejects(index.page(undefined), CORRUPT);
    });
    await withEntry(Buffer.of(KEY_PREFIX.segment, 1), Buffer.alloc(9), async (index) => {
      await assert.rejects(index.allWatermarks(), CORRUPT);
    });
  });

  it('is damaged when a watermark has another length', async () => {
    await withEntry(segmentKey(7), Buffer.alloc(2), async (index) => {
      await assert.rejects(index.watermarks([7]), CORRUPT);
      await assert.rejects(index.allWatermarks(), CORRUPT);
    });
  });

  it('asks nothing for nothing, and goes on after an id', async () => {
    const [key] = objectKeys([OBJECT]);
    const value = Buffer.alloc(18);
    // A chunk of no bytes, stored as it is.
    value[16] = 1;
    await withEntry(
      key!,
      value,
      async (index) => {
        assert.deepEqual(await index.getMany([]), []);
        const page = await index.page(undefined);
        assert.deepEqual([page.records.length, page.more], [1, false]);
        assert.deepEqual(await index.page(OBJECT), { records: [], more: false });
      },
      false,
    );
  });

  it('tells what it cannot open from what is damaged', async () => {
    await withTemporaryFolder(async (folder) => {
      const path = join(folder, 'file');
      await writeFile(path, 'no folder');
      await assert.rejects(
        LevelIndex.open(path, () => undefined),
        { code: 'DITS_STORE_IO' },
      );
    });
  });
});
