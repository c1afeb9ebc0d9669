import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';

import { MAIN, Sandbox } from './sandbox.ts';

describe('the dits programme', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await Sandbox.create();
  });
  afterEach(async () => {
    await sandbox[Symbol.asyncDispose]();
  });

  it('prints its version, plain and in JSON', async () => {
    const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
    const { version } = JSON.parse(text) as { version: string };
    assert.equal((await sandbox.run(['--version'])).stdout, `${version}\n`);
    assert.equal((await sandbox.json(['--version']))['version'], version);
  });

  it('prints help on stdout when it is asked for', async () => {
    const { status, stdout, stderr } = await sandbox.run(['--help']);
    assert.equal(status, 0);
    assert.match(stdout, /Usage: dits/);
    assert.equal(stderr, '');
  });

  it('prints usage on stderr and ends with 2 when the words make no sense', async () => {
    for (const words of [[], ['no-such-verb'], ['try', '--no-such-option']]) {
      const { status, stdout, stderr } = await sandbox.run(words);
      assert.equal(status, 2, words.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, /dits/);
    }
  });

  it('answers wrong usage in JSON when JSON was asked for', async () => {
    const { status, result } = await sandbox.run(['no-such-verb', '--json']);
    assert.equal(status, 2);
    assert.equal(result['ok'], false);
    assert.equal(result['error'].code, 'DITS_CLI_USAGE');
    assert.equal(typeof result['error'].hint, 'string');
  });

  it('ends with 3 when the folder of -C is not there', async () => {
    const { status, stderr } = await sandbox.run(['-C', 'nowhere', 'try']);
    assert.equal(status, 3);
    assert.match(stderr, /nowhere/);
  });

  it('shows a stack only when told to be verbose', async () => {
    const words = ['-C', 'nowhere', 'try'];
    assert.doesNotMatch((await sandbox.run(words)).stderr, /\n\s+at /);
    assert.match((await sandbox.run([...words, '-v'])).stderr, /\n\s+at /);
  });

  it('says in one line what went wrong before it could start', async () => {
    await mkdir(sandbox.path('gone'));
    const script = `cd gone && rmdir ../gone && exec "$0" "$@"`;
    const words = ['-c', script, process.execPath, MAIN, 'status'];
    const { status, stderr } = spawnSync('sh', words, { cwd: sandbox.folder });
    assert.equal(status, 1);
    assert.match(stderr.toString(), /^dits: [^\n]*\n$/);
  });

  it('ends with 130 on a signal that comes while it is loading', async () => {
    // The programme's first act is to watch for mistakes; nothing else of it is loaded by then.
    const hook = `process.on('newListener', (name) => {
      if (name === 'uncaughtException') setImmediate(() => process.kill(process.pid, 'SIGTERM'));
    });`;
    const { status, result } = await sandbox.run(['status', '--json'], {
      environment: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` },
    });
    assert.deepEqual([status, result['error'].code], [130, 'DITS_CLI_INTERRUPTED']);
  });

  it('writes no escape sequence where there is no terminal', async () => {
    const { stdout, stderr } = await sandbox.run(['-C', 'nowhere', 'try']);
    assert.ok(!`${stdout}${stderr}`.includes('\u001b'));
  });
});
