/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call -- the programme's answers are looked at as they come */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';

import { Sandbox, type Json } from './sandbox.ts';

const ZERO = { total: 0, present: 0 };

describe('the verbs that talk to another folder', function () {
  this.timeout(60_000);
  let start: Sandbox;
  let sandbox: Sandbox;
  let first: string;

  before(async () => {
    start = await Sandbox.create();
    sandbox = start;
    await sandbox.json(['init', '--bare', 'store']);
    await sandbox.json(['init', 'ada']);
    await sandbox.write('ada/take.mov', randomBytes(2_000_000));
    await sandbox.write('ada/notes/day.txt', 'first\n');
    first = await record('ada', 'first');
  });
  after(async () => {
    await start[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    sandbox = await start.copy();
    await sandbox.json(['-C', 'ada', 'remote', 'add', 'origin', sandbox.path('store')]);
  });
  afterEach(async () => {
    await sandbox[Symbol.asyncDispose]();
  });

  async function record(folder: string, message: string): Promise<string> {
    await sandbox.json(['-C', folder, 'add', '-A']);
    return String((await sandbox.json(['-C', folder, 'commit', '-m', message]))['id']);
  }

  it('push, clone, push back and pull, byte for byte', async () => {
    const pushed = await sandbox.json(['-C', 'ada', 'push']);
    assert.deepEqual(pushed['refs'], [
      { name: 'refs/heads/main', old: null, new: first, result: 'created' },
    ]);
    assert.equal(pushed['path'], 'local');
    assert.equal(pushed['chunks'].sent, pushed['chunks'].total);
    assert.equal(pushed['chunks'].present, 0);
    assert.ok(pushed['objects'].total > pushed['chunks'].total);
    assert.ok(pushed['bytes'].logical >= 2_000_006);
    assert.ok(pushed['bytes'].wire >= pushed['bytes'].sent);

    const cloned = await sandbox.json(['clone', 'store', 'ben']);
    assert.deepEqual(cloned['refs'], [
      { name: 'refs/heads/main', old: null, new: first, result: 'created' },
    ]);
    assert.equal(cloned['chunks'].received, pushed['chunks'].sent);
    assert.equal(cloned['branch'], 'main');
    assert.deepEqual(
      await readFile(sandbox.path('ben/take.mov')),
      await readFile(sandbox.path('ada/take.mov')),
    );

    await sandbox.write('ben/notes/day.txt', 'second\n');
    const second = await record('ben', 'second');
    const back = await sandbox.json(['-C', 'ben', 'push']);
    assert.deepEqual(back['refs'], [
      { name: 'refs/heads/main', old: first, new: second, result: 'updated' },
    ]);
    assert.equal(back['chunks'].sent, 1);

    const pulled = await sandbox.json(['-C', 'ada', 'pull']);
    assert.deepEqual(pulled['refs'], [
      { name: 'refs/heads/main', old: first, new: second, result: 'updated' },
    ]);
    assert.equal(pulled['head'], second);
    assert.equal(await readFile(sandbox.path('ada/notes/day.txt'), 'utf8'), 'second\n');
    assert.equal((await sandbox.json(['-C', 'ada', 'status']))['clean'], true);
  });

  it('say that nothing is new, and move nothing', async () => {
    await sandbox.json(['-C', 'ada', 'push']);
    const again = await sandbox.json(['-C', 'ada', 'push']);
    assert.deepEqual(again['refs'], [
      { name: 'refs/heads/main', old: first, new: first, result: 'up-to-date' },
    ]);
    assert.deepEqual(again['chunks'], { ...ZERO, sent: 0 });
    const pulled = await sandbox.json(['-C', 'ada', 'pull']);
    assert.equal(pulled['refs'][0].result, 'up-to-date');
    assert.deepEqual(pulled['chunks'], { ...ZERO, received: 0 });
  });

  it('refuse to lose commits, unless told to', async () => {
    await sandbox.json(['-C', 'ada', 'push']);
    await sandbox.json(['clone', 'store', 'ben']);
    await sandbox.write('ada/a.txt', 'a\n');
    const ours = await record('ada', 'ours');
    await sandbox.json(['-C', 'ada', 'push']);
    await sandbox.write('ben/b.txt', 'b\n');
    const theirs = await record('ben', 'theirs');

    const rejected = await sandbox.run(['-C', 'ben', 'push', '--json']);
    assert.equal(rejected.status, 4);
    assert.equal(rejected.result['refs'][0].result, 'rejected-non-fast-forward');
    assert.match(rejected.result['error'].hint, /dits pull/);

    const diverged = await sandbox.run(['-C', 'ben', 'pull', '--json']);
    assert.equal(diverged.status, 4);
    assert.equal(diverged.result['refs'][0].result, 'rejected-non-fast-forward');
    assert.equal((await sandbox.json(['-C', 'ben', 'status']))['head'], theirs);

    const forced = await sandbox.json(['-C', 'ben', 'push', '--force']);
    assert.deepEqual(forced['refs'][0], {
      name: 'refs/heads/main',
      old: ours,
      new: theirs,
      result: 'updated',
    });
  });

  it('leave a branch alone that somebody has checked out', async () => {
    await sandbox.json(['clone', 'ada', 'ben']);
    await sandbox.write('ben/b.txt', 'b\n');
    await record('ben', 'theirs');
    const denied = await sandbox.run(['-C', 'ben', 'push', '--json']);
    assert.equal(denied.status, 7);
    assert.equal(denied.result['refs'][0].result, 'denied');
    await sandbox.json(['-C', 'ben', 'push', 'origin', 'main:from-ben']);
    const { branches } = await sandbox.json(['-C', 'ada', 'branch']);
    assert.deepEqual(
      branches.map(({ name }: Json) => String(name)),
      ['from-ben', 'main'],
    );
  });

  it('bring branches and tags, and make local ones that follow', async () => {
    await sandbox.json(['-C', 'ada', 'switch', '-c', 'grading']);
    await sandbox.json(['-C', 'ada', 'tag', '-m', 'The first cut', 'v1']);
    await sandbox.json(['-C', 'ada', 'push', '--all', '--tags']);
    await sandbox.json(['clone', 'store', 'ben', '--branch', 'grading']);
    const status = await sandbox.json(['-C', 'ben', 'status']);
    assert.equal(status['branch'], 'grading');
    assert.equal((await sandbox.json(['-C', 'ben', 'tag']))['tags'][0].name, 'v1');
    await sandbox.json(['-C', 'ben', 'switch', 'main']);
    const { branches } = await sandbox.json(['-C', 'ben', 'branch']);
    assert.deepEqual(
      branches.map(({ name, upstream }: Json) => [String(name), String(upstream)]),
      [
        ['grading', 'origin/grading'],
        ['main', 'origin/main'],
      ],
    );
  });

  it('delete a branch of the remote', async () => {
    await sandbox.json(['-C', 'ada', 'push', 'origin', 'main:old']);
    const gone = await sandbox.json(['-C', 'ada', 'push', 'origin', '--delete', 'old']);
    assert.deepEqual(gone['refs'], [
      { name: 'refs/heads/old', old: first, new: null, result: 'deleted' },
    ]);
  });

  it('clone bare, and without files', async () => {
    await sandbox.json(['-C', 'ada', 'push']);
    await sandbox.json(['clone', '--bare', 'store', 'copy']);
    assert.equal((await sandbox.json(['-C', 'copy', 'fsck']))['missing'].length, 0);
    await sandbox.json(['clone', 'copy', 'empty', '--no-checkout']);
    assert.deepEqual(await readdir(sandbox.path('empty')), ['.dits']);
  });

  it('clone an empty repository', async () => {
    await sandbox.json(['clone', 'store', 'ben']);
    await sandbox.write('ben/b.txt', 'b\n');
    const id = await record('ben', 'first');
    assert.equal((await sandbox.json(['-C', 'ben', 'push']))['refs'][0].new, id);
  });

  it('go on with a clone that was cut off, and refuse a folder of somebody else', async () => {
    await sandbox.json(['-C', 'ada', 'push']);
    await sandbox.json(['init', 'ben']);
    await sandbox.json(['clone', 'store', 'ben']);
    const again = await sandbox.run(['clone', 'store', 'ben', '--json']);
    assert.equal(again.status, 4);
    assert.equal(again.result['error'].code, 'DITS_CLI_TARGET_EXISTS');
    await sandbox.write('mine/file.txt', 'mine\n');
    assert.equal((await sandbox.run(['clone', 'store', 'mine'])).status, 4);
  });

  it('leave nothing behind when the address is wrong', async () => {
    const wrong = await sandbox.run(['clone', 'nowhere', 'ben', '--json']);
    assert.equal(wrong.status, 3);
    await assert.rejects(readdir(sandbox.path('ben')));
    assert.equal((await sandbox.run(['clone', 'http://studio.example/film'])).status, 2);
  });

  it('say what is missing when there is no remote', async () => {
    await sandbox.json(['-C', 'ada', 'remote', 'remove', 'origin']);
    const { status, result } = await sandbox.run(['-C', 'ada', 'push', '--json']);
    assert.equal(status, 3);
    assert.match(result['error'].hint, /dits remote add/);
    assert.equal((await sandbox.run(['-C', 'ada', 'push', 'orgin'])).status, 3);
  });

  it('take a file address', async () => {
    await sandbox.json(['-C', 'ada', 'push', `file://${sandbox.path('store')}`, 'main']);
    await sandbox.json(['clone', `file://${sandbox.path('store')}`, 'ben']);
    assert.ok((await readdir(sandbox.path('ben'))).includes('take.mov'));
  });
});
