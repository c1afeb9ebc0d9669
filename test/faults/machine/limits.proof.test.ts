import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, readFile, rm } from 'node:fs/promises';

import { MAIN, type Json, type RunResult } from '../../cli/sandbox.ts';
import type { RunningNode } from '../../cli/running-node.ts';
import { Studio, seededBytes } from '../../integration/studio.ts';
import { Ledger } from '../ledger.ts';

/** So many small files that their trees and entries need memory. */
const FILES = 3_000;
const TAKE_BYTES = 3_000_000;
/** Sizes of V8's old space in MiB: from one in which nothing works to one in which nearly all does. */
const HEAPS_MIB = [6, 10, 14, 20];
/** From too few for Node to start to enough. */
const OPEN_FILES_MAX = [18, 22, 24, 26, 30, 40];
const NOBODY = 65_534;

function heap(mebibytes: number): { readonly environment: Readonly<Record<string, string>> } {
  return { environment: { NODE_OPTIONS: `--max-old-space-size=${mebibytes}` } };
}

describe('a process that is refused what it needs', function () {
  this.timeout(240_000);
  let studio: Studio;
  const ledger = new Ledger();

  before(async () => {
    studio = await Studio.create();
    await studio.grant('home', 'write');
    await studio.project('film', { 'take.mov': seededBytes(1, TAKE_BYTES) });
  });
  after(async () => {
    await studio[Symbol.asyncDispose]();
  });

  /** What a command said, when it came to saying something: Node itself dies without a word of ours. */
  function answerOf({ stdout }: Pick<RunResult, 'stdout'>): Json | undefined {
    const last = stdout.trimEnd().split('\n').at(-1) ?? '';
    return last.startsWith('{') ? (JSON.parse(last) as Json) : undefined;
  }

  it('memory: an add leaves the repository as it was, and does it all when there is enough', async () => {
    for (let file = 0; file < FILES; file += 1) {
      await studio.sandbox.write(`film/frames/${file}.dpx`, `frame ${file}`);
    }
    const statuses: (number | null)[] = [];
    for (const mebibytes of HEAPS_MIB) {
      const { status } = await studio.sandbox.run(['-C', 'film', 'add', '-A'], heap(mebibytes));
      statuses.push(status);
      await ledger.check(studio.path('film'));
    }
    assert.notEqual(statuses[0], 0, 'the first heap is too small');
    await studio.record('film', 'All frames');
    assert.equal((await studio.json('film', ['status']))['clean'], true);
  });

  it('memory: a node that dies in a push is a lost connection, and the push goes on', async () => {
    let node: RunningNode | undefined;
    for (const mebibytes of HEAPS_MIB.slice(1)) {
      node = await studio.relay([], heap(mebibytes)).catch(() => undefined);
      if (node === undefined) continue;
      const push = ['push', node.at('film'), 'main'];
      const { status, result } = await studio.run('film', push);
      const code = String(result['error']?.code);
      assert.ok(status === 0 || status === 6, `${status} ${JSON.stringify(result)}`);
      if (status !== 0) assert.match(code, /CONNECTION_LOST|UNREACHABLE|TIMEOUT/);
      await node.end('SIGKILL');
    }
    node = await studio.relay();
    await studio.json('film', ['push', node.at('film'), 'main']);
    await node.end();
    await ledger.check(studio.path('data/film'));
  });

  it('open files: a command says so, or works, and the next one is as if nothing had been', async () => {
    await studio.sandbox.write('film/take.mov', seededBytes(2, TAKE_BYTES));
    const codes = new Set<string>();
    for (const count of OPEN_FILES_MAX) {
      for (const words of [['add', '-A'], ['status'], ['fsck']]) {
        const script = `ulimit -n ${count}; exec "$@"`;
        const all = [process.execPath, MAIN, '-C', studio.path('film'), '--json', ...words];
        const env = { PATH: process.env['PATH'], DITS_HOME: studio.sandbox.homePath() };
        const ended = spawnSync('sh', ['-c', script, 'sh', ...all], { env });
        const answer = answerOf({ stdout: ended.stdout.toString() });
        if (answer === undefined || answer['ok'] === true) continue;
        const { code, message, hint } = answer['error'] as Record<string, string>;
        codes.add(String(code));
        // The programme itself may be the file that cannot be opened.
        const isLoaded = !String(message).includes('/dist/');
        assert.equal(code === 'DITS_CLI_UNEXPECTED', !isLoaded, JSON.stringify(answer));
        assert.match(`${message} ${hint}`, /too many|EMFILE/i, JSON.stringify(answer));
      }
      await ledger.check(studio.path('film'));
    }
    assert.ok(codes.size > 0, 'some count is enough for Node and too little for dits');
    await studio.record('film', 'A second take');
  });

  it('permission: nothing is changed, and the answer says where it is missing', async function () {
    if (process.getuid?.() !== 0) this.skip();
    await chmod(studio.sandbox.folder, 0o755);
    const home = studio.sandbox.homePath('nobody');
    await mkdir(home);
    await chown(home, NOBODY, NOBODY);
    const before = await studio.json('film', ['stats']);
    for (const words of [
      ['add', '-A'],
      ['commit', '-m', 'Mine'],
      ['branch', 'mine'],
      ['gc'],
      ['rm', 'take.mov'],
      ['config', 'set', '--repo', 'user.name', 'Eve'],
      ['switch', '-c', 'mine'],
    ]) {
      const all = [process.execPath, MAIN, '-C', studio.path('film'), '--json', ...words];
      const ids = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
      const env = { PATH: process.env['PATH'], DITS_HOME: home };
      const { status, stdout } = spawnSync('setpriv', [...ids, ...all], { env });
      const answer = answerOf({ stdout: stdout.toString() });
      assert.equal(status, 1, `${words.join(' ')}: ${stdout.toString()}`);
      const { code, message, hint } = answer?.['error'] as Record<string, string>;
      assert.notEqual(code, 'DITS_CLI_UNEXPECTED');
      assert.match(String(message), /EACCES|permission/i);
      assert.match(String(message), /\/film/, 'the file is named');
      assert.match(String(hint), /permissions/);
    }
    assert.deepEqual(await studio.json('film', ['stats']), before);
    assert.equal((await studio.json('film', ['status']))['clean'], true);
    await rm(home, { recursive: true });
    assert.ok((await readFile(studio.path('film/take.mov'))).equals(seededBytes(2, TAKE_BYTES)));
  });
});
