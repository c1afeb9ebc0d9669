/**
 * Holds the traffic of a process to the limits of its home folder, and follows them while it runs. Every process has its
 * own share: a node and a command beside it may each use the whole rate.
 */
import type { Connection } from '../../protocol/index.ts';
import { HomeWatch } from '../home-watch.ts';
import type { Logger } from '../logger.ts';
import { PeerBook } from '../trust/peer-book.ts';
import type { TrustFile } from '../trust/trust-file.ts';
import { LimitedConnection } from './limited-connection.ts';
import type { LimitsFile } from './limits-file.ts';
import { NO_LIMITS, type Limits } from './limits-format.ts';
import { RateGate } from './rate-gate.ts';

export type BandwidthLimitsDeps = {
  readonly file: LimitsFile;
  readonly trust: TrustFile;
  /** This machine's own identity: its commands and its node do not limit each other. */
  readonly ownPeerId: string;
  readonly logger: Logger;
  readonly nowMs: () => number;
  /** Told when the transfers with somebody are paused or go on; undefined is everybody. */
  readonly onPause?: ((peerId: string | undefined, isPaused: boolean) => void) | undefined;
};

type GatePair = { readonly up: RateGate; readonly down: RateGate };
type PeerGates = GatePair & { connectionCount: number };

export class BandwidthLimits {
  readonly #deps: BandwidthLimitsDeps;
  readonly #all: GatePair;
  readonly #watch = new HomeWatch(() => this.#look());
  readonly #peers = new Map<string, PeerGates>();
  #limits: Limits = NO_LIMITS;
  #book = new PeerBook([]);
  #version = '';

  private constructor(deps: BandwidthLimitsDeps) {
    this.#deps = deps;
    this.#all = { up: new RateGate(deps.nowMs), down: new RateGate(deps.nowMs) };
  }

  /** @throws NodeError DITS_NODE_CONFIG_INVALID, DITS_NODE_TRUST_CORRUPT, DITS_NODE_IO */
  static async start(deps: BandwidthLimitsDeps): Promise<BandwidthLimits> {
    const limits = new BandwidthLimits(deps);
    await limits.#read(await limits.#versionNow());
    limits.#watch.start();
    return limits;
  }

  /** What holds now. */
  get limits(): Limits {
    return this.#limits;
  }

  /** The connection, held to the limits as long as it lasts. */
  wrap(connection: Connection): Connection {
    const { remotePeerId } = connection;
    if (remotePeerId === this.#deps.ownPeerId) return connection;
    const gates = this.#gatesOf(remotePeerId);
    gates.connectionCount++;
    void connection.closed.then(() => {
      gates.connectionCount--;
      if (gates.connectionCount === 0) this.#peers.delete(remotePeerId);
    });
    return new LimitedConnection(connection, {
      up: [gates.up, this.#all.up],
      down: [gates.down, this.#all.down],
    });
  }

  /** Lets everything through that still waits, and follows no more changes. Idempotent. */
  async stop(): Promise<void> {
    await this.#watch.stop();
    for (const { up, down } of [this.#all, ...this.#peers.values()]) {
      up.close();
      down.close();
    }
  }

  #gatesOf(peerId: string): PeerGates {
    const old = this.#peers.get(peerId);
    if (old !== undefined) return old;
    const { nowMs } = this.#deps;
    const gates = { up: new RateGate(nowMs), down: new RateGate(nowMs), connectionCount: 0 };
    this.#peers.set(peerId, gates);
    this.#applyTo(peerId, gates);
    return gates;
  }

  #apply(): void {
    const { upBytesPerSecondMax, downBytesPerSecondMax, isPaused } = this.#limits;
    this.#all.up.set(upBytesPerSecondMax, { isPaused });
    this.#all.down.set(downBytesPerSecondMax, { isPaused });
    for (const [peerId, gates] of this.#peers) this.#applyTo(peerId, gates);
  }

  #applyTo(peerId: string, { up, down }: GatePair): void {
    const peer = this.#book.get(peerId);
    const isPaused = this.#limits.pausedPeers.includes(peerId);
    up.set(peer?.upBytesPerSecondMax, { isPaused });
    down.set(peer?.downBytesPerSecondMax, { isPaused });
  }

  async #look(): Promise<void> {
    try {
      const version = await this.#versionNow();
      if (version !== this.#version) await this.#read(version);
    } catch (error) {
      // A file that cannot be read changes nothing until it is repaired.
      const reason = error instanceof Error ? error.message : String(error);
      this.#deps.logger.warn('limits.unreadable', { reason });
    }
  }

  async #versionNow(): Promise<string> {
    const { file, trust } = this.#deps;
    return (await Promise.all([file.version(), trust.version()])).join(' ');
  }

  async #read(version: string): Promise<void> {
    const { file, trust, onPause } = this.#deps;
    const before = this.#limits;
    const [limits, book] = await Promise.all([file.read(), trust.read()]);
    this.#limits = limits;
    this.#book = book;
    this.#version = version;
    this.#apply();
    if (limits.isPaused !== before.isPaused) onPause?.(undefined, limits.isPaused);
    for (const peerId of this.#peers.keys()) {
      const isPaused = limits.pausedPeers.includes(peerId);
      if (isPaused !== before.pausedPeers.includes(peerId)) onPause?.(peerId, isPaused);
    }
  }
}
