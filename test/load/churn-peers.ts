/** Peers that come and go: each connects, pushes, pulls, says goodbye, and after some rounds gives up its branch and never comes again. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LoadPeer, WAYS } from './load-peer.ts';
import type { Stage } from './peer-process.ts';

/** Visits of a peer until it retires, and what it records at each. */
const VISITS = 6;
const FILE_BYTES: number = 96 * 1024;
const BRANCHES_PULLED = 2;

export type ChurnPeersPlan = {
  readonly scenario: 'churn';
  readonly address: string;
  readonly folder: string;
  /** Unique among all processes that ever use the relay. */
  readonly label: string;
  readonly seed: number;
  /** Between two visits of one peer. */
  readonly pauseMs: number;
};

/** What the process tells while it runs: it may be killed at any time. */
export type ChurnNews =
  | { readonly kind: 'acknowledged'; readonly branch: string; readonly commit: string }
  | { readonly kind: 'retiring'; readonly branch: string };

/** Goes on until the process is told to stop, or killed. */
export async function churnPeers(plan: ChurnPeersPlan, stage: Stage): Promise<void> {
  let isOver = false;
  const lives = stage.identities.map(async (_, index) => {
    for (let life = 0; !isOver; life++) {
      const name = `${plan.label}-${index}-${life}`;
      await liveOnce({ ...plan, name, index }, stage, () => isOver);
    }
  });
  const failed = Promise.all(lives);
  await Promise.race([stage.next(), failed]);
  isOver = true;
  await failed;
}

async function liveOnce(
  plan: ChurnPeersPlan & { readonly name: string; readonly index: number },
  stage: Stage,
  isOver: () => boolean,
): Promise<void> {
  const { name, index, address, seed, pauseMs } = plan;
  const folder = join(plan.folder, name);
  const way = WAYS[index % WAYS.length]!;
  const identity = stage.identities[index]!;
  const peer = await LoadPeer.create({ name, identity, folder, address, way, seed: seed + index });
  for (let visit = 0; visit < VISITS && !isOver(); visit++) {
    await peer.connect();
    await peer.push(FILE_BYTES);
    stage.say({ kind: 'acknowledged', ...peer.acknowledged.at(-1)! } satisfies ChurnNews);
    await peer.pull(BRANCHES_PULLED);
    await delay(pauseMs / 2);
    if (visit === VISITS - 1) {
      stage.say({ kind: 'retiring', branch: peer.acknowledged.at(-1)!.branch } satisfies ChurnNews);
      await peer.retire();
    }
    await peer.disconnect();
    await delay(pauseMs / 2);
  }
  await peer.check();
  await peer.close();
  await rm(folder, { recursive: true, force: true });
}
