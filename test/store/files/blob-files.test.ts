/** Folders of files, and what is built on them, where the system does not do what was asked. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MemoryObjectStore, objectId, type BlobFiles } from '../../../store/index.ts';
import { CollectingWriter } from '../../../store/files/collecting-writer.ts';
import { undoFlippedBit } from '../../../store/files/flipped-bit.ts';
import { appendLines } from '../../../store/files/line-blob.ts';
import { NodeBlobFiles } from '../../../store/files/node-blob-files.ts';
import { replaceBlob } from '../../../store/files/replace-blob.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const IO = { code: 'DITS_STORE_IO' };

/** A folder in which another process makes each file just before it is made here. */
class Contested extends NodeBlobFiles implements BlobFiles {
  override async create(name: string): ReturnType<NodeBlobFiles['create']> {
    await (await super.create(name))?.close();
    return await super.create(name);
  }
}

describe('a folder of files', () => {
  it('has no file of a name that is absent, and an error for anything else', () =>
    withTemporaryFolder(async (folder) => {
      const files = new NodeBlobFiles(folder);
      assert.equal(await files.stat('absent'), undefined);
      assert.equal(await files.open('absent', 'read'), undefined);
      await writeFile(join(folder, 'file'), '');
      const inFile = new NodeBlobFiles(join(folder, 'file'));
      await assert.rejects(inFile.stat('any'), IO);
      await assert.rejects(inFile.open('any', 'read'), IO);
      await assert.rejects(inFile.create('any'), IO);
    }));

  it('is not called durable when it cannot be opened', () =>
    withTemporaryFolder(async (folder) => {
      await assert.rejects(new NodeBlobFiles(join(folder, 'absent')).syncFolder(), IO);
    }));

  if (process.platform === 'linux') {
    it('may be on a file system that syncs no folders', async () => {
      await new NodeBlobFiles('/proc').syncFolder();
    });
  }

  it('is not written by two', () =>
    withTemporaryFolder(async (folder) => {
      const files = new Contested(folder);
      const write = { lines: 'line\n', explain: () => '' };
      await assert.rejects(appendLines(files, 'log', write), /log has another writer/);
      const replacement = { name: 'refs', temporaryName: 'refs.new' };
      await assert.rejects(replaceBlob(files, replacement, Buffer.of(1)), /refs\.new has another/);
      assert.equal(await files.stat('refs'), undefined);
    }));
});

describe('one flipped bit', () => {
  it('is turned back in a small file, and not looked for in a large one', () => {
    const isWhole = (bytes: Buffer) => bytes.every((byte) => byte === 0);
    for (const [size, isFound] of [
      [16 * 1024, true],
      [16 * 1024 + 1, false],
    ] as const) {
      const damaged = Buffer.alloc(size);
      damaged[5] = 0x10;
      assert.deepEqual(undoFlippedBit(damaged, isWhole), isFound ? Buffer.alloc(size) : undefined);
      assert.equal(damaged[5], 0x10);
    }
  });
});

describe('a writer that collects', () => {
  it('names what is put as the store would, and stores nothing itself', async () => {
    const store = new MemoryObjectStore();
    const collected: unknown[] = [];
    const writer = new CollectingWriter(store, (object) => void collected.push(object));
    const object = { kind: 'chunk', bytes: Buffer.from('bytes') } as const;
    const id = objectId('chunk', object.bytes);
    assert.equal((await writer.put([object]))[0]?.id, id);
    assert.deepEqual(collected, [{ ...object, id }]);
    assert.deepEqual(await store.has([id]), [false]);
  });
});
