import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSmallFile } from '../../../store/files/read-small-file.ts';
import { openSource, unsettledMs } from '../../../store/files/source-file.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

/** A tick of the coarsest clock. */
const TICK_MS = 10;

describe('a file that was written a moment ago', () => {
  it('is read once every other change would get another time', async () => {
    await withTemporaryFolder(async (folder) => {
      const path = join(folder, 'fresh');
      for (const open of [openSmallFile, openSource]) {
        writeFileSync(path, 'fresh');
        const written = statSync(path).ctimeMs;
        const file = await open({ path });
        const ageMs = Date.now() - written;
        assert.ok(ageMs > TICK_MS - 1, `${ageMs} ms`);
        assert.equal(unsettledMs(file.identity), 0);
        if ('close' in file) file.close();
        else await file.release();
      }
    });
  });

  it('is waited for when its time is a trifle ahead, and not when it is old or far in the future', () => {
    const identity = { size: 1, mtimeMs: 0, ino: 1, mode: 0o100644 };
    assert.equal(unsettledMs({ ...identity, ctimeMs: Date.now() - 1_000 }), 0);
    assert.equal(unsettledMs({ ...identity, ctimeMs: Date.now() + 1_000 }), 0);
    for (const aheadMs of [0, 0.9]) {
      const waitMs = unsettledMs({ ...identity, ctimeMs: Date.now() + aheadMs });
      assert.ok(waitMs > 0 && waitMs <= TICK_MS + 1, `${waitMs} ms`);
    }
  });
});
