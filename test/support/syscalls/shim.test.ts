import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { temporaryFolder } from '../temporary-folder.ts';
import { readFaultReport } from './fault-report.ts';
import { CHANGING_OPERATIONS } from './operations.ts';
import { readTrace } from './read-trace.ts';
import { shimEnvironment, type ShimOptions } from './shim-environment.ts';
import { HAS_SHIM } from './shim-library.ts';

const CHILD = fileURLToPath(new URL('./shim-child.js', import.meta.url));

type Ended = {
  readonly status: number | null;
  readonly signal: string | null;
  readonly text: string;
};

function run(words: readonly string[], options: ShimOptions): Ended {
  const env = { ...process.env, ...shimEnvironment(options) };
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [CHILD, ...words], {
    env,
  });
  return { status, signal, text: `${stdout.toString()}${stderr.toString()}` };
}

describe('The shim of system calls', function () {
  const scratch = temporaryFolder();
  before(function () {
    if (!HAS_SHIM) this.skip();
  });

  /** A watched folder, and files for trace and state beside it. */
  function place(name: string): { root: string; trace: string; state: string } {
    const root = join(scratch(), name);
    mkdirSync(root);
    return { root, trace: `${root}.trace`, state: `${root}.state` };
  }

  it('writes down what is done to files, with the data, in the order of doing', () => {
    const { root, trace } = place('recorded');
    const { status, text } = run(['change', root], { roots: [root], trace });
    assert.equal(status, 0, text);
    const told = readTrace(trace).map(({ operation, path, secondPath, data, value }) =>
      [
        operation,
        path.replace(root, ''),
        secondPath.replace(root, ''),
        data.toString(),
        value,
      ].join(' '),
    );
    const own = told.filter((line) => !line.includes('/level') && !line.startsWith('attributes'));
    assert.deepEqual(own, [
      'mkdir /a   511',
      'mkdir /a/b   511',
      'create /a/one   438',
      'write /a/one  hello 0',
      'write /a/one  HE 0',
      'fsync /a/one   0',
      'rename /a/one /a/b/two  0',
      'open /a   0',
      'symlink /a/link  b/two 0',
      'create /three   438',
      'write /three  more than is left of it 0',
      'create /three   0',
      'truncate /three   4',
      'create /four   438',
      'write /four  soon gone 0',
      'unlink /four   0',
      'stdout   done\n 0',
      'exit    0',
    ]);
    const level = told.filter((line) => line.includes('/level'));
    assert.ok(
      level.some((line) => /^write .*\.log .*key.value/s.test(line)),
      level.join('\n'),
    );
    assert.ok(
      level.some((line) => /^fdatasync .*\.log /.test(line)),
      level.join('\n'),
    );
    assert.ok(!level.some((line) => line.includes('/LOG')));
  });

  it('lets a process that armed a fault meet it where it was meant, and nowhere else', () => {
    const { root } = place('armed');
    const { text } = run(['faults', root], { roots: [root] });
    assert.deepEqual(JSON.parse(text), ['ENOSPC', 'sec', '2/1', 'EIO', 'EIO', 'sec']);
  });

  it('kills before, after and halfway through the operation that is named', () => {
    const cut = { 'kill-before': '', 'kill-halfway': 'he', 'kill-after': 'hello' } as const;
    for (const action of ['kill-before', 'kill-halfway', 'kill-after'] as const) {
      const { root, trace, state } = place(action);
      const fault = { operations: ['write'], at: 1, action } as const;
      const { signal } = run(['change', root], { roots: [root], trace, state, fault });
      assert.equal(signal, 'SIGKILL');
      assert.equal(readFileSync(join(root, 'a/one'), 'utf8'), cut[action]);
      const first = { operation: 'write', path: join(root, 'a/one') };
      assert.deepEqual(readFaultReport(state), { matched: 1, fired: 1, first });
    }
  });

  it('counts without harm what a fault far away would have met', () => {
    const { root, state } = place('counted');
    const fault = { operations: CHANGING_OPERATIONS, at: 1e9, action: 'fail' } as const;
    const { status } = run(['change', root], { roots: [root], state, fault });
    assert.equal(status, 0);
    const { matched, fired } = readFaultReport(state);
    assert.ok(matched > 20 && fired === 0, String(matched));
  });

  it('fails an operation of LevelDB with the error that is asked for', () => {
    const { root, state } = place('level');
    const { ENOSPC } = constants.errno;
    const fault = { operations: ['write'], action: 'fail', errno: ENOSPC, path: '.log' } as const;
    const { status, text } = run(['change', root], { roots: [root], state, fault });
    assert.equal(status, 1);
    assert.match(text, /No space left on device/);
  });
});
