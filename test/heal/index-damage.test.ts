import assert from 'node:assert/strict';
import { cp, mkdir, readFile, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore, type ObjectId, type Store } from '../../store/index.ts';
import { crc32c } from '../../store/hash/crc32c.ts';
import { findLogDamage } from '../../store/index-db/level-files/check-log.ts';
import { findTableDamage } from '../../store/index-db/level-files/check-table.ts';
import { flipBit, makeStore, noise, withStore } from '../store/maintenance-fixture.ts';
import { withTemporaryFolder } from '../store/temporary-folder.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const SMALL = { segmentLimits: { sizeMaxBytes: 20_000, recordsMax: 1000 } };

/** A store whose index has a table, a log and a MANIFEST with something in each. */
async function makeWithTable(folder: string): Promise<readonly ObjectId[]> {
  const { chunks } = await makeStore(folder, SEEDS, SMALL);
  const more = await withStore(folder, async (store) => {
    const put = await store.objects.put([{ kind: 'chunk', bytes: noise(99, 3000) }]);
    await store.objects.flush();
    return put;
  });
  return [...chunks, more[0]!.id];
}

async function namesOf(folder: string, pattern: RegExp): Promise<string[]> {
  return (await readdir(join(folder, 'index'))).filter((name) => pattern.test(name));
}

/** Runs with what the store tells its log of the index. */
async function withWords(
  folder: string,
  work: (store: Store) => Promise<void>,
): Promise<readonly string[]> {
  const words: string[] = [];
  const store = await openStore(folder, {
    logger: (event) => {
      if (event === 'index.remade') words.push(event);
    },
  });
  try {
    await work(store);
  } finally {
    await store.close();
  }
  return words;
}

describe('CRC-32C', () => {
  it('is that of RFC 3720', () => {
    assert.equal(crc32c(Buffer.alloc(32)), 0x8a9136aa);
    assert.equal(crc32c(Buffer.alloc(32, 0xff)), 0x62a8ab43);
    assert.equal(crc32c(Uint8Array.from({ length: 32 }, (_, at) => at)), 0x46dd794e);
    assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
  });
});

describe('the files of the index', () => {
  for (const [kind, pattern, findDamage] of [
    ['log', /\.log$/, findLogDamage],
    ['MANIFEST', /^MANIFEST/, findLogDamage],
    ['table', /\.ldb$/, findTableDamage],
  ] as const) {
    it(`show every flipped bit of a ${kind}`, async () => {
      await withTemporaryFolder(async (folder) => {
        await makeWithTable(folder);
        const [name] = await namesOf(folder, pattern);
        const bytes = await readFile(join(folder, 'index', name!));
        assert.equal(findDamage(bytes), undefined);
        assert.ok(bytes.length > 60);
        for (let bit = 0; bit < bytes.length * 8; bit++) {
          bytes[bit >> 3]! ^= 1 << (bit & 7);
          assert.notEqual(findDamage(bytes), undefined, `bit ${bit}`);
          bytes[bit >> 3]! ^= 1 << (bit & 7);
        }
      });
    });
  }

  it('may end in half a record, or in space that was never written', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeWithTable(folder);
      const [name] = await namesOf(folder, /\.log$/);
      const bytes = await readFile(join(folder, 'index', name!));
      for (let size = 0; size < bytes.length; size++) {
        assert.equal(findLogDamage(bytes.subarray(0, size)), undefined, `${size} bytes`);
      }
      assert.equal(findLogDamage(Buffer.concat([bytes, Buffer.alloc(40_000)])), undefined);
    });
  });

  it('are looked at across blocks', () => {
    // A record of 100,000 bytes, as LevelDB cuts it, would be 3 fragments and a bit; rubbish between blocks is seen.
    assert.notEqual(findLogDamage(Buffer.alloc(40_000, 7)), undefined);
  });
});

describe('an index that is lost or damaged', () => {
  for (const [what, damage] of [
    ['its folder is gone', (index: string) => rm(index, { recursive: true })],
    ['CURRENT is gone', (index: string) => rm(join(index, 'CURRENT'))],
    ['CURRENT names another file', (index: string) => flipBit(join(index, 'CURRENT'), 12)],
    ['a bit of the log is flipped', (index: string) => flipEnd(index, /\.log$/)],
    ['a bit of the MANIFEST is flipped', (index: string) => flipEnd(index, /^MANIFEST/)],
    ['a bit of a table is flipped', (index: string) => flipEnd(index, /\.ldb$/)],
    ['a table is gone', (index: string) => removeAll(index, /\.ldb$/)],
    ['the MANIFEST is empty', (index: string) => emptyAll(index, /^MANIFEST/)],
  ] as const) {
    it(`is made anew when ${what}`, async () => {
      await withTemporaryFolder(async (folder) => {
        const chunks = await makeWithTable(folder);
        await damage(join(folder, 'index'));
        const words = await withWords(folder, async (store) => {
          assert.equal((await store.objects.get(chunks)).length, 21);
        });
        assert.equal(words.length, what.includes('folder') ? 0 : 1);
        await withStore(folder, async (store) => {
          assert.equal((await store.fsck()).ok, true);
        });
      });
    });
  }

  it('is found damaged by fsck, which says so once it is mended as well', async () => {
    await withTemporaryFolder(async (folder) => {
      const chunks = await makeWithTable(folder);
      await flipEnd(join(folder, 'index'), /\.log$/);
      await withStore(folder, async (store) => {
        const report = await store.fsck();
        assert.equal(report.ok, false);
        assert.equal(report.indexDamage.length, 1);
        assert.deepEqual(report.missing, []);
      });
      // Opened again, what was a log is a table.
      await withStore(folder, (store) => store.objects.count());
      await withStore(folder, async (store) => {
        const [table] = await namesOf(folder, /\.ldb$/);
        await flipBit(join(folder, 'index', table!), 20);
        const found = await store.fsck();
        assert.equal(found.ok, false);
        assert.deepEqual(
          found.indexDamage.map(({ file }) => file),
          [table],
        );
        assert.equal((await store.objects.get(chunks)).length, 21);
        assert.deepEqual((await store.fsck()).indexDamage, []);
        assert.equal((await store.fsck({ repair: true })).ok, true);
      });
    });
  });

  it('loses nothing of a writer that lives while it is made anew', async () => {
    await withTemporaryFolder(async (folder) => {
      const { chunks } = await makeStore(folder, SEEDS);
      await using leader = await openStore(folder);
      await leader.objects.count();
      const writer = await openStore(folder);
      const [first] = await writer.objects.put([{ kind: 'chunk', bytes: noise(500, 3000) }]);
      await writer.objects.flush();
      // The writer keeps its segment open, and locked, while the leader starts over.
      await leader.rebuildIndex();
      const [second] = await writer.objects.put([{ kind: 'chunk', bytes: noise(501, 3000) }]);
      await writer.objects.flush();
      const wanted = [...chunks, first!.id, second!.id];
      assert.deepEqual(
        await leader.objects.has(wanted),
        wanted.map(() => true),
      );
      await leader.rebuildIndex();
      await writer.close();
      assert.deepEqual(
        await leader.objects.has(wanted),
        wanted.map(() => true),
      );
    });
  });

  it('does not come back in part when starting over was cut off', async () => {
    await withTemporaryFolder(async (folder) => {
      const chunks = await makeWithTable(folder);
      const index = join(folder, 'index');
      // Killed after the rename, and in an earlier attempt before the old one was removed.
      await cp(index, `${index}.old`, { recursive: true });
      await rm(`${index}.old`, { recursive: true });
      await rename(index, `${index}.old`);
      await withStore(folder, async (store) => {
        assert.equal((await store.objects.get(chunks)).length, 21);
        assert.deepEqual(await store.rebuildIndex(), { objects: 23 });
      });
      await assert.rejects(readdir(`${index}.old`), { code: 'ENOENT' });
      // What a removal file by file could have left: the log alone.
      const [log] = await namesOf(folder, /\.log$/);
      const bytes = await readFile(join(index, log!));
      await rm(index, { recursive: true });
      await mkdir(index);
      await writeFile(join(index, log!), bytes);
      await withStore(folder, async (store) => {
        assert.equal((await store.objects.get(chunks)).length, 21);
      });
    });
  });
});

async function flipEnd(index: string, pattern: RegExp): Promise<void> {
  for (const name of await readdir(index)) {
    if (pattern.test(name)) await flipBit(join(index, name), -4);
  }
}

async function removeAll(index: string, pattern: RegExp): Promise<void> {
  for (const name of await readdir(index)) if (pattern.test(name)) await rm(join(index, name));
}

async function emptyAll(index: string, pattern: RegExp): Promise<void> {
  for (const name of await readdir(index)) {
    if (pattern.test(name)) await truncate(join(index, name), 0);
  }
}
