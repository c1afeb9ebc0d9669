import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fixturePath } from '../support/fixture-path.ts';

const TAG = `dits-relay-test-${process.pid}`;

/** The first of these whose engine answers. */
function findEngine(): string | undefined {
  return ['docker', 'podman'].find(
    (name) => spawnSync(name, ['info'], { stdio: 'ignore', timeout: 20_000 }).status === 0,
  );
}

describe('the image of a relay', function () {
  this.timeout(900_000);

  it('builds, and holds the command', function () {
    const engine = findEngine();
    if (engine === undefined) {
      console.log('      skipped: no container engine answers here');
      this.skip();
    }
    const run = (...words: readonly string[]): string => {
      const done = spawnSync(engine, words, { cwd: fixturePath('..'), encoding: 'utf8' });
      assert.equal(done.status, 0, done.stderr);
      return done.stdout;
    };
    try {
      run('build', '-f', 'deploy/Dockerfile', '-t', TAG, '.');
      assert.match(run('run', '--rm', '--entrypoint', 'dits', TAG, '--version'), /^\d+\.\d+/);
    } finally {
      spawnSync(engine, ['rmi', '-f', TAG], { stdio: 'ignore' });
    }
  });
});
