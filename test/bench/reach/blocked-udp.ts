/** A node on one host and a user on another, with a firewall between them that blocks UDP in one way or another. */
import { execFileSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Side, startNode } from '../links/linked-sides.ts';
import { TwoHosts, onHost, whyNoLinks, type LinkSpec } from '../links/two-hosts.ts';
import { stop } from '../measured-process.ts';
import { isInstalled } from '../other-tools/installed.ts';

/** What becomes of UDP: the rule, and at which host it stands. */
type Firewall = { readonly at: 'dialler' | 'node'; readonly rule: readonly string[] };

const DROP = ['-j', 'DROP'];
const REJECT = ['-j', 'REJECT', '--reject-with'];
export const BLOCKS = {
  open: undefined,
  dropped: { at: 'node', rule: ['INPUT', '-p', 'udp', ...DROP] },
  rejected: { at: 'node', rule: ['INPUT', '-p', 'udp', ...REJECT, 'icmp-port-unreachable'] },
  prohibited: { at: 'node', rule: ['INPUT', '-p', 'udp', ...REJECT, 'icmp-admin-prohibited'] },
  'not let out': { at: 'dialler', rule: ['OUTPUT', '-p', 'udp', ...DROP] },
} as const satisfies Readonly<Record<string, Firewall | undefined>>;
export type Block = keyof typeof BLOCKS;

const LINK: LinkSpec = { mtuBytes: 1_500 };

/** Why this cannot be done here, undefined when it can. */
export function whyNoBlocks(): string | undefined {
  return (
    whyNoLinks(LINK, undefined) ?? (isInstalled('iptables') ? undefined : 'not installed: iptables')
  );
}

export type DialResult = {
  readonly path: string;
  readonly reason: string | null;
  /** The whole command: its start, the dial, and finding out that there is nothing to do. */
  readonly elapsedMs: number;
};

export class BlockedUdp {
  readonly #hosts: TwoHosts;
  readonly #user: Side;
  readonly #node: ChildProcess;
  readonly #push: readonly string[];

  private constructor(parts: {
    readonly hosts: TwoHosts;
    readonly user: Side;
    readonly node: ChildProcess;
    readonly push: readonly string[];
  }) {
    this.#hosts = parts.hosts;
    this.#user = parts.user;
    this.#node = parts.node;
    this.#push = parts.push;
  }

  /** Makes the hosts, a repository on one and its copy at a node on the other. */
  static async create(folder: string): Promise<BlockedUdp> {
    const hosts = await TwoHosts.create(LINK);
    try {
      const user = new Side(hosts.a, join(folder, 'a'));
      const server = new Side(hosts.b, join(folder, 'b'));
      const { peerId } = await user.run('id');
      await server.run('peer', 'add', String(peerId), '--name', 'a', '--access', 'write');
      const source = join(folder, 'source');
      mkdirSync(source, { recursive: true });
      writeFileSync(join(source, 'note'), 'a note');
      await user.run('init', source);
      await user.run('add', '-C', source, '-A', '.');
      await user.run('commit', '-C', source, '-m', 'first');
      const node = await startNode(server, hosts.b, join(folder, 'data'));
      const push = ['push', '--trust-new', '-C', source, `${node.address}/film`, 'main'];
      await user.run(...push);
      return new BlockedUdp({ hosts, user, node: node.child, push });
    } catch (error) {
      await hosts.remove();
      throw error;
    }
  }

  async close(): Promise<void> {
    await stop(this.#node);
    await this.#hosts.remove();
  }

  /** Pushes what is there already, with UDP blocked in this way. */
  async dial(block: Block): Promise<DialResult> {
    const firewall: Firewall | undefined = BLOCKS[block];
    if (firewall !== undefined) this.#rule('-A', firewall);
    try {
      const startedMs = performance.now();
      const { path, pathReason } = await this.#user.run(...this.#push);
      const elapsedMs = performance.now() - startedMs;
      const reason = typeof pathReason === 'string' ? pathReason : null;
      return { path: String(path), reason, elapsedMs };
    } finally {
      if (firewall !== undefined) this.#rule('-D', firewall);
    }
  }

  #rule(action: '-A' | '-D', { at, rule }: Firewall): void {
    const host = at === 'node' ? this.#hosts.b : this.#hosts.a;
    execFileSync('ip', onHost(host, 'iptables', action, ...rule));
  }
}
