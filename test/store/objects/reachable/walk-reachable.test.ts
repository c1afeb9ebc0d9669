import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  ManifestBuilder,
  MemoryObjectStore,
  encodeTag,
  objectId,
  walkReachable,
  writeTree,
  type ChunkId,
  type ChunkRef,
  type CommitId,
  type ObjectId,
  type Reachable,
  type TreeEntry,
} from '../../../../store/index.ts';
import {
  FILE_HASH,
  childrenOf,
  closureOf,
  fakeChunks,
  writeCommit,
  writeFiles,
} from '../tree-fixture.ts';

class CountingStore extends MemoryObjectStore {
  reads = 0;
  override get(...[ids, options]: Parameters<MemoryObjectStore['get']>) {
    this.reads += ids.length;
    return super.get(ids, options);
  }
}

async function collect(
  store: MemoryObjectStore,
  wants: readonly ObjectId[],
  haves: readonly ObjectId[] = [],
): Promise<Reachable[]> {
  const all: Reachable[] = [];
  for await (const batch of walkReachable(store, { wants, haves })) all.push(...batch);
  return all;
}

/** Names of few folders and files, so that histories move, swap, remove and bring back. */
const pathArbitrary = fc
  .tuple(fc.constantFrom('', 'a/', 'b/', 'a/x/', 'b/x/'), fc.constantFrom('f', 'g', 'h'))
  .map(([folder, name]) => folder + name);
const labelsArbitrary = fc.array(fc.constantFrom('1', '2', '3', '4', '5'), { maxLength: 3 });
const filesArbitrary = fc.dictionary(pathArbitrary, labelsArbitrary, { maxKeys: 8 });
const historyArbitrary = fc.array(
  fc.record({
    files: filesArbitrary,
    parents: fc.array(fc.nat({ max: 12 }), { maxLength: 2 }),
    timeMs: fc.integer({ min: 0, max: 12 }),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('walkReachable', () => {
  it('finds all that is new, nothing that was not asked for, each once, containers first', async () => {
    const ends = fc.array(fc.nat({ max: 12 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(historyArbitrary, ends, ends, async (history, wantAt, haveAt) => {
        const store = new MemoryObjectStore();
        const commits: CommitId[] = [];
        for (const { files, parents, timeMs } of history) {
          const tree = await writeFiles(store, files);
          const at = new Set(parents.map((parent) => commits[parent % (commits.length || 1)]));
          const ids = [...at].filter((id) => id !== undefined);
          const message = String(commits.length);
          commits.push(await writeCommit(store, { tree, parents: ids, timeMs, message }));
        }
        const pick = (at: number[]) => at.map((index) => commits[index % commits.length]!);
        const [wants, haves] = [pick(wantAt), pick(haveAt)];
        const found = await collect(store, wants, haves);
        const order = new Map(found.map(({ id }, index) => [id, index]));
        assert.equal(order.size, found.length, 'an id was yielded twice');
        const wanted = await closureOf(store, wants);
        const had = await closureOf(store, haves);
        for (const id of wanted) assert.ok(order.has(id) || had.has(id), `${id} was left out`);
        for (const { id, kind } of found) {
          assert.ok(wanted.has(id), `${id} was not asked for`);
          const [info] = await store.info([id]);
          assert.equal(info!.kind, kind);
        }
        const introduced = new Set<ObjectId>(wants);
        for (const { id } of found) {
          assert.ok(introduced.has(id), `${id} came before what refers to it`);
          for (const child of await childrenOf(store, id)) introduced.add(child.id);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('finds nothing of a tree that is there already', async () => {
    const store = new MemoryObjectStore();
    const tree = await writeFiles(store, { 'a/clip': ['1'] });
    assert.deepEqual(await collect(store, [tree], [tree]), []);
    assert.equal((await collect(store, [tree]))[0]?.id, tree);
  });

  it('finds a moved file and a moved folder nowhere but in the folders that list them', async () => {
    const store = new MemoryObjectStore();
    const before = await writeFiles(store, {
      'a/clip': ['1', '2', '3'],
      'a/takes/one': ['4', '5'],
      'z/other': ['6'],
    });
    const after = await writeFiles(store, {
      'a/note': ['7'],
      'b/clip': ['1', '2', '3'],
      'z/other': ['6'],
      'z/takes/one': ['4', '5'],
    });
    const first = await writeCommit(store, { tree: before });
    const second = await writeCommit(store, { tree: after, parents: [first], timeMs: 1 });
    const found = await collect(store, [second], [first]);
    const kinds = found.map(({ kind }) => kind).sort();
    assert.deepEqual(kinds, ['chunk', 'commit', 'tree', 'tree', 'tree', 'tree']);
    assert.equal(
      found.find(({ kind }) => kind === 'chunk')!.id,
      objectId('chunk', Buffer.from('7')),
    );
  });

  it('costs a few objects and reads for one chunk changed in a long file of a large folder', async () => {
    const store = new CountingStore();
    const frames = Array.from({ length: 20_000 }, (_, index): TreeEntry => {
      const name = `frame_${String(index).padStart(6, '0')}`;
      const id = objectId<ChunkId>('chunk', Buffer.from(name));
      return { kind: 'file', name, content: { kind: 'chunk', id }, size: 100 };
    });
    const chunks = fakeChunks(20_000);
    const write = async (parents: CommitId[], list: readonly ChunkRef[]) => {
      const builder = new ManifestBuilder(store);
      for (const chunk of list) await builder.add(chunk);
      const id = await builder.finish({ fileHash: FILE_HASH, profile: 2 });
      const entry: TreeEntry = {
        kind: 'file',
        name: 'master.mov',
        content: { kind: 'manifest', id },
        size: builder.size,
      };
      const tree = await writeTree(store, [...frames, entry]);
      return writeCommit(store, { tree, parents, timeMs: parents.length });
    };
    const first = await write([], chunks);
    const [inserted] = fakeChunks(1, 'inserted');
    const second = await write([first], chunks.toSpliced(9000, 0, inserted!));
    store.reads = 0;
    const found = await collect(store, [second], [first]);
    assert.ok(found.some(({ id, rawSize }) => id === inserted!.id && rawSize === inserted!.size));
    assert.equal(found.filter(({ kind }) => kind === 'chunk').length, 1);
    assert.ok(found.length <= 12, `${found.length} objects`);
    assert.ok(store.reads <= 60, `${store.reads} objects read`);
    const all = await collect(store, [second]);
    assert.equal(all.filter(({ kind }) => kind === 'chunk').length, 40_001);
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  });

  it('compares folders and files that grew or shrank by a level', async () => {
    const frames = Array.from({ length: 2000 }, (_, index) => `f${String(index).padStart(5, '0')}`);
    for (const [less, more] of [
      [60, 70],
      [100, 2000],
      [2000, 3],
    ] as const) {
      const store = new MemoryObjectStore();
      const files = (count: number): Record<string, readonly string[]> =>
        Object.fromEntries<readonly string[]>([
          ...frames.slice(0, count).map((name) => [name, [name]] as const),
          ['long', frames.slice(0, count)] as const,
        ]);
      const before = await writeFiles(store, files(less));
      const after = await writeFiles(store, files(more));
      const first = await writeCommit(store, { tree: before });
      const second = await writeCommit(store, { tree: after, parents: [first], timeMs: 1 });
      const found = await collect(store, [second], [first]);
      const had = await closureOf(store, [first]);
      const wanted = await closureOf(store, [second]);
      const ids = new Set(found.map(({ id }) => id));
      for (const id of wanted) assert.ok(ids.has(id) || had.has(id));
      const chunks = found.filter(({ kind }) => kind === 'chunk');
      assert.equal(chunks.length, Math.max(0, more - less));
    }
  });

  it('takes tags, trees, manifests and chunks for ends', async () => {
    const store = new MemoryObjectStore();
    const tree = await writeFiles(store, { clip: ['1', '2'] });
    const commit = await writeCommit(store, { tree });
    const person = { name: 'Ada', email: '', timeMs: 0, zoneMinutes: 0 };
    const target = { kind: 'commit', id: commit } as const;
    const bytes = encodeTag({ target, name: 'v1', tagger: person, message: '' });
    const [tag] = await store.put([{ kind: 'tag', bytes }]);
    const found = await collect(store, [tag!.id]);
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ['tag', 'commit', 'tree', 'manifest', 'chunk', 'chunk'],
    );
    const one = objectId('chunk', Buffer.from('1'));
    assert.deepEqual(await collect(store, [one]), [{ id: one, kind: 'chunk', rawSize: 1 }]);
    assert.equal((await collect(store, [tree], [one])).length, 3);
    assert.equal((await collect(store, [tag!.id], [commit])).length, 1);
    assert.deepEqual(await collect(store, [tag!.id], [tag!.id]), []);
  });

  it('ignores haves that are not here, and says which want is not', async () => {
    const store = new MemoryObjectStore();
    const commit = await writeCommit(store, { tree: await writeFiles(store, { a: ['1'] }) });
    const absent = objectId('commit', Buffer.from('absent'));
    assert.equal((await collect(store, [commit], [absent])).length, 3);
    await assert.rejects(collect(store, [absent]), { code: 'DITS_STORE_NOT_FOUND' });
  });

  it('ends soon on folders that hold one another thousands of times', async () => {
    const store = new MemoryObjectStore();
    let tree = await writeTree(store, []);
    for (let depth = 0; depth < 200; depth++) {
      const entries = Array.from({ length: 50 }, (_, index): TreeEntry => ({
        kind: 'directory',
        name: `d${index + 100}`,
        tree,
      }));
      tree = await writeTree(store, entries);
    }
    assert.equal((await collect(store, [tree])).length, 201);
    const first = await writeCommit(store, { tree });
    const grown = await writeTree(store, [{ kind: 'directory', name: 'd100', tree }]);
    const second = await writeCommit(store, { tree: grown, parents: [first], timeMs: 1 });
    assert.equal((await collect(store, [second], [first])).length, 2);
  });

  it('stops with the reason of an abort', async () => {
    const store = new MemoryObjectStore();
    const commit = await writeCommit(store, { tree: await writeFiles(store, { a: ['1'] }) });
    const reason = new Error('enough');
    const walk = walkReachable(
      store,
      { wants: [commit], haves: [] },
      { signal: AbortSignal.abort(reason) },
    );
    await assert.rejects(walk[Symbol.asyncIterator]().next(), reason);
  });
});
