/** rsync over SSH to this machine: the way a studio copies a folder to another today. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyFolder, expectSameContent, settleDisk } from '../compare/scratch.ts';
import { measure, stop } from '../measured-process.ts';
import { freePort } from './installed.ts';

export type RsyncResult = {
  readonly seconds: number;
  /** What rsync says it sent, bytes, before the encryption of SSH. */
  readonly sentBytes: number;
};

/** How often, and how long apart in milliseconds, a server that is starting is asked: 5 s in all. */
const START_TRIES = 50;
const START_RETRY_MS = 100;

type SshServer = { readonly child: ChildProcess; readonly shell: string };

async function startSshServer(work: string): Promise<SshServer> {
  const keys = emptyFolder(work, 'ssh');
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
  for (let tries = 0; tries < START_TRIES; tries++) {
    if (spawnSync('sh', ['-c', `${shell} root@127.0.0.1 true`]).status === 0) {
      return { child, shell };
    }
    await sleep(START_RETRY_MS);
  }
  await stop(child);
  throw new Error('the SSH server did not come up');
}

/** Copies `steps[0]` to an empty folder, then each further step over it; one result a step. */
export async function rsyncOverSsh(
  steps: readonly string[],
  work: string,
): Promise<readonly RsyncResult[]> {
  const target = emptyFolder(work, 'rsync-ssh');
  const { child, shell } = await startSshServer(work);
  const results: RsyncResult[] = [];
  try {
    for (const source of steps) {
      settleDisk();
      const args = ['-a', '--delete', '--stats', '-e', shell];
      const run = await measure('rsync', [...args, `${source}/`, `root@127.0.0.1:${target}/`]);
      const sent = /Total bytes sent: ([\d,]+)/.exec(run.stdout)?.[1]?.replaceAll(',', '');
      await expectSameContent(source, target);
      results.push({ seconds: run.seconds, sentBytes: Number(sent) });
    }
  } finally {
    await stop(child);
  }
  return results;
}
