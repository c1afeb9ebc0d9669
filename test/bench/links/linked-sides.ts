/** What runs on two linked hosts: our sender and node, or rsync and an SSH server. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { settleDisk } from '../compare/scratch.ts';
import { measure, stop } from '../measured-process.ts';
import { onHost, type Host, type TwoHosts } from './two-hosts.ts';

/** dist/cli/main.js, seen from dist/test/bench/links/. */
const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));
const SSH_PORT = 22;
/** How often, and how long apart in milliseconds, an SSH server that is starting is asked. */
const START_TRIES = 50;
const START_RETRY_MS = 100;

type Answer = Readonly<Record<string, unknown>>;

/** One of our users or nodes on one of the hosts. */
export class Side {
  readonly home: string;
  readonly #host: Host;

  constructor(host: Host, folder: string) {
    this.#host = host;
    this.home = join(folder, 'home');
    mkdirSync(this.home, { recursive: true });
  }

  /** Arguments of `ip` that run a verb on this side's host. */
  command(...args: readonly string[]): string[] {
    return onHost(this.#host, process.execPath, MAIN, ...args, '--json');
  }

  get environment(): Record<string, string> {
    return { DITS_HOME: this.home, NO_COLOR: '1' };
  }

  /** The last line that a verb prints. */
  async run(...args: readonly string[]): Promise<Answer> {
    const { stdout } = await measure('ip', this.command(...args), { env: this.environment });
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '{}') as Answer;
  }
}

export type PushResult = {
  /** From the open connection until the remote's branch has moved, everything there durable. */
  readonly seconds: number;
  /** The whole command, start and handshake included. */
  readonly commandSeconds: number;
};

/** Pushes a folder from host `a` to a new node on host `b`. `settings` are set on both sides. */
export async function pushAcross(
  { a, b }: TwoHosts,
  source: string,
  options: { readonly folder: string; readonly settings: Readonly<Record<string, string>> },
): Promise<PushResult> {
  const sender = new Side(a, join(options.folder, 'a'));
  const receiver = new Side(b, join(options.folder, 'b'));
  for (const side of [sender, receiver]) {
    for (const [name, value] of Object.entries(options.settings)) {
      await side.run('config', 'set', name, value);
    }
  }
  const ids = [await sender.run('id'), await receiver.run('id')].map(({ peerId }) =>
    String(peerId),
  );
  await receiver.run('peer', 'add', ids[0] ?? '', '--name', 'a', '--access', 'admin');
  await sender.run('peer', 'add', ids[1] ?? '', '--name', 'b');
  await sender.run('init', source);
  await sender.run('add', '-C', source, '-A', '.');
  await sender.run('commit', '-C', source, '-m', 'first');
  const node = await startNode(receiver, b, join(options.folder, 'data'));
  try {
    settleDisk();
    const started = performance.now();
    const pushed = await sender.run('push', '-C', source, `${node.address}/bench`, 'main');
    const commandSeconds = (performance.now() - started) / 1000;
    const { elapsedMs } = pushed;
    if (typeof elapsedMs !== 'number') throw new Error(`no elapsedMs in ${JSON.stringify(pushed)}`);
    return { seconds: elapsedMs / 1000, commandSeconds };
  } finally {
    await stop(node.child);
  }
}

export async function startNode(
  side: Side,
  host: Host,
  data: string,
): Promise<{ readonly child: ChildProcess; readonly address: string }> {
  mkdirSync(data, { recursive: true });
  const listen = ['--data', data, '--listen', `${host.address}:0`];
  const command = side.command('node', 'start', '--quiet', '--relay', '--create', ...listen);
  const child = spawn('ip', command, {
    env: { ...process.env, ...side.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const first = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => {
      reject(new Error(`the node ended with ${String(code)}`));
    });
  });
  const { addresses } = JSON.parse(first) as { addresses: string[] };
  return { child, address: addresses[0] ?? '' };
}

/** Seconds that rsync over SSH takes to copy a folder from host `a` to host `b`. */
export async function rsyncAcross(
  { a, b }: TwoHosts,
  source: string,
  folder: string,
): Promise<number> {
  const keys = join(folder, 'ssh');
  mkdirSync(keys, { recursive: true });
  for (const key of ['id', 'host']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(keys, key)]);
  }
  mkdirSync('/run/sshd', { recursive: true });
  const config = [
    `Port ${SSH_PORT}`,
    `ListenAddress ${b.address}`,
    `HostKey ${keys}/host`,
    `AuthorizedKeysFile ${keys}/id.pub`,
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
    'PermitRootLogin yes',
  ];
  writeFileSync(join(keys, 'sshd_config'), `${config.join('\n')}\n`);
  const server = onHost(b, '/usr/sbin/sshd', '-D', '-f', join(keys, 'sshd_config'));
  const child = spawn('ip', server, { stdio: 'ignore' });
  const known = '-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR';
  const shell = `ssh -i ${keys}/id -p ${SSH_PORT} ${known}`;
  try {
    for (let tries = 0; ; tries++) {
      const probe = onHost(a, 'sh', '-c', `${shell} root@${b.address} true`);
      if (spawnSync('ip', probe).status === 0) break;
      if (tries === START_TRIES) throw new Error('the SSH server did not come up');
      await sleep(START_RETRY_MS);
    }
    settleDisk();
    const target = `root@${b.address}:${join(folder, 'copy')}/`;
    const copy = ['rsync', '-a', '--exclude=.dits', '-e', shell, `${source}/`, target];
    return (await measure('ip', onHost(a, ...copy))).seconds;
  } finally {
    await stop(child);
  }
}
