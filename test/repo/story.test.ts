import assert from 'node:assert/strict';
import { chmodSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import {
  add,
  commit,
  createTag,
  diff,
  listFiles,
  log,
  mergeFastForward,
  resolveRevision,
  restore,
  status,
  switchTo,
  type FileDifference,
} from '../../repo/index.ts';
import { activeHash } from '../../store/index.ts';
import { noise } from '../support/described-bytes.ts';
import { repositoryFixture } from './repository-fixture.ts';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('the story of a working tree', () => {
  const fixture = repositoryFixture();

  it('records versions and brings each of them back byte for byte', async () => {
    const { repository, root, write, snapshot, record } = fixture();
    write('notes/a.txt', 'one\ntwo\n');
    write('run.sh', '#!/bin/sh\n', 0o755);
    write('empty', '');
    write('footage/take.mov', noise('1', 5_000_000));
    write('Überblick/größe.txt', 'utf-8\n');
    symlinkSync('notes/a.txt', path.join(root, 'latest'));

    const unborn = await status(repository);
    assert.equal(unborn.branch, 'main');
    assert.equal(unborn.head, undefined);
    assert.deepEqual(
      unborn.untracked.map((entry) => entry.path),
      ['empty', 'footage/', 'latest', 'notes/', 'run.sh', 'Überblick/'],
    );

    const first = await record('First');
    const firstFiles = snapshot();
    assert.equal((await status(repository)).clean, true);

    write('notes/a.txt', 'one\ntwo and a half\n');
    chmodSync(path.join(root, 'run.sh'), 0o644);
    unlinkSync(path.join(root, 'latest'));
    symlinkSync('run.sh', path.join(root, 'latest'));
    const take = noise('1', 5_000_000);
    take.fill(7, 2_000_000, 2_100_000);
    write('footage/take.mov', take);
    rmSync(path.join(root, 'empty'));
    write('empty/not-any-more', 'x');
    const edited = await status(repository);
    assert.deepEqual(
      edited.unstaged.map(({ path: name, change }) => `${change} ${name}`),
      [
        'deleted empty',
        'modified footage/take.mov',
        'modified latest',
        'modified notes/a.txt',
        'modified run.sh',
      ],
    );
    const textual = (await collect(diff(repository, { kind: 'index-worktree' }))).find(
      (found: FileDifference) => found.path === 'notes/a.txt',
    );
    assert.deepEqual(textual?.text?.hunks[0]?.lines, [' one', '-two', '+two and a half']);

    const second = await record('Second');
    const secondFiles = snapshot();
    const between = await collect(
      diff(repository, { kind: 'revisions', from: 'HEAD~', to: 'HEAD' }),
    );
    const shared = between.find((found) => found.path === 'footage/take.mov')?.shared;
    assert.ok(shared !== undefined && shared.bytesShared > 4_000_000, 'most of the take is shared');

    const back = await switchTo(repository, first, {});
    assert.equal(back.branch, undefined);
    assert.deepEqual(snapshot(), firstFiles);
    assert.equal((await status(repository)).clean, true);

    const forth = await switchTo(repository, 'main');
    assert.equal(forth.head, second);
    assert.equal(forth.branch, 'main');
    assert.deepEqual(snapshot(), secondFiles);
    assert.equal((await status(repository)).clean, true);

    const listed = await collect(listFiles(repository, { revision: first.slice(0, 8) }));
    const mov = listed.find((file) => file.path === 'footage/take.mov');
    assert.ok(mov !== undefined && mov.chunks > 1, 'the take is cut into chunks');
    assert.equal(mov.b3, activeHash.hash(noise('1', 5_000_000)).toString('hex'));

    await createTag(repository, 'v1', { revision: first, message: 'One' });
    assert.equal((await resolveRevision(repository, 'v1')).commit, first);
    const messages = (await collect(log(repository))).map((entry) => entry.commit.message);
    assert.deepEqual(messages, ['Second', 'First']);

    await switchTo(repository, 'v1', { create: 'side' });
    await restore(repository, ['notes'], { source: 'main', into: 'both' });
    assert.equal((await status(repository)).staged.length, 1);
    await commit(repository, { message: 'On the side' });
    await switchTo(repository, first, { detach: true });
    const moved = await mergeFastForward(repository, second);
    assert.equal(moved.moved, true);
    assert.deepEqual(snapshot(), secondFiles);
    await add(repository, ['.']);
    assert.equal((await status(repository)).clean, true);
  });
});
