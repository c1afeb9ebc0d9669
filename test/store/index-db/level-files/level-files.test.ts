/** Damage in files of LevelDB whose sums are right: what a test that flips bits does not meet. */
import assert from 'node:assert/strict';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Level } from 'level';
import { segmentKey } from '../../../../store/index-db/index-entry.ts';
import { findIndexDamage } from '../../../../store/index-db/level-files/check-index-files.ts';
import { findLogDamage } from '../../../../store/index-db/level-files/check-log.ts';
import { findTableDamage } from '../../../../store/index-db/level-files/check-table.ts';
import { maskedSum } from '../../../../store/index-db/level-files/masked-sum.ts';
import {
  discardIndexFiles,
  openSoundIndex,
} from '../../../../store/index-db/level-files/sound-index.ts';
import { withTemporaryFolder } from '../../temporary-folder.ts';

const BLOCK_BYTES = 32 * 1024;
const TYPE = { full: 1, first: 2, middle: 3, last: 4 } as const;
const MAGIC = Buffer.from('57fb808b247547db', 'hex');

/** A record of a log: sum, length, type, content. */
function record(type: number, contentBytes: number): Buffer {
  const bytes = Buffer.alloc(7 + contentBytes, 5);
  bytes.writeUInt16LE(contentBytes, 4);
  bytes[6] = type;
  bytes.writeUInt32LE(maskedSum(bytes.subarray(6)), 0);
  return bytes;
}

/** A block of a table with its type and sum. */
function block(content: Buffer): Buffer {
  const typed = Buffer.concat([content, Buffer.from([0])]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(maskedSum(typed));
  return Buffer.concat([typed, sum]);
}

/** The content of a block: one entry for each value, with a key of one byte, and one restart. */
function entries(...values: readonly Buffer[]): Buffer {
  const rows = values.map((value) => Buffer.from([0, 1, value.length, 0x61, ...value]));
  return Buffer.concat([...rows, Buffer.alloc(4), Buffer.from([1, 0, 0, 0])]);
}

function footer(meta: Buffer, index: Buffer): Buffer {
  const handles = Buffer.concat([meta, index]);
  return Buffer.concat([handles, Buffer.alloc(40 - handles.length), MAGIC]);
}

/** A table with one data block, an empty block of filters, and these values in its index. */
function table(indexEntries: Buffer, stray: Buffer = Buffer.alloc(0)): Buffer {
  const [data, meta, index] = [
    block(entries(Buffer.from('value'))),
    block(entries()),
    block(indexEntries),
  ];
  const metaAt = data.length;
  const indexAt = metaAt + meta.length;
  return Buffer.concat([
    ...[data, meta, index, stray],
    footer(Buffer.from([metaAt, meta.length - 5]), Buffer.from([indexAt, index.length - 5])),
  ]);
}

/** Offset and size of the data block of `table`. */
const DATA = Buffer.from([0, block(entries(Buffer.from('value'))).length - 5]);

describe('a log of the index', () => {
  it('is whole with records over several blocks and zeros where no header fits', () => {
    const almost = record(TYPE.full, BLOCK_BYTES - 7 - 3);
    const whole = Buffer.concat([almost, Buffer.alloc(3), record(TYPE.full, 10)]);
    assert.equal(findLogDamage(whole), undefined);
    const cut = [TYPE.first, TYPE.middle, TYPE.last].map((type) => record(type, BLOCK_BYTES - 7));
    assert.equal(findLogDamage(Buffer.concat(cut)), undefined);
  });

  it('is damaged by bytes where no header fits', () => {
    const almost = record(TYPE.full, BLOCK_BYTES - 7 - 3);
    const stray = Buffer.concat([almost, Buffer.from([0, 1, 0]), record(TYPE.full, 10)]);
    assert.equal(findLogDamage(stray), `stray bytes at ${BLOCK_BYTES - 3}`);
  });

  it('is damaged when a record is missing from a run', () => {
    const [first, last] = [record(TYPE.first, 20), record(TYPE.last, 20)];
    assert.equal(findLogDamage(last), 'a record out of order at byte 0');
    const twice = Buffer.concat([first, record(TYPE.full, 20)]);
    assert.equal(findLogDamage(twice), 'a record out of order at byte 27');
    assert.equal(findLogDamage(Buffer.concat([first, last])), undefined);
  });
});

describe('a table of the index', () => {
  it('is whole when its blocks follow each other', () => {
    assert.equal(findTableDamage(table(entries(DATA))), undefined);
  });

  it('is damaged when it is shorter than its end', () => {
    assert.equal(findTableDamage(Buffer.alloc(47)), 'it is cut short');
  });

  it('is damaged when its index leaves out a block, or there is more than it names', () => {
    assert.match(findTableDamage(table(entries())) ?? '', /^no block at byte 0/);
    assert.match(findTableDamage(table(entries(DATA), Buffer.alloc(9))) ?? '', /^stray bytes at/);
  });

  it('is damaged when a block has more restarts or longer entries than bytes', () => {
    assert.equal(findTableDamage(table(Buffer.from([9, 0, 0, 0]))), 'a block without entries');
    const long = Buffer.from([0, 1, 100, 0x61, 0, 0, 0, 0, 1, 0, 0, 0]);
    assert.equal(findTableDamage(table(long)), 'an entry beyond its block');
    assert.match(
      findTableDamage(table(Buffer.alloc(2))) ?? '',
      /outside buffer bounds|out of range/,
    );
  });
});

describe('the folder of the index', () => {
  it('is damaged when it was marked so, and is emptied then', async () => {
    await withTemporaryFolder(async (folder) => {
      const layout = { index: join(folder, 'index'), discardedIndex: join(folder, 'old') };
      await mkdir(layout.index);
      await writeFile(join(layout.index, 'DAMAGED'), '');
      assert.deepEqual(await findIndexDamage(layout.index, 'opening'), [
        { file: 'DAMAGED', problem: 'it was marked so' },
      ]);
      const { index, damage } = await openSoundIndex(layout);
      await index.close();
      assert.equal(damage.length, 1);
      assert.deepEqual(await findIndexDamage(layout.index, 'everything'), []);
    });
  });

  it('has tables beyond a size looked at only when everything is', async () => {
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'CURRENT'), 'MANIFEST-000001\n');
      await writeFile(join(folder, 'MANIFEST-000001'), '');
      await writeFile(join(folder, '000005.ldb'), Buffer.alloc(4 * 1024 * 1024 + 1));
      assert.deepEqual(await findIndexDamage(folder, 'opening'), []);
      assert.deepEqual(
        (await findIndexDamage(folder, 'everything')).map(({ file }) => file),
        ['000005.ldb'],
      );
    });
  });

  it('tells what it is that cannot be listed or read', async () => {
    await withTemporaryFolder(async (folder) => {
      const file = join(folder, 'file');
      await writeFile(file, '');
      const io = { code: 'DITS_STORE_IO' };
      await assert.rejects(findIndexDamage(file, 'opening'), io);
      await assert.rejects(findIndexDamage(`${folder}/${'x'.repeat(300)}`, 'opening'), io);
      await mkdir(join(folder, 'index', 'CURRENT'), { recursive: true });
      await assert.rejects(findIndexDamage(join(folder, 'index'), 'opening'), io);
    });
  });

  it('is not damaged by files that are gone before they are looked at', async () => {
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'CURRENT'), 'MANIFEST-000001\n');
      await writeFile(join(folder, 'MANIFEST-000001'), '');
      // Listed and not there, as when another process has removed them in between.
      for (const name of ['000003.log', '000005.ldb']) await symlink('gone', join(folder, name));
      assert.deepEqual(await findIndexDamage(folder, 'everything'), []);
      await symlink('000007.ldb', join(folder, '000007.ldb'));
      await assert.rejects(findIndexDamage(folder, 'everything'), { code: 'DITS_STORE_IO' });
    });
  });

  it('is not emptied for an error that is no damage', async () => {
    await withTemporaryFolder(async (folder) => {
      const layout = { index: join(folder, 'index'), discardedIndex: join(folder, 'old') };
      await mkdir(join(layout.index, 'LOCK'), { recursive: true });
      await writeFile(join(layout.index, 'kept'), '');
      await assert.rejects(openSoundIndex(layout), { code: 'DITS_STORE_IO' });
      assert.ok((await readdir(layout.index)).includes('kept'));
    });
  });

  it('may be gone when it is emptied, and is not left half empty when it cannot be', async () => {
    await withTemporaryFolder(async (folder) => {
      const index = join(folder, 'index');
      await discardIndexFiles({ index, discardedIndex: join(folder, 'old') });
      assert.deepEqual(await readdir(folder), ['index']);
      await writeFile(join(index, '000003.log'), '');
      const inside = { index, discardedIndex: join(index, 'old') };
      await assert.rejects(discardIndexFiles(inside), { code: 'DITS_STORE_IO' });
      assert.deepEqual(await readdir(index), ['000003.log']);
    });
  });

  it('is reported damaged also when it cannot be marked so', async () => {
    await withTemporaryFolder(async (folder) => {
      const layout = { index: join(folder, 'index'), discardedIndex: join(folder, 'old') };
      const database = new Level<Buffer, Buffer>(layout.index, {
        keyEncoding: 'buffer',
        valueEncoding: 'buffer',
      });
      await database.put(segmentKey(7), Buffer.alloc(2));
      await database.close();
      const { index } = await openSoundIndex(layout);
      await rm(layout.index, { recursive: true });
      await assert.rejects(index.watermarks([7]), { code: 'DITS_STORE_INDEX_CORRUPT' });
      await index.close();
    });
  });
});
