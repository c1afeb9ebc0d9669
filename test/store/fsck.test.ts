import assert from 'node:assert/strict';
import { readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MemoryObjectStore, type ObjectId } from '../../store/index.ts';
import {
  FILE_SIZE,
  findPayload,
  flipBit,
  makeStore,
  noise,
  segmentPath,
  withStore,
} from './maintenance-fixture.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const RECORD_HEADER = 64;
/** Seals a segment after about six files. */
const SMALL = { segmentLimits: { sizeMaxBytes: 20_000, recordsMax: 1000 } };

/** The chunks of these seeds, as a peer would offer them. */
async function peerWith(seeds: readonly number[]): Promise<MemoryObjectStore> {
  const peer = new MemoryObjectStore();
  await peer.put(seeds.map((seed) => ({ kind: 'chunk', bytes: noise(seed, FILE_SIZE) })));
  return peer;
}

describe('fsck', () => {
  it('finds nothing wrong with a sound store', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeStore(folder, SEEDS, SMALL);
      const report = await withStore(folder, (store) => store.fsck());
      assert.equal(report.ok, true);
      assert.equal(report.chunks, 20);
      assert.equal(report.objects, 2);
      assert.deepEqual(report.corrupt, []);
      assert.deepEqual(report.missing, []);
    });
  });

  for (const [part, shift] of [
    ['payload', 100],
    ['header', 10 - RECORD_HEADER],
    ['id', 20 - RECORD_HEADER],
  ] as const) {
    it(`finds a flipped bit in the ${part} of a record, and reads refuse it`, async () => {
      await withTemporaryFolder(async (folder) => {
        const { chunks } = await makeStore(folder, SEEDS);
        const payloadAt = await findPayload(folder, noise(7, FILE_SIZE));
        await flipBit(segmentPath(folder, 1), payloadAt + shift);
        await withStore(folder, async (store) => {
          const id = chunks[6]!;
          await assert.rejects(store.objects.get([id]), { code: 'DITS_STORE_CORRUPT' });
          await assert.rejects(store.objects.getRecords([id]), { code: 'DITS_STORE_CORRUPT' });
          const report = await store.fsck();
          assert.equal(report.ok, false);
          assert.deepEqual(report.corrupt, [
            { id, segment: 1, offset: payloadAt - RECORD_HEADER, problem: 'record' },
          ]);
          assert.equal(report.chunks, 19);
        });
      });
    });
  }

  it('keeps damaged bytes in quarantine and takes good ones from a peer', async () => {
    await withTemporaryFolder(async (folder) => {
      const { chunks } = await makeStore(folder, SEEDS);
      const payloadAt = await findPayload(folder, noise(3, FILE_SIZE));
      await flipBit(segmentPath(folder, 1), payloadAt);
      const peer = await peerWith(SEEDS);
      const asked: ObjectId[] = [];
      await withStore(folder, async (store) => {
        const report = await store.fsck({
          repairFrom: (ids) => {
            asked.push(...ids);
            return peer.getRecords(ids);
          },
        });
        assert.deepEqual(asked, [chunks[2]]);
        assert.equal(report.ok, true);
        assert.equal(report.repaired, 1);
        assert.equal(report.quarantined, 1);
        assert.equal(report.corrupt.length, 1);
      });
      assert.equal((await readdir(join(folder, 'quarantine'))).length, 1);
      await withStore(folder, async (store) => {
        const [chunk] = await store.objects.get([chunks[2]!]);
        assert.deepEqual(Buffer.from(chunk!.bytes), noise(3, FILE_SIZE));
        assert.equal((await store.fsck()).ok, true);
      });
    });
  });

  it('says what is missing when nobody has a good copy', async () => {
    await withTemporaryFolder(async (folder) => {
      const { chunks } = await makeStore(folder, SEEDS);
      await flipBit(segmentPath(folder, 1), await findPayload(folder, noise(3, FILE_SIZE)));
      await withStore(folder, async (store) => {
        const report = await store.fsck({ repair: true });
        assert.equal(report.ok, false);
        assert.deepEqual(report.missing, [chunks[2]]);
        assert.deepEqual(await store.objects.has([chunks[2]!]), [false]);
      });
    });
  });

  it('does not take records that are not what they claim to be', async () => {
    await withTemporaryFolder(async (folder) => {
      const { chunks } = await makeStore(folder, SEEDS);
      await flipBit(segmentPath(folder, 1), await findPayload(folder, noise(3, FILE_SIZE)));
      const stored = noise(999, FILE_SIZE);
      await withStore(folder, async (store) => {
        const repairFrom = ([id]: readonly ObjectId[]) =>
          Promise.resolve([
            { id: id!, kind: 'chunk', codec: 'none', rawSize: FILE_SIZE, stored } as const,
          ]);
        await assert.rejects(store.fsck({ repairFrom }), { code: 'DITS_STORE_HASH_MISMATCH' });
        assert.deepEqual(await store.objects.has([chunks[2]!]), [false]);
      });
    });
  });

  for (const [part, offset] of [
    ['segment header', 12],
    ['footer', -40],
    ['trailer', -10],
  ] as const) {
    it(`finds a flipped bit in the ${part} and mends it without losing a record`, async () => {
      await withTemporaryFolder(async (folder) => {
        const { chunks } = await makeStore(folder, SEEDS, SMALL);
        await flipBit(segmentPath(folder, 1), offset);
        await withStore(folder, async (store) => {
          const found = await store.fsck();
          assert.equal(found.ok, false);
          assert.equal(found.corrupt.length, 1);
          assert.equal(found.chunks, 20);
          assert.equal((await store.fsck({ repair: true })).ok, true);
        });
        await withStore(folder, async (store) => {
          assert.equal((await store.objects.get(chunks)).length, 20);
          const after = await store.fsck();
          assert.deepEqual(after.corrupt, []);
          assert.equal(after.ok, true);
        });
      });
    });
  }

  it('finds what a truncated segment has lost', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeStore(folder, SEEDS);
      await truncate(segmentPath(folder, 1), 30_000);
      const report = await withStore(folder, (store) => store.fsck());
      assert.equal(report.ok, false);
      assert.equal(report.corrupt.length, 22 - report.chunks - report.objects);
      assert.ok(report.corrupt.length > 5);
    });
  });

  it('finds a removed segment', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeStore(folder, SEEDS, SMALL);
      await rm(segmentPath(folder, 2));
      await withStore(folder, async (store) => {
        const report = await store.fsck();
        assert.equal(report.ok, false);
        assert.ok(report.corrupt.length > 0);
        assert.ok(report.corrupt.every(({ segment }) => segment === 2));
        const lost = report.corrupt.map(({ id }) => id);
        const { missing } = await store.fsck({ repair: true });
        assert.deepEqual([...missing].sort(), lost.sort());
      });
    });
  });

  it('reports damaged refs', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeStore(folder, SEEDS);
      await flipBit(join(folder, 'refs'), 40);
      await withStore(folder, async (store) => {
        await assert.rejects(store.refs.list(), { code: 'DITS_STORE_CORRUPT' });
        const report = await store.fsck();
        assert.equal(report.ok, false);
        assert.match(report.refsProblem ?? '', /refs/);
      });
    });
  });
});

describe('rebuilding the index', () => {
  it('is not even needed when the index has been deleted', async () => {
    await withTemporaryFolder(async (folder) => {
      const { chunks } = await makeStore(folder, SEEDS, SMALL);
      await rm(join(folder, 'index'), { recursive: true });
      await withStore(folder, async (store) => {
        assert.equal((await store.objects.get(chunks)).length, 20);
        assert.equal((await store.fsck()).ok, true);
      });
    });
  });

  it('loses no record behind a damaged one', async () => {
    await withTemporaryFolder(async (folder) => {
      const { chunks } = await makeStore(folder, SEEDS);
      const payloadAt = await findPayload(folder, noise(2, FILE_SIZE));
      await flipBit(segmentPath(folder, 1), payloadAt - RECORD_HEADER + 3);
      await rm(join(folder, 'index'), { recursive: true });
      await withStore(folder, async (store) => {
        // A put continues the segment, and must cut nothing but a torn end.
        await store.objects.put([{ kind: 'chunk', bytes: noise(500, FILE_SIZE) }]);
        await store.objects.flush();
        const held = await store.objects.has(chunks);
        assert.deepEqual(
          held.flatMap((isHeld, at) => (isHeld ? [] : [at])),
          [1],
        );
        assert.equal((await store.objects.get(chunks.filter((_, at) => at !== 1))).length, 19);
      });
    });
  });

  it('is not even needed when LevelDB cannot read its files', async () => {
    await withTemporaryFolder(async (folder) => {
      const { chunks } = await makeStore(folder, SEEDS);
      const index = join(folder, 'index');
      for (const name of await readdir(index)) {
        if (!name.startsWith('MANIFEST') && name !== 'CURRENT') continue;
        const size = (await readFile(join(index, name))).length;
        await writeFile(join(index, name), Buffer.alloc(size, 'rubbish'));
      }
      await withStore(folder, async (store) => {
        assert.equal((await store.objects.get(chunks)).length, 20);
        assert.deepEqual(await store.rebuildIndex(), { objects: 22 });
        assert.equal((await store.objects.get(chunks)).length, 20);
        // What was wrong is told once.
        assert.equal((await store.fsck()).indexDamage.length, 1);
        assert.equal((await store.fsck()).ok, true);
      });
    });
  });
});
