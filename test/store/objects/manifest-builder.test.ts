import assert from 'node:assert/strict';
import {
  ManifestBuilder,
  MemoryObjectStore,
  decodeManifestRoot,
  objectId,
  type ChunkId,
  type ChunkRef,
  type ManifestId,
} from '../../../store/index.ts';

const FILE_HASH = 'ab'.repeat(32);

export function fakeChunks(count: number, salt = 'chunk'): ChunkRef[] {
  return Array.from({ length: count }, (_, index) => ({
    id: objectId<ChunkId>('chunk', Buffer.from(`${salt} ${index}`)),
    size: 1000 + (index % 50),
  }));
}

async function build(store: MemoryObjectStore, chunks: readonly ChunkRef[]): Promise<ManifestId> {
  const builder = new ManifestBuilder(store);
  for (const chunk of chunks) await builder.add(chunk);
  return builder.finish({ fileHash: FILE_HASH, profile: 2 });
}

describe('ManifestBuilder', () => {
  it('puts a short list into the root alone', async () => {
    const store = new MemoryObjectStore();
    const chunks = fakeChunks(3);
    const id = await build(store, chunks);
    assert.equal(await store.count(), 1);
    const [object] = await store.get([id]);
    assert.deepEqual(decodeManifestRoot(object!.bytes), {
      node: { level: 0, chunks },
      size: 3003,
      fileHash: FILE_HASH,
      profile: 2,
    });
  });

  it('gives the same id for the same list', async () => {
    const chunks = fakeChunks(5000);
    assert.equal(
      await build(new MemoryObjectStore(), chunks),
      await build(new MemoryObjectStore(), chunks),
    );
  });

  it('rewrites only a few nodes when a chunk is inserted into a long list', async () => {
    const store = new MemoryObjectStore();
    const chunks = fakeChunks(60_000);
    await build(store, chunks);
    const before = await store.count();
    const inserted = fakeChunks(1, 'new');
    await build(store, [...chunks.slice(0, 30_000), ...inserted, ...chunks.slice(30_000)]);
    const rewritten = (await store.count()) - before;
    assert.ok(before > 200, `${before} nodes`);
    assert.ok(rewritten <= 8, `${rewritten} of ${before} nodes were rewritten`);
  });

  it('bounds nodes when every chunk is the same', async () => {
    const store = new MemoryObjectStore();
    const [zeros] = fakeChunks(1);
    await build(store, new Array<ChunkRef>(20_000).fill(zeros!));
    assert.ok((await store.count()) < 10);
  });

  it('refuses an empty list and sizes that no chunk has', async () => {
    const store = new MemoryObjectStore();
    await assert.rejects(build(store, []), { code: 'DITS_STORE_INVALID_OBJECT' });
    const [chunk] = fakeChunks(1);
    for (const size of [0, -1, 1.5, NaN, 2 ** 30]) {
      await assert.rejects(build(store, [{ ...chunk!, size }]), {
        code: 'DITS_STORE_INVALID_OBJECT',
      });
    }
  });
});
