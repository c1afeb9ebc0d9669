import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { ManifestBuilder } from '../../../store/objects/manifest-builder.ts';
import { readChunkRuns } from '../../../store/objects/manifest-reader.ts';
import { ingestFile } from '../../../store/files/ingest-file.ts';
import { ingestBytes } from '../../../store/files/ingest-small-files.ts';
import {
  readContentBatches,
  readFileContent,
  type ReadContentOptions,
} from '../../../store/files/read-content.ts';
import { writeContentTo } from '../../../store/files/write-content.ts';
import {
  BatchMemory,
  createStore,
  objectId,
  openStore,
  StoreError,
  type ChunkId,
  type ChunkRef,
  type FileContent,
  type ObjectId,
  type ReadOptions,
  type StoredObject,
} from '../../../store/index.ts';
import { noise } from '../../support/described-bytes.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { WatchedStore } from '../../support/watched-store.ts';

const MIB = 1024 * 1024;
const FILE_HASH = '00'.repeat(32);

/** Puts what is read where the caller wants it, as the store on disk does. */
class AllocatingStore extends WatchedStore {
  override async get(ids: readonly ObjectId[], options: ReadOptions = {}): Promise<StoredObject[]> {
    const objects = await super.get(ids);
    return objects.map((object) => {
      const bytes = options.allocate?.(object.bytes.length) ?? Buffer.alloc(object.bytes.length);
      bytes.set(object.bytes);
      return { ...object, bytes };
    });
  }
}

async function readAll(
  store: WatchedStore,
  content: FileContent,
  options: ReadContentOptions = {},
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readFileContent(store, content, options)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A manifest that says what its maker likes. */
async function manifestOf(store: WatchedStore, chunks: readonly ChunkRef[]): Promise<FileContent> {
  const builder = new ManifestBuilder(store);
  for (const chunk of chunks) await builder.add(chunk);
  return {
    kind: 'manifest',
    id: await builder.finish({ fileHash: FILE_HASH, profile: 1 }),
  };
}

const withCode = (code: string) => (error: unknown) =>
  error instanceof StoreError && error.code === code;

describe('readFileContent', () => {
  const folder = temporaryFolder();
  const long = Buffer.concat([noise('00000000000abcde', 9 * MIB), Buffer.alloc(9 * MIB, 'zero')]);
  const store = new WatchedStore();
  let longContent: FileContent;
  let chunkCount = 0;

  before(async () => {
    const path = join(folder(), 'long');
    writeFileSync(path, long);
    ({ content: longContent, chunkCount } = await ingestFile({ store }, { path }));
  });

  it('gives the bytes of empty, short and long files', async () => {
    assert.deepEqual(await readAll(store, { kind: 'empty' }), Buffer.alloc(0));
    const short = await ingestBytes({ store }, Buffer.from('short'));
    assert.deepEqual(await readAll(store, short.content), Buffer.from('short'));
    assert.deepEqual(await readAll(store, longContent, { verifyFileHash: true }), long);
  });

  it('gives any range of a file', async () => {
    const bytes = noise('00000000000bcdef', 300_000);
    const { content } = await ingestBytes({ store }, bytes, {});
    const bound = fc.nat({ max: 310_000 });
    await fc.assert(
      fc.asyncProperty(bound, bound, async (start, end) => {
        const part = await readAll(store, content, { range: { start, end } });
        assert.deepEqual(part, bytes.subarray(start, Math.max(start, end)));
      }),
      { numRuns: 40 },
    );
    const short = await ingestBytes({ store }, Buffer.from('short'));
    const range = { start: 1, end: 3 };
    assert.equal((await readAll(store, short.content, { range })).toString(), 'ho');
  });

  it('fetches only the chunks of a range', async () => {
    const before = store.gotten.length;
    await readAll(store, longContent, { range: { start: 5 * MIB, end: 5 * MIB + 1 } });
    const manifestNodes = 3;
    assert.ok(store.gotten.length - before <= manifestNodes + 1);
  });

  it('fetches ahead of the consumer, and has nothing under way when the consumer stops', async () => {
    const counting = new WatchedStore();
    for (const [id, object] of store.objects) counting.objects.set(id, object);
    for await (const piece of readFileContent(counting, longContent)) {
      assert.ok(piece.length > 0);
      break;
    }
    assert.ok(counting.getsInFlightMax > 1);
    assert.equal(counting.callsInFlight, 0);
    assert.ok(counting.gotten.length < chunkCount, 'the end of the file was not fetched');
  });

  it('refuses a file that is not as long as expected', async () => {
    assert.deepEqual(await readAll(store, longContent, { size: long.length }), long);
    await assert.rejects(
      readAll(store, longContent, { size: long.length - 1 }),
      withCode('DITS_STORE_INVALID_OBJECT'),
    );
    await assert.rejects(
      readAll(store, { kind: 'empty' }, { size: 1 }),
      withCode('DITS_STORE_INVALID_OBJECT'),
    );
  });

  it('refuses a manifest that lies about the size of a chunk, without reading the chunk', async () => {
    const bytes = noise('0000000000011111', 100_000);
    const id = objectId<ChunkId>('chunk', bytes);
    await store.put([{ kind: 'chunk', bytes }]);
    for (const size of [1, 100_001]) {
      const content = await manifestOf(store, [
        { id, size },
        { id, size },
      ]);
      await assert.rejects(readAll(store, content), withCode('DITS_STORE_INVALID_OBJECT'));
    }
    assert.ok(!store.gotten.includes(id));
  });

  it('refuses a manifest that lists an object of another kind as a chunk', async () => {
    const bytes = noise('0000000000022222', 100);
    const [result] = await store.put([{ kind: 'tree', bytes }]);
    const chunk = { id: result!.id as ChunkId, size: 100 };
    const content = await manifestOf(store, [chunk, chunk]);
    await assert.rejects(readAll(store, content), withCode('DITS_STORE_INVALID_OBJECT'));
  });

  it('refuses a file whose hash is not the one in its manifest, when asked to look', async () => {
    const bytes = noise('0000000000033333', 1000);
    const chunk = { id: objectId<ChunkId>('chunk', bytes), size: 1000 };
    await store.put([{ kind: 'chunk', bytes }]);
    const content = await manifestOf(store, [chunk, chunk]);
    assert.equal((await readAll(store, content)).length, 2000);
    await assert.rejects(
      readAll(store, content, { verifyFileHash: true }),
      withCode('DITS_STORE_INVALID_OBJECT'),
    );
  });

  it('names the damaged chunk of a file that it verifies as a whole', async () => {
    const directory = join(folder(), 'damaged');
    const bytes = noise('0000000000044444', 3 * MIB);
    const created = await createStore(directory);
    const { content } = await ingestBytes({ store: created.objects }, bytes.subarray(0, MIB));
    await created.objects.flush();
    const chunks: ChunkRef[] = [];
    assert.ok(content.kind === 'manifest');
    for await (const run of readChunkRuns(created.objects, content.id)) chunks.push(...run.chunks);
    await created.close();
    const [first, damaged] = chunks;
    assert.ok(first !== undefined && damaged !== undefined);
    const segment = join(directory, 'segments', '00000001.seg');
    const stored = readFileSync(segment);
    const place = stored.indexOf(bytes.subarray(first.size, first.size + 64));
    assert.ok(place > 0);
    stored[place + 5]! ^= 1;
    writeFileSync(segment, stored);
    const reopened = await openStore(directory);
    try {
      const reading = async (): Promise<number> => {
        let length = 0;
        const options = { verifyFileHash: true };
        for await (const piece of readFileContent(reopened.objects, content, options)) {
          length += piece.length;
        }
        return length;
      };
      await assert.rejects(
        reading(),
        (error: unknown) =>
          withCode('DITS_STORE_CORRUPT')(error) &&
          (error as StoreError).details['id'] === damaged.id,
      );
    } finally {
      await reopened.close();
    }
  });

  it('says which chunk is missing', async () => {
    const id = objectId<ChunkId>('chunk', Buffer.from('never stored'));
    const isMissing = (error: unknown) =>
      withCode('DITS_STORE_NOT_FOUND')(error) && (error as StoreError).details['id'] === id;
    await assert.rejects(readAll(store, { kind: 'chunk', id }), isMissing);
    const chunk = { id, size: 12 };
    await assert.rejects(readAll(store, await manifestOf(store, [chunk, chunk])), isMissing);
  });

  it('stops with the reason of the signal', async () => {
    const controller = new AbortController();
    const reason = new Error('interrupted');
    const read = async () => {
      const { signal } = controller;
      for await (const piece of readFileContent(store, longContent, { signal })) {
        assert.ok(piece.length > 0);
        controller.abort(reason);
      }
    };
    await assert.rejects(read(), (error) => error === reason);
    assert.equal(store.callsInFlight, 0);
  });

  it('gives a batch’s memory back when the next one is asked for, and not before', async () => {
    const allocating = new AllocatingStore();
    for (const [id, object] of store.objects) allocating.objects.set(id, object);
    const memory = new BatchMemory(5 * MIB, 3);
    const buffers = new Set<ArrayBufferLike>();
    const copies: Buffer[] = [];
    for await (const pieces of readContentBatches(allocating, longContent, { memory })) {
      for (const piece of pieces) buffers.add(piece.buffer);
      copies.push(Buffer.concat(pieces));
    }
    assert.ok(Buffer.concat(copies).equals(long));
    assert.ok(copies.length > 3);
    assert.equal(buffers.size, 3);
  });

  it('is written to a file by writeContentTo', async () => {
    const path = join(folder(), 'out');
    const handle = await open(path, 'w');
    let bytes = 0;
    try {
      const options = { onProgress: (more: number) => (bytes += more), verifyFileHash: true };
      const source = { store, content: longContent };
      assert.equal(await writeContentTo(handle, source, options), long.length);
    } finally {
      await handle.close();
    }
    assert.equal(bytes, long.length);
    assert.deepEqual(readFileSync(path), long);
  });
});
