/** Two machines on one link, each with a node that listens on every interface. Linux, root. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { queryNode } from '../../../node/index.ts';
import { Side } from '../links/linked-sides.ts';
import { TwoHosts, onHost, whyNoLinks, type Host, type LinkSpec } from '../links/two-hosts.ts';
import { measure, stop } from '../measured-process.ts';

export const LINK: LinkSpec = { mtuBytes: 1500, rateMbit: 100 };
/** dist/test/bench/near/ask-while-busy.js. */
const ASK_WHILE_BUSY = fileURLToPath(new URL('ask-while-busy.js', import.meta.url));
/** How often a node is asked whom it has found. */
const LOOK_INTERVAL_MS = 10;
/** Whoever has not been found by then is not going to be. */
const FOUND_TIMEOUT_MS = 15_000;
const PORT = 4433;

/** Round trips of a small question, in milliseconds. */
export type Waits = { readonly idleMs: readonly number[]; readonly busyMs: readonly number[] };

export class TwoNeighbours {
  readonly ann: Side;
  readonly bob: Side;
  readonly annId: string;
  readonly bobId: string;
  readonly #hosts: TwoHosts;
  readonly #folder: string;
  readonly #addresses = new Map<Side, string>();
  readonly #nodes = new Map<Side, ChildProcess>();

  private constructor(
    hosts: TwoHosts,
    folder: string,
    sides: {
      readonly ann: Side;
      readonly bob: Side;
      readonly annId: string;
      readonly bobId: string;
    },
  ) {
    this.#hosts = hosts;
    this.#folder = folder;
    this.ann = sides.ann;
    this.bob = sides.bob;
    this.annId = sides.annId;
    this.bobId = sides.bobId;
  }

  /** Why there cannot be any here, undefined when there can. */
  static whyNot(): string | undefined {
    return whyNoLinks(LINK, undefined);
  }

  /** Each knows the other by name, and grants it to write. */
  static async create(folder: string): Promise<TwoNeighbours> {
    const hosts = await TwoHosts.create(LINK);
    try {
      const [ann, bob] = [
        new Side(hosts.a, join(folder, 'ann')),
        new Side(hosts.b, join(folder, 'bob')),
      ];
      const [annId, bobId] = await Promise.all(
        [ann, bob].map(async (side) => String((await side.run('id'))['peerId'])),
      );
      await ann.run('peer', 'add', bobId!, '--name', 'bob', '--access', 'write');
      await bob.run('peer', 'add', annId!, '--name', 'ann', '--access', 'write');
      return new TwoNeighbours(hosts, folder, { ann, bob, annId: annId!, bobId: bobId! });
    } catch (error) {
      await hosts.remove();
      throw error;
    }
  }

  async remove(): Promise<void> {
    await this.stopNodes();
    await this.#hosts.remove();
  }

  /** Begins to start a node; whether it is up shows when it is found. */
  start(side: Side): void {
    const data = join(side.home, 'data');
    mkdirSync(data, { recursive: true });
    const words = ['--relay', '--create', '--data', data, '--listen', `0.0.0.0:${PORT}`];
    const child = spawn('ip', side.command('node', 'start', '--quiet', ...words), {
      env: { ...process.env, ...side.environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#nodes.set(side, child);
  }

  async stopNodes(): Promise<void> {
    const children = [...this.#nodes.values()];
    this.#nodes.clear();
    await Promise.all(children.map((child) => stop(child)));
  }

  /** Waits until the node of a side has heard of a peer. */
  async untilFound(side: Side, peerId: string): Promise<void> {
    const deadlineMs = performance.now() + FOUND_TIMEOUT_MS;
    while (performance.now() < deadlineMs) {
      const near = await queryNode(side.home).then(
        (status) => status.near ?? [],
        // It is still starting.
        () => [],
      );
      if (near.some((peer) => peer.peerId === peerId)) return;
      await delay(LOOK_INTERVAL_MS);
    }
    throw new Error(`${peerId} was not found in ${FOUND_TIMEOUT_MS} ms`);
  }

  /** Milliseconds from the start of two nodes until each has found the other. */
  async measureFinding(): Promise<number> {
    const startedMs = performance.now();
    this.start(this.ann);
    this.start(this.bob);
    await Promise.all([
      this.untilFound(this.ann, this.bobId),
      this.untilFound(this.bob, this.annId),
    ]);
    return performance.now() - startedMs;
  }

  /** Gives a machine another address on the same link. */
  moveTo(side: Side, address: string): void {
    const host = this.#hostOf(side);
    const change = (verb: string, of: string): void => {
      execFileSync('ip', ['-n', host.namespace, 'addr', verb, `${of}/24`, 'dev', 'wire']);
    };
    const before = this.#addresses.get(side) ?? host.address;
    // In this order: addresses of one network go with the first of them.
    change('del', before);
    change('add', address);
    this.#addresses.set(side, address);
  }

  /** How long bob's questions to ann's node take, alone and while bob sends bulk on the same connection. */
  async measureWaits(bulkLanes: 'auto' | 'never', bytes: number): Promise<Waits> {
    const { address } = this.#hosts.a;
    const where = `dits://${this.annId}@${address}:${PORT}/waits-${bulkLanes}`;
    const command = onHost(
      this.#hosts.b,
      process.execPath,
      ASK_WHILE_BUSY,
      ...[this.bob.home, where, bulkLanes, String(bytes)],
    );
    const { stdout } = await measure('ip', command, { cwd: this.#folder });
    return JSON.parse(stdout) as Waits;
  }

  #hostOf(side: Side): Host {
    return side === this.ann ? this.#hosts.a : this.#hosts.b;
  }
}
