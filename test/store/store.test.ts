import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  branchRef,
  createStore,
  objectId,
  openStore,
  type NewObject,
  type ObjectId,
} from '../../store/index.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const context = { actor: 'tester', reason: 'test' };

function chunks(count: number, size = 3000): NewObject[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'chunk',
    bytes: Buffer.alloc(size, `chunk ${index} of ${count} `),
  }));
}

describe('store', () => {
  it('keeps objects and refs from one opening to the next', async () => {
    await withTemporaryFolder(async (folder) => {
      const objects = chunks(100);
      const main = branchRef('main');
      const first = await createStore(folder);
      const results = await first.objects.put(objects);
      const ids = results.map(({ id }) => id);
      assert.ok(results.every(({ isNew }) => isNew));
      await first.objects.flush();
      await first.refs.update([{ name: main, expected: null, target: ids[0]! }], context);
      await first.close();

      const second = await openStore(folder);
      const found = await second.objects.get(ids);
      assert.deepEqual(
        found.map(({ bytes }) => Buffer.from(bytes)),
        objects.map(({ bytes }) => bytes),
      );
      assert.equal(await second.refs.get(main), ids[0]);
      const again = await second.objects.put(objects);
      assert.ok(again.every(({ isNew, storedSize }) => !isNew && storedSize === 0));
      await second.close();
    });
  });

  it('shows objects to its own readers before they are flushed', async () => {
    await withTemporaryFolder(async (folder) => {
      await using store = await createStore(folder);
      const [object] = chunks(1);
      const [result] = await store.objects.put([object!]);
      assert.deepEqual(await store.objects.has([result!.id]), [true]);
      const [read] = await store.objects.get([result!.id]);
      assert.deepEqual(Buffer.from(read!.bytes), object!.bytes);
    });
  });

  it('stores an object once that several puts bring at the same time', async () => {
    await withTemporaryFolder(async (folder) => {
      await using store = await createStore(folder);
      const [object] = chunks(1);
      const results = await Promise.all(
        Array.from({ length: 8 }, () => store.objects.put([object!, object!])),
      );
      assert.equal(results.flat().filter(({ isNew }) => isNew).length, 1);
    });
  });

  it('continues the segment of an earlier process instead of starting one per commit', async () => {
    await withTemporaryFolder(async (folder) => {
      await (await createStore(folder)).close();
      for (let round = 0; round < 5; round++) {
        const store = await openStore(folder);
        await store.objects.put([{ kind: 'chunk', bytes: Buffer.from(`round ${round}`) }]);
        await store.close();
      }
      assert.deepEqual(await readdir(join(folder, 'segments')), ['00000001.seg']);
      await using store = await openStore(folder);
      assert.equal(await store.objects.count(), 5);
    });
  });

  it('seals segments at their limit and reads from all of them', async () => {
    await withTemporaryFolder(async (folder) => {
      const segmentLimits = { sizeMaxBytes: 20_000, recordsMax: 1000 };
      const bytes = Array.from({ length: 30 }, (_, index) => Buffer.alloc(900, `n${index}`));
      const store = await createStore(folder, { segmentLimits });
      const results = await store.objects.put(
        bytes.map((part) => ({ kind: 'chunk', bytes: part })),
      );
      await store.close();
      assert.ok((await readdir(join(folder, 'segments'))).length > 1);
      await using again = await openStore(folder, { segmentLimits });
      const found = await again.objects.get(results.map(({ id }) => id));
      assert.deepEqual(
        found.map((object) => Buffer.from(object.bytes)),
        bytes,
      );
    });
  });

  it('lets two openings of one process write and read each other’s objects', async () => {
    await withTemporaryFolder(async (folder) => {
      await using first = await createStore(folder);
      await using second = await openStore(folder);
      const [a, b] = chunks(2);
      await first.objects.put([a!]);
      await first.objects.flush();
      await second.objects.put([b!]);
      await second.objects.flush();
      const ids = [objectId('chunk', a!.bytes), objectId('chunk', b!.bytes)];
      assert.deepEqual(await first.objects.has(ids), [true, true]);
      assert.deepEqual(await second.objects.has(ids), [true, true]);
      assert.equal((await first.objects.get(ids)).length, 2);
      assert.equal((await second.objects.get(ids)).length, 2);
    });
  });

  it('refuses a folder that is no store, and a format that it does not know', async () => {
    await withTemporaryFolder(async (folder) => {
      await assert.rejects(openStore(folder), { code: 'DITS_STORE_NOT_A_STORE' });
      await (await createStore(folder)).close();
      await assert.rejects(createStore(folder), { code: 'DITS_STORE_NOT_A_STORE' });
      await writeFile(join(folder, 'format'), 'dits-store 99\n');
      await assert.rejects(openStore(folder), {
        code: 'DITS_STORE_NOT_A_STORE',
        message: /does not know/,
      });
    });
  });

  it('says which object is missing, and refuses to work after close', async () => {
    await withTemporaryFolder(async (folder) => {
      const store = await createStore(folder);
      const id = 'ab'.repeat(32) as ObjectId;
      await assert.rejects(store.objects.get([id]), { code: 'DITS_STORE_NOT_FOUND' });
      await store.close();
      await store.close();
      await assert.rejects(store.objects.has([id]), { code: 'DITS_STORE_CLOSED' });
      await assert.rejects(store.objects.put(chunks(1)), { code: 'DITS_STORE_CLOSED' });
    });
  });
});
