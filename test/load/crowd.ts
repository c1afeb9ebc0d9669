/** A crowd at a relay: many peers push and pull at the same time; is anything lost, does anybody wait for ever, what does it cost? */
import { join } from 'node:path';
import { median } from '../bench/statistics.ts';
import type { CrowdPeersResult } from './crowd-peers.ts';
import { LoadRelay } from './load-relay.ts';
import { assertNothingLost } from './nothing-lost.ts';
import { PeerGroups } from './peer-group.ts';

export type CrowdPlan = {
  readonly seed: number;
  readonly processes: number;
  readonly peersEach: number;
  readonly rounds: number;
  readonly fileBytes: number;
  /** Peers of each process that also put a commit on the branch of all. */
  readonly racersEach: number;
};

export type CrowdFigures = {
  readonly peers: number;
  /** Until the last peer had done its part. */
  readonly seconds: number;
  readonly medianSeconds: number;
  /** The longest single push or pull. */
  readonly longestSeconds: number;
  readonly acknowledgedCommits: number;
  /** Tries that it took to get every racer's commit onto the one branch. */
  readonly tries: number;
  readonly idleBytes: number;
  readonly peakBytes: number;
};

/** @throws Error when something that was acknowledged is not there, or anything is damaged, at the relay or at a peer */
export async function runCrowd(plan: CrowdPlan): Promise<CrowdFigures> {
  await using relay = await LoadRelay.open();
  await using gathering = new PeerGroups();
  for (let index = 0; index < plan.processes; index++) {
    const { seed, rounds, fileBytes, racersEach: racers, peersEach: identities } = plan;
    const label = `p${index}`;
    const own = {
      scenario: 'crowd' as const,
      address: relay.at,
      label,
      folder: join(relay.root, label),
    };
    const shared = { rounds, fileBytes, racers, identities, seed: seed * 1_000 + index };
    await gathering.start({ ...own, ...shared }, relay.home);
  }
  const { groups } = gathering;
  for (const group of groups) {
    group.tell();
    await group.hear();
  }
  const idleBytes = relay.residentBytes();
  for (const group of groups) group.tell();
  const results = (await Promise.all(groups.map((group) => group.hear()))) as CrowdPeersResult[];
  const peakBytes = relay.peakBytes();
  await Promise.all(groups.map((group) => group.end()));
  const acknowledged = results.flatMap((result) => result.acknowledged);
  await assertNothingLost(relay.repository, acknowledged);
  await relay.check();
  const done = results.flatMap(({ doneSeconds }) => doneSeconds);
  return {
    peers: done.length,
    seconds: Math.max(...done),
    medianSeconds: median(done),
    longestSeconds: Math.max(...results.map(({ longestSeconds }) => longestSeconds)),
    acknowledgedCommits: acknowledged.length,
    tries: results.reduce((sum, { tries }) => sum + tries, 0),
    ...{ idleBytes, peakBytes },
  };
}
