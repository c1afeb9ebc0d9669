import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  MemoryObjectStore,
  comparePaths,
  diffTrees,
  findEntry,
  objectId,
  readTree,
  walkTree,
  writeTree,
  writeTreeFromPaths,
  type ChunkId,
  type PathEntry,
  type TreeDifference,
  type TreeEntry,
  type TreeId,
} from '../../../store/index.ts';
import { writeFiles } from './tree-fixture.ts';

class CountingStore extends MemoryObjectStore {
  puts = 0;
  gets = 0;
  override put(...args: Parameters<MemoryObjectStore['put']>) {
    this.puts++;
    return super.put(...args);
  }
  override get(...args: Parameters<MemoryObjectStore['get']>) {
    this.gets++;
    return super.get(...args);
  }
}

function file(name: string, version = ''): TreeEntry {
  const id = objectId<ChunkId>('chunk', Buffer.from(name + version));
  return { kind: 'file', name, content: { kind: 'chunk', id }, size: 1000 };
}

const frames = (count: number) =>
  Array.from({ length: count }, (_, index) => file(`frame_${String(index).padStart(6, '0')}.exr`));

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const pathsOf = (differences: readonly TreeDifference[]) =>
  differences.map(({ path, old, new: now }) => `${old ? '-' : ''}${now ? '+' : ''}${path}`);

describe('writeTree', () => {
  it('writes 100,000 entries in one folder, and rewrites one node a level for a changed one', async () => {
    const store = new CountingStore();
    const entries = frames(100_000);
    const before = await writeTree(store, entries);
    assert.ok(store.puts < 20, `${store.puts} puts`);
    const count = await store.count();
    entries[54_321] = file(entries[54_321]!.name, 'again');
    const after = await writeTree(store, entries);
    assert.ok((await store.count()) - count <= 4, `${(await store.count()) - count} new nodes`);
    store.gets = 0;
    const differences = await collect(diffTrees(store, before, after));
    assert.deepEqual(pathsOf(differences), ['-+frame_054321.exr']);
    assert.ok(store.gets <= 5, `${store.gets} reads`);
    assert.deepEqual((await collect(readTree(store, after))).flat(), entries);
    assert.deepEqual(await findEntry(store, after, ['frame_054321.exr']), entries[54_321]);
    assert.equal(await findEntry(store, after, ['frame_054321.ex']), undefined);
    assert.equal(await findEntry(store, after, ['a']), undefined);
    assert.equal(await findEntry(store, after, ['z']), undefined);
  });

  it('rewrites few nodes when an entry is inserted', async () => {
    const store = new MemoryObjectStore();
    const entries = frames(20_000);
    await writeTree(store, entries);
    const count = await store.count();
    await writeTree(store, entries.toSpliced(7000, 0, file('frame_006999a.exr')));
    assert.ok((await store.count()) - count <= 8);
  });

  it('refuses names that are unsafe, doubled, out of order or twins', async () => {
    const store = new MemoryObjectStore();
    for (const names of [['..'], ['.DITS'], ['a', 'a'], ['b', 'a'], ['A', 'a'], ['a/b']]) {
      await assert.rejects(
        writeTree(
          store,
          names.map((name) => file(name)),
        ),
        {
          code: 'DITS_STORE_UNSAFE_PATH',
        },
      );
    }
    const twins = [file('A'), ...frames(5000), file('FRAME_000100.exr')];
    twins.sort((a, b) => comparePaths(a.name, b.name));
    await assert.rejects(writeTree(store, twins), { code: 'DITS_STORE_UNSAFE_PATH' });
  });
});

describe('writeTreeFromPaths', () => {
  const nested = (folders: number, files: number): PathEntry[] =>
    Array.from({ length: folders }, (_, folder) =>
      frames(files).map((entry) => ({ path: `shots/${folder + 1000}/${entry.name}`, entry })),
    ).flat();

  it('writes 20,000 files in 400 folders with a handful of puts, and walks them with few reads', async () => {
    const store = new CountingStore();
    const paths = nested(400, 50);
    const root = await writeTreeFromPaths(store, paths);
    assert.ok(store.puts <= 5, `${store.puts} puts`);
    assert.deepEqual(await collect(walkTree(store, root)), paths);
    assert.ok(store.gets <= 12, `${store.gets} reads`);
  });

  it('gives the same tree whether paths are in byte order or in the order of folders', async () => {
    const store = new MemoryObjectStore();
    const names = ['a.txt', 'a/b', 'a/c/d', 'a-b', 'a0', 'b'];
    const paths = names.map((path) => ({ path, entry: file(path.split('/').at(-1)!) }));
    const byBytes = paths.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const byFolder = paths.toSorted((a, b) => comparePaths(a.path, b.path));
    assert.notDeepEqual(byBytes, byFolder);
    assert.equal(
      await writeTreeFromPaths(store, byBytes),
      await writeTreeFromPaths(store, byFolder),
    );
  });

  it('takes a subtree that is stored already', async () => {
    const store = new MemoryObjectStore();
    const whole = await writeFiles(store, { 'a/x/1': ['1'], 'a/x/2': ['2'], b: ['3'] });
    const subtree = await findEntry(store, whole, ['a', 'x']);
    const b = await findEntry(store, whole, ['b']);
    const paths = [
      { path: 'a/x', entry: subtree! },
      { path: 'b', entry: b! },
    ];
    assert.equal(await writeTreeFromPaths(store, paths), whole);
  });

  it('makes an empty tree of nothing', async () => {
    const store = new MemoryObjectStore();
    const empty = await writeTreeFromPaths(store, []);
    assert.equal(empty, await writeTree(store, []));
    assert.deepEqual(await collect(walkTree(store, empty)), []);
  });

  it('refuses paths through files, folders in two places, twins and what checkPath refuses', async () => {
    const store = new MemoryObjectStore();
    const lists = [
      ['a', 'a/b'],
      ['a/x', 'b', 'a/y'],
      ['A/x', 'a/x'],
      ['a/../b'],
      ['/a'],
      ['.dits/config'],
    ];
    for (const list of lists) {
      const paths = list.map((path) => ({ path, entry: file(path.split('/').at(-1)!) }));
      await assert.rejects(
        writeTreeFromPaths(store, paths),
        { code: 'DITS_STORE_UNSAFE_PATH' },
        list.join(),
      );
    }
    await assert.rejects(writeTreeFromPaths(store, [{ path: 'a/b', entry: file('c') }]), {
      code: 'DITS_STORE_UNSAFE_PATH',
    });
  });
});

describe('findEntry', () => {
  it('finds files and folders, and nothing below a file', async () => {
    const store = new MemoryObjectStore();
    const tree = await writeFiles(store, { 'a/b/c': ['1'], d: ['2'] });
    assert.equal((await findEntry(store, tree, ['a', 'b', 'c']))?.kind, 'file');
    assert.equal((await findEntry(store, tree, ['a', 'b']))?.kind, 'directory');
    assert.equal(await findEntry(store, tree, ['d', 'e']), undefined);
    assert.equal(await findEntry(store, tree, ['x', 'y']), undefined);
    assert.equal(await findEntry(store, tree, []), undefined);
  });
});

describe('diffTrees', () => {
  const filesArbitrary = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'x/a', 'x/b', 'x/y/a', 'y/a', 'y/b', 'a.b', 'a0'),
    fc.array(fc.constantFrom('1', '2'), { maxLength: 2 }),
  );

  it('yields exactly the files that differ, in the order of paths', async () => {
    await fc.assert(
      fc.asyncProperty(filesArbitrary, filesArbitrary, async (before, after) => {
        const store = new MemoryObjectStore();
        const trees = [await writeFiles(store, before), await writeFiles(store, after)];
        const paths = Object.keys({ ...before, ...after }).filter(
          (path) => before[path]?.join('|') !== after[path]?.join('|'),
        );
        const expected = paths
          .sort(comparePaths)
          .map((path) => `${before[path] ? '-' : ''}${after[path] ? '+' : ''}${path}`);
        assert.deepEqual(pathsOf(await collect(diffTrees(store, trees[0], trees[1]))), expected);
      }),
      { numRuns: 300 },
    );
  });

  it('shows a file that became a folder, and a folder that became a file', async () => {
    const store = new MemoryObjectStore();
    const before = await writeFiles(store, { a: ['1'], 'b/x': ['2'], c: ['3'] });
    const after = await writeFiles(store, { 'a/y': ['1'], b: ['2'], c: ['3'] });
    const differences = await collect(diffTrees(store, before, after));
    assert.deepEqual(pathsOf(differences), ['-a', '+a/y', '+b', '-b/x']);
  });

  it('compares with nothing', async () => {
    const store = new MemoryObjectStore();
    const tree = await writeFiles(store, { 'a/x': ['1'], b: ['2'] });
    assert.deepEqual(pathsOf(await collect(diffTrees(store, undefined, tree))), ['+a/x', '+b']);
    assert.deepEqual(pathsOf(await collect(diffTrees(store, tree, undefined))), ['-a/x', '-b']);
    assert.deepEqual(await collect(diffTrees(store, undefined, undefined)), []);
    assert.deepEqual(await collect(diffTrees(store, tree, tree)), []);
  });

  it('finds what differs in large folders, whatever was inserted, removed and changed', async () => {
    const changes = fc.array(
      fc.tuple(fc.nat({ max: 2999 }), fc.constantFrom('change', 'remove', 'insert', 'cut')),
      { minLength: 1, maxLength: 6 },
    );
    const entries = frames(3000);
    const store = new MemoryObjectStore();
    const before = await writeTree(store, entries);
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const after = new Map(entries.map((entry) => [entry.name, entry]));
        for (const [at, what] of list) {
          const { name } = entries[at]!;
          if (what === 'change') after.set(name, file(name, 'new'));
          else if (what === 'remove') after.delete(name);
          else if (what === 'insert') after.set(`${name}.bak`, file(`${name}.bak`));
          else for (const { name: cut } of entries.slice(at, at + 700)) after.delete(cut);
        }
        const sorted = [...after.values()].sort((a, b) => comparePaths(a.name, b.name));
        const tree: TreeId = await writeTree(store, sorted);
        const was = new Map(entries.map((entry) => [entry.name, entry]));
        const expected = [...new Set([...was.keys(), ...after.keys()])]
          .filter((name) => was.get(name) !== after.get(name))
          .sort(comparePaths)
          .map((name) => `${was.has(name) ? '-' : ''}${after.has(name) ? '+' : ''}${name}`);
        assert.deepEqual(pathsOf(await collect(diffTrees(store, before, tree))), expected);
      }),
      { numRuns: 25 },
    );
  }).timeout(60_000);
});
