/**
 * A scenario stopped after each of its system calls, with every state that its disk may then be in: what it must be
 * worth afterwards is checked for each (check-state.ts).
 */
import { SeededRandom } from '../../simulations/index.ts';
import { checkState, type Expectation } from './check-state.ts';
import { crashStates } from './crash-states.ts';
import { describeDisk, type Description } from './describe-disk.ts';
import { hashImage, writeImage, type DiskImage } from './disk-image.ts';
import { DiskModel } from './disk-model.ts';
import type { Recording } from './record-scenario.ts';
import type { ObjectId } from '../../store/index.ts';
import { reachable } from './received-objects.ts';
import type { Step } from './scenario.ts';
import type { Stage } from './stage.ts';

/** A state that did not hold what it must. */
export type CrashFailure = {
  readonly scenario: string;
  /** Number of events that had happened. */
  readonly point: number;
  readonly variant: string;
  readonly message: string;
};

export type MatrixResult = {
  /** Moments and states: what was stopped where, and what the disk then had. */
  readonly points: number;
  /** Those of them that differ from all before, and were checked. */
  readonly checked: number;
  readonly failures: readonly CrashFailure[];
};

export type MatrixOptions = {
  readonly seed: number;
  /** Only this moment and this state. */
  readonly only?: Pick<CrashFailure, 'point' | 'variant'> | undefined;
  /** Only one of so many states, drawn by the seed; 1: all. */
  readonly oneOf?: number | undefined;
  /** Asked between states: no more, time is up. */
  readonly isOver?: () => boolean;
};

type Disks = Readonly<Record<'a' | 'b', DiskModel>>;

/** What the disk holds when each step begins, and at the end. */
type Milestone = {
  readonly exact: Description;
  readonly timeless: Description;
  readonly image: DiskImage;
  /** Everything that the refs of the receiver of the step before lead to. */
  readonly objects: readonly ObjectId[];
};

export async function runMatrix(
  stage: Stage,
  recording: Recording,
  options: MatrixOptions,
): Promise<MatrixResult> {
  const milestones = await describeMilestones(stage, recording);
  const { scenario, events, steps } = recording;
  const disks = createDisks(stage, recording);
  const crashing = disks[scenario.disk];
  const seen = new Set<string>();
  const failures: CrashFailure[] = [];
  const sample = new SeededRandom(options.seed);
  let points = 0;
  let at = 0;
  for (const [index, event] of events.entries()) {
    const changes = { a: disks.a.take(event), b: disks.b.take(event) };
    const point = index + 1;
    while (at < steps.length - 1 && point >= steps[at]!.end) at += 1;
    const random = new SeededRandom(options.seed * 1_000_003 + point);
    const expectation = expect(recording, milestones, { at, point });
    for (const state of crashStates(crashing, changes[scenario.disk], random)) {
      if (options.isOver?.() === true) return { points, checked: seen.size, failures };
      if (!isWanted(options, { point, variant: state.variant }, sample)) continue;
      points += 1;
      const image = state.image();
      const key = `${hashImage(image)} ${at} ${expectation.isAcknowledged} ${expectation.again === undefined}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const message = await checkState(
        stage,
        { variant: state.variant, images: withOther(disks, scenario.disk, image) },
        expectation,
      );
      if (message !== undefined) {
        failures.push({ scenario: scenario.name, point, variant: state.variant, message });
      }
    }
  }
  return { points, checked: seen.size, failures };
}

function isWanted(
  { only, oneOf = 1 }: MatrixOptions,
  { point, variant }: Pick<CrashFailure, 'point' | 'variant'>,
  sample: SeededRandom,
): boolean {
  if (only !== undefined) return only.point === point && only.variant === variant;
  return sample.below(oneOf) === 0;
}

function withOther(
  disks: Disks,
  crashed: 'a' | 'b',
  image: DiskImage,
): Readonly<Record<'a' | 'b', DiskImage>> {
  const { a, b } = disks;
  return crashed === 'a' ? { a: image, b: b.now.image() } : { a: a.now.image(), b: image };
}

function createDisks(stage: Stage, { start }: Recording): Disks {
  return {
    a: new DiskModel(stage.path('a'), start.a),
    b: new DiskModel(stage.path('b'), start.b),
  };
}

async function describeMilestones(stage: Stage, recording: Recording): Promise<Milestone[]> {
  const { scenario, events, steps } = recording;
  const disks = createDisks(stage, recording);
  const milestones: Milestone[] = [];
  const add = async (step?: Step): Promise<void> => {
    for (const disk of ['a', 'b'] as const) writeImage(stage.path(disk), disks[disk].now.image());
    const folder = stage.path(scenario.disk);
    milestones.push({
      exact: await describeDisk(folder),
      timeless: await describeDisk(folder, { timeless: true }),
      image: disks[scenario.disk].now.image(),
      objects: step?.receiver === undefined ? [] : await reachable(stage.path(step.receiver)),
    });
  };
  await add();
  let point = 0;
  for (const { step, end } of steps) {
    for (; point < end; point += 1) {
      disks.a.take(events[point]!);
      disks.b.take(events[point]!);
    }
    await add(step);
  }
  return milestones;
}

function expect(
  { steps, scenario }: Recording,
  milestones: readonly Milestone[],
  { at, point }: { readonly at: number; readonly point: number },
): Expectation {
  const { step, end, acknowledged } = steps[at]!;
  const [before, after] = [milestones[at]!, milestones[at + 1]!];
  return {
    disk: scenario.disk,
    before: before.exact,
    after: after.exact,
    afterTimeless: after.timeless,
    filesBefore: before.image,
    filesAfter: after.image,
    isAcknowledged: point >= acknowledged,
    again: point >= end ? undefined : step,
    unpromised: scenario.unpromised,
    between: scenario.between,
    isDamaged: scenario.isDamaged === true && point < acknowledged,
    received: after.objects,
  };
}
