import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  decodeCommit,
  encodeCommit,
  openStore,
  storedBytes,
  writeTree,
} from '../../store/index.ts';
import { FaultyBlobFiles } from './faulty-blob-files.ts';
import {
  CONTEXT,
  FILE_SIZE,
  MAIN,
  commitFiles,
  findPayload,
  flipBit,
  makeStore,
  noise,
  segmentPath,
  setMain,
  withStore,
} from './maintenance-fixture.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const SEEDS = Array.from({ length: 30 }, (_, index) => index + 1);
const SMALL = { segmentLimits: { sizeMaxBytes: 20_000, recordsMax: 1000 } };
/** Everything that no ref reaches goes at once. */
const NOW = { graceMs: 0, reflogExpiryMs: -1000 };

describe('gc', () => {
  it('removes what no ref reaches and keeps the rest readable', async () => {
    await withTemporaryFolder(async (folder) => {
      const first = await makeStore(folder, SEEDS, SMALL);
      const before = await readdir(join(folder, 'segments'));
      await withStore(
        folder,
        async (store) => {
          // Every third file stays: no segment is wholly dead.
          const second = await commitFiles(
            store,
            SEEDS.filter((seed) => seed % 3 === 0),
          );
          await setMain(store, second.commit);
          const planned = await store.gc({ ...NOW, dryRun: true });
          assert.deepEqual(await store.objects.has(first.chunks), Array(30).fill(true));
          const done = await store.gc(NOW);
          assert.deepEqual({ ...planned, dryRun: false }, done);
          assert.equal(done.kept, 12);
          assert.equal(done.removed, 22);
          assert.ok(done.freedBytes > 20 * FILE_SIZE);
          const held = await store.objects.has(first.chunks);
          assert.deepEqual(
            held,
            SEEDS.map((seed) => seed % 3 === 0),
          );
          assert.equal((await store.objects.get(second.chunks)).length, 10);
          assert.equal((await store.fsck()).ok, true);
        },
        SMALL,
      );
      const after = await readdir(join(folder, 'segments'));
      assert.ok(after.length < before.length);
      await withStore(folder, async (store) => assert.equal((await store.fsck()).ok, true));
    });
  });

  it('keeps what is young, what the reflog names, and what the caller names', async () => {
    await withTemporaryFolder(async (folder) => {
      const first = await makeStore(folder, [1, 2, 3]);
      await withStore(folder, async (store) => {
        const [staged] = await store.objects.put([{ kind: 'chunk', bytes: noise(77, 100) }]);
        await setMain(store, null);
        assert.equal((await store.gc()).removed, 0);
        assert.equal((await store.gc({ graceMs: 0 })).removed, 1);
        assert.deepEqual(await store.objects.has(first.chunks), [true, true, true]);
        assert.deepEqual(await store.objects.has([staged!.id]), [false]);
        await store.objects.put([{ kind: 'chunk', bytes: noise(77, 100) }]);
        const roots = [staged!.id, first.chunks[1]!];
        const extraRoots = () => Promise.resolve(roots);
        assert.equal((await store.gc({ ...NOW, extraRoots })).kept, 2);
        assert.deepEqual(await store.objects.has(first.chunks), [false, true, false]);
        assert.deepEqual(await store.objects.has([staged!.id]), [true]);
      });
    });
  });

  it('waits for those who hold the store, and gives up in time', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeStore(folder, [1]);
      await using user = await openStore(folder);
      await using store = await openStore(folder, { holdTimeoutMs: 100 });
      const release = await user.hold();
      await assert.rejects(store.gc(NOW), { code: 'DITS_STORE_LOCKED' });
      await release();
      await release();
      assert.equal((await store.gc(NOW)).removed, 0);
    });
  });

  it('lets a reader in another opening find the objects that it moved', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeStore(folder, SEEDS, SMALL);
      await using reader = await openStore(folder);
      await withStore(
        folder,
        async (store) => {
          const kept = await commitFiles(
            store,
            SEEDS.filter((seed) => seed % 3 === 0),
          );
          await setMain(store, kept.commit);
          assert.equal((await reader.objects.get(kept.chunks)).length, 10);
          assert.ok((await store.gc(NOW)).segmentsCompacted > 0);
          assert.equal((await reader.objects.get(kept.chunks)).length, 10);
        },
        SMALL,
      );
    });
  });

  it('removes nothing when something reachable cannot be read', async () => {
    await withTemporaryFolder(async (folder) => {
      const { commit, chunks } = await makeStore(folder, [1, 2, 3]);
      await withStore(folder, async (store) => {
        const [loose] = await store.objects.put([{ kind: 'chunk', bytes: noise(50, 5000) }]);
        const [tree] = await store.objects.getRecords([commit]);
        await store.objects.flush();
        const at = await findPayload(folder, Buffer.from(tree!.stored));
        await flipBit(segmentPath(folder, 1), at);
        await assert.rejects(store.gc(NOW), { code: 'DITS_STORE_CORRUPT' });
        assert.deepEqual(await store.objects.has([loose!.id, ...chunks]), Array(4).fill(true));
      });
    });
  });

  for (const operation of ['create', 'write', 'sync', 'syncFolder', 'remove'] as const) {
    it(`loses nothing when it is stopped by a failing ${operation}`, async () => {
      await withTemporaryFolder(async (folder) => {
        await makeStore(folder, SEEDS, SMALL);
        const third = SEEDS.filter((seed) => seed % 3 === 0);
        const segmentFiles = new FaultyBlobFiles(join(folder, 'segments'));
        const kept = await withStore(
          folder,
          async (store) => {
            const made = await commitFiles(store, third);
            await setMain(store, made.commit);
            segmentFiles.fault = { operation, code: 'EIO', tornBytes: 500 };
            await assert.rejects(store.gc(NOW), { code: 'DITS_STORE_IO' });
            segmentFiles.fault = undefined;
            return made.chunks;
          },
          { ...SMALL, segmentFiles },
        );
        await withStore(folder, async (store) => {
          assert.equal((await store.objects.get(kept)).length, third.length);
          assert.equal((await store.fsck()).ok, true);
          await store.gc(NOW);
          assert.equal((await store.objects.get(kept)).length, third.length);
          assert.equal((await store.fsck()).ok, true);
          assert.equal((await store.gc(NOW)).removed, 0);
        });
      });
    });
  }

  it('does not bring dead objects back when the index is opened anew', async () => {
    await withTemporaryFolder(async (folder) => {
      const first = await makeStore(folder, SEEDS);
      await withStore(folder, async (store) => {
        const most = SEEDS.slice(0, 28);
        await setMain(store, (await commitFiles(store, most)).commit);
        const report = await store.gc(NOW);
        assert.equal(report.segmentsCompacted, 0);
        assert.equal(report.removed, 4);
      });
      await withStore(folder, async (store) => {
        assert.deepEqual(await store.objects.has(first.chunks.slice(27)), [true, false, false]);
        assert.equal((await store.fsck({ repair: true })).ok, true);
        assert.deepEqual(await store.objects.has(first.chunks.slice(27)), [true, false, false]);
        assert.notEqual(await store.refs.get(MAIN), undefined);
      });
    });
  });
});

describe('stats', () => {
  it('tell logical from stored bytes', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeStore(folder, [1, 2, 3]);
      const stats = await withStore(folder, (store) => store.stats());
      assert.equal(stats.files, 3);
      assert.equal(stats.logicalBytes, 3 * FILE_SIZE);
      assert.equal(stats.chunks, 3);
      assert.equal(stats.objects, 2);
      assert.equal(stats.segments, 1);
      assert.ok(stats.storedBytes > stats.rawBytes);
    });
  });

  it('count folders for what is in them, and the commit that HEAD is detached at', async () => {
    await withTemporaryFolder(async (folder) => {
      const { commit } = await makeStore(folder, [1, 2, 3]);
      await withStore(folder, async (store) => {
        const { tree } = decodeCommit((await store.objects.get([commit]))[0]!.bytes);
        const nested = await writeTree(store.objects, [
          { kind: 'directory', name: 'folder', tree },
        ]);
        const who = { name: 'Ada', email: 'ada@example.org', timeMs: 0, zoneMinutes: 0 };
        const fields = {
          tree: nested,
          parents: [commit],
          author: who,
          committer: who,
          message: '',
        };
        const [put] = await store.objects.put([{ kind: 'commit', bytes: encodeCommit(fields) }]);
        await store.objects.flush();
        await store.refs.setHead({ kind: 'detached', target: put!.id }, CONTEXT);
        assert.equal((await store.stats()).files, 6);
        assert.equal((await store.stats()).storedBytes, await storedBytes(folder));
        await setMain(store, null);
        await store.gc(NOW);
        assert.equal((await store.stats()).files, 3);
        assert.equal((await store.fsck()).ok, true);
      });
    });
  });
});
