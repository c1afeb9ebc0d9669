import assert from 'node:assert/strict';
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { add, move, remove, status } from '../../../repo/index.ts';
import { codeOf, repositoryFixture } from '../repository-fixture.ts';

describe('rm', () => {
  const fixture = repositoryFixture();

  it('removes files and the folders that this leaves empty', async () => {
    const { repository, root, write, record } = fixture();
    write('a/b/c', '1');
    write('keep', '2');
    await record('First');
    assert.equal(await codeOf(remove(repository, ['a'])), 'DITS_REPO_IS_FOLDER');
    assert.deepEqual((await remove(repository, ['a'], { recursive: true })).removed, ['a/b/c']);
    assert.equal(existsSync(path.join(root, 'a')), false);
    assert.deepEqual((await status(repository)).staged, [{ path: 'a/b/c', change: 'deleted' }]);
    assert.equal(await codeOf(remove(repository, ['nothing'])), 'DITS_REPO_PATH_NOT_FOUND');
  });

  it('refuses to remove what is in no commit', async () => {
    const { repository, root, write, record } = fixture();
    write('edited', '1');
    write('staged', '1');
    await record('First');
    write('edited', '2');
    write('staged', '2');
    write('new', '2');
    await add(repository, ['staged', 'new']);
    for (const name of ['edited', 'staged', 'new']) {
      assert.equal(await codeOf(remove(repository, [name])), 'DITS_REPO_LOCAL_CHANGES', name);
      assert.equal(existsSync(path.join(root, name)), true);
    }
    await remove(repository, ['new', 'edited'], { cached: true });
    assert.equal(existsSync(path.join(root, 'new')), true);
    await remove(repository, ['staged'], { force: true });
    assert.equal(existsSync(path.join(root, 'staged')), false);
  });

  it('does not reach through a link that took the place of a folder', async () => {
    const { repository, root, write, record } = fixture();
    write('a/b', '1');
    await record('First');
    const outside = path.join(path.dirname(root), 'outside');
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'b'), '1');
    rmSync(path.join(root, 'a'), { recursive: true });
    symlinkSync(outside, path.join(root, 'a'));
    assert.equal(await codeOf(remove(repository, ['a/b'])), 'DITS_REPO_PATH_OUTSIDE');
    await remove(repository, ['a'], { recursive: true, force: true });
    assert.equal(existsSync(path.join(outside, 'b')), true);
  });
});

describe('mv', () => {
  const fixture = repositoryFixture();

  it('renames files and folders and stages that', async () => {
    const { repository, root, write, record } = fixture();
    write('a', 'one');
    write('folder/x/y', 'two');
    await record('First');
    await move(repository, { sources: ['a'], destination: 'deep/er/b' });
    await move(repository, { sources: ['folder'], destination: 'moved' });
    const found = await status(repository);
    assert.deepEqual(found.staged, [
      { path: 'deep/er/b', change: 'renamed', from: 'a' },
      { path: 'moved/x/y', change: 'renamed', from: 'folder/x/y' },
    ]);
    assert.deepEqual(found.unstaged, []);
    assert.deepEqual(found.untracked, []);
    assert.equal(existsSync(path.join(root, 'folder')), false);
    await move(repository, { sources: ['deep/er/b', 'moved/x'], destination: '.' });
    assert.deepEqual(
      (await status(repository)).staged.map((entry) => entry.path),
      ['b', 'x/y'],
    );
  });

  it('finishes what was moved on disk and not yet recorded', async () => {
    const { repository, root, write, record } = fixture();
    write('file', '1');
    write('folder/inner', '2');
    await record('First');
    renameSync(path.join(root, 'file'), path.join(root, 'renamed'));
    renameSync(path.join(root, 'folder'), path.join(root, 'moved'));
    await move(repository, { sources: ['file'], destination: 'renamed' });
    await move(repository, { sources: ['folder'], destination: 'moved' });
    const { staged, unstaged, untracked } = await status(repository);
    assert.deepEqual(staged, [
      { path: 'moved/inner', change: 'renamed', from: 'folder/inner' },
      { path: 'renamed', change: 'renamed', from: 'file' },
    ]);
    assert.deepEqual([unstaged, untracked], [[], []]);
    write('other', '3');
    await record('Second');
    rmSync(path.join(root, 'renamed'));
    const onto = move(repository, { sources: ['renamed'], destination: 'other' });
    assert.equal(await codeOf(onto), 'DITS_REPO_PATH_EXISTS');
  });

  it('refuses to overwrite, to move into itself, and to make an unsafe or twin name', async () => {
    const { repository, write, record } = fixture();
    write('a', '1');
    write('b', '2');
    write('d/c', '3');
    await record('First');
    const to = async (source: string, destination: string): Promise<string> =>
      codeOf(move(repository, { sources: [source], destination }));
    assert.equal(await to('a', 'b'), 'DITS_REPO_PATH_EXISTS');
    assert.equal(await to('d', 'd/e'), 'DITS_REPO_PATH_EXISTS');
    assert.equal(await to('a', 'CON'), 'DITS_REPO_UNSAFE_PATH');
    assert.equal(await to('a', 'B'), 'DITS_REPO_NAME_TWIN');
    assert.equal(await to('gone', 'x'), 'DITS_REPO_PATH_NOT_FOUND');
    assert.equal(await to('a', '../x'), 'DITS_REPO_PATH_OUTSIDE');
    assert.equal((await status(repository)).clean, true);
  });
});
