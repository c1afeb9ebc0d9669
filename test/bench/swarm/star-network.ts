/**
 * Hosts around a switch, made of network namespaces (Linux, root): each has a line of its own, as fast one way as the other.
 * `remove` takes all of it away.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { onHost, type Host } from '../links/two-hosts.ts';
import { isInstalled } from '../other-tools/installed.ts';

/** Bytes that may leave at once, and how long a packet may wait for its turn: a small switch. */
const RATE_BURST = '64k';
const RATE_QUEUE = '50ms';
const INTERFACE = 'wire';
const SWITCH = 'switch';
const MTU_BYTES = '1500';
/** Addresses for measuring networks (RFC 2544), which nothing else uses. */
const NETWORK = '198.18.1';
const PREFIX_BITS = 24;
/** Tries, of a second each at most, until a packet has gone to and fro. */
const REACH_TRIES = 20;

/** Why such a network cannot be made here, undefined when it can. */
export function whyNoNetwork(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are a feature of Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const missing = ['ip', 'tc', 'ping'].filter((tool) => !isInstalled(tool));
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : undefined;
}

export class StarNetwork {
  readonly hosts: readonly Host[];
  readonly #switch: string;
  readonly #made: string[] = [];

  private constructor(count: number) {
    const prefix = `dits-${process.pid}`;
    this.#switch = `${prefix}-s`;
    this.hosts = Array.from({ length: count }, (_, index) => ({
      namespace: `${prefix}-${index + 1}`,
      address: `${NETWORK}.${index + 1}`,
    }));
  }

  /** One host a rate, in Mbit/s of Ethernet frames each way; undefined for as fast as the machine is. */
  static create(ratesMbit: readonly (number | undefined)[]): StarNetwork {
    const network = new StarNetwork(ratesMbit.length);
    try {
      network.#addSwitch();
      for (const [index, host] of network.hosts.entries()) {
        network.#join(host, `port${index + 1}`, ratesMbit[index]);
      }
      network.#checkReached();
      return network;
    } catch (error) {
      network.remove();
      throw error;
    }
  }

  /** Bytes that a host has sent so far, all headers included. */
  sentBytes(host: Host): number {
    const file = `/sys/class/net/${INTERFACE}/statistics/tx_bytes`;
    const shown = execFileSync('ip', onHost(host, 'cat', file));
    return Number(shown.toString());
  }

  remove(): void {
    for (const name of this.#made.splice(0)) ip('netns', 'del', name);
  }

  #addSwitch(): void {
    this.#addNamespace(this.#switch);
    ip('-n', this.#switch, 'link', 'add', SWITCH, 'type', 'bridge');
    ip('-n', this.#switch, 'link', 'set', SWITCH, 'up');
  }

  #addNamespace(name: string): void {
    ip('netns', 'add', name);
    this.#made.push(name);
  }

  #join(host: Host, port: string, rateMbit: number | undefined): void {
    const { namespace, address } = host;
    this.#addNamespace(namespace);
    const mtu = ['mtu', MTU_BYTES];
    const peer = ['peer', 'name', port, 'netns', this.#switch, ...mtu];
    ip('-n', namespace, 'link', 'add', 'name', INTERFACE, ...mtu, 'type', 'veth', ...peer);
    ip('-n', this.#switch, 'link', 'set', port, 'master', SWITCH, 'up');
    ip('-n', namespace, 'addr', 'add', `${address}/${PREFIX_BITS}`, 'dev', INTERFACE);
    for (const name of ['lo', INTERFACE]) ip('-n', namespace, 'link', 'set', name, 'up');
    if (rateMbit === undefined) return;
    const shape = ['rate', `${rateMbit}mbit`, 'burst', RATE_BURST, 'latency', RATE_QUEUE];
    for (const [where, device] of [
      [namespace, INTERFACE],
      [this.#switch, port],
    ] as const) {
      const qdisc = ['tc', 'qdisc', 'add', 'dev', device, 'root', 'tbf', ...shape];
      ip(...onHost({ namespace: where, address }, ...qdisc));
    }
  }

  #checkReached(): void {
    const [first, ...others] = this.hosts;
    if (first === undefined) return;
    for (const { address } of others) {
      const ping = onHost(first, 'ping', '-c', '1', '-W', '1', address);
      let tries = 0;
      while (spawnSync('ip', ping).status !== 0) {
        if (++tries === REACH_TRIES) throw new Error(`${address} is not reached`);
      }
    }
  }
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
