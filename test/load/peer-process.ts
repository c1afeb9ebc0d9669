/**
 * Many peers in one process: `node peer-process.js PLAN`, the plan as JSON. Prints a line with the ids of its peers, waits for a line,
 * does what the plan says, and prints what came of it. More lines in between are between a scenario and its caller.
 */
import { createInterface } from 'node:readline';
import { generateIdentity, type Identity } from '../../node/index.ts';
import { churnPeers, type ChurnPeersPlan } from './churn-peers.ts';
import { crowdPeers, type CrowdPeersPlan } from './crowd-peers.ts';
import { slowReaders, type SlowReadersPlan } from './slow-readers.ts';

/** What a process shall do, with how many identities. */
export type PeerPlan = { readonly identities: number } & (
  ChurnPeersPlan | CrowdPeersPlan | SlowReadersPlan
);

/** What a scenario may use. */
export type Stage = {
  readonly identities: readonly Identity[];
  /** Waits for the caller; false when it has gone. */
  next(): Promise<boolean>;
  say(line: unknown): void;
};

async function main(): Promise<void> {
  const plan = JSON.parse(process.argv[2] ?? '') as PeerPlan;
  const identities = Array.from({ length: plan.identities }, () => generateIdentity());
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const stage: Stage = {
    identities,
    next: async () => (await lines.next()).done !== true,
    say: (line) => {
      console.log(JSON.stringify(line));
    },
  };
  stage.say(identities.map(({ peerId }) => peerId));
  if (await stage.next()) await SCENARIOS[plan.scenario](plan as never, stage);
  process.stdin.destroy();
}

const SCENARIOS = { churn: churnPeers, crowd: crowdPeers, 'slow-readers': slowReaders };

await main();
