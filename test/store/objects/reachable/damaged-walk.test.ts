import assert from 'node:assert/strict';
import {
  MemoryObjectStore,
  StoreError,
  encodeTag,
  objectId,
  walkReachable,
  writeTree,
  type ChunkId,
  type CommitId,
  type ObjectId,
  type Reachable,
  type TagTarget,
  type TreeId,
} from '../../../../store/index.ts';
import { paintLeftOnly } from '../../../../store/objects/commit-painting.ts';
import { decodeAnyManifestNode } from '../../../../store/objects/manifest-codec.ts';
import { tryReadStructures } from '../../../../store/objects/structure-reader.ts';
import { closureOf, writeCommit, writeFiles } from '../tree-fixture.ts';

const PERSON = { name: 'Ada', email: 'ada@example.org', timeMs: 0, zoneMinutes: 0 };

async function collect(
  store: MemoryObjectStore,
  wants: readonly ObjectId[],
  haves: readonly ObjectId[] = [],
): Promise<Reachable[]> {
  const all: Reachable[] = [];
  for await (const batch of walkReachable(store, { wants, haves })) all.push(...batch);
  return all;
}

async function writeTag(store: MemoryObjectStore, target: TagTarget): Promise<ObjectId> {
  const bytes = encodeTag({ target, name: 'v1', tagger: PERSON, message: '' });
  const [put] = await store.put([{ kind: 'tag', bytes }]);
  return put!.id;
}

function symlink(name: string, target: ChunkId) {
  return { kind: 'symlink' as const, name, target, size: 5 };
}

function isRoot(bytes: Uint8Array): boolean {
  return decodeAnyManifestNode(bytes).root !== undefined;
}

/** Two commits whose trees differ in one file, and a long file in both; the second follows the first unless told otherwise. */
async function series(store: MemoryObjectStore, { isApart = false } = {}) {
  const labels = Array.from({ length: 300 }, (_, at) => `chunk ${at}`);
  const before = await writeFiles(store, { 'a/long': labels, 'a/x': ['1'], b: ['2'] });
  const after = await writeFiles(store, { 'a/long': [...labels, 'more'], 'a/x': ['1'], b: ['3'] });
  const first = await writeCommit(store, { tree: before, timeMs: 1 });
  const second = await writeCommit(store, {
    tree: after,
    parents: isApart ? [] : [first],
    timeMs: 2,
  });
  return { first, second, before };
}

describe('a walk over damage', () => {
  it('finds everything that is wanted though what the other side has cannot be read', async () => {
    const whole = new MemoryObjectStore();
    const { first, second } = await series(whole, { isApart: true });
    const wanted = await closureOf(whole, [second]);
    const had = await closureOf(whole, [first]);
    const records = await whole.getRecords([...new Set([...wanted, ...had])]);
    const onlyHad = [...had].filter((id) => !wanted.has(id));
    assert.ok(onlyHad.length > 3);
    for (const lost of onlyHad) {
      const store = new MemoryObjectStore();
      await store.putRecords(records.filter(({ id }) => id !== lost));
      const found = new Set((await collect(store, [second], [first])).map(({ id }) => id));
      for (const id of wanted) assert.ok(found.has(id) || had.has(id), `${id} without ${lost}`);
    }
  });

  it('takes a damaged tree of the other side for one that tells nothing', async () => {
    const store = new MemoryObjectStore();
    const { first, second, before } = await series(store, { isApart: true });
    const wanted = await closureOf(store, [second]);
    store.damage(before, Buffer.from('damaged'));
    const found = (await collect(store, [second], [first])).map(({ id }) => id);
    assert.deepEqual(found.sort(), [...wanted].sort());
  });

  it('names the tag that cannot be read, and ends chains of tags that are too long', async () => {
    const store = new MemoryObjectStore();
    const { first } = await series(store);
    let tag = await writeTag(store, { kind: 'commit', id: first });
    const damaged = tag;
    for (let depth = 0; depth < 20; depth++) {
      tag = await writeTag(store, { kind: 'tag', id: tag as never });
    }
    await assert.rejects(collect(store, [tag]), { code: 'DITS_STORE_INVALID_OBJECT' });
    store.damage(damaged, Buffer.from('damaged'));
    await assert.rejects(collect(store, [damaged]), { code: 'DITS_STORE_CORRUPT' });
    // As a have it only tells less.
    assert.ok((await collect(store, [first], [damaged])).length > 300);
  });

  it('finds the targets of links, and knows those that the other side has', async () => {
    const store = new MemoryObjectStore();
    const puts = await store.put(
      ['there', 'other'].map((text) => ({ kind: 'chunk' as const, bytes: Buffer.from(text) })),
    );
    const [there, other] = puts.map(({ id }) => id as ChunkId) as [ChunkId, ChunkId];
    const commits: CommitId[] = [];
    for (const entries of [
      [symlink('a', there)],
      [symlink('a', there), symlink('b', other), symlink('c', there)],
    ]) {
      const tree: TreeId = await writeTree(store, entries);
      const parents = commits.slice(-1);
      commits.push(await writeCommit(store, { tree, parents, timeMs: commits.length }));
    }
    const found = await collect(store, [commits[1]!], [commits[0]!]);
    const chunks = found.filter(({ kind }) => kind === 'chunk').map(({ id }) => id);
    assert.deepEqual(chunks, [other]);
  });

  it('takes an end that is named twice, or that another end leads to, once', async () => {
    const store = new MemoryObjectStore();
    const { first, second, before } = await series(store);
    const closure = await closureOf(store, [second, first]);
    const tag = await writeTag(store, { kind: 'commit', id: first });
    const manifests: ObjectId[] = [];
    for (const id of closure) {
      const [object] = await store.get([id]);
      if (object?.kind === 'manifest' && isRoot(object.bytes)) manifests.push(id);
    }
    const wants = [second, tag, first, before, ...manifests, tag, before];
    const found = await collect(store, wants);
    assert.deepEqual(found.map(({ id }) => id).sort(), [...closure, tag].sort());
  });
});

describe('painting history', () => {
  const absent = objectId<CommitId>('commit', Buffer.from('absent'));

  it('passes over what only the other side claims to have', async () => {
    const store = new MemoryObjectStore();
    const { second } = await series(store);
    const sides = { left: [second], right: [absent] };
    await assert.rejects(paintLeftOnly(store, sides), { code: 'DITS_STORE_NOT_FOUND' });
    const painted = await paintLeftOnly(store, { ...sides, isRightPartial: true });
    assert.equal(painted.length, 2);
  });

  it('tells of a commit of its own side that is absent once', async () => {
    const store = new MemoryObjectStore();
    const { second } = await series(store);
    const tree = await writeFiles(store, { a: ['1'] });
    const one = await writeCommit(store, { tree, parents: [absent], timeMs: 5 });
    const two = await writeCommit(store, { tree, parents: [absent, second], timeMs: 6 });
    const faults: ObjectId[] = [];
    const sides = { left: [one, two], right: [second], isRightPartial: true };
    await paintLeftOnly(store, { ...sides, onFault: ({ id }) => faults.push(id) });
    assert.deepEqual(faults, [absent]);
  });
});

describe('reading many structures', () => {
  it('tells each that is absent, damaged or of another kind apart from the rest', async () => {
    const store = new MemoryObjectStore();
    const { first, second, before } = await series(store);
    const absent = objectId('commit', Buffer.from('absent'));
    const damaged = await writeCommit(store, { tree: before, timeMs: 9 });
    store.damage(damaged, Buffer.from('damaged'));
    const ids = [first, absent, second, damaged, before, first];
    const refs = ids.map((id) => ({ id, kind: 'commit' as const }));
    const results = await tryReadStructures(store, refs);
    assert.deepEqual(
      results.map(({ fault }) => fault?.code),
      [
        undefined,
        'DITS_STORE_NOT_FOUND',
        undefined,
        'DITS_STORE_CORRUPT',
        'DITS_STORE_INVALID_OBJECT',
        undefined,
      ],
    );
  });

  it('does not take the failure of the whole store for damage', async () => {
    const store = new MemoryObjectStore();
    const { first } = await series(store);
    store.get = () => Promise.reject(new StoreError('DITS_STORE_IO', 'the disk is gone'));
    const refs = [{ id: first, kind: 'commit' as const }];
    await assert.rejects(tryReadStructures(store, refs), { code: 'DITS_STORE_IO' });
  });
});
