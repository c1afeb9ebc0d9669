import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';

import { add, initRepository, status } from '../../../repo/index.ts';
import { StoreError } from '../../../store/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** So many that a thread is used. */
const FILES = 600;

describe('a thread that dies', () => {
  const scratch = temporaryFolder();

  /** Ends the next thread after so many of its messages. */
  function endNextWorker(messages: number): void {
    process.once('worker', (worker: Worker) => {
      let left = messages;
      if (left === 0) void worker.terminate();
      worker.on('message', () => {
        left -= 1;
        if (left === 0) void worker.terminate();
      });
    });
  }

  it('while it reads files fails the add, which stages nothing, and goes through the next time', async () => {
    for (const messages of [0, 1]) {
      const root = join(scratch(), `film-${messages}`);
      mkdirSync(root);
      // More than one batch of the thread.
      for (let file = 0; file < FILES; file += 1) {
        writeFileSync(join(root, `${file}.dpx`), Buffer.alloc(16_000, `${file} `));
      }
      const { repository } = await initRepository(root);
      try {
        endNextWorker(messages);
        await assert.rejects(add(repository, [root]), (error) => {
          assert.ok(error instanceof StoreError);
          assert.equal(error.code, 'DITS_STORE_IO');
          assert.match(error.message, /thread that reads small files has died/);
          assert.match(String(error.hint), /run the command again/);
          return true;
        });
        assert.deepEqual((await status(repository)).staged, []);
        assert.equal((await add(repository, [root])).files, FILES);
      } finally {
        await repository.close();
      }
    }
  });
});
