/** A node on one host and diallers on another, with a firewall between them that blocks UDP in one way or another. */
import { execFileSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Side, startNode } from '../links/linked-sides.ts';
import { TwoHosts, onHost, whyNoLinks, type LinkSpec } from '../links/two-hosts.ts';
import { measure, stop } from '../measured-process.ts';
import { isInstalled } from '../other-tools/installed.ts';
import type { DialResult } from './dial-process.ts';

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
const DIAL_PROCESS = fileURLToPath(new URL('dial-process.js', import.meta.url));

/** Why this cannot be done here, undefined when it can. */
export function whyNoBlocks(): string | undefined {
  return (
    whyNoLinks(LINK, undefined) ?? (isInstalled('iptables') ? undefined : 'not installed: iptables')
  );
}

export class BlockedUdp {
  readonly #hosts: TwoHosts;
  readonly #dialler: Side;
  readonly #node: { readonly child: ChildProcess; readonly address: string };

  private constructor(
    hosts: TwoHosts,
    dialler: Side,
    node: { readonly child: ChildProcess; readonly address: string },
  ) {
    this.#hosts = hosts;
    this.#dialler = dialler;
    this.#node = node;
  }

  static async create(folder: string): Promise<BlockedUdp> {
    const hosts = await TwoHosts.create(LINK);
    try {
      const dialler = new Side(hosts.a, join(folder, 'a'));
      const server = new Side(hosts.b, join(folder, 'b'));
      const { peerId } = await dialler.run('id');
      await server.run('peer', 'add', String(peerId), '--name', 'a', '--access', 'read');
      const node = await startNode(server, hosts.b, join(folder, 'data'));
      return new BlockedUdp(hosts, dialler, node);
    } catch (error) {
      await hosts.remove();
      throw error;
    }
  }

  async close(): Promise<void> {
    await stop(this.#node.child);
    await this.#hosts.remove();
  }

  /** Dials once, in a process of its own, with UDP blocked in this way. */
  async dial(block: Block): Promise<DialResult> {
    const firewall: Firewall | undefined = BLOCKS[block];
    if (firewall !== undefined) this.#rule('-A', firewall);
    try {
      const command = onHost(this.#hosts.a, process.execPath, DIAL_PROCESS);
      const { stdout } = await measure('ip', [...command, `${this.#node.address}/any`], {
        env: this.#dialler.environment,
      });
      return JSON.parse(stdout) as DialResult;
    } finally {
      if (firewall !== undefined) this.#rule('-D', firewall);
    }
  }

  #rule(action: '-A' | '-D', { at, rule }: Firewall): void {
    const host = at === 'node' ? this.#hosts.b : this.#hosts.a;
    execFileSync('ip', onHost(host, 'iptables', action, ...rule));
  }
}
