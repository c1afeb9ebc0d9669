import assert from 'node:assert/strict';
import {
  MISSING_COUNT_MAX,
  MemoryObjectStore,
  encodeTreeNode,
  findMissing,
  objectId,
  type ChunkId,
  type CommitId,
  type ObjectId,
} from '../../../../store/index.ts';
import { closureOf, writeCommit, writeFiles } from '../tree-fixture.ts';

const FILES = { 'a/clip': ['1', '2', '3'], 'a/x/note': ['4'], 'b/empty': [], c: ['5', '6'] };

async function writeTwo(store: MemoryObjectStore): Promise<{ first: CommitId; second: CommitId }> {
  const tree = await writeFiles(store, FILES);
  const first = await writeCommit(store, { tree, timeMs: 1 });
  const changed = await writeFiles(store, { ...FILES, c: ['5', '7'] });
  const second = await writeCommit(store, { tree: changed, parents: [first], timeMs: 2 });
  return { first, second };
}

describe('findMissing', () => {
  it('finds nothing missing where all is there', async () => {
    const store = new MemoryObjectStore();
    const { second } = await writeTwo(store);
    const report = await findMissing(store, { wants: [second], complete: [] });
    assert.deepEqual(report, {
      missing: [],
      faults: [],
      checked: (await closureOf(store, [second])).size,
      isTruncated: false,
    });
  });

  it('names each single object that is absent, of every kind', async () => {
    const whole = new MemoryObjectStore();
    const { second } = await writeTwo(whole);
    const ids = [...(await closureOf(whole, [second]))];
    assert.ok(ids.length > 12);
    for (const id of ids) {
      const store = new MemoryObjectStore();
      await store.putRecords(await whole.getRecords(ids.filter((other) => other !== id)));
      const report = await findMissing(store, { wants: [second], complete: [] });
      assert.deepEqual(report.missing, [id]);
      assert.equal(report.faults[0]!.reason, 'absent');
    }
  });

  it('names each single object that is damaged, short of the bytes of chunks', async () => {
    const store = new MemoryObjectStore();
    const { second } = await writeTwo(store);
    for (const id of await closureOf(store, [second])) {
      const [record] = await store.getRecords([id]);
      if (record!.kind === 'chunk') continue;
      store.damage(id, Buffer.from('damaged'));
      const report = await findMissing(store, { wants: [second], complete: [] });
      assert.deepEqual(report.missing, [id]);
      assert.equal(report.faults[0]!.reason, 'corrupt');
      assert.equal(record!.codec, 'none');
      store.damage(id, record!.stored);
    }
  });

  it('does not look at what complete commits lead to', async () => {
    const store = new MemoryObjectStore();
    const { first, second } = await writeTwo(store);
    const note = objectId('chunk', Buffer.from('4'));
    store.damage(note, undefined);
    const ends = { wants: [second], complete: [first] };
    assert.deepEqual((await findMissing(store, ends)).missing, []);
    const last = objectId('chunk', Buffer.from('7'));
    store.damage(last, undefined);
    assert.deepEqual((await findMissing(store, ends)).missing, [last]);
    assert.deepEqual(
      new Set((await findMissing(store, { ...ends, complete: [] })).missing),
      new Set([last, note]),
    );
  });

  it('does not take an object for one of another kind', async () => {
    const store = new MemoryObjectStore();
    const inner = await writeFiles(store, { gone: ['8', '9'] });
    const lie = encodeTreeNode({
      level: 0,
      entries: [
        { kind: 'file', name: 'a', content: { kind: 'chunk', id: inner as never }, size: 1 },
        { kind: 'directory', name: 'b', tree: inner },
      ],
    });
    const [result] = await store.put([{ kind: 'tree', bytes: lie }]);
    const eight = objectId('chunk', Buffer.from('8'));
    store.damage(eight, undefined);
    const report = await findMissing(store, { wants: [result!.id], complete: [] });
    assert.deepEqual(
      new Map(report.faults.map((fault) => [fault.id, fault.reason])),
      new Map<ObjectId, string>([
        [inner, 'invalid'],
        [eight, 'absent'],
      ]),
    );
  });

  it('notices a chunk of another size than is listed', async () => {
    const store = new MemoryObjectStore();
    const [result] = await store.put([{ kind: 'chunk', bytes: Buffer.from('five!') }]);
    const id = result!.id as ChunkId;
    const bytes = encodeTreeNode({
      level: 0,
      entries: [{ kind: 'file', name: 'a', content: { kind: 'chunk', id }, size: 6 }],
    });
    const [tree] = await store.put([{ kind: 'tree', bytes }]);
    const report = await findMissing(store, { wants: [tree!.id], complete: [] });
    assert.deepEqual(report.missing, [id]);
  });

  it('stops when the list is full', async () => {
    const whole = new MemoryObjectStore();
    const files = Object.fromEntries(
      Array.from({ length: MISSING_COUNT_MAX * 4 }, (_, index) => [`f${index}`, [`c${index}`]]),
    );
    const tree = await writeFiles(whole, files);
    const store = new MemoryObjectStore();
    for await (const batch of whole.list()) {
      const kept = batch.filter(({ kind }) => kind !== 'chunk').map(({ id }) => id);
      await store.putRecords(await whole.getRecords(kept));
    }
    const report = await findMissing(store, { wants: [tree], complete: [] });
    assert.equal(report.missing.length, MISSING_COUNT_MAX);
    assert.equal(report.isTruncated, true);
  });

  it('reports a starting point that is absent, and passes over an absent complete commit', async () => {
    const store = new MemoryObjectStore();
    const { second } = await writeTwo(store);
    const absent = objectId('commit', Buffer.from('absent'));
    const report = await findMissing(store, { wants: [absent, second], complete: [absent] });
    assert.deepEqual(report.missing, [absent]);
  });
});
