import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  ManifestBuilder,
  MemoryObjectStore,
  decodeManifestRoot,
  encodeManifestNode,
  encodeManifestRoot,
  encodeTreeNode,
  findMissing,
  readChunkRuns,
  readManifest,
  readManifestRoot,
  readTree,
  type ChunkRef,
  type ManifestId,
  type ManifestRef,
  type ManifestRoot,
  type ObjectId,
  type ObjectKind,
  type TreeId,
} from '../../../store/index.ts';
import { FILE_HASH, fakeChunks } from './tree-fixture.ts';

async function build(store: MemoryObjectStore, chunks: readonly ChunkRef[]): Promise<ManifestId> {
  const builder = new ManifestBuilder(store);
  for (const chunk of chunks) await builder.add(chunk);
  return builder.finish({ fileHash: FILE_HASH, profile: 3 });
}

async function putBytes<T extends ObjectId>(
  store: MemoryObjectStore,
  kind: ObjectKind,
  bytes: Uint8Array,
): Promise<T> {
  const [result] = await store.put([{ kind, bytes }]);
  return result!.id as T;
}

async function readAll<T>(items: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of items) all.push(...batch);
  return all;
}

describe('readManifest', () => {
  it('gives back the chunks in order, of short and long files', async () => {
    for (const count of [1, 2, 63, 64, 65, 1500, 30_000]) {
      const store = new MemoryObjectStore();
      const chunks = fakeChunks(count);
      const id = await build(store, chunks);
      assert.deepEqual(await readAll(readManifest(store, id)), chunks);
      const root = await readManifestRoot(store, id);
      assert.equal(
        root.size,
        chunks.reduce((sum, chunk) => sum + chunk.size, 0),
      );
      assert.deepEqual([root.fileHash, root.profile], [FILE_HASH, 3]);
    }
  });

  it('gives back a file that is one chunk over and over', async () => {
    const store = new MemoryObjectStore();
    const [zeros] = fakeChunks(1);
    const chunks = new Array<ChunkRef>(5000).fill(zeros!);
    assert.deepEqual(await readAll(readManifest(store, await build(store, chunks))), chunks);
  });

  it('reads no more than a range needs, and says where it begins', async () => {
    const store = new MemoryObjectStore();
    const chunks = fakeChunks(5000);
    const id = await build(store, chunks);
    const ends: number[] = [];
    for (const { size } of chunks) ends.push((ends.at(-1) ?? 0) + size);
    const size = ends.at(-1)!;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: size }), fc.nat({ max: 100_000 }), async (start, length) => {
        const range = { start, end: start + length };
        const expected = chunks.filter(
          (chunk, index) => ends[index]! > start && ends[index]! - chunk.size < range.end,
        );
        const found: ChunkRef[] = [];
        let offset: number | undefined;
        for await (const run of readChunkRuns(store, id, { range })) {
          if (offset !== undefined) assert.equal(run.offset, offset);
          offset = run.chunks.reduce((sum, chunk) => sum + chunk.size, run.offset);
          found.push(...run.chunks);
        }
        assert.deepEqual(found, expected);
      }),
      { numRuns: 60 },
    );
  });

  describe('refuses a tree whose parts do not fit together:', () => {
    const wrong: Record<string, (refs: readonly ManifestRef[]) => ManifestRoot['node']> = {
      'sizes that do not add up': ([first, ...rest]) => ({
        level: 1,
        children: [{ ...first!, size: first!.size + 1 }, ...rest],
      }),
      'a child of another level': (refs) => ({ level: 2, children: refs }),
      'a child that is a chunk': (refs) => ({ level: 0, chunks: refs as never }),
    };
    for (const [what, change] of Object.entries(wrong)) {
      it(what, async () => {
        const store = new MemoryObjectStore();
        const id = await build(store, fakeChunks(2000));
        const [object] = await store.get([id]);
        const root = decodeManifestRoot(object!.bytes);
        assert.ok('children' in root.node);
        const node = change(root.node.children);
        const parts = 'chunks' in node ? node.chunks : node.children;
        const size = parts.reduce((sum, part) => sum + part.size, 0);
        const lie = await putBytes<ManifestId>(
          store,
          'manifest',
          encodeManifestRoot({ ...root, node, size }),
        );
        const report = await findMissing(store, { wants: [lie], complete: [] });
        assert.ok(report.faults.some(({ reason }) => reason === 'invalid'));
        if ('chunks' in node) return;
        await assert.rejects(readAll(readManifest(store, lie)), {
          code: 'DITS_STORE_INVALID_OBJECT',
        });
      });
    }

    it('a root within another one, and a node where a root must be', async () => {
      const store = new MemoryObjectStore();
      const chunks = fakeChunks(2);
      const inner = await build(store, chunks);
      const size = 2001;
      const children = [
        { id: inner, size },
        { id: inner, size },
      ];
      const bytes = encodeManifestRoot({
        node: { level: 1, children },
        size: 2 * size,
        fileHash: FILE_HASH,
        profile: 1,
      });
      const nested = await putBytes<ManifestId>(store, 'manifest', bytes);
      const leaf = encodeManifestNode({ level: 0, chunks });
      const bare = await putBytes<ManifestId>(store, 'manifest', leaf);
      for (const id of [nested, bare]) {
        await assert.rejects(readAll(readManifest(store, id)), {
          code: 'DITS_STORE_INVALID_OBJECT',
        });
      }
    });
  });
});

describe('readTree', () => {
  it('refuses nodes that are not what their parent says', async () => {
    const store = new MemoryObjectStore();
    const leaf = async (...names: string[]): Promise<TreeId> =>
      putBytes<TreeId>(
        store,
        'tree',
        encodeTreeNode({
          level: 0,
          entries: names.map((name) => ({
            kind: 'file',
            name,
            content: { kind: 'empty' },
            size: 0,
          })),
        }),
      );
    const ab = { firstName: 'a', id: await leaf('a', 'b'), count: 2 };
    const az = { firstName: 'a', id: await leaf('a', 'z'), count: 2 };
    const cd = { firstName: 'c', id: await leaf('c', 'd'), count: 2 };
    const top = (level: number, ...children: (typeof ab)[]) =>
      putBytes<TreeId>(store, 'tree', encodeTreeNode({ level, children }));
    assert.equal((await readAll(readTree(store, await top(1, ab, cd)))).length, 4);
    const wrong = [
      await top(1, { ...ab, count: 3 }, cd),
      await top(1, ab, { ...cd, firstName: 'b' }),
      await top(1, az, cd),
      await top(2, ab, cd),
      await top(1, ab),
    ];
    for (const id of wrong) {
      await assert.rejects(readAll(readTree(store, id)), { code: 'DITS_STORE_INVALID_OBJECT' });
      const report = await findMissing(store, { wants: [id], complete: [] });
      assert.equal(report.faults[0]?.reason, 'invalid');
    }
  });
});
