/** What every object store does. Each implementation runs this suite with a factory of its own. */
import assert from 'node:assert/strict';
import { randomFillSync } from 'node:crypto';
import {
  OBJECT_SIZE_MAX_BYTES,
  compress,
  objectId,
  type ChunkId,
  type NewObject,
  type ObjectId,
  type ObjectInfo,
  type ObjectRecord,
  type ObjectStore,
} from '../../store/index.ts';

/** A store for one test, and how to get rid of it. */
export type ObjectStoreFixture = {
  readonly store: ObjectStore;
  readonly dispose: () => Promise<void>;
};

const ABSENT = objectId('chunk', Buffer.from('nobody ever stored this'));

function chunk(text: string): NewObject & { readonly id: ChunkId } {
  const bytes = Buffer.from(text);
  return { kind: 'chunk', bytes, id: objectId<ChunkId>('chunk', bytes) };
}

/** Bytes that do not shrink; what they are does not matter. */
function noise(size: number): Buffer {
  return randomFillSync(Buffer.alloc(size));
}

async function listAll(store: ObjectStore): Promise<ObjectInfo[]> {
  const all: ObjectInfo[] = [];
  for await (const batch of store.list()) all.push(...batch);
  return all;
}

async function listIdRows(store: ObjectStore): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { bytes, strideBytes } of store.listIdRows()) {
    for (let at = 0; at < bytes.length; at += strideBytes)
      ids.add(bytes.toString('hex', at, at + 32));
  }
  return ids;
}

async function recordOf(text: string, changes: Partial<ObjectRecord> = {}): Promise<ObjectRecord> {
  const bytes = Buffer.from(text);
  const packed = await compress(bytes);
  return {
    id: objectId('chunk', bytes),
    kind: 'chunk',
    codec: packed === undefined ? 'none' : 'zstd',
    rawSize: bytes.length,
    stored: packed ?? bytes,
    ...changes,
  };
}

/** Runs the contract on stores that `create` makes, one per test. */
export function describeObjectStore(name: string, create: () => Promise<ObjectStoreFixture>): void {
  describe(`${name} as an object store`, () => {
    let fixture: ObjectStoreFixture;
    let store: ObjectStore;

    beforeEach(async () => {
      fixture = await create();
      ({ store } = fixture);
    });

    afterEach(() => fixture.dispose());

    it('gives back what was put, in the order asked for', async () => {
      const [a, b, c] = [chunk('a'), chunk('b'), chunk('long '.repeat(2000))];
      const results = await store.put([a, b, c]);
      assert.deepEqual(
        results.map(({ id, isNew }) => ({ id, isNew })),
        [a, b, c].map(({ id }) => ({ id, isNew: true })),
      );
      const objects = await store.get([c.id, a.id, b.id, a.id]);
      assert.deepEqual(
        objects.map(({ id, kind, bytes }) => ({ id, kind, text: Buffer.from(bytes).toString() })),
        [c, a, b, a].map(({ id, kind, bytes }) => ({ id, kind, text: bytes.toString() })),
      );
    });

    it('computes the id when it is not given, per kind', async () => {
      const bytes = Buffer.from('');
      const kinds = ['chunk', 'manifest', 'tree', 'commit', 'tag'] as const;
      const results = await store.put(kinds.map((kind) => ({ kind, bytes })));
      const ids = results.map(({ id }) => id);
      assert.deepEqual(
        ids,
        kinds.map((kind) => objectId(kind, bytes)),
      );
      assert.equal(new Set(ids).size, kinds.length);
      const objects = await store.get(ids);
      assert.deepEqual(
        objects.map(({ kind }) => kind),
        kinds,
      );
    });

    it('stores an object once, also within one batch', async () => {
      const a = chunk('the same');
      const [first, second] = await store.put([a, { kind: 'chunk', bytes: a.bytes }]);
      assert.equal(first!.isNew, true);
      assert.equal(second!.isNew, false);
      const [third] = await store.put([a]);
      assert.deepEqual(third, { id: a.id, isNew: false, storedSize: 0 });
      assert.equal((await listAll(store)).length, 1);
    });

    it('stores an object once when several calls put it at the same time', async () => {
      const a = chunk('at once '.repeat(500));
      const results = (await Promise.all([1, 2, 3, 4].map(() => store.put([a])))).flat();
      assert.equal(results.filter(({ isNew }) => isNew).length, 1);
      assert.equal((await store.get([a.id]))[0]!.bytes.length, a.bytes.length);
    });

    it('says which objects it holds', async () => {
      const [a, b] = [chunk('a'), chunk('b')];
      await store.put([a, b]);
      assert.deepEqual(await store.has([b.id, ABSENT, a.id]), [true, false, true]);
      assert.deepEqual(await store.has([]), []);
    });

    it('tells kind and sizes without reading', async () => {
      const text = 'shrinks well '.repeat(1000);
      const [packed, raw] = [chunk(text), { kind: 'chunk' as const, bytes: noise(5000) }];
      const [packedResult, rawResult] = await store.put([packed, raw]);
      const [first, second, third] = await store.info([packed.id, ABSENT, rawResult!.id]);
      assert.equal(second, undefined);
      assert.deepEqual(first, {
        id: packed.id,
        kind: 'chunk',
        rawSize: text.length,
        storedSize: packedResult!.storedSize,
      });
      assert.ok(first.storedSize < text.length / 2);
      assert.equal(third!.storedSize, 5000);
    });

    it('does not compress what it is told will not shrink', async () => {
      const bytes = Buffer.alloc(10_000, 7);
      const [result] = await store.put([{ kind: 'chunk', bytes, compressible: false }]);
      const [record] = await store.getRecords([result!.id]);
      assert.equal(record!.codec, 'none');
      assert.deepEqual(Buffer.from(record!.stored), bytes);
    });

    it('holds chunks of the largest size and refuses larger ones', async () => {
      const bytes = noise(OBJECT_SIZE_MAX_BYTES);
      const [result] = await store.put([{ kind: 'chunk', bytes }]);
      const [object] = await store.get([result!.id]);
      assert.ok(Buffer.from(object!.bytes).equals(bytes));
      await assert.rejects(
        store.put([{ kind: 'chunk', bytes: Buffer.alloc(OBJECT_SIZE_MAX_BYTES + 1) }]),
        { code: 'DITS_STORE_INVALID_OBJECT' },
      );
    }).timeout(60_000);

    it('does not change when the caller reuses a buffer', async () => {
      const bytes = Buffer.from('before');
      const [result] = await store.put([{ kind: 'chunk', bytes }]);
      bytes.write('after!');
      const [object] = await store.get([result!.id]);
      assert.equal(Buffer.from(object!.bytes).toString(), 'before');
      object!.bytes.fill(0);
      const [again] = await store.get([result!.id]);
      assert.equal(Buffer.from(again!.bytes).toString(), 'before');
    });

    it('names the object that it does not hold', async () => {
      const a = chunk('a');
      await store.put([a]);
      const expected = (error: Error & { code?: string; details?: { id?: ObjectId } }) =>
        error.code === 'DITS_STORE_NOT_FOUND' && error.details?.id === ABSENT;
      await assert.rejects(store.get([a.id, ABSENT]), expected);
      await assert.rejects(store.getRecords([ABSENT, a.id]), expected);
    });

    it('passes records on to another store as they are', async () => {
      const text = 'take after take '.repeat(300);
      const [packed, raw] = [chunk(text), chunk('short')];
      await store.put([packed, raw]);
      const records = await store.getRecords([raw.id, packed.id]);
      assert.deepEqual(
        records.map(({ id, codec, rawSize }) => ({ id, codec, rawSize })),
        [
          { id: raw.id, codec: 'none', rawSize: 5 },
          { id: packed.id, codec: 'zstd', rawSize: text.length },
        ],
      );
      const other = await create();
      try {
        const results = await other.store.putRecords(records);
        assert.ok(results.every(({ isNew }) => isNew));
        assert.equal(results[1]!.storedSize, records[1]!.stored.length);
        const [object] = await other.store.get([packed.id]);
        assert.equal(Buffer.from(object!.bytes).toString(), text);
        const again = await other.store.putRecords(records);
        assert.ok(again.every(({ isNew, storedSize }) => !isNew && storedSize === 0));
      } finally {
        await other.dispose();
      }
    });

    const good = 'an honest object '.repeat(100);
    const liars: Record<string, [Promise<ObjectRecord>, string]> = {
      'whose bytes are not its id': [
        recordOf('other bytes', { id: ABSENT }),
        'DITS_STORE_HASH_MISMATCH',
      ],
      'whose compressed bytes are not its id': [
        recordOf(good, { id: ABSENT }),
        'DITS_STORE_HASH_MISMATCH',
      ],
      'of another kind than it says': [
        recordOf('some bytes', { kind: 'commit' }),
        'DITS_STORE_HASH_MISMATCH',
      ],
      'that inflates to less than it says': [
        recordOf(good, { rawSize: good.length + 1 }),
        'DITS_STORE_BAD_COMPRESSION',
      ],
      'that inflates to more than it says': [
        recordOf(good, { rawSize: 10 }),
        'DITS_STORE_BAD_COMPRESSION',
      ],
      'that is no compressed data': [
        recordOf(good, { stored: Buffer.from('not zstd at all') }),
        'DITS_STORE_BAD_COMPRESSION',
      ],
    };
    for (const [what, [record, code]] of Object.entries(liars)) {
      it(`refuses a record ${what}, names it, and keeps the ones before it`, async () => {
        const before = await recordOf('before');
        const bad = await record;
        await assert.rejects(
          store.putRecords([before, bad]),
          (error: Error & { code?: string; details?: { id?: string } }) =>
            error.code === code && error.details?.id === bad.id,
        );
        assert.deepEqual(await store.has([bad.id, before.id]), [false, true]);
      });
    }

    it('refuses a record that claims an absurd size', async () => {
      for (const rawSize of [OBJECT_SIZE_MAX_BYTES + 1, -1, 1.5, 2 ** 60]) {
        await assert.rejects(store.putRecords([await recordOf(good, { rawSize })]));
      }
      assert.equal((await listAll(store)).length, 0);
    });

    it('lists everything it holds, each once, and counts it', async () => {
      const objects = Array.from({ length: 3000 }, (_, index) => chunk(`object ${index}`));
      await store.put(objects);
      const listed = await listAll(store);
      assert.deepEqual(listed.map(({ id }) => id).sort(), objects.map(({ id }) => id).sort());
      const [info] = await store.info([listed[0]!.id]);
      assert.deepEqual(listed[0], info);
      assert.ok((await store.count()) >= objects.length);
    });

    it('names everything it holds in bulk, before and after it is flushed', async () => {
      const objects = Array.from({ length: 200 }, (_, index) => chunk(`object ${index}`));
      for (const part of [objects.slice(0, 150), objects.slice(150)]) {
        await store.put(part);
        const ids = await listIdRows(store);
        for (const { id } of part) assert.ok(ids.has(id));
        await store.flush();
      }
      const ids = await listIdRows(store);
      assert.deepEqual([...ids].sort(), objects.map(({ id }) => id).sort());
    });

    it('flushes, also when there is nothing to flush and when called twice at once', async () => {
      await store.flush();
      await store.put([chunk('a')]);
      await Promise.all([store.flush(), store.flush()]);
      assert.deepEqual(await store.has([chunk('a').id]), [true]);
    });

    it('stops with the reason of an abort and stores nothing', async () => {
      const reason = new Error('enough');
      const signal = AbortSignal.abort(reason);
      const same = (error: unknown) => error === reason;
      const a = chunk('a');
      await assert.rejects(store.put([a], { signal }), same);
      await assert.rejects(store.putRecords([await recordOf('a')], { signal }), same);
      await assert.rejects(store.has([a.id], { signal }), same);
      await assert.rejects(store.info([a.id], { signal }), same);
      await assert.rejects(store.get([a.id], { signal }), same);
      await assert.rejects(store.getRecords([a.id], { signal }), same);
      assert.deepEqual(await store.has([a.id]), [false]);
    });
  });
}
