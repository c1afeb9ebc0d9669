/**
 * The scenario: a seed has a file, so many peers want it, all of them at about the same time. Measured: when each has it, what the seed had
 * to send, how even the load was. The code is that of production; only links, disks and time are not real.
 */
import { MemoryRefStore, branchRef } from '../../store/index.ts';
import { UploadTurns, type ServedRepository } from '../../protocol/index.ts';
import { SeededRandom } from '../seeded-random.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { Host, type HostRates } from './host-network.ts';
import { PeerStore } from './peer-store.ts';
import { CHUNK_BYTES, makeContent, type SwarmContent } from './swarm-content.ts';
import { SwarmPeer, type SwarmWorld } from './swarm-peer.ts';
import { Tracker } from './tracker.ts';

export type SwarmScenario = {
  readonly seed: number;
  readonly peers: number;
  /** Chunks of the file. */
  readonly chunks: number;
  /** Rates of the peers, dealt out in turn; the seed has the first. */
  readonly rates: readonly HostRates[];
  /** Share of the peers that leave once in the middle, and come back later with what they had, 0 to 1. */
  readonly churn: number;
};

export type SwarmResult = {
  readonly seed: number;
  readonly peers: number;
  readonly fileBytes: number;
  readonly churn: number;
  /** The longest that anyone needs with links alone: the file out of the seed once, and into the slowest. */
  readonly idealMs: number;
  /** When half of the peers had everything, and the last one, since the beginning. */
  readonly medianMs: number;
  readonly lastMs: number;
  /** What the seed sent, in files. */
  readonly seedFiles: number;
  /** What peers received in all, in files each: above 1 by doubles and by what describes them. */
  readonly receivedFiles: number;
  /** Jain's index of what peers with the same link sent: 1 when all sent the same, 1/n when one sent everything. */
  readonly fairness: number;
};

/** Peers begin within so many milliseconds. */
const ARRIVAL_RANGE_MS = 3_000;
/** How long a peer that has left stays away, at least, and how much longer. */
const AWAY_MIN_MS = 2_000;
const AWAY_RANGE_MS = 10_000;
/** Sleeps of all peers are joined to these steps. */
const TICK_MS = 1;

/** Runs one swarm to its end. @throws Error that names the seed */
export async function runSwarm(scenario: SwarmScenario): Promise<SwarmResult> {
  const random = new SeededRandom(scenario.seed);
  // Chunks are packed on the thread pool, before the clock is anybody's.
  const content = await makeContent(scenario.chunks, random);
  const clock = new VirtualClock({ tickMs: TICK_MS });
  try {
    return await clock.run(() => swarm(scenario, { clock, random, content }));
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`swarm with seed ${scenario.seed} failed: ${what}`, { cause });
  }
}

async function swarm(
  scenario: SwarmScenario,
  parts: Pick<SwarmWorld, 'clock' | 'random' | 'content'>,
): Promise<SwarmResult> {
  const { clock, random, content } = parts;
  const tracker = new Tracker(clock, random);
  const world: SwarmWorld = { ...parts, tracker, present: new Map() };
  const seedHost = new Host('seed', scenario.rates[0]!);
  const served = await seedRepository(content, clock);
  world.present.set('seed', { host: seedHost, turns: new UploadTurns(clock), served });
  const { rates } = scenario;
  const peers = Array.from(
    { length: scenario.peers },
    (_, index) => new SwarmPeer(world, new Host(`peer-${index}`, rates[index % rates.length]!)),
  );
  const idealMs = idealOf(scenario, content);
  await Promise.all(
    peers.map(async (peer) => {
      await clock.sleep(random.below(ARRIVAL_RANGE_MS));
      if (random.next() < scenario.churn) {
        await peer.run(clock.now() + random.below(idealMs));
        await clock.sleep(AWAY_MIN_MS + random.below(AWAY_RANGE_MS));
      }
      if (peer.finishedMs === undefined) await peer.run(undefined);
    }),
  );
  return resultOf(scenario, { idealMs, peers, seedHost, content });
}

async function seedRepository(
  content: SwarmContent,
  clock: VirtualClock,
): Promise<ServedRepository> {
  const objects = new PeerStore(content, clock);
  objects.fill();
  const refs = new MemoryRefStore({ now: () => clock.now() });
  const change = { name: branchRef('main'), expected: null, target: content.commit };
  await refs.update([change], { actor: 'seed', reason: 'commit' });
  return { objects, refs };
}

function idealOf({ rates }: SwarmScenario, { bytes }: SwarmContent): number {
  return Math.max(bytes / rates[0]!.up, ...rates.map(({ down }) => bytes / down));
}

function resultOf(
  { seed, churn, rates, chunks }: SwarmScenario,
  facts: {
    readonly idealMs: number;
    readonly peers: readonly SwarmPeer[];
    readonly seedHost: Host;
    readonly content: SwarmContent;
  },
): SwarmResult {
  const { idealMs, peers, seedHost, content } = facts;
  const times = peers.map(({ finishedMs = Infinity }) => finishedMs).sort((a, b) => a - b);
  const receivedBytes = peers.reduce((sum, { host }) => sum + host.receivedBytes, 0);
  const equals = peers
    .filter(({ host }) => host.rates === rates[0])
    .map(({ host }) => host.sentBytes);
  return {
    seed,
    peers: peers.length,
    fileBytes: chunks * CHUNK_BYTES,
    churn,
    idealMs: Math.round(idealMs),
    medianMs: Math.round(times[times.length >> 1]!),
    lastMs: Math.round(times.at(-1)!),
    seedFiles: rounded(seedHost.sentBytes / content.bytes),
    receivedFiles: rounded(receivedBytes / content.bytes / peers.length),
    fairness: rounded(jainIndex(equals)),
  };
}

/** Jain, Chiu, Hawe: A Quantitative Measure of Fairness (DEC TR-301, 1984). */
function jainIndex(amounts: readonly number[]): number {
  const sum = amounts.reduce((total, one) => total + one, 0);
  const squares = amounts.reduce((total, one) => total + one * one, 0);
  return squares === 0 ? 1 : (sum * sum) / (amounts.length * squares);
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
