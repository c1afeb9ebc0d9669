import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WorkIndex, add, stagedObjects, status } from '../../../repo/index.ts';
import { ingestFile } from '../../../store/index.ts';
import { noise } from '../../support/described-bytes.ts';
import { repositoryFixture, codeOf } from '../repository-fixture.ts';

describe('add', () => {
  const fixture = repositoryFixture();

  it('counts what it took in and what the store had already', async () => {
    const { repository, write } = fixture();
    write('a', 'same');
    write('b', 'same');
    write('c', 'other');
    const first = await add(repository, ['.']);
    assert.equal(first.files, 3);
    assert.equal(first.bytes, 13);
    assert.equal(first.chunks, 3);
    assert.equal(first.newChunks, 2);
    const again = await add(repository, ['.']);
    assert.equal(again.files, 0);
  });

  it('stages removals below what was named, and only there', async () => {
    const { repository, root, write, record } = fixture();
    write('in/a', '1');
    write('in/b', '2');
    write('out/c', '3');
    await record('First');
    rmSync(path.join(root, 'in/a'));
    rmSync(path.join(root, 'out/c'));
    const result = await add(repository, ['in']);
    assert.equal(result.removed, 1);
    const found = await status(repository);
    assert.deepEqual(found.staged, [{ path: 'in/a', change: 'deleted' }]);
    assert.deepEqual(found.unstaged, [{ path: 'out/c', change: 'deleted' }]);
    await add(repository, ['out/c']);
    assert.equal((await status(repository)).unstaged.length, 0);
  });

  it('takes paths relative to the folder it is given, and through a link that leads to the repository', async () => {
    const { repository, root, write } = fixture();
    write('sub/a', '1');
    write('sub/b', '2');
    await add(repository, ['a'], { cwd: path.join(root, 'sub') });
    const shortcut = path.join(path.dirname(root), 'shortcut');
    symlinkSync(root, shortcut);
    await add(repository, ['b'], { cwd: path.join(shortcut, 'sub') });
    assert.deepEqual(
      (await status(repository)).staged.map((entry) => entry.path),
      ['sub/a', 'sub/b'],
    );
  });

  it('refuses what is outside, beyond a link, in the store, or not there', async () => {
    const { repository, root, write } = fixture();
    write('a', '1');
    const outside = path.join(path.dirname(root), 'outside');
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'secret'), 's');
    symlinkSync(outside, path.join(root, 'door'));
    assert.equal(await codeOf(add(repository, ['../outside/secret'])), 'DITS_REPO_PATH_OUTSIDE');
    assert.equal(await codeOf(add(repository, ['door/secret'])), 'DITS_REPO_PATH_OUTSIDE');
    assert.equal(await codeOf(add(repository, ['/etc/passwd'])), 'DITS_REPO_PATH_OUTSIDE');
    assert.equal(await codeOf(add(repository, ['.dits/config.toml'])), 'DITS_REPO_UNSAFE_PATH');
    assert.equal(await codeOf(add(repository, ['.dits'])), 'DITS_REPO_UNSAFE_PATH');
    assert.equal(await codeOf(add(repository, ['missing'])), 'DITS_REPO_PATH_NOT_FOUND');
    await add(repository, ['door']);
    assert.deepEqual((await status(repository)).staged, [{ path: 'door', change: 'added' }]);
  });

  it('stages nothing when one name is refused', async () => {
    const { repository, write } = fixture();
    for (const name of [
      'CON',
      'a:b',
      'back\\slash',
      'line\nbreak',
      'trail.',
      '.DITS/x',
      'a\u202etxt',
    ]) {
      write('good', '1');
      write(name, '1');
      const code = await codeOf(add(repository, ['.']));
      rmSync(path.join(fixture().root, name.split('/')[0]!), { recursive: true });
      if (name === 'a\u202etxt') continue;
      assert.equal(code, 'DITS_REPO_UNSAFE_PATH', JSON.stringify(name));
      assert.deepEqual((await status(repository)).staged, []);
    }
  });

  it('refuses twins that differ in case or Unicode form, files and folders alike', async () => {
    const { repository, root, write, record } = fixture();
    write('Shot/a.exr', '1');
    await record('First');
    write('shot/b.exr', '2');
    assert.equal(await codeOf(add(repository, ['.'])), 'DITS_REPO_NAME_TWIN');
    rmSync(path.join(root, 'shot'), { recursive: true });
    write('Shot/A.exr', '2');
    assert.equal(await codeOf(add(repository, ['Shot/A.exr'])), 'DITS_REPO_NAME_TWIN');
    rmSync(path.join(root, 'Shot/a.exr'));
    await add(repository, ['.']);
    assert.deepEqual((await status(repository)).staged, [
      { path: 'Shot/A.exr', change: 'added' },
      { path: 'Shot/a.exr', change: 'deleted' },
    ]);
  });

  it('stores a decomposed name composed, and knows the file again', async () => {
    const { repository, write } = fixture();
    write('u\u0308ber/e\u0301.txt', '1');
    await add(repository, ['.']);
    const found = await status(repository);
    assert.deepEqual(found.staged, [{ path: '\u00fcber/\u00e9.txt', change: 'added' }]);
    assert.deepEqual(found.unstaged, []);
    assert.deepEqual(found.untracked, []);
    write('u\u0308ber/e\u0301.txt', 'changed');
    await add(repository, ['u\u0308ber/e\u0301.txt']);
    assert.deepEqual((await status(repository)).unstaged, []);
  });

  it('skips what is no file, link or folder and says so', async () => {
    const { repository, root, write } = fixture();
    write('a', '1');
    execFileSync('mkfifo', [path.join(root, 'pipe')]);
    const result = await add(repository, ['.']);
    assert.deepEqual(result.skipped, [{ path: 'pipe', reason: 'special-file' }]);
    assert.equal(result.files, 1);
  });

  it('skips a name that is not UTF-8, and says so', async () => {
    const { repository, root, write } = fixture();
    write('a', '1');
    try {
      writeFileSync(Buffer.concat([Buffer.from(`${root}/bad-`), Buffer.from([0xff])]), '1');
    } catch {
      // This disk holds only UTF-8 names: there is nothing to test.
      return;
    }
    const result = await add(repository, ['.']);
    assert.deepEqual(result.skipped, [{ path: 'bad-\ufffd', reason: 'unreadable-name' }]);
    assert.equal(result.files, 1);
  });

  it('turns a file into a folder and back', async () => {
    const { repository, root, write, record } = fixture();
    write('x', 'file');
    await record('First');
    rmSync(path.join(root, 'x'));
    write('x/y', 'inside');
    await add(repository, ['x/y']);
    assert.deepEqual(
      (await status(repository)).staged.map((entry) => `${entry.change} ${entry.path}`),
      ['deleted x', 'added x/y'],
    );
    await record('Second');
    rmSync(path.join(root, 'x'), { recursive: true });
    write('x', 'file again');
    await add(repository, ['x']);
    await record('Third');
    assert.equal((await status(repository)).clean, true);
  });

  it('cuts a file with the profile of its earlier version, also when only the manifest still knows it', async () => {
    const { repository, write, record } = fixture();
    const { objects } = repository.store;
    const bytes = noise('5', 3_000_000);
    const path = 'take';
    write(path, bytes);
    await record('First');
    const index = WorkIndex.decode(readFileSync(repository.layout.indexFile));
    const before = index.get(path);
    const other = before?.profile === 2 ? 1 : 2;
    const root = repository.tree.absolute(path);
    const taken = await ingestFile({ store: objects }, { path: root, profile: other });
    assert.notDeepEqual(taken.content, before?.content);
    // As after a checkout: the content is known, its profile is not, and nothing of the file on disk.
    index.set({ ...before!, content: taken.content, profile: 0, stat: undefined });
    writeFileSync(repository.layout.indexFile, index.encode());
    await add(repository, ['.']);
    const after = WorkIndex.decode(readFileSync(repository.layout.indexFile)).get(path);
    assert.deepEqual([after?.content, after?.profile], [taken.content, other]);
    const roots = await stagedObjects(repository.layout);
    assert.ok(after?.content.kind === 'manifest' && roots.includes(after.content.id));
  });

  it('stops with the reason of an abort and stages nothing', async () => {
    const { repository, write } = fixture();
    write('a', '1');
    const reason = new Error('enough');
    await assert.rejects(add(repository, ['.'], { signal: AbortSignal.abort(reason) }), reason);
    assert.deepEqual((await status(repository)).staged, []);
  });
});
