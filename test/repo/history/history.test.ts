import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  add,
  b3sumLine,
  commit,
  diff,
  findRepository,
  initRepository,
  listFiles,
  log,
  move,
  openRepository,
  show,
  switchTo,
  type DiffSides,
  type Repository,
} from '../../../repo/index.ts';
import { activeHash } from '../../../store/index.ts';
import { noise } from '../../support/described-bytes.ts';
import { codeOf, repositoryFixture } from '../repository-fixture.ts';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function changes(repository: Repository, sides: DiffSides): Promise<string[]> {
  const found = await collect(diff(repository, sides, { detail: 'names' }));
  return found.map(({ change, path: name }) => `${change} ${name}`);
}

describe('commit', () => {
  const fixture = repositoryFixture();

  it('refuses nothing, an empty message, and says so', async () => {
    const { repository, write, record } = fixture();
    assert.equal(await codeOf(commit(repository, { message: 'x' })), 'DITS_REPO_NOTHING_TO_COMMIT');
    write('a', '1');
    await add(repository, ['.']);
    assert.equal(await codeOf(commit(repository, { message: ' \n ' })), 'DITS_REPO_EMPTY_MESSAGE');
    const first = await record('First');
    assert.equal(await codeOf(commit(repository, { message: 'x' })), 'DITS_REPO_NOTHING_TO_COMMIT');
    const empty = await commit(repository, {
      message: 'Empty\r\n\r\nbody  \n\n',
      allowEmpty: true,
    });
    assert.deepEqual(empty.parents, [first]);
    assert.equal(empty.message, 'Empty\n\nbody');
  });

  it('takes author and time from the settings, or from the caller', async () => {
    const { repository, write } = fixture();
    write('a', '1');
    await add(repository, ['.']);
    const time = { timeMs: 1_700_000_000_000, zoneMinutes: -330 };
    await commit(repository, { message: 'One', time });
    const [entry] = await collect(log(repository));
    assert.deepEqual(entry?.commit.author, { name: 'Ada', email: 'ada@example.org', ...time });
    write('a', '2');
    const author = { name: 'Bea', email: 'b@example.org' };
    await commit(repository, { message: 'Two', all: true, author });
    assert.equal((await collect(log(repository)))[0]?.commit.author.name, 'Bea');
  });

  it('makes the tree that staging everything anew would make', async () => {
    const { repository, root, write, record } = fixture();
    for (let at = 0; at < 60; at++) write(`a/${at % 7}/${at % 3}/f${at}`, String(at));
    await record('First');
    write('a/1/1/f1', 'changed');
    write('a.txt', 'sorts near the folder');
    await move(repository, { sources: ['a/2'], destination: 'b' });
    await add(repository, ['.']);
    const step = await commit(repository, { message: 'Second' });
    const other = await initRepository(path.join(path.dirname(root), 'other'));
    try {
      for await (const file of listFiles(repository)) {
        const bytes = readFileSync(path.join(root, file.path));
        const target = path.join(other.repository.tree.root, file.path);
        mkdirSync(path.dirname(target), { recursive: true });
        writeFileSync(target, bytes);
      }
      await add(other.repository, ['.']);
      const whole = await commit(other.repository, { message: 'Whole' });
      assert.equal(step.tree, whole.tree);
    } finally {
      await other.repository.close();
    }
  });
});

describe('log, show and diff', () => {
  const fixture = repositoryFixture();

  it('limit history by count, range and path', async () => {
    const { repository, write, record } = fixture();
    write('a', '1');
    const first = await record('a1');
    write('d/b', '1');
    await record('b1');
    write('a', '2');
    await record('a2');
    const messages = async (options: Parameters<typeof log>[1]): Promise<string[]> =>
      (await collect(log(repository, options))).map((entry) => entry.commit.message);
    assert.deepEqual(await messages({}), ['a2', 'b1', 'a1']);
    assert.deepEqual(await messages({ countMax: 2 }), ['a2', 'b1']);
    assert.deepEqual(await messages({ countMax: 0 }), []);
    assert.deepEqual(await messages({ revisions: [`${first}..`] }), ['a2', 'b1']);
    assert.deepEqual(await messages({ revisions: ['main', `^HEAD~`] }), ['a2']);
    assert.deepEqual(await messages({ paths: ['a'] }), ['a2', 'a1']);
    assert.deepEqual(await messages({ paths: ['d'] }), ['b1']);
    const shown = await show(repository, 'HEAD~');
    assert.deepEqual(
      (await collect(shown.differences)).map((found) => `${found.change} ${found.path}`),
      ['added d/b'],
    );
  });

  it('compare any two of revision, index and working tree', async () => {
    const { repository, root, write, record } = fixture();
    write('a', '1\n');
    write('b', '1\n');
    await record('First');
    write('a', '2\n');
    await add(repository, ['a']);
    write('b', '2\n');
    symlinkSync('a', path.join(root, 'link'));
    await add(repository, ['link']);
    assert.deepEqual(await changes(repository, { kind: 'index-worktree' }), ['modified b']);
    assert.deepEqual(await changes(repository, { kind: 'staged' }), ['modified a', 'added link']);
    assert.deepEqual(await changes(repository, { kind: 'revision-worktree', revision: 'HEAD' }), [
      'modified a',
      'modified b',
      'added link',
    ]);
    await record('Second');
    const sides = { kind: 'revisions', from: 'HEAD~', to: 'HEAD' } as const;
    assert.deepEqual(await changes(repository, sides), ['modified a', 'modified b', 'added link']);
    const only = await collect(diff(repository, sides, { paths: ['b'] }));
    assert.deepEqual(only[0]?.text?.hunks[0]?.lines, ['-1', '+2']);
  });

  it('show no lines for what is not text, and count shared chunks instead', async () => {
    const { repository, write, record } = fixture();
    const bytes = noise('3', 2_500_000);
    write('take', bytes);
    write('broken', Buffer.from([0x61, 0xff, 0x0a]));
    await record('First');
    write('take', Buffer.concat([bytes.subarray(0, 2_000_000), noise('4', 300_000)]));
    write('broken', Buffer.from([0x62, 0xff, 0x0a]));
    await record('Second');
    const found = await collect(diff(repository, { kind: 'revisions', from: 'HEAD~', to: 'HEAD' }));
    for (const one of found) assert.equal(one.text, undefined);
    const shared = found.find((one) => one.path === 'take')?.shared;
    assert.ok(shared !== undefined && shared.chunksShared > 0);
    assert.ok(shared.chunksShared < shared.chunks);
    assert.ok(shared.bytesShared > 1_000_000 && shared.bytesShared <= 2_000_000);
  });
});

describe('ls-files', () => {
  const fixture = repositoryFixture();

  it('lists the index, or a revision, with the hashes that b3sum prints', async () => {
    const { repository, root, write, record } = fixture();
    const bytes = noise('9', 1_500_000);
    write('take', bytes);
    write('empty', '');
    write('a b', 'x');
    symlinkSync('take', path.join(root, 'link'));
    await record('First');
    write('later', '1');
    await add(repository, ['later']);
    const names = (await collect(listFiles(repository))).map((file) => file.path);
    assert.deepEqual(names, ['a b', 'empty', 'later', 'link', 'take']);
    const files = await collect(listFiles(repository, { revision: 'HEAD' }));
    const hash = (text: string | Uint8Array): string =>
      activeHash.hash(Buffer.from(text as string)).toString('hex');
    assert.deepEqual(files.map(b3sumLine), [
      `${hash('x')}  a b`,
      `${hash('')}  empty`,
      undefined,
      `${activeHash.hash(bytes).toString('hex')}  take`,
    ]);
    assert.deepEqual(
      (await collect(listFiles(repository, { paths: ['take'] }))).map((file) => file.size),
      [1_500_000],
    );
  });

  it('writes awkward names as b3sum does', () => {
    const file = { kind: 'file', size: 0, b3: 'f'.repeat(64), chunks: 0 } as const;
    assert.equal(b3sumLine({ ...file, path: 'a\\b\nc' }), `\\${'f'.repeat(64)}  a\\\\b\\nc`);
  });
});

describe('repositories', () => {
  const fixture = repositoryFixture();

  it('are found from any folder below, and made only once', async () => {
    const { repository, root, write } = fixture();
    write('a/b/c', '1');
    assert.equal(findRepository(path.join(root, 'a/b'))?.root, root);
    assert.equal(findRepository(path.dirname(root)), undefined);
    assert.equal(findRepository(path.join(root, 'nowhere')), undefined);
    const again = await initRepository(root, { branch: 'other' });
    assert.equal(again.created, false);
    const head = await again.repository.store.refs.head();
    assert.ok(head.kind === 'branch' && head.name === 'refs/heads/main');
    await again.repository.close();
    assert.equal(await codeOf(openRepository(path.dirname(root))), 'DITS_REPO_NOT_A_REPOSITORY');
    assert.equal(repository.isBare, false);
  });

  it('without a working tree refuse verbs that need one', async () => {
    const { root } = fixture();
    const folder = path.join(path.dirname(root), 'bare');
    const { repository } = await initRepository(folder, { bare: true, branch: 'trunk' });
    assert.equal(repository.isBare, true);
    assert.equal(await codeOf(add(repository, ['.'])), 'DITS_REPO_BARE');
    assert.equal(await codeOf(switchTo(repository, 'x')), 'DITS_REPO_REVISION_NOT_FOUND');
    await repository.close();
    const opened = await openRepository(folder);
    assert.equal(opened.isBare, true);
    await opened.close();
  });
});
