import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { portableHash } from '../../../store/hash/portable-blake3.ts';
import { createChunker, profileByNumber, StoreError } from '../../../store/index.ts';
import { ingestFile } from '../../../store/files/ingest-file.ts';
import { readFileContent } from '../../../store/files/read-content.ts';
import { noise } from '../../support/described-bytes.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { WatchedStore } from '../../support/watched-store.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Cheap bytes that are the same nowhere for long: noise for every other MiB, a counter for the rest. */
function longContent(bytes: number): Buffer {
  const content = Buffer.alloc(bytes);
  const sample = noise('00000000000f00d5', MIB);
  for (let at = 0; at < bytes; at += MIB) {
    sample.copy(content, at);
    content.writeUInt32BE(at, at);
    for (let mark = at; mark + 4 <= Math.min(bytes, at + MIB); mark += 16 * KIB) {
      content.writeUInt32BE(mark, mark);
    }
  }
  return content;
}

async function readBack(store: WatchedStore, result: Awaited<ReturnType<typeof ingestFile>>) {
  const pieces: Uint8Array[] = [];
  for await (const piece of readFileContent(store, result.content, { verifyFileHash: true })) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

const withCode = (code: string, path?: string) => (error: unknown) => {
  assert.ok(error instanceof StoreError);
  assert.equal(error.code, code);
  if (path !== undefined) assert.equal(error.details['path'], path);
  return true;
};

describe('ingestFile', () => {
  const folder = temporaryFolder();
  const long = longContent(21 * MIB + 12_345);

  function file(name: string, content: Uint8Array): string {
    const path = join(folder(), name);
    writeFileSync(path, content);
    return path;
  }

  it('takes in a file of many slices, which reads back the same', async () => {
    const store = new WatchedStore();
    const path = file('long.mov', long);
    const result = await ingestFile({ store }, { path });
    assert.equal(result.size, long.length);
    assert.equal(result.content.kind, 'manifest');
    assert.equal(result.profile, 2);
    assert.deepEqual(await readBack(store, result), long);
    assert.equal(result.identity?.size, long.length);
  });

  it('cuts as if the file were in memory as a whole, and hashes it', async () => {
    const store = new WatchedStore();
    const result = await ingestFile({ store }, { path: file('long.mov', long) });
    const profile = profileByNumber(result.profile)!;
    const ends = createChunker(profile).cuts(long, true);
    const ids = ends.map((end, index) =>
      portableHash.hash(long.subarray(ends[index - 1] ?? 0, end)).toString('hex'),
    );
    const put = store.puts.flat().filter((object) => object.kind === 'chunk');
    assert.deepEqual(
      put.map((object) => object.id),
      ids,
    );
    assert.equal(result.chunkCount, ends.length);
    assert.equal(result.fileHash, portableHash.hash(long).toString('hex'));
  }).timeout(60_000);

  it('uses a handful of buffers, whatever the size, and puts of at most 8 MiB', async () => {
    const store = new WatchedStore();
    await ingestFile({ store }, { path: file('long.mov', long) });
    const chunks = store.puts.flat().filter((object) => object.kind === 'chunk');
    const buffers = new Set(chunks.map((object) => object.bytes.buffer));
    assert.ok(buffers.size <= 5, `${buffers.size} buffers`);
    assert.ok(store.putsInFlightMax > 1, 'puts overlap with hashing');
    for (const batch of store.puts) {
      const bytes = batch.reduce((sum, object) => sum + object.bytes.length, 0);
      assert.ok(bytes <= 8 * MIB);
    }
  });

  it('carries chunks of the largest size from slice to slice', async () => {
    const store = new WatchedStore();
    const zeros = Buffer.concat([noise('00000000000000ee', 700_000), Buffer.alloc(9 * MIB)]);
    const result = await ingestFile({ store }, { path: file('zeros', zeros), profile: 3 });
    const sizes = store.puts.flat().map((object) => object.bytes.length);
    assert.ok(sizes.includes(2 * MIB));
    assert.ok(result.newChunkCount < result.chunkCount);
    assert.deepEqual(await readBack(store, result), zeros);
  });

  it('counts what was new, and nothing the second time', async () => {
    const store = new WatchedStore();
    const path = file('twice.bin', long.subarray(0, 3 * MIB));
    const first = await ingestFile({ store }, { path });
    assert.equal(first.newChunkCount, first.chunkCount);
    assert.equal(first.newBytes, 3 * MIB);
    assert.equal(first.storedBytes, 3 * MIB);
    const second = await ingestFile({ store }, { path });
    assert.deepEqual(second.content, first.content);
    assert.equal(second.chunkCount, first.chunkCount);
    assert.deepEqual([second.newChunkCount, second.newBytes, second.storedBytes], [0, 0, 0]);
  });

  it('makes no object of an empty file', async () => {
    const store = new WatchedStore();
    const result = await ingestFile({ store }, { path: file('empty', new Uint8Array(0)) });
    assert.deepEqual(result.content, { kind: 'empty' });
    assert.equal(result.fileHash, portableHash.hash(new Uint8Array(0)).toString('hex'));
    assert.equal(result.chunkCount, 0);
    assert.equal(store.objects.size, 0);
  });

  it('makes no manifest of a file that is one chunk: its id is the file hash', async () => {
    const store = new WatchedStore();
    const bytes = noise('0000000000000123', 3000);
    const result = await ingestFile({ store }, { path: file('small', bytes) });
    assert.deepEqual(result.content, { kind: 'chunk', id: result.fileHash });
    assert.equal(result.fileHash, portableHash.hash(bytes).toString('hex'));
    assert.equal(store.objects.size, 1);
  });

  it('keeps the profile of an earlier version, and ignores one it does not know', async () => {
    const path = file('kept.bin', long.subarray(0, 2 * MIB));
    const store = new WatchedStore();
    const fine = await ingestFile({ store }, { path, profile: 1 });
    assert.equal(fine.profile, 1);
    const unknown = await ingestFile({ store }, { path, profile: 77 });
    assert.equal(unknown.profile, 2);
    assert.ok(unknown.chunkCount < fine.chunkCount);
    assert.deepEqual(await readBack(store, fine), await readBack(store, unknown));
  });

  it('tells the store that noise will not shrink, and leaves the rest to it', async () => {
    const store = new WatchedStore();
    await ingestFile({ store }, { path: file('noise', noise('0000000000000999', 300 * KIB)) });
    assert.deepEqual(
      new Set(store.puts[0]!.map((object) => object.compressible)),
      new Set([false]),
    );
    const text = Buffer.from('<clip id="1" in="0" out="24"/>\n'.repeat(10_000));
    await ingestFile({ store }, { path: file('text', text) });
    const last = store.puts
      .filter((batch) => batch.some((object) => object.kind === 'chunk'))
      .at(-1)!;
    assert.deepEqual(new Set(last.map((object) => object.compressible)), new Set([undefined]));
  });

  it('reports progress that adds up to the size', async () => {
    let bytes = 0;
    const path = file('progress', long);
    await ingestFile(
      { store: new WatchedStore() },
      { path },
      { onProgress: (more) => (bytes += more) },
    );
    assert.equal(bytes, long.length);
  });

  it('reads from a handle that it leaves open', async () => {
    const bytes = noise('0000000000000321', 100_000);
    const handle = await open(file('handle', bytes));
    try {
      const store = new WatchedStore();
      const result = await ingestFile({ store }, { path: 'a handle', handle });
      assert.deepEqual(await readBack(store, result), bytes);
      assert.equal((await handle.stat()).size, bytes.length);
    } finally {
      await handle.close();
    }
  });

  const changes = [
    { what: 'grows', change: (path: string) => appendFileSync(path, 'more') },
    { what: 'is cut short', change: (path: string) => truncateSync(path, 5 * MIB) },
    {
      what: 'is written to in place',
      change: (path: string) => utimesSync(path, new Date(1e12), new Date(1e12)),
    },
  ];
  for (const { what, change } of changes) {
    it(`refuses a file that ${what} while it is read`, async () => {
      const store = new WatchedStore();
      const path = file('changing.mov', long);
      store.beforePut = () => {
        store.beforePut = undefined;
        change(path);
      };
      await assert.rejects(
        ingestFile({ store }, { path }),
        withCode('DITS_STORE_FILE_CHANGED', path),
      );
      assert.equal(store.callsInFlight, 0);
      assert.ok([...store.objects.values()].every((object) => object.kind === 'chunk'));
    });
  }

  it('says which file it cannot read', async () => {
    const deps = { store: new WatchedStore() };
    const absent = join(folder(), 'absent');
    await assert.rejects(
      ingestFile(deps, { path: absent }),
      withCode('DITS_STORE_FILE_UNREADABLE', absent),
    );
    const directory = join(folder(), 'directory');
    mkdirSync(directory);
    await assert.rejects(
      ingestFile(deps, { path: directory }),
      withCode('DITS_STORE_FILE_UNREADABLE', directory),
    );
  });

  it('neither follows a symbolic link nor waits at a pipe', async function () {
    if (process.platform === 'win32') this.skip();
    const deps = { store: new WatchedStore() };
    const link = join(folder(), 'link');
    symlinkSync(file('target', Buffer.from('secret')), link);
    await assert.rejects(
      ingestFile(deps, { path: link }),
      withCode('DITS_STORE_FILE_UNREADABLE', link),
    );
    const pipe = join(folder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    await assert.rejects(
      ingestFile(deps, { path: pipe }),
      withCode('DITS_STORE_FILE_UNREADABLE', pipe),
    );
    assert.equal(deps.store.objects.size, 0);
  });

  it('fails as the store fails, after what was under way has ended', async () => {
    const store = new WatchedStore();
    const failure = new StoreError('DITS_STORE_NO_SPACE', 'disk full');
    let puts = 0;
    store.beforePut = () => {
      puts += 1;
      if (puts === 2) throw failure;
    };
    const path = file('full.mov', long);
    await assert.rejects(ingestFile({ store }, { path }), (error) => error === failure);
    assert.equal(store.callsInFlight, 0);
  });

  it('stops with the reason of the signal', async () => {
    const store = new WatchedStore();
    const controller = new AbortController();
    const reason = new Error('interrupted');
    store.beforePut = () => controller.abort(reason);
    const path = file('aborted.mov', long);
    const { signal } = controller;
    await assert.rejects(ingestFile({ store }, { path }, { signal }), (error) => error === reason);
    assert.equal(store.callsInFlight, 0);
    await assert.rejects(ingestFile({ store }, { path }, { signal }), (error) => error === reason);
  });
});
