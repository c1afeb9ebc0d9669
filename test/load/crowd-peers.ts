/** The peers of a crowd: all push and pull at the same time, and some fight for one branch. */
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { LoadPeer, WAYS, type Acknowledged } from './load-peer.ts';
import type { Stage } from './peer-process.ts';

/** Branches of others that a peer takes in each round. */
const BRANCHES_PULLED = 2;
/** Dials at a time: more would only wait for each other on a machine of two processors. */
const DIALS_AT_A_TIME = 16;

export type CrowdPeersPlan = {
  readonly scenario: 'crowd';
  readonly address: string;
  readonly folder: string;
  /** Unique among the processes of a crowd. */
  readonly label: string;
  readonly seed: number;
  readonly rounds: number;
  /** Of the file that a commit records. */
  readonly fileBytes: number;
  /** Peers that put a commit on the branch of all. */
  readonly racers: number;
};

export type CrowdPeersResult = {
  readonly acknowledged: readonly Acknowledged[];
  /** When each peer had done its part, seconds from the start of all. */
  readonly doneSeconds: readonly number[];
  /** The longest that one push or pull took, seconds. */
  readonly longestSeconds: number;
  /** Tries that the races took. */
  readonly tries: number;
};

export async function crowdPeers(plan: CrowdPeersPlan, stage: Stage): Promise<void> {
  const { address, folder, label, seed } = plan;
  const peers: LoadPeer[] = [];
  for (const [index, identity] of stage.identities.entries()) {
    const name = `${label}-${index}`;
    const options = { name, identity, address, seed: seed * 1_000 + index };
    const way = WAYS[index % WAYS.length]!;
    peers.push(await LoadPeer.create({ ...options, way, folder: join(folder, name) }));
  }
  await connectAll(peers);
  stage.say('connected');
  await stage.next();
  const started = performance.now();
  const works = peers.map((peer, index) => work(peer, plan, { isRacer: index < plan.racers }));
  const done = await Promise.all(
    works.map(async (one) => ({ ...(await one), seconds: (performance.now() - started) / 1_000 })),
  );
  for (const peer of peers) await peer.check();
  await Promise.all(peers.map((peer) => peer.close()));
  const result: CrowdPeersResult = {
    acknowledged: peers.flatMap(({ acknowledged }) => acknowledged),
    doneSeconds: done.map(({ seconds }) => seconds),
    longestSeconds: Math.max(...done.map(({ longestMs }) => longestMs)) / 1_000,
    tries: done.reduce((sum, { tries }) => sum + tries, 0),
  };
  stage.say(result);
}

async function connectAll(peers: readonly LoadPeer[]): Promise<void> {
  const waiting = [...peers];
  const connectSome = async (): Promise<void> => {
    for (let peer = waiting.pop(); peer !== undefined; peer = waiting.pop()) await peer.connect();
  };
  await Promise.all(Array.from({ length: DIALS_AT_A_TIME }, connectSome));
}

async function work(
  peer: LoadPeer,
  { rounds, fileBytes }: CrowdPeersPlan,
  { isRacer }: { readonly isRacer: boolean },
): Promise<{ readonly longestMs: number; readonly tries: number }> {
  let longestMs = 0;
  const timed = async (operation: Promise<unknown>): Promise<void> => {
    const from = performance.now();
    await operation;
    longestMs = Math.max(longestMs, performance.now() - from);
  };
  let tries = 0;
  for (let round = 0; round < rounds; round++) {
    await timed(peer.push(fileBytes));
    await timed(peer.pull(BRANCHES_PULLED));
    // Others get their turn on this process's one thread.
    await delay(0);
  }
  if (isRacer) tries += await peer.race(1_000);
  return { longestMs, tries };
}
