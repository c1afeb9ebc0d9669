import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { openStore, type ObjectId } from '../../../store/index.ts';
import { shimEnvironment } from '../../support/syscalls/shim-environment.ts';
import { HAS_SHIM } from '../../support/syscalls/shim-library.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { Told } from './store-child.ts';

const CHILD = fileURLToPath(new URL('./store-child.js', import.meta.url));

describe('a store whose process goes on after a fault', function () {
  this.timeout(60_000);
  const scratch = temporaryFolder();
  before(function () {
    if (!HAS_SHIM) this.skip();
  });

  /** Runs the scenario in a process of its own, which is killed at the end. */
  function run(
    scenario: string,
    name = scenario,
  ): { readonly folder: string; readonly told: Told } {
    const folder = join(realpathSync(scratch()), name);
    const env = { ...process.env, ...shimEnvironment({ roots: [folder] }) };
    const { signal, stdout, stderr } = spawnSync(process.execPath, [CHILD, scenario, folder], {
      env,
    });
    assert.equal(signal, 'SIGKILL', stderr.toString());
    return { folder, told: JSON.parse(stdout.toString()) as Told };
  }

  async function assertHeld(folder: string, promised: readonly ObjectId[]): Promise<void> {
    await using store = await openStore(folder);
    const info = await store.objects.has(promised);
    assert.deepEqual(
      info.filter((isThere) => !isThere),
      [],
      'every promised object is there',
    );
    await store.objects.get(promised);
    const { ok, corrupt, missing } = await store.fsck();
    assert.deepEqual({ ok, corrupt, missing }, { ok: true, corrupt: [], missing: [] });
  }

  it('keeps what was promised when the index met a full disk in the middle of a write', async () => {
    const { folder, told } = run('full-disk');
    assert.deepEqual(told.codes, ['DITS_STORE_NO_SPACE', 'done', 'removed']);
    await assertHeld(folder, told.promised);
  });

  it('leaves nothing that a later sync could be believed for after one that failed', async () => {
    const { folder, told } = run('failed-sync');
    assert.deepEqual(told.codes, ['DITS_STORE_IO', 'DITS_STORE_CLOSED', 'DITS_STORE_CLOSED']);
    await assertHeld(folder, told.promised);
    await using store = await openStore(folder);
    assert.deepEqual(await store.objects.has(told.unsynced ?? []), [false]);
  });

  it('does not believe a second sync of what a killed process left either', async () => {
    const { folder, told } = run('unflushed');
    assert.deepEqual(run('failed-recovery', 'unflushed').told.codes, ['DITS_STORE_IO']);
    await assertHeld(folder, told.promised);
    await using store = await openStore(folder);
    assert.deepEqual(await store.objects.has(told.unsynced ?? []), [false]);
  });
});
