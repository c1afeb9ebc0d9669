/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call -- the programme's answers are looked at as they come */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { access, readFile, rm, symlink } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';

import { Sandbox, type Json } from './sandbox.ts';

const ID = /^[0-9a-f]{64}$/;

describe('the verbs of a repository', function () {
  this.timeout(60_000);
  let start: Sandbox;
  let sandbox: Sandbox;

  before(async () => {
    start = await Sandbox.create();
    sandbox = start;
    await sandbox.json(['init', 'work']);
    await sandbox.json(['config', 'set', '--user', 'user.name', 'Ada']);
    await sandbox.json(['config', 'set', '--user', 'user.email', 'ada@studio.example']);
  });
  after(async () => {
    await start[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    sandbox = await start.copy();
  });
  afterEach(async () => {
    await sandbox[Symbol.asyncDispose]();
  });

  const work = { cwd: 'work' };
  const run = (...words: string[]) => sandbox.run(words, work);
  const json = (...words: string[]): Promise<Json> => sandbox.json(words, work);

  async function commitFile(name: string, content: string | Uint8Array): Promise<string> {
    await sandbox.write(`work/${name}`, content);
    await json('add', name);
    return String((await json('commit', '-m', `Add ${name}`))['id']);
  }

  it('go from an empty folder to a recorded project', async () => {
    await sandbox.write('work/footage/take.mov', randomBytes(3_000_000));
    await sandbox.write('work/notes.txt', 'first\n');
    const before = await json('status');
    assert.equal(before['branch'], 'main');
    assert.equal(before['head'], null);
    assert.equal(before['clean'], false);
    assert.deepEqual(before['untracked'], [
      { path: 'footage/', change: 'untracked' },
      { path: 'notes.txt', change: 'untracked' },
    ]);

    const added = await json('add', '-A');
    assert.equal(added['files'], 2);
    assert.equal(added['bytes'], 3_000_006);
    assert.ok(added['chunks'] >= 2 && added['newChunks'] === added['chunks']);
    assert.ok(added['storedBytes'] >= 3_000_000);
    assert.equal(typeof added['elapsedMs'], 'number');
    assert.deepEqual((await json('status'))['staged'], [
      { path: 'footage/take.mov', change: 'added' },
      { path: 'notes.txt', change: 'added' },
    ]);

    const commit = await json('commit', '-m', 'The first take');
    assert.match(commit['id'], ID);
    assert.match(commit['tree'], ID);
    assert.deepEqual(commit['parents'], []);
    const after = await json('status');
    assert.equal(after['clean'], true);
    assert.equal(after['head'], commit['id']);
  });

  it('list the history newest first, with who and when', async () => {
    const first = await commitFile('a.txt', 'a\n');
    const second = await commitFile('b.txt', 'b\n');
    const { events, stdout } = await run('log', '--json');
    const commits = events.filter(({ event }) => event === 'commit');
    assert.deepEqual(
      commits.map(({ id }) => String(id)),
      [second, first],
    );
    assert.equal(commits[0]!['author'].name, 'Ada');
    assert.match(
      commits[0]!['author'].time,
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/,
    );
    assert.equal(stdout.trimEnd().split('\n').length, 3);
    assert.equal((await run('log', '-n', '1', '--oneline')).stdout.trimEnd().split('\n').length, 1);
  });

  it('show what a commit changed, and what differs', async () => {
    await commitFile('a.txt', 'one\ntwo\n');
    const second = await commitFile('a.txt', 'one\n2\n');
    const shown = await json('show', second);
    assert.equal(shown['id'], second);
    assert.deepEqual(
      shown['files'].map(({ path, change }: Json) => ({ path, change })),
      [{ path: 'a.txt', change: 'modified' }],
    );
    assert.match((await run('show')).stdout, /-two\n\+2\n/);
    await sandbox.write('work/a.txt', 'one\nthree\n');
    assert.match((await run('diff')).stdout, /-2\n\+three\n/);
    assert.equal((await run('diff', '--cached')).stdout, '');
    assert.equal((await json('diff', 'HEAD~1', 'HEAD'))['files'].length, 1);
  });

  it('print a list of files that b3sum accepts', async function () {
    await commitFile('folder/big file.mov', randomBytes(1_000_000));
    await commitFile('ünïcode.txt', 'text\n');
    const { events, result } = await run('ls-files', '--json');
    assert.equal(result['files'], 2);
    const file = events[0] ?? {};
    assert.equal(file['path'], 'folder/big file.mov');
    assert.equal(file['size'], 1_000_000);
    assert.match(file['b3'], ID);
    assert.ok(file['chunks'] >= 1);
    const list = (await run('ls-files', '--b3sum')).stdout;
    assert.match(list, /^[0-9a-f]{64} {2}folder\/big file\.mov\n[0-9a-f]{64} {2}ünïcode\.txt\n$/);
    if (spawnSync('b3sum', ['--version']).status !== 0) return;
    const check = spawnSync('b3sum', ['--check'], { input: list, cwd: sandbox.path('work') });
    assert.equal(check.status, 0, String(check.stdout));
  });

  it('write earlier versions, and refuse to lose what is nowhere else', async () => {
    const first = await commitFile('a.txt', 'old\n');
    const second = await commitFile('a.txt', 'new\n');
    const checkout = await json('checkout', first);
    assert.equal(checkout['head'], first);
    assert.equal(checkout['written'], 1);
    assert.equal(await readFile(sandbox.path('work/a.txt'), 'utf8'), 'old\n');
    await sandbox.write('work/a.txt', 'mine\n');
    const refused = await run('switch', 'main', '--json');
    assert.equal(refused.status, 4);
    assert.match(refused.result['error'].code, /LOCAL_CHANGES/);
    assert.equal(await readFile(sandbox.path('work/a.txt'), 'utf8'), 'mine\n');
    await json('restore', 'a.txt');
    assert.equal((await json('switch', 'main'))['head'], second);
    await json('checkout', first, '--', 'a.txt');
    assert.equal(await readFile(sandbox.path('work/a.txt'), 'utf8'), 'old\n');
  });

  it('rename and remove', async () => {
    await commitFile('a.txt', 'text\n');
    await json('mv', 'a.txt', 'b.txt');
    assert.deepEqual((await json('status'))['staged'], [
      { path: 'b.txt', change: 'renamed', from: 'a.txt' },
    ]);
    await json('commit', '-m', 'Rename it');
    const removed = await json('rm', 'b.txt');
    assert.equal(removed['files'], 1);
    await assert.rejects(access(sandbox.path('work/b.txt')));
    assert.deepEqual((await json('status'))['staged'], [{ path: 'b.txt', change: 'deleted' }]);
  });

  it('keep branches and tags', async () => {
    const first = await commitFile('a.txt', 'text\n');
    await json('switch', '-c', 'grading');
    const second = await commitFile('a.txt', 'more\n');
    await json('tag', 'v1', first);
    const { branches } = await json('branch');
    assert.deepEqual(
      branches.map(({ name, target, current }: Json) => ({ name, target, current })),
      [
        { name: 'grading', target: second, current: true },
        { name: 'main', target: first, current: false },
      ],
    );
    const { tags } = await json('tag');
    assert.deepEqual(
      tags.map(({ name, target, commit }: Json) => ({ name, target, commit })),
      [{ name: 'v1', target: first, commit: first }],
    );
    await json('switch', 'main');
    assert.equal((await run('branch', '-d', 'grading')).status, 4);
    await json('branch', '-D', 'grading');
  });

  it('keep settings of the user and of the repository apart', async () => {
    await json('config', 'set', 'user.name', 'Grace');
    assert.equal((await json('config', 'set', 'node.connectionsMax', '5'))['level'], 'user');
    assert.equal((await run('config', 'nonsense')).status, 2);
    assert.equal((await json('config', 'get', 'user.name'))['value'], 'Grace');
    assert.equal((await json('config', 'get', '--user', 'user.name'))['value'], 'Ada');
    assert.equal((await run('config', 'get', 'user.nothing')).status, 3);
    assert.equal((await run('config', 'user.name')).stdout, 'Grace\n');
    await json('config', 'user.name', '007');
    assert.equal((await json('config', 'get', 'user.name'))['value'], '007');
    await json('config', 'unset', 'user.name');
    assert.equal((await json('config', 'get', 'user.name'))['value'], 'Ada');
  });

  it('keep the addresses of other repositories', async () => {
    await json('remote', 'add', 'origin', 'dits://studio.example/film');
    assert.deepEqual((await json('remote', 'list'))['remotes'], [
      { name: 'origin', address: 'dits://studio.example/film' },
    ]);
    assert.equal((await run('remote', 'add', 'origin', '/elsewhere')).status, 4);
    await json('remote', 'remove', 'origin');
    assert.equal((await run('remote', 'remove', 'origin')).status, 3);
  });

  it('check, clean and measure', async () => {
    await commitFile('a.bin', randomBytes(500_000));
    await commitFile('b.txt', 'text '.repeat(10_000));
    const check = await json('fsck');
    assert.deepEqual([check['corrupt'], check['missing']], [[], []]);
    assert.ok(check['objects'] >= 4 && check['chunks'] >= 2);
    const stats = await json('stats');
    assert.equal(stats['files'], 2);
    assert.equal(stats['logicalBytes'], 550_000);
    assert.ok(stats['storedBytes'] < 550_000);
    assert.equal((await run('gc', '--dry-run', '--json')).status, 0);
    assert.equal((await run('gc', '--json')).status, 0);
    assert.equal((await json('fsck'))['corrupt'].length, 0);
  });

  describe('end with the documented status', () => {
    it('0 when there is nothing to do', async () => {
      await commitFile('a.txt', 'text\n');
      assert.equal((await json('add', 'a.txt'))['files'], 0);
    });

    it('1 when there is nothing to record', async () => {
      await commitFile('a.txt', 'text\n');
      assert.equal((await run('commit', '-m', 'nothing')).status, 1);
    });

    it('2 for an option of another verb', async () => {
      assert.equal((await run('status', '--amend')).status, 2);
    });

    it('3 outside a repository, for a path that is not there, for a revision that is not there', async () => {
      const outside = await sandbox.run(['status', '--json']);
      assert.equal(outside.status, 3);
      assert.match(outside.result['error'].hint, /dits init/);
      assert.match(outside.stderr, /hint:/);
      assert.equal((await run('add', 'missing.txt')).status, 3);
      assert.equal((await run('log', 'no-such-branch')).status, 3);
    });

    it('and work from elsewhere with -C', async () => {
      await commitFile('a.txt', 'text\n');
      assert.equal((await sandbox.json(['-C', 'work', 'status']))['clean'], true);
      assert.equal((await sandbox.json(['status', '-C', 'work']))['clean'], true);
    });
  });

  it('show a hostile name harmlessly', async () => {
    await sandbox.write('work/seems \u202eexe.mov', 'text\n');
    const { stdout, stderr } = await run('status', '-u', 'all');
    assert.ok(!`${stdout}${stderr}`.includes('\u202e'));
    assert.match(stdout, /"seems \\u\{202e\}exe\.mov"/);
  });

  it('keep links as links', async () => {
    await symlink('elsewhere/target', sandbox.path('work/link'));
    await json('add', '-A');
    await json('commit', '-m', 'A link');
    await rm(sandbox.path('work/link'));
    await json('restore', 'link');
    assert.equal((await json('status'))['clean'], true);
  });

  it('end quietly when the reader of a listing goes away', async () => {
    for (let index = 0; index < 3; index += 1) await commitFile(`${index}.txt`, `${index}\n`);
    const { status, stderr } = await sandbox.run(['log'], {
      ...work,
      onStart: (child) => child.stdout?.destroy(),
    });
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });
});
