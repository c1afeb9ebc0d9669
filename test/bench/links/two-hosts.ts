/**
 * Two hosts and a link between them, made of network namespaces (Linux, root): `a` and `b`, joined by a pair of virtual
 * interfaces, or by two pairs with a forwarder between them that delays and loses packets. `remove` takes all of it away.
 */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { stop } from '../measured-process.ts';
import { isInstalled } from '../other-tools/installed.ts';

export type LinkSpec = {
  /** Largest packet of the interfaces, bytes, IP headers included. */
  readonly mtuBytes: number;
  /** What each host may send, Mbit/s of Ethernet frames; undefined for as fast as the machine is. */
  readonly rateMbit?: number | undefined;
  /** Time a packet takes one way, beyond the queue. */
  readonly delayMs?: number | undefined;
  /** Share of packets that get lost, each way, 0 to 1. */
  readonly lossShare?: number | undefined;
};

export type Host = {
  readonly namespace: string;
  readonly address: string;
};

/** Arguments of `ip` that run a command on a host. */
export function onHost({ namespace }: Host, ...command: readonly string[]): string[] {
  return ['netns', 'exec', namespace, ...command];
}

/** Bytes that may leave at once, and how long a packet may wait for its turn: a small switch. */
const RATE_BURST = '64k';
const RATE_QUEUE = '50ms';
/** Tries, of a second each at most, until a packet has gone to and fro. */
const REACH_TRIES = 20;
/** Name of the interface on either host. */
const INTERFACE = 'wire';
/** Addresses for measuring networks (RFC 2544), which nothing else uses. */
const NETWORK = '198.18.0.0/24';
/** Linux's own choice: what this machine has been told otherwise is not what other machines do. */
const TCP_CONGESTION_CONTROL = 'cubic';
const OFFLOADS = ['tx', 'tso', 'gso', 'gro', 'sg'];

/** Why a link cannot be made here, undefined when it can. */
export function whyNoLinks(spec: LinkSpec, forwarder: string | undefined): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are a feature of Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const needed = isDirect(spec) ? ['ip', 'tc', 'ping'] : ['ip', 'tc', 'ping', 'ethtool'];
  const missing = needed.filter((tool) => !isInstalled(tool));
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  if (isDirect(spec) || forwarder !== undefined) return undefined;
  return 'BENCH_DELAY_LINK names no forwarder that delays and loses packets';
}

function isDirect({ delayMs, lossShare }: LinkSpec): boolean {
  return delayMs === undefined && lossShare === undefined;
}

export class TwoHosts {
  // Names that no other run uses.
  readonly #prefix = `dits-${process.pid}`;
  readonly a: Host = this.#host('a', '198.18.0.1');
  readonly b: Host = this.#host('b', '198.18.0.2');
  readonly #made: string[] = [];
  #forwarder: ChildProcess | undefined;

  /**
   * Makes the hosts. `forwarder` is a programme that forwards frames between two interfaces, called with their names, the
   * delay one way in milliseconds and the share that gets lost, until SIGTERM; needed for links with either.
   */
  static async create(spec: LinkSpec, forwarder?: string): Promise<TwoHosts> {
    const hosts = new TwoHosts();
    try {
      const { a, b } = hosts;
      hosts.#addNamespaces([a, b]);
      if (isDirect(spec)) {
        joinNamespaces([a.namespace, INTERFACE], [b.namespace, INTERFACE], spec.mtuBytes);
      } else {
        hosts.#joinOver(spec, forwarder);
      }
      for (const host of [a, b]) setUp(host, spec.rateMbit);
      hosts.#checkReached();
      return hosts;
    } catch (error) {
      await hosts.remove();
      throw error;
    }
  }

  async remove(): Promise<void> {
    if (this.#forwarder !== undefined) await stop(this.#forwarder);
    for (const name of this.#made.splice(0)) ip('netns', 'del', name);
  }

  #host(side: string, address: string): Host {
    return { namespace: `${this.#prefix}-${side}`, address };
  }

  #addNamespaces(hosts: readonly Host[]): void {
    for (const { namespace } of hosts) {
      ip('netns', 'add', namespace);
      this.#made.push(namespace);
    }
  }

  #joinOver(
    { mtuBytes, delayMs = 0, lossShare = 0 }: LinkSpec,
    forwarder: string | undefined,
  ): void {
    if (forwarder === undefined) throw new Error('a link with delay or loss needs a forwarder');
    const { a, b } = this;
    const middle = this.#host('m', '');
    this.#addNamespaces([middle]);
    joinNamespaces([a.namespace, INTERFACE], [middle.namespace, 'left'], mtuBytes);
    joinNamespaces([b.namespace, INTERFACE], [middle.namespace, 'right'], mtuBytes);
    for (const [host, name] of [
      [a, INTERFACE],
      [b, INTERFACE],
      [middle, 'left'],
      [middle, 'right'],
    ] as const) {
      // The forwarder sees frames as they are: joined packets and checksums left to hardware would not be real ones.
      const off = OFFLOADS.flatMap((offload) => [offload, 'off']);
      ip(...onHost(host, 'ethtool', '-K', name, ...off));
    }
    const command = [forwarder, 'left', 'right', String(delayMs), String(lossShare)];
    this.#forwarder = spawn('ip', onHost(middle, ...command), {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  #checkReached(): void {
    const ping = onHost(this.a, 'ping', '-c', '1', '-W', '1', this.b.address);
    for (let tries = 0; tries < REACH_TRIES; tries++) {
      if (spawnSync('ip', ping).status === 0) return;
    }
    throw new Error('the two hosts do not reach each other');
  }
}

function setUp(host: Host, rateMbit: number | undefined): void {
  ip('-n', host.namespace, 'addr', 'add', `${host.address}/24`, 'dev', INTERFACE);
  const route = ['route', 'change', NETWORK, 'dev', INTERFACE];
  ip('-n', host.namespace, ...route, 'congctl', TCP_CONGESTION_CONTROL);
  if (rateMbit === undefined) return;
  const shape = ['rate', `${rateMbit}mbit`, 'burst', RATE_BURST, 'latency', RATE_QUEUE];
  ip(...onHost(host, 'tc', 'qdisc', 'add', 'dev', INTERFACE, 'root', 'tbf', ...shape));
}

type End = readonly [namespace: string, name: string];

function joinNamespaces(left: End, right: End, mtuBytes: number): void {
  const mtu = ['mtu', String(mtuBytes)];
  const peer = ['peer', 'name', right[1], 'netns', right[0], ...mtu];
  ip('-n', left[0], 'link', 'add', 'name', left[1], ...mtu, 'type', 'veth', ...peer);
  for (const [namespace, name] of [left, right]) {
    ip('-n', namespace, 'link', 'set', 'lo', 'up');
    ip('-n', namespace, 'link', 'set', name, 'up');
  }
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
