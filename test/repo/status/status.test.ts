import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { add, commit, status, type Repository } from '../../../repo/index.ts';
import { repositoryFixture } from '../repository-fixture.ts';

async function unstaged(repository: Repository): Promise<string[]> {
  return (await status(repository)).unstaged.map((entry) => `${entry.change} ${entry.path}`);
}

describe('status', () => {
  const fixture = repositoryFixture();

  it('sees a file that was written again in the same instant, with the same size and times', async () => {
    const { repository, root, write } = fixture();
    for (let round = 0; round < 20; round++) {
      const name = `file-${round}`;
      write(name, 'before');
      await add(repository, [name]);
      const { atime, mtime } = statSync(path.join(root, name));
      write(name, 'after!');
      utimesSync(path.join(root, name), atime, mtime);
      assert.deepEqual(await unstaged(repository), [`modified ${name}`]);
      await add(repository, [name]);
    }
  });

  it('sees a change made right after a commit or a checkout of the same bytes', async () => {
    const { repository, root, write, record } = fixture();
    write('a', '1111');
    await record('First');
    write('a', '2222');
    assert.deepEqual(await unstaged(repository), ['modified a']);
    write('a', '1111');
    assert.deepEqual(await unstaged(repository), []);
    assert.equal(readFileSync(path.join(root, 'a'), 'utf8'), '1111');
  });

  it('learns that a touched file is unchanged, so that it is read once', async () => {
    const { repository, root, write, record } = fixture();
    write('a', 'content');
    await record('First');
    const later = new Date(Date.now() - 100_000);
    utimesSync(path.join(root, 'a'), later, later);
    // In the clock tick of the change itself a file proves nothing, so that a few rounds may still read it.
    let before = Buffer.alloc(0);
    for (let round = 0; round < 1_000; round++) {
      assert.deepEqual(await unstaged(repository), []);
      const after = readFileSync(repository.layout.indexFile);
      if (after.equals(before)) return;
      before = after;
    }
    assert.fail('the index is written again and again');
  });

  it('tells kinds of change apart', async () => {
    const { repository, root, write, record } = fixture();
    for (const name of ['mode', 'gone', 'linked', 'folder', 'grown']) write(name, 'x');
    await record('First');
    chmodSync(path.join(root, 'mode'), 0o755);
    for (const name of ['gone', 'linked', 'folder']) rmSync(path.join(root, name));
    symlinkSync('mode', path.join(root, 'linked'));
    write('folder/inside', 'y');
    write('grown', 'longer');
    const found = await status(repository);
    assert.deepEqual(found.unstaged, [
      { path: 'folder', change: 'deleted' },
      { path: 'gone', change: 'deleted' },
      { path: 'grown', change: 'modified' },
      { path: 'linked', change: 'typechange' },
      { path: 'mode', change: 'modified' },
    ]);
    assert.deepEqual(
      found.untracked.map((entry) => entry.path),
      ['folder/'],
    );
  });

  it('shows a staged move as a rename, also across folders', async () => {
    const { repository, root, write, record } = fixture();
    write('old/name.mov', 'take one');
    write('stays', '1');
    await record('First');
    mkdirSync(path.join(root, 'new'));
    writeFileSync(path.join(root, 'new/name.mov'), 'take one');
    rmSync(path.join(root, 'old'), { recursive: true });
    await add(repository, ['.']);
    assert.deepEqual((await status(repository)).staged, [
      { path: 'new/name.mov', change: 'renamed', from: 'old/name.mov' },
    ]);
  });

  it('says what is staged also when the branch has moved below the index', async () => {
    const { repository, write, record } = fixture();
    write('a', '1');
    const first = await record('First');
    write('b', '2');
    await record('Second');
    const { refs } = repository.store;
    const head = await refs.head();
    assert.ok(head.kind === 'branch');
    const change = { name: head.name, target: first };
    await refs.update([change], { actor: 'test', reason: 'test' });
    assert.deepEqual((await status(repository)).staged, [{ path: 'b', change: 'added' }]);
  });

  it('shows empty folders, special names and nested repositories as git does', async () => {
    const { repository, root, write } = fixture();
    mkdirSync(path.join(root, 'empty/inner'), { recursive: true });
    mkdirSync(path.join(root, 'nested/.dits'), { recursive: true });
    write('nested/file', '1');
    write('a b\\c"\u00e9', '1');
    const found = await status(repository);
    assert.deepEqual(
      found.untracked.map((entry) => entry.path),
      ['a b\\c"\u00e9'],
    );
    const staged = await add(repository, ['nested']);
    assert.deepEqual(staged.skipped, [{ path: 'nested', reason: 'other-repository' }]);
  });

  it('stays right when commits are made on top of each other', async () => {
    const { repository, root, write, record } = fixture();
    for (let at = 0; at < 30; at++) write(`d${at % 5}/f${at}`, String(at));
    await record('First');
    write('d1/f1', 'changed');
    rmSync(path.join(root, 'd2'), { recursive: true });
    await commit(repository, { message: 'Second', all: true });
    const found = await status(repository);
    assert.equal(found.clean, true);
  });
});
