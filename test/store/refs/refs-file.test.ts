import assert from 'node:assert/strict';
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { activeHash, branchRef, createStore, objectId, openStore } from '../../../store/index.ts';
import { NodeBlobFiles } from '../../../store/files/node-blob-files.ts';
import { readReflog, type Reflog } from '../../../store/refs/reflog-file.ts';
import { REFS_FILE_MAX_BYTES } from '../../../store/refs/refs-file.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const MAIN = branchRef('main');
const TARGET = objectId('commit', Buffer.from('one'));

function summed(body: string): string {
  return `${body}checksum ${activeHash.hash(Buffer.from(body)).toString('hex')}\n`;
}

/** What is read of a reflog of one line. */
async function readLog(line: string): Promise<Reflog> {
  return await withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, 'reflog'), `${line}\n`);
    return await readReflog(new NodeBlobFiles(folder), 'reflog');
  });
}

describe('the refs file', () => {
  it('is read as version 1, and gets an id that stays when one is needed', async () => {
    await withTemporaryFolder(async (path) => {
      await (await createStore(path)).close();
      const file = join(path, 'refs');
      await writeFile(file, summed(`dits-refs 1\nHEAD ref: ${MAIN}\n${TARGET} ${MAIN}\n`));
      const ids: string[] = [];
      for (let opened = 0; opened < 2; opened++) {
        await using store = await openStore(path);
        assert.deepEqual(await store.refs.list(), [{ name: MAIN, target: TARGET }]);
        ids.push(await store.refs.repositoryId());
      }
      assert.equal(ids[0], ids[1]);
      assert.match(
        await readFile(file, 'utf8'),
        /^dits-refs 2\nrepository [0-9a-f]{64}\nHEAD ref: /,
      );
    });
  });

  it('is damaged when a move or the id is not whole', async () => {
    await withTemporaryFolder(async (path) => {
      await (await createStore(path)).close();
      const id = 'a'.repeat(64);
      const head = `dits-refs 2\nrepository ${id}\nHEAD ref: ${MAIN}\n`;
      const move = `${id} 5 6 kept ${id} ${'b'.repeat(128)}`;
      for (const body of [
        `dits-refs 2\nrepository ${id.slice(1)}\nHEAD ref: ${MAIN}\n`,
        `dits-refs 3\nrepository ${id}\nHEAD ref: ${MAIN}\n`,
        `${head}${TARGET} ${MAIN} ${id}\n`,
        `${head}${TARGET} ${MAIN} ${move}\n`,
        `${head}${TARGET} ${MAIN}\n${TARGET} ${MAIN}\n`,
        `${head}${TARGET} ${MAIN}\n${TARGET} refs/heads/before\n`,
        `${head}${TARGET} ${MAIN}`,
        `dits-refs 2\nrepository ${id}\n${TARGET} ${MAIN}\n`,
        `dits-refs 2\nrepository ${id}\nHEAD ${TARGET.slice(1)}\n`,
      ]) {
        await writeFile(join(path, 'refs'), summed(body));
        await using store = await openStore(path);
        await assert.rejects(store.refs.list(), { code: 'DITS_STORE_CORRUPT' });
      }
    });
  });

  it('stays of version 1 until an id is needed', async () => {
    await withTemporaryFolder(async (path) => {
      await (await createStore(path)).close();
      const file = join(path, 'refs');
      await writeFile(file, summed(`dits-refs 1\nHEAD ref: ${MAIN}\n`));
      await using store = await openStore(path);
      const context = { actor: 'someone', reason: 'a test' };
      await store.refs.update([{ name: MAIN, target: TARGET }], context);
      const body = `dits-refs 1\nHEAD ref: ${MAIN}\n${TARGET} ${MAIN}\n`;
      assert.equal(await readFile(file, 'utf8'), summed(body));
      // Two who ask at once get the same one.
      const ids = await Promise.all([store.refs.repositoryId(), store.refs.repositoryId()]);
      assert.equal(ids[0], ids[1]);
    });
  });

  it('is not read when it is longer than any that was written', async () => {
    await withTemporaryFolder(async (path) => {
      await (await createStore(path)).close();
      await truncate(join(path, 'refs'), REFS_FILE_MAX_BYTES + 1);
      await using store = await openStore(path);
      await assert.rejects(store.refs.list(), { code: 'DITS_STORE_CORRUPT', message: /too long/ });
    });
  });

  it('is not called damaged when it cannot be read', async () => {
    await withTemporaryFolder(async (path) => {
      await (await createStore(path)).close();
      await rm(join(path, 'refs'));
      await mkdir(join(path, 'refs'));
      await using store = await openStore(path);
      await assert.rejects(store.fsck(), { code: 'DITS_STORE_IO' });
    });
  });
});

describe('a line of the reflog', () => {
  const entry = { name: MAIN, old: null, new: TARGET, timeMs: 1, actor: 'a', reason: 'b' };

  it('is read without a checksum, as older versions wrote it', async () => {
    assert.deepEqual(await readLog(JSON.stringify(entry)), { entries: [entry], damaged: [] });
  });

  it('is damaged when its fields are not those of an entry', async () => {
    for (const line of [
      ...['null', '7', `{"name":"${MAIN}",${JSON.stringify(entry).slice(1)}`],
      JSON.stringify({ ...entry, name: 7 }),
      JSON.stringify({ ...entry, timeMs: '1' }),
      JSON.stringify({ ...entry, actor: null }),
      JSON.stringify({ ...entry, reason: 1 }),
      JSON.stringify({ ...entry, old: 'abc' }),
      JSON.stringify({ ...entry, new: 7 }),
      JSON.stringify({ ...entry, more: 1 }),
      JSON.stringify({ torn: '00000000' }),
    ]) {
      assert.deepEqual(await readLog(line), { entries: [], damaged: [line] });
    }
  });
});
