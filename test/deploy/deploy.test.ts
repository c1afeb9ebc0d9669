import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PORT_DEFAULT } from '../../node/index.ts';
import { fixturePath } from '../support/fixture-path.ts';

const ROOT = fixturePath('..');
const UNIT = join(ROOT, 'deploy', 'dits-relay.service');
const DOCKERFILE = join(ROOT, 'deploy', 'Dockerfile');
/** From here on systemd knows `ProtectProc` and the rest that the unit uses. */
const SYSTEMD_MIN = 247;

function systemdVersion(): number {
  const { stdout, status } = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' });
  return status === 0 ? Number(/systemd (\d+)/.exec(stdout)?.[1] ?? 0) : 0;
}

describe('the systemd unit of a relay', () => {
  it('is understood by systemd without a complaint', async function () {
    if (systemdVersion() < SYSTEMD_MIN) this.skip();
    const folder = await mkdtemp(join(tmpdir(), 'dits-unit-'));
    try {
      // The user is made when the unit is installed; here nobody stands in, so that the rest is looked at.
      const text = (await readFile(UNIT, 'utf8')).replace(/^(User|Group)=dits$/gm, '$1=0');
      const path = join(folder, 'dits-relay.service');
      await writeFile(path, text);
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], SYSTEMD_LOG_LEVEL: 'warning' },
      });
      const complaints = stderr.split('\n').filter((line) => line.includes('dits-relay'));
      assert.deepEqual(complaints, []);
      assert.equal(status, 0, stderr);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('starts a relay where it usually listens, with everything it writes in its own folder', async () => {
    const text = await readFile(UNIT, 'utf8');
    const start = /^ExecStart=.* (dits node start .*)$/m.exec(text)?.[1] ?? '';
    assert.match(start, /--relay.* --data \/var\/lib\/dits\//);
    assert.doesNotMatch(start, /--listen/);
    assert.match(text, /^Environment=DITS_HOME=\/var\/lib\/dits\//m);
    assert.match(text, /^StateDirectory=dits$/m);
  });
});

describe('the Dockerfile of a relay', () => {
  it('copies what is there, and opens the usual port for both protocols', async () => {
    const text = await readFile(DOCKERFILE, 'utf8');
    const [, copied = ''] = /^COPY (package\.json .*) \.\/$/m.exec(text) ?? [];
    for (const name of copied.split(' ')) await access(join(ROOT, name));
    assert.match(text, new RegExp(`^EXPOSE ${PORT_DEFAULT}/udp ${PORT_DEFAULT}/tcp$`, 'm'));
    const { engines } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
      engines: { node: string };
    };
    const [least = 0] = /\d+/.exec(engines.node)?.map(Number) ?? [];
    for (const [, version] of text.matchAll(/^FROM node:(\d+)-/gm)) {
      assert.ok(Number(version) >= least, version);
    }
  });
});
