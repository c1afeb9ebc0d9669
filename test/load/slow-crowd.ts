/** A crowd of slow readers at a relay, and somebody who clones meanwhile. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DitsSide } from '../bench/dits-side.ts';
import { LoadRelay } from './load-relay.ts';
import { PeerGroups } from './peer-group.ts';
import type { SlowReadersResult } from './slow-readers.ts';

const MIB = 1024 * 1024;

export type SlowCrowdPlan = {
  readonly readers: number;
  /** Identities that share the connections. */
  readonly identities: number;
  /** Of the file that the repository holds. */
  readonly fileMib: number;
  /** Clones with the crowd, and as many without. */
  readonly clones: number;
};

export type SlowCrowdFigures = {
  readonly readers: number;
  readonly idleBytes: number;
  /** The most that was resident at the relay with the crowd. */
  readonly peakBytes: number;
  readonly cloneAloneSeconds: number;
  /** The slowest clone with the crowd there. */
  readonly cloneSeconds: number;
  /** Slow readers that the relay has turned away meanwhile. */
  readonly closed: number;
  readonly bytesReceived: number;
  readonly handlesBefore: number;
  /** When all of them had gone. */
  readonly handlesAfter: number;
};

export async function runSlowCrowd(plan: SlowCrowdPlan): Promise<SlowCrowdFigures> {
  await using relay = await LoadRelay.open();
  await using gathering = new PeerGroups();
  const side = await admitSide(relay);
  await publish(side, relay, plan.fileMib);
  const handlesBefore = relay.handleCount();
  const clones = async (): Promise<number[]> => {
    const seconds: number[] = [];
    for (let clone = 0; clone < plan.clones; clone++) seconds.push(await cloneOnce(side, relay));
    return seconds;
  };
  const alone = await clones();
  const idleBytes = relay.residentBytes();
  const { readers, identities } = plan;
  const crowd = await gathering.start(
    { scenario: 'slow-readers', address: relay.at, readers, identities },
    relay.home,
  );
  crowd.tell();
  await crowd.hear();
  const together = await clones();
  const peakBytes = relay.peakBytes();
  crowd.tell();
  const { closed, bytesReceived } = (await crowd.hear()) as SlowReadersResult;
  await crowd.end();
  return {
    ...{ readers, idleBytes, peakBytes, closed, bytesReceived, handlesBefore },
    cloneAloneSeconds: Math.min(...alone),
    cloneSeconds: Math.max(...together),
    handlesAfter: await relay.settledHandles(handlesBefore),
  };
}

async function admitSide(relay: LoadRelay): Promise<DitsSide> {
  const side = new DitsSide(join(relay.root, 'side'));
  const words = ['--name', 'side', '--access', 'write'];
  await relay.run(['peer', 'add', await side.peerId(), ...words]);
  await side.run(['peer', 'add', await relay.peerId(), '--name', 'relay']);
  return side;
}

async function publish(side: DitsSide, relay: LoadRelay, mib: number): Promise<void> {
  const tree = await side.workingTree('source', (path) => {
    writeFileSync(join(path, 'take.mov'), randomBytes(mib * MIB));
  });
  await side.run(['add', '-A'], tree);
  await side.run(['commit', '-m', 'The take'], tree);
  await side.run(['push', relay.at, 'main'], tree);
}

async function cloneOnce(side: DitsSide, relay: LoadRelay): Promise<number> {
  const { seconds } = await side.run(['clone', '--no-checkout', relay.at, 'copy']);
  await rm(join(side.directory, 'copy'), { recursive: true });
  return seconds;
}
