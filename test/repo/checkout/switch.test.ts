import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
  add,
  commit,
  createBranchAt,
  mergeFastForward,
  reset,
  restore,
  status,
  switchTo,
  RepoError,
} from '../../../repo/index.ts';
import {
  encodeCommit,
  writeTreeFromPaths,
  type ChunkId,
  type CommitId,
  type PathEntry,
} from '../../../store/index.ts';
import { noise } from '../../support/described-bytes.ts';
import { codeOf, repositoryFixture, type Fixture } from '../repository-fixture.ts';

async function clean(fixture: Fixture): Promise<void> {
  const found = await status(fixture.repository);
  assert.deepEqual(found.staged, []);
  assert.deepEqual(found.unstaged, []);
  assert.deepEqual(found.untracked, []);
}

describe('switch', () => {
  const fixture = repositoryFixture();

  it('refuses to overwrite edited, staged and untracked files, names them, and touches nothing', async () => {
    const { repository, write, record, snapshot } = fixture();
    write('edited', '1');
    write('staged', '1');
    write('removed', '1');
    const first = await record('First');
    write('edited', '2');
    write('staged', '2');
    write('untracked', '2');
    rmSync(path.join(fixture().root, 'removed'));
    await record('Second');
    await switchTo(repository, first);
    write('edited', 'mine');
    write('staged', 'mine');
    write('removed', 'mine');
    write('untracked', 'mine');
    await add(repository, ['staged']);
    const before = snapshot();
    const error = await switchTo(repository, 'main').then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof RepoError);
    assert.equal(error.code, 'DITS_REPO_LOCAL_CHANGES');
    assert.deepEqual([...error.paths].sort(), ['edited', 'removed', 'staged', 'untracked']);
    assert.deepEqual(snapshot(), before);
    assert.equal((await status(repository)).head, first);
    const forced = await switchTo(repository, 'main', { force: true });
    assert.equal(forced.branch, 'main');
    await clean(fixture());
  });

  it('carries along changes that are not in the way', async () => {
    const { repository, write, record } = fixture();
    write('shared', '1');
    write('other', '1');
    const first = await record('First');
    write('other', '2');
    await record('Second');
    write('shared', 'mine');
    write('new', 'mine');
    await add(repository, ['new']);
    await switchTo(repository, first);
    const found = await status(repository);
    assert.deepEqual(found.staged, [{ path: 'new', change: 'added' }]);
    assert.deepEqual(found.unstaged, [{ path: 'shared', change: 'modified' }]);
  });

  it('replaces files by folders, folders by files, and links by both', async () => {
    const { repository, root, write, record, snapshot } = fixture();
    write('one', 'file');
    write('two/deep/er', 'inside');
    symlinkSync('one', path.join(root, 'three'));
    write('four/a', 'a');
    const first = await record('First');
    const firstFiles = snapshot();
    for (const name of ['one', 'two', 'three', 'four']) {
      rmSync(path.join(root, name), { recursive: true });
    }
    write('one/now', 'folder');
    write('two', 'file');
    write('three/x', 'folder');
    symlinkSync('two', path.join(root, 'four'));
    const second = await record('Second');
    const secondFiles = snapshot();
    await switchTo(repository, first);
    assert.deepEqual(snapshot(), firstFiles);
    mkdirSync(path.join(root, 'two/deep/empty'));
    await switchTo(repository, second, { detach: true });
    assert.deepEqual(snapshot(), secondFiles);
    await clean(fixture());
  });

  it('never writes through a link that stands where a folder should be', async () => {
    const { repository, root, write, record } = fixture();
    write('keep', '1');
    const first = await record('First');
    write('folder/file', 'content');
    await record('Second');
    await switchTo(repository, first);
    const outside = path.join(path.dirname(root), 'outside');
    mkdirSync(outside);
    symlinkSync(outside, path.join(root, 'folder'));
    assert.equal(await codeOf(switchTo(repository, 'main')), 'DITS_REPO_LOCAL_CHANGES');
    assert.equal(
      await codeOf(switchTo(repository, 'main', { force: true })),
      'DITS_REPO_LOCAL_CHANGES',
    );
    assert.equal(existsSync(path.join(outside, 'file')), false);
    assert.equal(lstatSync(path.join(root, 'folder')).isSymbolicLink(), true);
  });

  it('does not delete through a link that took the place of a tracked folder', async () => {
    const { repository, root, write, record } = fixture();
    const first = await record('First').catch(async () => {
      write('keep', '1');
      return record('First');
    });
    write('folder/file', 'content');
    await record('Second');
    const outside = path.join(path.dirname(root), 'outside');
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'file'), 'content');
    rmSync(path.join(root, 'folder'), { recursive: true });
    symlinkSync(outside, path.join(root, 'folder'));
    await switchTo(repository, first);
    assert.equal(readFileSync(path.join(outside, 'file'), 'utf8'), 'content');
  });

  it('refuses a tree whose link and files would lead outside', async () => {
    const { repository, root } = fixture();
    const { objects } = repository.store;
    const [chunk] = await objects.put([{ kind: 'chunk', bytes: Buffer.from('/tmp') }]);
    const id = chunk!.id as never;
    const entries: PathEntry[] = [
      { path: 'a', entry: { kind: 'symlink', name: 'a', target: id, size: 4 } },
      { path: 'b/c', entry: { kind: 'file', name: 'c', content: { kind: 'chunk', id }, size: 4 } },
    ];
    const tree = await writeTreeFromPaths(objects, entries);
    const person = { name: 'x', email: 'x', timeMs: 0, zoneMinutes: 0 };
    const bytes = encodeCommit({
      tree,
      parents: [],
      author: person,
      committer: person,
      message: 'm',
    });
    const [result] = await objects.put([{ kind: 'commit', bytes }]);
    await mergeFastForward(repository, result!.id as CommitId);
    assert.equal(lstatSync(path.join(root, 'a')).isSymbolicLink(), true);
    assert.equal(readFileSync(path.join(root, 'b/c'), 'utf8'), '/tmp');
    await clean(fixture());
  });

  it('refuses links whose target is no path, and content that is not what its tree says', async () => {
    const { repository, snapshot } = fixture();
    const { objects } = repository.store;
    const person = { name: 'x', email: 'x', timeMs: 0, zoneMinutes: 0 };
    const head = async (entry: PathEntry): Promise<CommitId> => {
      const tree = await writeTreeFromPaths(objects, [entry]);
      const value = { tree, parents: [], author: person, committer: person, message: 'm' };
      const [result] = await objects.put([{ kind: 'commit', bytes: encodeCommit(value) }]);
      return result!.id as CommitId;
    };
    const bad = Buffer.from('a\0b');
    const [chunk] = await objects.put([{ kind: 'chunk', bytes: bad }]);
    const target = chunk!.id as ChunkId;
    const link = { path: 'l', entry: { kind: 'symlink', name: 'l', target, size: 3 } } as const;
    const long = { path: 'l', entry: { ...link.entry, size: 9_000 } };
    const content = { kind: 'chunk', id: target } as const;
    const file = { path: 'f', entry: { kind: 'file', name: 'f', content, size: 4 } } as const;
    const codes: string[] = [];
    for (const entry of [link, long, file]) {
      codes.push(await codeOf(mergeFastForward(repository, await head(entry))));
    }
    assert.deepEqual(codes, [
      'DITS_REPO_UNSAFE_PATH',
      'DITS_REPO_UNSAFE_PATH',
      'DITS_REPO_CONTENT_MISMATCH',
    ]);
    assert.deepEqual(snapshot(), {});
  });

  it('can be run again after it was cut off anywhere', async () => {
    const { repository, root, write, record, snapshot } = fixture();
    for (let at = 0; at < 40; at++) write(`d${at % 4}/f${at}`, `one ${at}`);
    write('large', noise('7', 3_000_000));
    const first = await record('First');
    for (let at = 0; at < 40; at += 2) write(`d${at % 4}/f${at}`, `two ${at}`);
    for (let at = 1; at < 40; at += 6) rmSync(path.join(root, `d${at % 4}/f${at}`));
    write('large', noise('8', 3_000_000));
    write('new/file', 'new');
    await record('Second');
    const secondFiles = snapshot();
    await switchTo(repository, first);
    const firstFiles = snapshot();
    for (const stopAfter of [0, 1, 5, 12, 25]) {
      // Some files have arrived, some are gone, the index and HEAD are still the old ones.
      const names = [...new Set([...Object.keys(firstFiles), ...Object.keys(secondFiles)])].sort();
      for (const name of names.slice(0, stopAfter)) {
        const content = secondFiles[name];
        if (content === undefined) rmSync(path.join(root, name));
        else write(name, Buffer.from(content.replace(/^file /, ''), 'latin1'));
      }
      mkdirSync(repository.layout.worktreeTemp, { recursive: true });
      writeFileSync(path.join(repository.layout.worktreeTemp, '3'), 'half of a fi');
      await switchTo(repository, 'main');
      assert.deepEqual(snapshot(), secondFiles);
      await clean(fixture());
      await switchTo(repository, first);
      assert.deepEqual(snapshot(), firstFiles);
    }
  });

  it('makes branches, detaches, and says what went wrong', async () => {
    const { repository, write, record } = fixture();
    assert.equal((await switchTo(repository, undefined, { create: 'early' })).branch, 'early');
    write('a', '1');
    const first = await record('First');
    assert.equal((await switchTo(repository, undefined, { create: 'main' })).branch, 'main');
    assert.equal(
      await codeOf(switchTo(repository, undefined, { create: 'early' })),
      'DITS_REPO_REF_EXISTS',
    );
    assert.equal(await codeOf(switchTo(repository, 'nowhere')), 'DITS_REPO_REVISION_NOT_FOUND');
    assert.equal((await switchTo(repository, 'early', { detach: true })).branch, undefined);
    assert.equal((await status(repository)).head, first);
    assert.equal((await status(repository)).branch, undefined);
    write('a', '2');
    const { id } = await commit(repository, { message: 'Loose', all: true });
    assert.equal((await status(repository)).head, id);
  });
});

describe('fast-forward', () => {
  const fixture = repositoryFixture();

  it('follows, refuses what is no fast-forward, and refuses to lose local changes', async () => {
    const { repository, write, record } = fixture();
    write('a', '1');
    const first = await record('First');
    await createBranchAt(repository, 'other');
    write('a', '2');
    const second = await record('Second');
    await switchTo(repository, 'other');
    write('a', 'mine');
    assert.equal(await codeOf(mergeFastForward(repository, second)), 'DITS_REPO_LOCAL_CHANGES');
    write('a', '1');
    const moved = await mergeFastForward(repository, second);
    assert.deepEqual([moved.moved, moved.old, moved.head], [true, first, second]);
    assert.equal((await mergeFastForward(repository, first)).moved, false);
    await switchTo(repository, first, { create: 'fork' });
    write('a', '3');
    await record('Third');
    assert.equal(await codeOf(mergeFastForward(repository, second)), 'DITS_REPO_NOT_FAST_FORWARD');
  });
});

describe('restore', () => {
  const fixture = repositoryFixture();

  it('brings files back from the index, and the index back from HEAD', async () => {
    const { repository, root, write, record } = fixture();
    write('a', '1');
    write('d/b', '1');
    write('d/c', '1');
    await record('First');
    write('a', '2');
    rmSync(path.join(root, 'd/b'));
    write('d/new', '2');
    const files = await restore(repository, ['.']);
    assert.equal(files.written, 2);
    assert.equal(fixture().read('a'), '1');
    assert.equal(fixture().read('d/new'), '2');
    await add(repository, ['.']);
    const index = await restore(repository, ['d'], { into: 'index' });
    assert.equal(index.unstaged, 1);
    assert.deepEqual((await status(repository)).staged, []);
    assert.equal(fixture().read('d/new'), '2');
    assert.equal(await codeOf(restore(repository, ['nope'])), 'DITS_REPO_PATH_NOT_FOUND');
  });

  it('takes paths from a revision, into files, index or both', async () => {
    const { repository, write, record } = fixture();
    write('a', '1');
    write('b', '1');
    await record('First');
    write('a', '2');
    write('c', '2');
    await record('Second');
    await restore(repository, ['a'], { source: 'HEAD~' });
    assert.deepEqual((await status(repository)).unstaged, [{ path: 'a', change: 'modified' }]);
    await restore(repository, ['.'], { source: 'HEAD~', into: 'both', mode: 'overlay' });
    assert.deepEqual((await status(repository)).staged, [{ path: 'a', change: 'modified' }]);
    await restore(repository, ['.'], { source: 'HEAD~', into: 'both' });
    assert.deepEqual((await status(repository)).staged, [
      { path: 'a', change: 'modified' },
      { path: 'c', change: 'deleted' },
    ]);
    assert.equal(existsSync(path.join(fixture().root, 'c')), false);
    await restore(repository, ['.'], { source: 'HEAD', into: 'both' });
    await clean(fixture());
  });

  it('keeps an untracked folder that is in the way of a file', async () => {
    const { repository, root, write, record } = fixture();
    write('a', '1');
    await record('First');
    rmSync(path.join(root, 'a'));
    write('a/precious', '2');
    assert.equal(await codeOf(restore(repository, ['a'])), 'DITS_REPO_LOCAL_CHANGES');
    assert.equal(fixture().read('a/precious'), '2');
  });
});

describe('reset', () => {
  const fixture = repositoryFixture();

  it('rebuilds a damaged index without touching a file', async () => {
    const { repository, write, record, snapshot } = fixture();
    write('a', '1');
    write('b', '1');
    await record('First');
    write('a', '2');
    const files = snapshot();
    writeFileSync(repository.layout.indexFile, 'garbage');
    assert.equal(await codeOf(status(repository)), 'DITS_REPO_INDEX_CORRUPT');
    await reset(repository);
    assert.deepEqual(snapshot(), files);
    const found = await status(repository);
    assert.deepEqual(found.unstaged, [{ path: 'a', change: 'modified' }]);
    assert.deepEqual(found.staged, []);
  });

  it('moves the branch, and index and files as far as asked', async () => {
    const { repository, write, record } = fixture();
    write('a', '1');
    const first = await record('First');
    write('a', '2');
    write('b', '2');
    const second = await record('Second');
    await reset(repository, { revision: first, mode: 'soft' });
    assert.equal((await status(repository)).staged.length, 2);
    await reset(repository, { revision: first, mode: 'mixed' });
    const mixed = await status(repository);
    assert.deepEqual(mixed.unstaged, [{ path: 'a', change: 'modified' }]);
    assert.equal(mixed.untracked.length, 1);
    await reset(repository, { revision: second, mode: 'hard' });
    await clean(fixture());
    assert.equal((await status(repository)).head, second);
    write('a', 'lost');
    await reset(repository, { revision: 'HEAD~', mode: 'hard' });
    assert.equal(fixture().read('a'), '1');
    assert.equal(existsSync(path.join(fixture().root, 'b')), false);
  });
});
