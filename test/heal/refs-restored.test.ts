import assert from 'node:assert/strict';
import { appendFile, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { careForPlainFiles, readSettings, updateSettings } from '../../repo/index.ts';
import { branchRef, tagRef, type ObjectId } from '../../store/index.ts';
import { CONTEXT, MAIN, flipBit, makeStore, withStore } from '../store/maintenance-fixture.ts';
import { withTemporaryFolder } from '../store/temporary-folder.ts';

const ABSENT = 'ef'.repeat(32) as ObjectId;
const MOVE = {
  ...{ repository: 'ab'.repeat(32), mover: 'cd'.repeat(32), sequence: 7, rewound: 7, kept: false },
  signature: '12'.repeat(64),
};

/** A store with three refs, one of them signed; resolves with the commit that all of them name. */
async function makeRefs(folder: string): Promise<ObjectId> {
  const { commit } = await makeStore(folder, [1, 2, 3]);
  await withStore(folder, async (store) => {
    const changes = [
      { name: branchRef('side'), target: commit, move: MOVE },
      { name: tagRef('v1'), target: commit },
    ];
    await store.refs.update(changes, CONTEXT);
    await store.refs.setHead({ kind: 'branch', name: branchRef('side') }, CONTEXT);
  });
  return commit;
}

async function quarantined(folder: string): Promise<string[]> {
  return (await readdir(join(folder, 'quarantine'))).map((name) => name.split('-')[0]!);
}

describe('damaged refs', () => {
  it('are as they were when one bit was flipped', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeRefs(folder);
      const file = join(folder, 'refs');
      const whole = await readFile(file, 'utf8');
      await flipBit(file, 30);
      await withStore(folder, async (store) => {
        const report = await store.fsck({ repair: true });
        assert.equal(report.refsRestored?.from, 'bit');
        assert.equal(report.ok, true);
      });
      assert.equal(await readFile(file, 'utf8'), whole);
      assert.deepEqual(await quarantined(folder), ['refs']);
    });
  });

  it('are put together from what is readable and the reflog', async () => {
    await withTemporaryFolder(async (folder) => {
      const commit = await makeRefs(folder);
      const file = join(folder, 'refs');
      const lines = (await readFile(file, 'utf8')).split('\n');
      // The line of main is gone, that of the tag names something else.
      lines[3] = 'x'.repeat(lines[3]!.length);
      lines[5] = `${ABSENT} ${tagRef('v1')}`;
      await writeFile(file, lines.join('\n'));
      await withStore(folder, async (store) => {
        const { refsRestored, ok } = await store.fsck({ repair: true });
        assert.deepEqual([refsRestored?.from, refsRestored?.lost, ok], ['parts', [], true]);
        const refs = await store.refs.list();
        assert.deepEqual(
          refs.map(({ name, target, move }) => [name, target, move?.signature]),
          [
            [MAIN, commit, undefined],
            [branchRef('side'), commit, MOVE.signature],
            [tagRef('v1'), commit, undefined],
          ],
        );
        assert.deepEqual(await store.refs.head(), { kind: 'branch', name: branchRef('side') });
      });
    });
  });

  it('come back from the reflog alone, and what is lost is named', async () => {
    await withTemporaryFolder(async (folder) => {
      const commit = await makeRefs(folder);
      await withStore(folder, async (store) => {
        await store.refs.update([{ name: branchRef('gone'), target: ABSENT }], CONTEXT);
        await store.refs.update([{ name: tagRef('v1'), target: null }], CONTEXT);
      });
      await rm(join(folder, 'refs'));
      await withStore(folder, async (store) => {
        const { refsRestored } = await store.fsck({ repair: true });
        assert.deepEqual(refsRestored?.lost, [branchRef('gone')]);
        assert.deepEqual(
          (await store.refs.list()).map(({ name, target }) => [name, target]),
          [
            [MAIN, commit],
            [branchRef('side'), commit],
          ],
        );
        assert.match(await store.refs.repositoryId(), /^[0-9a-f]{64}$/);
      });
    });
  });

  it('are not invented when neither file says anything', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeRefs(folder);
      await rm(join(folder, 'reflog'));
      await writeFile(join(folder, 'refs'), 'rubbish');
      await withStore(folder, async (store) => {
        const report = await store.fsck({ repair: true });
        assert.deepEqual([report.ok, report.refsRestored], [false, undefined]);
        await assert.rejects(store.refs.list(), { code: 'DITS_STORE_CORRUPT', hint: /--repair/ });
      });
      assert.equal(await readFile(join(folder, 'refs'), 'utf8'), 'rubbish');
    });
  });
});

describe('the reflog', () => {
  it('shows a damaged line, which repair puts aside', async () => {
    await withTemporaryFolder(async (folder) => {
      await makeRefs(folder);
      await flipBit(join(folder, 'reflog'), 30);
      await withStore(folder, async (store) => {
        const entries = (await store.refs.reflog()).length;
        assert.match((await store.fsck()).refsProblem ?? '', /1 of the lines of the reflog/);
        const { refsRestored, ok } = await store.fsck({ repair: true });
        assert.deepEqual([refsRestored?.from, ok], ['whole', true]);
        assert.equal((await store.refs.reflog()).length, entries);
        assert.equal((await store.fsck()).ok, true);
      });
      assert.ok((await quarantined(folder)).includes('reflog'));
    });
  });

  it('explains a line that a crash has torn', async () => {
    await withTemporaryFolder(async (folder) => {
      const commit = await makeRefs(folder);
      await appendFile(join(folder, 'reflog'), '{"name":"refs/heads/ma');
      await withStore(folder, async (store) => {
        assert.equal((await store.fsck()).refsProblem, undefined);
        await store.refs.update([{ name: branchRef('next'), target: commit }], CONTEXT);
        assert.equal((await store.fsck()).refsProblem, undefined);
      });
      // The same bytes where nobody has seen them torn are damage.
      const log = await readFile(join(folder, 'reflog'), 'utf8');
      await writeFile(join(folder, 'reflog'), log.replace(/\{"torn".*\n/, ''));
      await withStore(folder, async (store) => {
        assert.match((await store.fsck()).refsProblem ?? '', /reflog/);
      });
    });
  });
});

describe('settings', () => {
  it('that were edited by hand are told, and taken for right by a repair', async () => {
    await withTemporaryFolder(async (folder) => {
      const file = join(folder, 'config.toml');
      const target = { file, lock: join(folder, 'locks', 'config') };
      await updateSettings(target, (settings) => settings.set('user.name', 'Ada'));
      assert.deepEqual(await careForPlainFiles(folder, { repair: false }), []);
      await writeFile(file, (await readFile(file, 'utf8')).replace('Ada', 'Grace'));
      const [told] = await careForPlainFiles(folder, { repair: false });
      assert.match(told?.problem ?? '', /edited by hand, or damaged/);
      await careForPlainFiles(folder, { repair: true });
      assert.equal((await readSettings(file)).getText('user.name'), 'Grace');
      assert.deepEqual(await careForPlainFiles(folder, { repair: false }), []);
    });
  });

  it('without a checksum are nobody’s business', async () => {
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'config.toml'), '# mine\n[user]\nname = "Ada"\n');
      assert.deepEqual(await careForPlainFiles(folder, { repair: true }), []);
    });
  });
});
