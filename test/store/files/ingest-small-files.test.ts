import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../../../store/index.ts';
import { ingestFile } from '../../../store/files/ingest-file.ts';
import { ingestBytes, ingestSmallFiles } from '../../../store/files/ingest-small-files.ts';
import { openSmallFile } from '../../../store/files/read-small-file.ts';
import { readFileContent } from '../../../store/files/read-content.ts';
import { noise } from '../../support/described-bytes.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { WatchedStore } from '../../support/watched-store.ts';

const MIB = 1024 * 1024;

describe('ingestSmallFiles', () => {
  const folder = temporaryFolder();

  function file(name: string, content: Uint8Array | string): string {
    const path = join(folder(), name);
    writeFileSync(path, content);
    return path;
  }

  it('gives each file the result that ingestFile gives it', async () => {
    const paths = [
      file('empty', ''),
      file('tiny', 'a'),
      file('text.xml', '<clip id="1" in="0" out="24"/>\n'.repeat(5000)),
      file('noise', noise('0000000000000777', 700_000)),
      file('big.mov', noise('0000000000000778', 3 * MIB)),
      file('tiny again', 'a'),
    ];
    const store = new WatchedStore();
    const outcomes = await ingestSmallFiles(
      { store },
      paths.map((path) => ({ path })),
    );
    assert.deepEqual(
      outcomes.map((outcome) => outcome.path),
      paths,
    );
    for (const { path, file: result } of outcomes) {
      const alone = await ingestFile({ store: new WatchedStore() }, { path });
      const { newChunkCount, newBytes, storedBytes, ...facts } = alone;
      assert.ok(newChunkCount + newBytes + storedBytes >= 0);
      for (const [name, value] of Object.entries(facts)) {
        assert.deepEqual(result?.[name as keyof typeof facts], value, `${name} of ${path}`);
      }
      const pieces: Uint8Array[] = [];
      for await (const piece of readFileContent(store, result!.content)) pieces.push(piece);
      assert.equal(Buffer.concat(pieces).length, alone.size);
    }
    assert.equal(outcomes[5]!.file?.newChunkCount, 0);
    assert.equal(outcomes[3]!.file?.newBytes, 700_000);
  });

  it('shares puts between many files', async () => {
    const sources = Array.from({ length: 1200 }, (_, index) => ({
      path: file(`clip_${index}.xmp`, `clip ${index} `.repeat(100)),
    }));
    const store = new WatchedStore();
    let bytes = 0;
    const outcomes = await ingestSmallFiles({ store }, sources, {
      onProgress: (more) => (bytes += more),
    });
    assert.equal(outcomes.length, 1200);
    assert.ok(outcomes.every((outcome) => outcome.file?.newChunkCount === 1));
    assert.ok(store.puts.length <= 4, `${store.puts.length} puts`);
    assert.equal(
      bytes,
      outcomes.reduce((sum, outcome) => sum + (outcome.file?.size ?? 0), 0),
    );
  });

  it('makes no difference when there are enough files for a thread to read ahead', async () => {
    const sources = Array.from({ length: 300 }, (_, index) => ({
      path: file(`frame_${index}`, noise((index + 1).toString(16), index * 400)),
    }));
    sources[7] = { path: join(folder(), 'absent') };
    sources[8] = { path: file('big.mov', noise('0000000000000778', 3 * MIB)) };
    const all = [...sources, { path: 'link', bytes: Buffer.from('target') }];
    const together = await ingestSmallFiles({ store: new WatchedStore() }, all);
    const store = new WatchedStore();
    const apart = [
      ...(await ingestSmallFiles({ store }, all.slice(0, 100))),
      ...(await ingestSmallFiles({ store }, all.slice(100, 200))),
      ...(await ingestSmallFiles({ store }, all.slice(200))),
    ];
    assert.deepEqual(
      together.map(({ path, file, error }) => ({ path, file, code: error?.code })),
      apart.map(({ path, file, error }) => ({ path, file, code: error?.code })),
    );
  });

  it('keeps the bytes of a batch in place until the store has them', async () => {
    const sources = Array.from({ length: 40 }, (_, index) => ({
      path: file(`frame_${index}`, noise((index + 1).toString(16), MIB)),
    }));
    const store = new WatchedStore();
    const outcomes = await ingestSmallFiles({ store }, sources);
    assert.ok(outcomes.every((outcome) => outcome.error === undefined));
    const chunks = store.puts.flat().filter((object) => object.kind === 'chunk');
    assert.ok(new Set(chunks.map((object) => object.bytes.buffer)).size <= 4);
  });

  it('puts an error in the place of a file that it cannot read, and takes in the others', async () => {
    const directory = join(folder(), 'directory');
    mkdirSync(directory);
    const sources = [
      { path: file('one', 'one') },
      { path: join(folder(), 'absent') },
      { path: directory },
      { path: file('two', 'two') },
    ];
    const outcomes = await ingestSmallFiles({ store: new WatchedStore() }, sources);
    assert.deepEqual(
      outcomes.map((outcome) => outcome.error?.code),
      [undefined, 'DITS_STORE_FILE_UNREADABLE', 'DITS_STORE_FILE_UNREADABLE', undefined],
    );
    assert.equal(outcomes[3]!.file?.size, 3);
    assert.equal(outcomes[1]!.error?.details['path'], sources[1]!.path);
  });

  it('puts an error in the place of a big file that changes', async () => {
    const store = new WatchedStore();
    const path = file('changing.mov', noise('00000000000004d4', 9 * MIB));
    store.beforePut = () => {
      store.beforePut = undefined;
      appendFileSync(path, 'more');
    };
    const outcomes = await ingestSmallFiles({ store }, [{ path }, { path: file('other', 'x') }]);
    assert.equal(outcomes[0]!.error?.code, 'DITS_STORE_FILE_CHANGED');
    assert.equal(outcomes[1]!.file?.size, 1);
  });

  it('takes in bytes along with files', async () => {
    const store = new WatchedStore();
    const bytes = Buffer.from('../target');
    const sources = [{ path: 'link', bytes }, { path: file('file', 'content') }];
    const outcomes = await ingestSmallFiles({ store }, sources);
    assert.equal(store.puts.length, 1);
    const link = outcomes[0]!.file;
    assert.equal(link?.identity, undefined);
    assert.deepEqual(link, await ingestBytes({ store: new WatchedStore() }, bytes));
  });

  it('rejects when the store fails, after what was under way has ended', async () => {
    const store = new WatchedStore();
    const failure = new StoreError('DITS_STORE_IO', 'no');
    store.beforePut = () => {
      throw failure;
    };
    const sources = Array.from({ length: 30 }, (_, index) => ({
      path: file(`lost_${index}`, noise((index + 9).toString(16), MIB)),
    }));
    await assert.rejects(ingestSmallFiles({ store }, sources), (error) => error === failure);
    assert.equal(store.callsInFlight, 0);
  });

  it('stops with the reason of the signal', async () => {
    const reason = new Error('interrupted');
    const signal = AbortSignal.abort(reason);
    const sources = [{ path: file('never', 'x') }];
    const store = new WatchedStore();
    await assert.rejects(ingestSmallFiles({ store }, sources, { signal }), (e) => e === reason);
    assert.equal(store.puts.length, 0);
  });

  it('takes in nothing of no files', async () => {
    assert.deepEqual(await ingestSmallFiles({ store: new WatchedStore() }, []), []);
  });
});

describe('openSmallFile', () => {
  const folder = temporaryFolder();
  const changes = [
    { what: 'grew', change: (path: string) => appendFileSync(path, 'more') },
    { what: 'was cut short', change: (path: string) => truncateSync(path, 10) },
  ];
  for (const { what, change } of changes) {
    it(`notices that the file ${what} since it was opened`, () => {
      const path = join(folder(), 'changing');
      writeFileSync(path, Buffer.alloc(1000));
      const opened = openSmallFile({ path });
      try {
        change(path);
        assert.throws(
          () => opened.readInto(Buffer.alloc(1000)),
          (error) => error instanceof StoreError && error.code === 'DITS_STORE_FILE_CHANGED',
        );
      } finally {
        opened.close();
      }
    });
  }
});
