/**
 * The scenario: peers commit, push to and pull from each other over links that break, for a while; then the links are
 * good and everybody talks to everybody until nothing changes. At all times every ref must lead to objects that are all
 * there; in the end everyone must have the same refs. Only a broken link may make a sync fail.
 */
import {
  ProtocolError,
  connectSession,
  createMemoryPair,
  serveConnection,
} from '../protocol/index.ts';
import { LossyLink, type LinkQuality } from './lossy-link.ts';
import { SeededRandom } from './seeded-random.ts';
import { REPOSITORY_NAME, SimulatedPeer } from './simulated-peer.ts';
import { VirtualClock } from './virtual-clock.ts';

export type SimulationReport = {
  readonly seed: number;
  readonly peers: number;
  readonly syncs: number;
  /** Syncs that a broken link ended. */
  readonly broken: number;
  /** Objects that everyone holds in the end. */
  readonly objects: number;
  /** Simulated milliseconds. */
  readonly virtualMs: number;
};

const PEERS_MIN = 3;
const PEERS_RANGE = 3;
const ROUNDS = 12;
/** Syncs that begin at the same time, in each round. */
const SYNCS_AT_A_TIME = 3;
/** Rounds of everybody with everybody after which all must agree: joins of main travel once around. */
const SETTLE_ROUNDS_MAX = 12;

const GOOD: LinkQuality = { delayMs: 1, jitterMs: 2, loss: 0, bytesPerMs: 100_000 };

/** Runs one simulation. @throws Error that names the seed */
export async function runSimulation(seed: number): Promise<SimulationReport> {
  const clock = new VirtualClock();
  try {
    return await clock.run(() => new Simulation(seed, clock).run());
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`simulation with seed ${seed} failed: ${what}`, { cause });
  }
}

class Simulation {
  readonly #seed: number;
  readonly #clock: VirtualClock;
  readonly #random: SeededRandom;
  readonly #peers: readonly SimulatedPeer[];
  #syncs = 0;
  #broken = 0;

  constructor(seed: number, clock: VirtualClock) {
    this.#seed = seed;
    this.#clock = clock;
    this.#random = new SeededRandom(seed);
    const count = PEERS_MIN + this.#random.below(PEERS_RANGE);
    this.#peers = Array.from(
      { length: count },
      (_, index) => new SimulatedPeer(`peer-${index}`, this.#random),
    );
  }

  async run(): Promise<SimulationReport> {
    for (let round = 0; round < ROUNDS; round++) {
      for (const peer of this.#peers) if (this.#random.below(2) === 0) await peer.commit();
      await Promise.all(
        Array.from({ length: SYNCS_AT_A_TIME }, () => this.#syncSomeone(this.#badLink())),
      );
      await this.#check();
    }
    await this.#settle();
    const [first] = this.#peers;
    return {
      seed: this.#seed,
      peers: this.#peers.length,
      syncs: this.#syncs,
      broken: this.#broken,
      objects: (await first?.repository.objects.count()) ?? 0,
      virtualMs: Math.round(this.#clock.now()),
    };
  }

  async #check(): Promise<void> {
    for (const peer of this.#peers) await peer.check();
  }

  async #settle(): Promise<void> {
    for (let round = 0; round < SETTLE_ROUNDS_MAX; round++) {
      for (const from of this.#peers) {
        for (const to of this.#peers) if (from !== to) await this.#sync(from, to, GOOD);
      }
      const states = await Promise.all(this.#peers.map((peer) => peer.state()));
      if (new Set(states).size === 1) return this.#check();
    }
    throw new Error(`no agreement after ${SETTLE_ROUNDS_MAX} rounds`);
  }

  #badLink(): LinkQuality {
    return {
      delayMs: this.#random.below(80),
      jitterMs: this.#random.below(40),
      loss: this.#random.below(4) * 0.01,
      bytesPerMs: 200 + this.#random.below(20_000),
    };
  }

  #syncSomeone(quality: LinkQuality): Promise<void> {
    const from = this.#random.below(this.#peers.length);
    const step = 1 + this.#random.below(this.#peers.length - 1);
    const to = (from + step) % this.#peers.length;
    return this.#sync(this.#peers[from]!, this.#peers[to]!, quality);
  }

  async #sync(from: SimulatedPeer, to: SimulatedPeer, quality: LinkQuality): Promise<void> {
    this.#syncs++;
    const clock = this.#clock;
    const link = new LossyLink(clock, this.#random, quality);
    const names = { diallerPeerId: from.name, acceptorPeerId: to.name };
    const { dialler, acceptor } = createMemoryPair({ link, ...names });
    const random = (count: number): Uint8Array => this.#random.bytes(count);
    const served = serveConnection(
      acceptor,
      { clock, host: to.host, random },
      { software: 'simulation' },
    );
    try {
      const session = await connectSession(dialler, { clock }, { software: 'simulation' });
      try {
        const remote = await session.openRepository(REPOSITORY_NAME, { access: 'write' });
        await from.syncWith(remote);
      } finally {
        await session.close();
      }
    } catch (error) {
      if (!isBrokenLink(error) || quality.loss === 0) throw error;
      this.#broken++;
    }
    await served.done.catch((error: unknown) => {
      if (!isBrokenLink(error)) throw error;
    });
  }
}

function isBrokenLink(error: unknown): boolean {
  return error instanceof ProtocolError && error.code === 'DITS_PROTOCOL_CONNECTION_LOST';
}
