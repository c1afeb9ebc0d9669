import assert from 'node:assert/strict';
import { readFile, readdir, rm } from 'node:fs/promises';

import type { RunResult } from '../cli/sandbox.ts';
import { Studio } from './studio.ts';

function assertRefused({ status, result }: RunResult, expected: number, code: string): void {
  assert.deepEqual([status, result['error']?.code], [expected, code], JSON.stringify(result));
  assert.notEqual(result['error'].hint, '', 'it says what to try next');
}

describe('what the command line refuses', function () {
  this.timeout(60_000);
  let studio: Studio;
  let first: string;

  before(async () => {
    studio = await Studio.create();
    first = await studio.project('film', { 'notes.txt': 'first\n' });
    await studio.sandbox.json(['init', '--bare', 'store']);
    await studio.json('film', ['remote', 'add', 'origin', studio.path('store')]);
    await studio.json('film', ['push']);
  });
  after(async () => {
    await studio[Symbol.asyncDispose]();
  });

  async function assertUntouched(): Promise<void> {
    const { head, clean } = await studio.json('film', ['status']);
    assert.deepEqual([head, clean], [first, true]);
  }

  it('refs and remotes that do not exist: 3', async () => {
    for (const [code, ...words] of [
      ['DITS_CLI_NO_SUCH_REF', 'push', 'origin', 'nothing'],
      ['DITS_CLI_NO_SUCH_REF', 'pull', 'origin', 'nothing'],
      ['DITS_REPO_REVISION_NOT_FOUND', 'checkout', 'nothing'],
      ['DITS_CLI_NO_REMOTE', 'push', 'nowhere'],
    ] as const) {
      assertRefused(await studio.run('film', words), 3, code);
    }
    await assertUntouched();
  });

  it('ref names that could be read in two ways: 2', async () => {
    for (const name of ['main:../../config', 'main:a b']) {
      const pushed = await studio.run('film', ['push', 'origin', name]);
      assertRefused(pushed, 2, 'DITS_STORE_INVALID_REF_NAME');
    }
  });

  it('paths outside of the repository: 1', async () => {
    for (const words of [
      ['add', '../store'],
      ['rm', '/etc/hostname'],
      ['mv', 'notes.txt', '../notes.txt'],
      ['checkout', 'HEAD', '--', '../../notes.txt'],
      ['restore', '../notes.txt'],
    ]) {
      assertRefused(await studio.run('film', words), 1, 'DITS_REPO_PATH_OUTSIDE');
    }
    await assertUntouched();
  });

  describe('names that another platform cannot hold: 1', () => {
    const names = ['CON', 'nul.txt', 'trailing.', 'blank ', 'co:lon', 'back\\slash', 'line\nfeed'];

    it('devices, streams, separators, dots at the end, our own folder by another name', async function () {
      if (process.platform === 'win32') this.skip();
      for (const name of [...names, '.DITS', '.di\u200bts']) {
        const path = await studio.sandbox.write(`film/${name}`, 'x\n');
        const added = await studio.run('film', ['add', '--', name]);
        await rm(path);
        assertRefused(added, 1, 'DITS_REPO_UNSAFE_PATH');
      }
      await assertUntouched();
    });

    it('two names that differ in case, or in how Unicode writes them', async function () {
      for (const twins of [
        ['Take.mov', 'take.mov'],
        ['caf\u00e9', 'cafe\u0301'],
      ]) {
        const before = (await readdir(studio.path('film'))).length;
        for (const name of twins) await studio.sandbox.write(`film/${name}`, `${name}\n`);
        const isOneFile = (await readdir(studio.path('film'))).length < before + twins.length;
        const words = [
          ['add', ...twins],
          ['add', '-A'],
        ];
        const added = [];
        for (const one of words) added.push(await studio.run('film', one));
        for (const name of twins) await rm(studio.path('film', name), { force: true });
        if (isOneFile) this.skip();
        for (const one of added) assertRefused(one, 1, 'DITS_REPO_NAME_TWIN');
      }
      await assertUntouched();
    });
  });

  describe('to lose what is nowhere else: 4', () => {
    beforeEach(async () => {
      await studio.json('film', ['switch', '-c', 'other']);
      await studio.sandbox.write('film/notes.txt', 'second\n');
      await studio.record('film', 'second');
      await studio.json('film', ['push', 'origin', 'other:main']);
      await studio.json('film', ['switch', 'main']);
      await studio.sandbox.write('film/notes.txt', 'mine\n');
    });
    afterEach(async () => {
      await studio.json('film', ['reset', '--hard', first]);
      await studio.json('film', ['push', '--force', 'origin', 'main']);
      await studio.json('film', ['branch', '-D', 'other']);
    });

    it('local changes, at a checkout, a switch and a pull', async () => {
      for (const words of [['checkout', 'other'], ['switch', 'other'], ['pull']]) {
        const refused = await studio.run('film', words);
        assertRefused(refused, 4, 'DITS_REPO_LOCAL_CHANGES');
        assert.match(String(refused.result['error'].message), /notes\.txt/);
        assert.equal(await readFile(studio.path('film/notes.txt'), 'utf8'), 'mine\n');
        assert.equal((await studio.json('film', ['status']))['head'], first);
      }
    });

    it('a file that is not tracked, in the way of one that is', async () => {
      await studio.json('film', ['switch', '-f', 'other']);
      await studio.sandbox.write('film/new.txt', 'theirs\n');
      await studio.record('film', 'third');
      await studio.json('film', ['switch', 'main']);
      await studio.sandbox.write('film/new.txt', 'mine\n');
      assert.equal((await studio.run('film', ['switch', 'other'])).status, 4);
      assert.equal(await readFile(studio.path('film/new.txt'), 'utf8'), 'mine\n');
      await rm(studio.path('film/new.txt'));
    });
  });

  describe('addresses and names of remotes that make no sense: 2', () => {
    it('hosts, ports, keys and names of repositories', async () => {
      for (const address of [
        'dits://host',
        'dits://host:0/film',
        'dits://-oProxyCommand=x/film',
        'dits://user:secret@host/film',
        'dits://ho\u001b[31mst/film',
        'ssh://host/film',
      ]) {
        const added = await studio.run('film', ['remote', 'add', 'new', '--', address]);
        assert.equal(added.status, 2, address);
        assert.notEqual(added.result['error'].hint, '');
      }
    });

    it('a clone makes no folder for them', async () => {
      for (const address of ['dits://host:99999/film', 'dits://host/..', 'dits://host/CON']) {
        assert.equal((await studio.run('', ['clone', '--', address])).status, 2, address);
      }
      const names = await readdir(studio.path());
      assert.deepEqual(names.filter((name) => !name.startsWith('.')).sort(), ['film', 'store']);
    });

    it('names that are paths, options or parts of another name', async () => {
      for (const name of ['../x', '-x', '', 'a\nb', '__proto__']) {
        const words = ['remote', 'add', '--', name, studio.path('store')];
        assertRefused(await studio.run('film', words), 2, 'DITS_REPO_REMOTE_INVALID');
      }
      const { remotes } = await studio.json('film', ['remote']);
      assert.equal(remotes.length, 1);
    });
  });

  describe('to let others act on the terminal', () => {
    it('by names, messages and contents, in any listing and error', async () => {
      const evil = '\u001b]0;owned\u0007\u001b[2J\u202e';
      await studio.sandbox.write('film/notes.txt', `first\n${evil}\n`);
      await studio.json('film', ['commit', '-a', '-m', `subject ${evil}`]);
      await studio.sandbox.write(`film/a${evil}b`, 'x\n');
      await studio.sandbox.write(`film/notes.txt`, `${evil}${evil}\n`);
      for (const words of [
        ['status'],
        ['add', `a${evil}b`],
        ['add', '-A'],
        ['log'],
        ['log', '--oneline'],
        ['show'],
        ['diff'],
        ['checkout', evil],
        ['push', `./${evil}`],
        ['remote', 'add', evil, 'x'],
        [evil],
      ]) {
        const { stdout, stderr } = await studio.sandbox.run(['-C', 'film', ...words]);
        assert.notEqual(stdout + stderr, '', words.join(' '));
        // eslint-disable-next-line no-control-regex -- what must not be there
        assert.doesNotMatch(stdout + stderr, /[\u0007\u001b\u202e]/, words.join(' '));
      }
    });
  });
});
