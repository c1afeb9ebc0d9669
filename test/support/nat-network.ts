/**
 * Two private networks behind routers that translate addresses, and a relay that both can reach, made of network
 * namespaces (Linux, root): `a` and `b` are hosts, `relay` is what lies between the routers. `remove` takes all of it away.
 */
import { execFileSync, spawnSync } from 'node:child_process';

/**
 * What the routers do with ports: keep them, so that a host is seen at the same port from everywhere, or choose one at random
 * for each destination.
 */
export type Translation = 'endpoint-independent' | 'random';

const SIDES = ['a', 'b'] as const;
export type Side = (typeof SIDES)[number];

const TOOLS = ['ip', 'iptables', 'sysctl'];

/** Why there can be no such network here, undefined when there can. */
export function whyNoNat(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are a feature of Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const missing = TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0);
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : undefined;
}

export class NatNetwork {
  readonly #prefix = `dits-nat-${process.pid}`;
  readonly #made: string[] = [];

  static create(translation: Translation): NatNetwork {
    const network = new NatNetwork();
    try {
      network.#make(translation);
      return network;
    } catch (error) {
      network.remove();
      throw error;
    }
  }

  remove(): void {
    for (const name of this.#made.splice(0)) ip('netns', 'del', name);
  }

  /** A command and its words, to run on a host. */
  on(host: Side | 'relay', ...command: readonly string[]): readonly [string, readonly string[]] {
    return ['ip', ['netns', 'exec', this.#name(host), ...command]];
  }

  /** Where a host reaches the relay. */
  relayAddress(from: Side): string {
    return from === 'a' ? '198.18.1.1' : '198.18.2.1';
  }

  #name(host: string): string {
    return `${this.#prefix}-${host}`;
  }

  #make(translation: Translation): void {
    for (const host of ['relay', 'a', 'b', 'router-a', 'router-b']) {
      ip('netns', 'add', this.#name(host));
      this.#made.push(this.#name(host));
      ip('-n', this.#name(host), 'link', 'set', 'lo', 'up');
    }
    const relay = this.#name('relay');
    SIDES.forEach((side, index) => {
      const router = this.#name(`router-${side}`);
      const host = this.#name(side);
      const outside = `198.18.${index + 1}`;
      const inside = `10.${index + 1}.0`;
      this.#join([relay, `to-${side}`, `${outside}.1/24`], [router, 'wan', `${outside}.2/24`]);
      this.#join([router, 'lan', `${inside}.1/24`], [host, 'eth', `${inside}.2/24`]);
      ip('-n', router, 'route', 'add', 'default', 'via', `${outside}.1`);
      ip('-n', host, 'route', 'add', 'default', 'via', `${inside}.1`);
      this.#translate(router, translation);
    });
    forward(relay);
  }

  #join(left: readonly [string, string, string], right: readonly [string, string, string]): void {
    const peer = ['peer', 'name', right[1], 'netns', right[0]];
    ip('-n', left[0], 'link', 'add', 'name', left[1], 'type', 'veth', ...peer);
    for (const [namespace, name, address] of [left, right]) {
      ip('-n', namespace, 'addr', 'add', address, 'dev', name);
      ip('-n', namespace, 'link', 'set', name, 'up');
    }
  }

  #translate(router: string, translation: Translation): void {
    forward(router);
    const random = translation === 'random' ? ['--random-fully'] : [];
    const table = ['-t', 'nat', '-A', 'POSTROUTING', '-o', 'wan', '-j', 'MASQUERADE', ...random];
    inside(router, 'iptables', ...table);
    // What nobody inside has asked for stays outside, without a word, as at home.
    inside(router, 'iptables', '-A', 'INPUT', '-i', 'wan', '-j', 'DROP');
    const known = ['-m', 'conntrack', '--ctstate', 'ESTABLISHED,RELATED', '-j', 'ACCEPT'];
    inside(router, 'iptables', '-A', 'FORWARD', '-i', 'wan', ...known);
    inside(router, 'iptables', '-A', 'FORWARD', '-i', 'wan', '-j', 'DROP');
  }
}

function forward(namespace: string): void {
  inside(namespace, 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
}

function inside(namespace: string, ...command: readonly string[]): void {
  ip('netns', 'exec', namespace, ...command);
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
