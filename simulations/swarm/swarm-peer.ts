/** A peer of a swarm: serves what it holds, asks who else is there, and fetches from some of them until it has everything. */
import { setMaxListeners } from 'node:events';
import {
  SwarmFetch,
  UploadTurns,
  connectSession,
  listChunks,
  serveConnection,
  type Connection,
  type MemoryPair,
  type RemoteRepository,
  type ServedRepository,
  type SwarmReport,
} from '../../protocol/index.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import { connectHosts, type Host } from './host-network.ts';
import { PeerStore } from './peer-store.ts';
import type { SwarmContent } from './swarm-content.ts';
import { ASK_INTERVAL_MS, type Tracker } from './tracker.ts';

const REPOSITORY_NAME = 'film';
const SOFTWARE = 'simulation';
/** Other peers that a peer fetches from at a time. */
const NEIGHBOURS_MAX = 6;
/** Delay one way between two peers, at least, and how much longer it may be. */
const DELAY_MIN_MS = 5;
const DELAY_RANGE_MS = 45;
/** Time for which a peer that has everything goes on serving it: a checkout is not done at once. */
const LINGER_MS = 5_000;

/** What the peers of a swarm share. */
export type SwarmWorld = {
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly content: SwarmContent;
  readonly tracker: Tracker;
  /** By name: whoever can be dialled. */
  readonly present: Map<string, Participant>;
};

/** Whoever can be dialled. */
interface Participant {
  readonly host: Host;
  readonly turns: UploadTurns;
  /** What it serves now; undefined when it is not there. */
  readonly served: ServedRepository | undefined;
}

type Serving = { readonly repository: ServedRepository; readonly turns: UploadTurns };

/** Serves a connection as this participant would. */
function accept(world: SwarmWorld, connection: Connection, serving: Serving): void {
  const { repository, turns } = serving;
  const { clock, random } = world;
  const host = {
    authorize: () =>
      Promise.resolve({ isGranted: true as const, access: 'read' as const, repository }),
  };
  const deps = { clock, host, turns, random: (count: number) => random.bytes(count) };
  serveConnection(connection, deps, { software: SOFTWARE });
}

export class SwarmPeer implements Participant {
  readonly host: Host;
  readonly turns: UploadTurns;
  readonly #world: SwarmWorld;
  readonly #store: PeerStore;
  readonly #pairs = new Map<string, MemoryPair>();
  #fetch: SwarmFetch | undefined;
  /** When it had everything. */
  finishedMs: number | undefined;

  constructor(world: SwarmWorld, host: Host) {
    this.#world = world;
    this.host = host;
    this.turns = new UploadTurns(world.clock);
    this.#store = new PeerStore(world.content, world.clock);
  }

  get served(): ServedRepository | undefined {
    return this.#fetch?.share.repository;
  }

  /** Fetches everything from the seed and whoever else is there. Leaves at `leavesAtMs`, if that comes before the end. */
  async run(leavesAtMs: number | undefined): Promise<SwarmReport | undefined> {
    const { clock, random, content, present, tracker } = this.#world;
    const controller = new AbortController();
    const { signal } = controller;
    // Every dial and the fetch itself wait for it.
    setMaxListeners(4 * NEIGHBOURS_MAX, signal);
    const wants = [content.commit];
    const chunks = await listChunks(this.#store, { wants, haves: [] });
    const deps = { store: this.#store, clock, random: (count: number) => random.bytes(count) };
    const fetch = new SwarmFetch(deps, { wants, chunks, signal });
    this.#fetch = fetch;
    present.set(this.host.name, this);
    const settle = fetch.expectSources();
    const meeting = this.#meet(fetch, signal);
    const leaving = leavesAtMs === undefined ? undefined : this.#leaveAt(leavesAtMs, controller);
    try {
      const report = await fetch.run();
      this.finishedMs = clock.now();
      controller.abort(LEFT);
      await clock.sleep(LINGER_MS);
      return report;
    } catch (error) {
      if (error !== LEFT) throw error;
      return undefined;
    } finally {
      settle();
      controller.abort(LEFT);
      await Promise.all([meeting, leaving]);
      tracker.leave(this.host.name);
      present.delete(this.host.name);
      this.#fetch = undefined;
      for (const { sever } of this.#pairs.values()) sever();
      this.#pairs.clear();
    }
  }

  async #leaveAt(leavesAtMs: number, controller: AbortController): Promise<void> {
    const { clock } = this.#world;
    await untilLeft(clock.sleep(leavesAtMs - clock.now(), controller.signal));
    controller.abort(LEFT);
  }

  /** Goes on asking who is there, and dials some of them. */
  async #meet(fetch: SwarmFetch, signal: AbortSignal): Promise<void> {
    const { clock, tracker } = this.#world;
    while (!signal.aborted) {
      const members = ['seed', ...tracker.ask(this.host.name)];
      for (const name of members) {
        if (this.#pairs.size > NEIGHBOURS_MAX) break;
        if (!this.#pairs.has(name)) void this.#join(fetch, name, signal);
      }
      await untilLeft(clock.sleep(ASK_INTERVAL_MS, signal));
    }
  }

  async #join(fetch: SwarmFetch, name: string, signal: AbortSignal): Promise<void> {
    const { clock, random, content, present } = this.#world;
    const other = present.get(name);
    const repository = other?.served;
    if (other === undefined || repository === undefined) return;
    const delayMs = DELAY_MIN_MS + random.below(DELAY_RANGE_MS);
    const { bulkWeight } = content;
    const ends = { dialler: this.host, acceptor: other.host, delayMs };
    const pair = connectHosts({ clock, bulkWeight }, ends);
    this.#pairs.set(name, pair);
    accept(this.#world, pair.acceptor, { repository, turns: other.turns });
    try {
      const session = await connectSession(pair.dialler, { clock }, { software: SOFTWARE, signal });
      const opened: RemoteRepository = await session.openRepository(REPOSITORY_NAME, {
        access: 'read',
        signal,
      });
      await fetch.add(opened);
      await session.close();
    } catch (error) {
      // A peer that left while it was dialled; whatever else is wrong shows in the fetch.
      if (!signal.aborted && present.get(name) === other) throw error;
    } finally {
      pair.sever();
      this.#pairs.delete(name);
    }
  }
}

const LEFT = new Error('the peer has left');

async function untilLeft(sleeping: Promise<void>): Promise<void> {
  try {
    await sleeping;
  } catch (error) {
    if (error !== LEFT) throw error;
  }
}
