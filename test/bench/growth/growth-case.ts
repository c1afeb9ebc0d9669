/** Measures taking in, pushing, cloning and status at one size, and checks the clone. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { contentDigest, emptyFolder, expectEqual, settleDisk } from '../compare/scratch.ts';
import { connectedPair, wireBytes, type ConnectedPair } from '../connected-pair.ts';
import { writeNoiseFile, writeTextFiles } from '../data-sets.ts';
import type { DitsResult } from '../dits-side.ts';
import type { BenchCase, BenchContext } from '../section.ts';
import { median } from '../statistics.ts';
import { GROWTH_STEPS, type GrowthRow, type GrowthStep } from './growth-row.ts';

/** A point of the curve. */
export type GrowthPoint = {
  readonly name: string;
  readonly subject: GrowthRow['subject'];
  readonly amount: number;
  /** How often it is measured; the large ones once. */
  readonly runs: number;
  /** Whether it is pushed and cloned too, and not only taken in and looked at. */
  readonly isSent: boolean;
};

/** What a quick run measures instead of all. */
const QUICK_PART = 1 / 50;
/** Until a file counts as older than the index that was written after it, milliseconds. */
const SETTLED_AFTER_MS = 2500;

type Cost = Pick<GrowthRow, 'seconds' | 'peakBytes' | 'movedBytes'>;
/** Of the steps that were measured. */
type Costs = Readonly<Partial<Record<GrowthStep, Cost>>>;

export function growthCase(point: GrowthPoint): BenchCase<GrowthRow> {
  return {
    name: `growth-${point.name}`,
    run: async (context) => {
      const amount = Math.round(point.amount * (context.isQuick ? QUICK_PART : 1));
      const runs = Math.min(point.runs, context.runs);
      const costs: Costs[] = [];
      for (let run = 0; run < runs; run++) {
        costs.push(await measureOnce(context, { ...point, amount }));
        const parts = Object.entries(costs[run] ?? {}).map(
          ([step, { seconds }]) => `${step} ${seconds.toFixed(2)} s`,
        );
        context.log(`${point.name}: ${parts.join(', ')}`);
      }
      return GROWTH_STEPS.flatMap((step) => {
        const all = costs.flatMap((cost) => cost[step] ?? []);
        return all.length === 0 ? [] : [rowOf({ ...point, amount }, step, all)];
      });
    },
  };
}

function rowOf(
  { subject, amount }: GrowthPoint,
  step: GrowthStep,
  costs: readonly Cost[],
): GrowthRow {
  const movedBytes = costs[0]?.movedBytes;
  return {
    ...{ subject, amount, step },
    seconds: median(costs.map(({ seconds }) => seconds)),
    runs: costs.length,
    peakBytes: Math.max(...costs.map(({ peakBytes }) => peakBytes)),
    ...(movedBytes === undefined ? {} : { movedBytes }),
  };
}

async function measureOnce(context: BenchContext, point: GrowthPoint): Promise<Costs> {
  const root = emptyFolder(context.work, 'growth');
  const pair = await connectedPair(root);
  try {
    return await measureSteps(pair, point);
  } finally {
    await pair.relay.stop();
    rmSync(root, { recursive: true });
  }
}

async function measureSteps(pair: ConnectedPair, point: GrowthPoint): Promise<Costs> {
  const { side } = pair;
  const tree = await side.workingTree('tree', (path) => {
    if (point.subject === 'bytes') writeNoiseFile(join(path, 'A001_C003.mov'), point.amount);
    else writeTextFiles(path, point.amount);
  });
  const digest = await contentDigest(tree);
  settleDisk();
  const added = await side.run(['add', '-A', '.'], tree);
  const committed = await side.run(['commit', '-m', 'first'], tree);
  await sleep(SETTLED_AFTER_MS);
  // The first one refreshes what the index knows of each file.
  await side.run(['status'], tree);
  const status = await side.run(['status'], tree);
  expectEqual(status.result['clean'], true, 'whether an unchanged tree is clean');
  const local: Costs = {
    'take in': {
      seconds: added.seconds + committed.seconds,
      peakBytes: Math.max(added.peakBytes, committed.peakBytes),
      movedBytes: storedBytes(added),
    },
    status: { seconds: status.seconds, peakBytes: status.peakBytes },
  };
  if (!point.isSent) {
    await side.run(['fsck'], tree);
    return local;
  }
  const expected = { digest, head: committed.result['id'] };
  return { ...local, ...(await measureSync(pair, tree, expected)) };
}

/** Pushes the tree, removes it to make room, and clones it from the relay. */
async function measureSync(
  { side, relay, address }: ConnectedPair,
  tree: string,
  expected: { readonly digest: string; readonly head: unknown },
): Promise<Costs> {
  await side.run(['remote', 'add', 'origin', address], tree);
  settleDisk();
  const pushed = await side.run(['push', 'origin', 'main'], tree);
  const push = costOfSync(pushed, relay.peakBytes());
  rmSync(tree, { recursive: true });
  settleDisk();
  const copy = join(side.directory, 'clone');
  const cloned = await side.run(['clone', address, copy]);
  expectEqual(cloned.result['head'], expected.head, 'the head of the clone');
  expectEqual(await contentDigest(copy), expected.digest, 'the digest of the clone');
  return { push, clone: costOfSync(cloned, relay.peakBytes()) };
}

function costOfSync(result: DitsResult, relayPeakBytes: number): Cost {
  const peakBytes = Math.max(result.peakBytes, relayPeakBytes);
  return { seconds: result.seconds, peakBytes, movedBytes: wireBytes(result) };
}

function storedBytes({ result }: DitsResult): number {
  const { storedBytes } = result as { storedBytes?: unknown };
  if (typeof storedBytes !== 'number') throw new Error('add did not say what it stored');
  return storedBytes;
}
