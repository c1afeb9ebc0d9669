/** The other tools' side of the comparison, on this machine, now. A tool that is not installed is left out. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { measure, stop } from './measured-process.ts';

/** One timing of another tool. */
export type ToolResult = {
  readonly seconds: number;
  /** What it says it sent, bytes; undefined when it does not say. */
  readonly sentBytes?: number | undefined;
};

/** Whether a program is on the path. */
export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

function fresh(work: string, name: string): string {
  const path = join(work, name);
  execFileSync('rm', ['-rf', path]);
  mkdirSync(path, { recursive: true });
  return path;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}

export async function borgTakeIn(source: string, work: string): Promise<ToolResult> {
  const env = {
    BORG_BASE_DIR: fresh(work, 'borg-base'),
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
  };
  const repository = join(fresh(work, 'borg'), 'repository');
  await measure('borg', ['init', '-e', 'none', repository], { env });
  return measure('borg', ['create', `${repository}::a`, source], { env });
}

export async function resticTakeIn(source: string, work: string): Promise<ToolResult> {
  const env = { RESTIC_PASSWORD: 'x', RESTIC_CACHE_DIR: fresh(work, 'restic-cache') };
  const repository = join(fresh(work, 'restic'), 'repository');
  await measure('restic', ['-r', repository, 'init'], { env });
  return measure('restic', ['-r', repository, 'backup', source], { env });
}

/** The disk's own limit: the same bytes through `dd conv=fdatasync`. */
export async function ddTakeIn(source: string, work: string): Promise<ToolResult> {
  const target = join(fresh(work, 'dd'), 'copy');
  const script = `find "$0" -type f -print0 | xargs -0 cat | dd of="$1" bs=1M iflag=fullblock conv=fdatasync`;
  return measure('sh', ['-c', script, source, target]);
}

type Started = { readonly child: ChildProcess; readonly shell: string };

async function startSshServer(work: string): Promise<Started> {
  const keys = fresh(work, 'ssh');
  const port = await freePort();
  for (const key of ['id', 'host']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(keys, key)]);
  }
  mkdirSync('/run/sshd', { recursive: true });
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${keys}/host`,
    `AuthorizedKeysFile ${keys}/id.pub`,
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
    'PermitRootLogin yes',
  ];
  writeFileSync(join(keys, 'sshd_config'), `${config.join('\n')}\n`);
  const child = spawn('/usr/sbin/sshd', ['-D', '-f', join(keys, 'sshd_config')], {
    stdio: 'ignore',
  });
  const options = '-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR';
  const shell = `ssh -i ${keys}/id -p ${port} ${options}`;
  for (let tries = 0; tries < 50; tries++) {
    const probe = spawnSync('sh', ['-c', `${shell} root@127.0.0.1 true`]);
    if (probe.status === 0) return { child, shell };
    await sleep(100);
  }
  child.kill();
  throw new Error('the SSH server did not come up');
}

/** rsync over SSH: copies `steps[0]` to an empty folder, then each further step over it; one result a step. */
export async function rsyncOverSsh(
  steps: readonly string[],
  work: string,
): Promise<readonly ToolResult[]> {
  const target = fresh(work, 'rsync-ssh');
  const { child, shell } = await startSshServer(work);
  const results: ToolResult[] = [];
  try {
    for (const source of steps) {
      const args = ['-a', '--delete', '--stats', '-e', shell];
      const run = await measure('rsync', [...args, `${source}/`, `root@127.0.0.1:${target}/`]);
      const sent = /Total bytes sent: ([\d,]+)/.exec(run.stdout)?.[1]?.replaceAll(',', '');
      results.push({ seconds: run.seconds, sentBytes: Number(sent) });
    }
  } finally {
    await stop(child);
  }
  return results;
}
