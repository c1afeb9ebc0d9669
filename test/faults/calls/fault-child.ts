/** Runs under the shim: commands within this process, faults at their calls. Told what to do by a line of JSON. */
import { SeededRandom } from '../../../simulations/seeded-random.ts';
import { ArmedFault } from '../../support/syscalls/armed-fault.ts';
import { FAULT_KINDS, type FaultKind } from './fault-kinds.ts';
import { FaultBench, type FaultPoint } from './fault-points.ts';
import { FaultScene } from './fault-scene.ts';
import { FAULT_VERBS, type FaultVerb } from './fault-verbs.ts';

export type FaultOrder = {
  /** Absolute; the scene is below it. */
  readonly folder: string;
  readonly state: string;
  /** Names; all when left out. */
  readonly verbs?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  /** One call of each command and kind alone. */
  readonly at?: number | undefined;
  /** As many calls of each command and kind, chosen by the seed; all when left out. */
  readonly sample?: number | undefined;
  readonly seed: number;
  /** Goes on after a failure. */
  readonly keepsOn?: boolean | undefined;
};

export type FaultFinding =
  | {
      readonly event: 'failed';
      readonly verb: string;
      readonly kind: string;
      readonly at: number;
      readonly hit: string;
      readonly problem: string;
    }
  | {
      readonly event: 'done';
      readonly verb: string;
      readonly kind: string;
      readonly calls: number;
      /** Faults that happened. */
      readonly hits: number;
    };

const order = JSON.parse(process.argv[2] ?? '') as FaultOrder;
const fault = new ArmedFault();
fault.disarm();
const scene = new FaultScene(order.folder);
const bench = new FaultBench({ scene, fault, state: order.state });
const random = new SeededRandom(order.seed);

for (const verb of FAULT_VERBS.filter(({ name }) => order.verbs?.includes(name) ?? true)) {
  await bench.prepare(verb);
  for (const kind of FAULT_KINDS.filter(({ name }) => order.kinds?.includes(name) ?? true)) {
    await meet(verb, kind);
  }
}

async function meet(verb: FaultVerb, kind: FaultKind): Promise<void> {
  const calls = await bench.count({ verb, kind });
  let hits = 0;
  for (const at of choose(calls)) {
    const problem = await problemOf({ verb, kind, at });
    if (problem !== undefined) hits += 1;
    if (problem !== undefined && problem !== 'none') {
      tell({ event: 'failed', verb: verb.name, kind: kind.name, at, ...problem });
      if (order.keepsOn !== true) process.exit(1);
    }
  }
  tell({ event: 'done', verb: verb.name, kind: kind.name, calls, hits });
}

async function problemOf(
  point: FaultPoint,
): Promise<{ readonly hit: string; readonly problem: string } | 'none' | undefined> {
  try {
    return (await bench.run(point)) ? 'none' : undefined;
  } catch (error) {
    fault.disarm();
    return {
      hit: bench.lastHit,
      problem: error instanceof Error ? (error.stack ?? '') : String(error),
    };
  }
}

function choose(calls: number): readonly number[] {
  if (order.at !== undefined) return [order.at];
  const all = Array.from({ length: calls }, (_, at) => at + 1);
  if (order.sample === undefined || order.sample >= calls) return all;
  return Array.from({ length: order.sample }, () => 1 + random.below(calls));
}

function tell(finding: FaultFinding): void {
  process.stdout.write(`${JSON.stringify(finding)}\n`);
}
