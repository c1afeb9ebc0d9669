/** Transfers between two hosts whose path is taken away in the middle, and how long it takes them to go on. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Side, startNode } from '../links/linked-sides.ts';
import { TwoHosts, onHost, whyNoLinks, type LinkSpec } from '../links/two-hosts.ts';
import { stop } from '../measured-process.ts';
import { isInstalled } from '../other-tools/installed.ts';

/** What happens to the path: the address of the one who dialled changes, or UDP or TCP is dropped without a word. */
export type Cut = 'nothing' | 'address' | 'udp' | 'tcp';

export type CutTransfer = {
  readonly verb: 'push' | 'clone';
  readonly cut: Cut;
  readonly bulkLanes: 'auto' | 'never';
  /** What the command may dial over. */
  readonly transports?: 'both' | 'tcp';
};

export type CutResult = {
  /** From the cut until the receiver's store grew again; 0 without a cut. */
  readonly gapMs: number;
  /** Everything that crossed the network by the account of the command. */
  readonly wireBytes: number;
  readonly reconnects: number;
  readonly path: string;
  readonly seconds: number;
};

const LINK: LinkSpec = { mtuBytes: 1_500, rateMbit: 400 };
/** Share of the file that is there when the path is cut. */
const CUT_AT_SHARE = 0.4;
const SAMPLE_INTERVAL_MS = 10;
/** What the receiver had taken from the network before the cut, and what its disk was still busy with. */
const IN_HAND_MS = 100;
/** Growth that shows that data flows, and is not the end of what was there. */
const GROWN_BYTES: number = 2 * 1024 * 1024;
/** A transfer that takes longer has not gone on. */
const TRANSFER_MAX_MS = 60_000;
const OTHER_ADDRESS = '198.18.0.3';

/** Why this cannot be done here, undefined when it can. */
export function whyNoCuts(): string | undefined {
  return (
    whyNoLinks(LINK, undefined) ?? (isInstalled('iptables') ? undefined : 'not installed: iptables')
  );
}

export class CutBench {
  readonly #hosts: TwoHosts;
  readonly #folder: string;
  readonly #sizeBytes: number;
  readonly #client: Side;
  readonly #node: { readonly child: ChildProcess; readonly address: string };
  #count = 0;

  private constructor(parts: {
    readonly hosts: TwoHosts;
    readonly folder: string;
    readonly sizeBytes: number;
    readonly client: Side;
    readonly node: { readonly child: ChildProcess; readonly address: string };
  }) {
    this.#hosts = parts.hosts;
    this.#folder = parts.folder;
    this.#sizeBytes = parts.sizeBytes;
    this.#client = parts.client;
    this.#node = parts.node;
  }

  /** Two hosts, a node on one of them, and a repository with one file of noise on the other and on the node. */
  static async create(folder: string, sizeBytes: number): Promise<CutBench> {
    const hosts = await TwoHosts.create(LINK);
    try {
      const client = new Side(hosts.a, join(folder, 'a'));
      const server = new Side(hosts.b, join(folder, 'b'));
      const { peerId } = await client.run('id');
      await server.run('peer', 'add', String(peerId), '--name', 'a', '--access', 'admin');
      const source = join(folder, 'source');
      mkdirSync(source, { recursive: true });
      writeFileSync(join(source, 'noise'), randomBytes(sizeBytes));
      await client.run('init', source);
      await client.run('add', '-C', source, '-A', '.');
      await client.run('commit', '-C', source, '-m', 'first');
      const node = await startNode(server, hosts.b, join(folder, 'data'));
      const bench = new CutBench({ hosts, folder, sizeBytes, client, node });
      await client.run('push', '--trust-new', '-C', source, `${node.address}/film`, 'main');
      return bench;
    } catch (error) {
      await hosts.remove();
      throw error;
    }
  }

  async close(): Promise<void> {
    await stop(this.#node.child);
    await this.#hosts.remove();
  }

  /** Runs one transfer. @throws Error when it does not end well */
  async run({ verb, cut, bulkLanes, transports = 'both' }: CutTransfer): Promise<CutResult> {
    const name = `${verb}-${++this.#count}`;
    await this.#client.run('config', 'set', '--user', 'node.bulkLanes', bulkLanes);
    await this.#client.run('config', 'set', '--user', 'node.transports', transports);
    const copy = join(this.#folder, name);
    const { address } = this.#node;
    const words =
      verb === 'push'
        ? ['push', '-C', join(this.#folder, 'source'), `${address}/${name}`, 'main']
        : ['clone', '--no-checkout', `${address}/film`, copy];
    const sink = join(
      verb === 'push' ? join(this.#folder, 'data', name) : join(copy, '.dits'),
      'segments',
    );
    const startedMs = performance.now();
    const command = this.#start(words);
    try {
      await this.#grown(sink, CUT_AT_SHARE * this.#sizeBytes, command);
      const gapMs = cut === 'nothing' ? 0 : await this.#cutAndWait(cut, sink, command);
      const result = await command.result;
      return {
        gapMs,
        wireBytes: (result['bytes'] as { wire: number }).wire,
        reconnects: Number(result['reconnects']),
        path: String(result['path']),
        seconds: (performance.now() - startedMs) / 1000,
      };
    } finally {
      this.#mend(cut);
    }
  }

  async #cutAndWait(cut: Exclude<Cut, 'nothing'>, sink: string, command: Command): Promise<number> {
    this.#cut(cut);
    const cutMs = performance.now();
    await sleep(IN_HAND_MS);
    await this.#grown(sink, sizeOf(sink) + GROWN_BYTES, command);
    return performance.now() - cutMs;
  }

  #cut(cut: Exclude<Cut, 'nothing'>): void {
    const { a, b } = this.#hosts;
    if (cut === 'address') {
      readdress(a.namespace, a.address, OTHER_ADDRESS);
      return;
    }
    for (const host of [a, b]) ip(...onHost(host, 'iptables', '-A', ...dropOf(cut)));
  }

  #mend(cut: Cut): void {
    const { a, b } = this.#hosts;
    if (cut === 'nothing') return;
    if (cut === 'address') {
      readdress(a.namespace, OTHER_ADDRESS, a.address);
      return;
    }
    for (const host of [a, b]) ip(...onHost(host, 'iptables', '-D', ...dropOf(cut)));
  }

  #start(words: readonly string[]): Command {
    const child = spawn('ip', this.#client.command('-v', ...words), {
      env: { ...process.env, ...this.#client.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
    child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
    const timer = setTimeout(() => child.kill('SIGKILL'), TRANSFER_MAX_MS);
    const command: Command = {
      isOver: false,
      result: new Promise((resolve, reject) => {
        child.once('close', (status) => {
          clearTimeout(timer);
          command.isOver = true;
          const last = stdout.trimEnd().split('\n').at(-1) ?? '';
          if (status === 0) resolve(JSON.parse(last) as Record<string, unknown>);
          else reject(new Error(`${words.join(' ')} ended with ${status}: ${last}\n${stderr}`));
        });
      }),
    };
    // Awaited when the cut has been dealt with; a failure before that must not count as unhandled.
    command.result.catch(() => undefined);
    return command;
  }

  /** Waits until the store has this many bytes, or the command has ended. */
  async #grown(sink: string, bytes: number, command: Command): Promise<void> {
    while (sizeOf(sink) < bytes && !command.isOver) await sleep(SAMPLE_INTERVAL_MS);
  }
}

type Command = { isOver: boolean; readonly result: Promise<Record<string, unknown>> };

/** Bytes in the files of a folder; 0 before there is one. */
function sizeOf(folder: string): number {
  try {
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  } catch {
    return 0;
  }
}

function dropOf(protocol: 'udp' | 'tcp'): readonly string[] {
  return ['INPUT', '-p', protocol, '-j', 'DROP'];
}

function readdress(namespace: string, before: string, after: string): void {
  ip('-n', namespace, 'addr', 'del', `${before}/24`, 'dev', 'wire');
  ip('-n', namespace, 'addr', 'add', `${after}/24`, 'dev', 'wire');
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
