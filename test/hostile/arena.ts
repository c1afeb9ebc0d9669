/**
 * Where a victim meets hostile peers: a real node in a process of its own, which is watched from outside, the repositories
 * that it serves, and a folder beside them in which nobody may write anything.
 */
import assert from 'node:assert/strict';
import { lstat, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { queryNode, type Identity } from '../../node/index.ts';
import { dialQuic } from '../../node/quic/quic-dial.ts';
import type { SocketAddress } from '../../node/quic/socket-address.ts';
import { dialTcp } from '../../node/tcp/tcp-dial.ts';
import type { Connection } from '../../protocol/index.ts';
import { branchRef, openStore, type CommitId } from '../../store/index.ts';
import type { RunningNode } from '../cli/running-node.ts';
import { Studio, seededBytes } from '../integration/studio.ts';
import { overruns, type Cost, type HostileCase } from './hostile-case.ts';
import { HostilePeer } from './hostile-peer.ts';
import { ProcessWatch } from './process-watch.ts';

/** The repository that mallory may write to. */
export const FILM = 'film';
/** One that mallory has no grant for. */
export const SECRET = 'secret';
/** A peer that is known, may write to `film`, and misbehaves. */
const MALLORY = 'mallory';

const CANARY = 'canary/untouched.txt';
const CANARY_TEXT = 'nobody writes here\n';
const POLL_MS = 20;
/** A goodbye may get lost on a busy machine: then silence has to end a connection. */
const GONE_WITHIN_MS = 45_000;
/** Open files come and go with what the node does by itself: segments, the index. */
const FILES_SLACK = 24;
/** A store that is open listens for other processes, on a socket, until it has been idle for some seconds. */
const SOCKETS_SLACK = 4;

export type DialAs = {
  /** Whose key; mallory's where it is left out. */
  readonly as?: string | undefined;
  readonly over?: 'quic' | 'tcp' | undefined;
};

export class Arena {
  readonly studio: Studio;
  readonly node: RunningNode;
  readonly watch: ProcessWatch;
  /** The commits that the two repositories begin with. */
  readonly heads: Readonly<Record<typeof FILM | typeof SECRET, CommitId>>;
  readonly #connections: Connection[] = [];
  /** Bytes that went to the victim by other ways than connections. */
  #rawBytes = 0;

  private constructor(studio: Studio, node: RunningNode, heads: Arena['heads']) {
    this.studio = studio;
    this.node = node;
    this.heads = heads;
    this.watch = new ProcessWatch(node.child.pid!);
  }

  /** Starts a relay with the repositories; further words go to its command line. */
  static async open(words: readonly string[] = []): Promise<Arena> {
    const studio = await Studio.create();
    await studio.sandbox.write(CANARY, CANARY_TEXT);
    await studio.grant('home', 'write');
    await studio.grant(MALLORY, 'write', FILM);
    const film = await studio.project(FILM, { 'take.mov': seededBytes(1, 3_000_000) });
    const secret = await studio.project(SECRET, { 'plan.txt': seededBytes(2, 100_000) });
    await studio.json('', ['config', '--global', 'node.discovery', 'false'], { home: 'relay' });
    const node = await studio.relay(words);
    for (const name of [FILM, SECRET]) await studio.json(name, ['push', node.at(name), 'main']);
    const heads = { film: film as CommitId, secret: secret as CommitId };
    return new Arena(studio, node, heads);
  }

  /** Where the victim listens, UDP and TCP. */
  get address(): SocketAddress {
    const { hostname, port } = new URL(this.node.address.replace(/^dits:/, 'http:'));
    return { host: hostname, port: Number(port) };
  }

  /** A proven connection of a hostile peer, on which nothing has been said. */
  async dial({ as = MALLORY, over = 'quic' }: DialAs = {}): Promise<HostilePeer> {
    return await this.dialAs(await this.studio.identity(as), over);
  }

  async dialAs(identity: Identity, over: 'quic' | 'tcp' = 'quic'): Promise<HostilePeer> {
    const common = { remote: this.address, checkPeer: () => undefined };
    const connection =
      over === 'quic'
        ? await dialQuic({ ...common, credentials: identity.credentials })
        : await dialTcp({ ...common, identity });
    this.#connections.push(connection);
    return new HostilePeer(connection);
  }

  /** The same, with the repository open for writing. */
  async enter(how: DialAs & { readonly repository?: string } = {}): Promise<HostilePeer> {
    const peer = await this.dial(how);
    return await peer.enter(how.repository ?? FILM);
  }

  /** Counts bytes that were sent to the victim outside of connections of `dial`. */
  sent(bytes: number): void {
    this.#rawBytes += bytes;
  }

  /** Runs one case and measures it. @throws what the case throws, and AssertionError when it cost too much or left something */
  async run(one: HostileCase): Promise<Cost> {
    return await this.runTogether([one]);
  }

  /** Runs cases at the same time, and measures them together. */
  async runTogether(cases: readonly HostileCase[]): Promise<Cost> {
    await this.settle();
    await this.watch.resetPeak();
    const [before, diskBefore] = await Promise.all([this.watch.now(), this.diskBytes()]);
    this.#rawBytes = 0;
    let sentBytes: number;
    try {
      await Promise.all(cases.map((one) => one.attack(this)));
    } finally {
      sentBytes = await this.#leave();
    }
    await this.settle(before.sockets, before.handles);
    const [after, peakBytes, diskAfter] = await Promise.all([
      this.watch.now(),
      this.watch.peakBytes(),
      this.diskBytes(),
    ]);
    const cost: Cost = {
      sentBytes,
      memoryBytes: Math.max(0, peakBytes - before.rssBytes),
      peakBytes,
      cpuMs: after.cpuMs - before.cpuMs,
      diskBytes: diskAfter - diskBefore,
      handles: after.handles - before.handles,
    };
    for (const { title, budget } of cases) {
      assert.deepEqual(overruns(cost, budget), [], `${title} cost too much`);
    }
    await this.assertUnharmed();
    return cost;
  }

  /** The node serves, and nothing was written where nobody may write. */
  async assertUnharmed(): Promise<void> {
    assert.equal(this.node.child.exitCode, null, this.node.log);
    assert.equal(await readFile(this.studio.path(CANARY), 'utf8'), CANARY_TEXT);
    assert.deepEqual(await readdir(this.studio.path('canary')), ['untouched.txt']);
  }

  /** What others did is still there, whole, and can be had. */
  async assertNothingLost(): Promise<void> {
    for (const name of [FILM, SECRET] as const) {
      await this.studio.json(name, ['fetch', this.node.at(name)]);
      await using store = await openStore(this.studio.path('data', name));
      assert.equal(await store.refs.get(branchRef('main')), this.heads[name]);
      const report = await store.fsck();
      assert.ok(report.ok, JSON.stringify(report));
    }
  }

  /** Waits until nobody is connected, and what connections had open is closed. */
  async settle(sockets = Infinity, handles = Infinity): Promise<void> {
    const endMs = performance.now() + GONE_WITHIN_MS;
    for (;;) {
      const { connections } = await queryNode(this.studio.sandbox.homePath('relay'));
      const now = await this.watch.now();
      const isQuiet = connections.length === 0 && now.sockets <= sockets + SOCKETS_SLACK;
      if (isQuiet && now.handles <= handles + FILES_SLACK) return;
      if (performance.now() > endMs) {
        assert.fail(
          `left over: ${connections.length} connections, ${now.sockets} sockets (${sockets} before), ` +
            `${now.handles} handles (${handles} before)`,
        );
      }
      await delay(POLL_MS);
    }
  }

  /** Bytes in everything that the victim writes to. */
  async diskBytes(): Promise<number> {
    const { sandbox } = this.studio;
    const sizes = [sandbox.homePath('relay'), this.studio.path('data')].map(folderBytes);
    return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
  }

  async close(): Promise<void> {
    await this.#leave();
    await this.node.end();
    await this.studio[Symbol.asyncDispose]();
  }

  /** Ends what the hostile peers have open; returns how much they have sent. */
  async #leave(): Promise<number> {
    const open = this.#connections.splice(0);
    await Promise.all(open.map((connection) => connection.close(0, 'the case is over')));
    return open.reduce((sum, connection) => sum + connection.stats().bytesSent, this.#rawBytes);
  }
}

async function folderBytes(folder: string): Promise<number> {
  let total = 0;
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch {
    // Removed while it was looked at.
    return 0;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) total += await folderBytes(path);
    else
      total += await lstat(path).then(
        ({ size }) => size,
        () => 0,
      );
  }
  return total;
}
