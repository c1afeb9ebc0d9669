import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { activeHash, branchRef, createStore, objectId, openStore } from '../../../store/index.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const MAIN = branchRef('main');
const TARGET = objectId('commit', Buffer.from('one'));

function summed(body: string): string {
  return `${body}checksum ${activeHash.hash(Buffer.from(body)).toString('hex')}\n`;
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
      ]) {
        await writeFile(join(path, 'refs'), summed(body));
        await using store = await openStore(path);
        await assert.rejects(store.refs.list(), { code: 'DITS_STORE_CORRUPT' });
      }
    });
  });
});
