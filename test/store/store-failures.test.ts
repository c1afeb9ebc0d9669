import assert from 'node:assert/strict';
import { appendFile, open, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStore, openStore, type NewObject } from '../../store/index.ts';
import { FaultyBlobFiles } from './faulty-blob-files.ts';
import { CONTEXT, MAIN, makeStore, noise, segmentPath, withStore } from './maintenance-fixture.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

function chunks(first: number, count: number, size = 2000): NewObject[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'chunk',
    bytes: noise(first + index, size),
  }));
}

describe('a store on a failing disk', () => {
  it('names the file when the disk is full, and goes on once there is room', async () => {
    await withTemporaryFolder(async (folder) => {
      const segmentFiles = new FaultyBlobFiles(join(folder, 'segments'));
      const store = await createStore(folder, { segmentFiles });
      const kept = await store.objects.put(chunks(1, 5));
      segmentFiles.fault = { operation: 'write', code: 'ENOSPC', tornBytes: 777 };
      const full = { code: 'DITS_STORE_NO_SPACE', message: /00000001\.seg/ };
      await assert.rejects(store.objects.put(chunks(100, 5)), full);
      segmentFiles.fault = undefined;
      const more = await store.objects.put(chunks(100, 5));
      assert.ok(more.every(({ isNew }) => isNew));
      await store.close();
      await withStore(folder, async (again) => {
        const ids = [...kept, ...more].map(({ id }) => id);
        assert.equal((await again.objects.get(ids)).length, 10);
        assert.equal((await again.fsck()).ok, true);
      });
    });
  });

  it('overwrites torn bytes that it could not cut off', async () => {
    await withTemporaryFolder(async (folder) => {
      const segmentFiles = new FaultyBlobFiles(join(folder, 'segments'));
      const store = await createStore(folder, { segmentFiles });
      await store.objects.put(chunks(1, 1));
      await store.objects.flush();
      segmentFiles.fault = { operation: 'write', code: 'EIO', tornBytes: 9000 };
      await assert.rejects(store.objects.put(chunks(50, 6)), { code: 'DITS_STORE_IO' });
      segmentFiles.fault = undefined;
      await store.objects.put(chunks(80, 1));
      await store.close();
      await withStore(folder, async (again) => {
        assert.equal((await again.fsck()).ok, true);
        assert.equal(await again.objects.count(), 2);
      });
    });
  });

  for (const operation of ['sync', 'syncFolder'] as const) {
    it(`never retries a failed ${operation}, and promises nothing afterwards`, async () => {
      await withTemporaryFolder(async (folder) => {
        const segmentFiles = new FaultyBlobFiles(join(folder, 'segments'));
        const store = await createStore(folder, { segmentFiles });
        await store.objects.put(chunks(1, 3));
        segmentFiles.fault = { operation, code: 'EIO' };
        await assert.rejects(store.objects.flush(), { code: 'DITS_STORE_IO' });
        segmentFiles.fault = undefined;
        const { syncs } = segmentFiles;
        await assert.rejects(store.objects.flush(), { code: 'DITS_STORE_CLOSED' });
        await assert.rejects(store.objects.put(chunks(9, 1)), { code: 'DITS_STORE_CLOSED' });
        assert.equal(segmentFiles.syncs, syncs);
        await assert.rejects(store.close(), { code: 'DITS_STORE_CLOSED' });
      });
    });
  }

  it('shares one sync among flushes that come together', async () => {
    await withTemporaryFolder(async (folder) => {
      const segmentFiles = new FaultyBlobFiles(join(folder, 'segments'));
      await using store = await createStore(folder, { segmentFiles });
      await store.objects.put(chunks(1, 3));
      await Promise.all(Array.from({ length: 20 }, () => store.objects.flush()));
      assert.ok(segmentFiles.syncs <= 2);
    });
  });

  it('fails the puts that waited for one that failed', async () => {
    await withTemporaryFolder(async (folder) => {
      const segmentFiles = new FaultyBlobFiles(join(folder, 'segments'));
      await using store = await createStore(folder, { segmentFiles });
      segmentFiles.fault = { operation: 'create', code: 'EMFILE' };
      const puts = [store.objects.put(chunks(1, 3)), store.objects.put(chunks(1, 3))];
      for (const put of puts) await assert.rejects(put, { code: 'DITS_STORE_IO' });
      segmentFiles.fault = undefined;
      assert.ok((await store.objects.put(chunks(1, 3))).every(({ isNew }) => isNew));
    });
  });
});

describe('a store after a power failure', () => {
  it('indexes again what the lost end of the index’s log had said', async () => {
    await withTemporaryFolder(async (folder) => {
      const { chunks: first } = await makeStore(folder, [1, 2, 3]);
      const index = join(folder, 'index');
      const ids = await withStore(folder, async (store) => {
        const results = await store.objects.put(chunks(500, 10));
        return results.map(({ id }) => id);
      });
      const logs = (await readdir(index)).filter((name) => name.endsWith('.log'));
      for (const log of logs) await truncate(join(index, log), 0);
      await withStore(folder, async (store) => {
        assert.equal((await store.objects.get([...first, ...ids])).length, 13);
        assert.equal((await store.fsck()).ok, true);
      });
    });
  });

  for (const torn of ['nothing but zeros', 'rubbish', 'half a record']) {
    it(`cuts off a torn end that is ${torn}`, async () => {
      await withTemporaryFolder(async (folder) => {
        const { chunks: first } = await makeStore(folder, [1, 2, 3]);
        const path = segmentPath(folder, 1);
        const { size } = await stat(path);
        if (torn === 'nothing but zeros') await appendFile(path, Buffer.alloc(5000));
        else if (torn === 'rubbish') await appendFile(path, noise(5, 5000));
        else await appendFile(path, await copyOfFirstRecord(path, 1000));
        await withStore(folder, async (store) => {
          const [added] = await store.objects.put(chunks(700, 1));
          await store.objects.flush();
          assert.equal((await store.objects.get([...first, added!.id])).length, 4);
          assert.equal((await store.fsck()).ok, true);
        });
        assert.equal((await stat(path)).size, size + 64 + 2000);
      });
    });
  }

  it('ignores an empty segment and one whose header never reached the disk', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeStore(folder, [1]);
      await writeFile(segmentPath(folder, 2), '');
      await writeFile(segmentPath(folder, 3), Buffer.alloc(10));
      await withStore(folder, async (store) => {
        await store.objects.put(chunks(1, 1));
        await store.objects.flush();
        assert.equal((await store.fsck()).ok, true);
      });
    });
  });

  it('closes a torn line of the reflog off and keeps the others', async () => {
    await withTemporaryFolder(async (folder) => {
      const { commit } = await makeStore(folder, [1]);
      await appendFile(join(folder, 'reflog'), '{"name":"refs/heads/ma');
      await withStore(folder, async (store) => {
        await store.refs.update([{ name: MAIN, expected: commit, target: null }], CONTEXT);
        const log = await store.refs.reflog(MAIN);
        assert.deepEqual(
          log.map((entry) => [entry.old, entry.new]),
          [
            [null, commit],
            [commit, null],
          ],
        );
      });
    });
  });

  it('does not open with a format file of half its length', async () => {
    await withTemporaryFolder(async (folder) => {
      await (await createStore(folder)).close();
      await truncate(join(folder, 'format'), 5);
      await assert.rejects(openStore(folder), { code: 'DITS_STORE_CORRUPT' });
      await rm(join(folder, 'format'));
      await assert.rejects(openStore(folder), { code: 'DITS_STORE_NOT_A_STORE' });
    });
  });
});

async function copyOfFirstRecord(path: string, bytes: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const copy = Buffer.alloc(bytes);
    const segmentHeader = 32;
    await handle.read(copy, 0, bytes, segmentHeader);
    return copy;
  } finally {
    await handle.close();
  }
}
