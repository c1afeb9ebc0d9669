/** Plays a scenario once, each command as a process under the shim, and keeps what it did to the disks. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { readTrace, type TraceEvent } from '../support/syscalls/read-trace.ts';
import { shimEnvironment } from '../support/syscalls/shim-environment.ts';
import { readImage, type DiskImage, type ImageEntry } from './disk-image.ts';
import { DiskModel } from './disk-model.ts';
import type { Scenario, ScenarioFacts, Step } from './scenario.ts';
import type { Stage } from './stage.ts';

const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
const NODE_GRACE_MS = 10_000;

/** A step, and where in the trace it happened. */
type RecordedStep = {
  readonly step: Step;
  /** So many events came before it. */
  readonly begin: number;
  /** After so many events its success had been told. */
  readonly acknowledged: number;
  /** After so many events its process had ended. */
  readonly end: number;
};

export type Recording = {
  readonly scenario: ScenarioFacts;
  /** Both disks at the beginning. */
  readonly start: Readonly<Record<'a' | 'b', DiskImage>>;
  readonly events: readonly TraceEvent[];
  readonly steps: readonly RecordedStep[];
};

/** LevelDB's log for people: not watched, and no part of an image. */
const EXCLUDED = ['LOG', 'LOG.old'];

export async function recordScenario(stage: Stage, scenario: Scenario): Promise<Recording> {
  await scenario.prepare(stage);
  const start = {
    a: readImage(stage.path('a'), EXCLUDED),
    b: readImage(stage.path('b'), EXCLUDED),
  };
  const trace = `${stage.folder}.trace`;
  const state = `${stage.folder}.state`;
  const shim = shimEnvironment({ roots: [stage.folder], exclude: EXCLUDED, trace, state });
  try {
    const node = await startNode(stage, scenario, shim);
    const processes: { readonly step: Step; readonly process: number }[] = [];
    for (const step of scenario.steps(node?.address ?? '')) {
      processes.push({ step, process: await play(stage, step, shim) });
    }
    await node?.end();
    const events = readTrace(trace);
    const { name, disk, unpromised, between, isDamaged } = scenario;
    const facts = { name, disk, unpromised, between, isDamaged };
    const recording = { scenario: facts, start, events, steps: locate(events, processes) };
    checkComplete(stage, recording);
    return recording;
  } finally {
    rmSync(trace, { force: true });
    rmSync(state, { force: true });
  }
}

type Environment = Readonly<Record<string, string>>;

function start(
  stage: Stage,
  step: Pick<Step, 'folder' | 'words'>,
  shim: Environment,
): ChildProcess {
  return spawn(process.execPath, [MAIN, '--json', ...step.words], {
    cwd: stage.path(step.folder),
    env: { ...stage.environment(step.folder.split('/')[0]!), ...shim },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a step to its end, which must be a good one; the number of its process. */
async function play(stage: Stage, step: Step, shim: Environment): Promise<number> {
  const child = start(stage, step, shim);
  const printed: string[] = [];
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  }
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) {
    throw new Error(`dits ${step.words.join(' ')} ended with ${status}: ${printed.join('')}`);
  }
  return child.pid!;
}

type PlayedNode = { readonly address: string; end(): Promise<void> };

async function startNode(
  stage: Stage,
  { node }: Scenario,
  shim: Environment,
): Promise<PlayedNode | undefined> {
  if (node === undefined) return undefined;
  const words = ['node', 'start', '--listen', '127.0.0.1:0', ...node];
  const child = start(stage, { folder: 'b', words }, shim);
  const errors: string[] = [];
  child.stderr!.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const lines = createInterface({ input: child.stdout! });
  const first = await lines[Symbol.asyncIterator]().next();
  if (first.done === true) throw new Error(`the node did not start: ${errors.join('')}`);
  const ready = JSON.parse(first.value) as { addresses: string[] };
  return {
    address: ready.addresses[0]!,
    end: async () => {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), NODE_GRACE_MS);
      await closed;
      clearTimeout(late);
    },
  };
}

/** The trace must tell of everything that was done: what it leads to is what is there. */
function checkComplete(stage: Stage, { start, events }: Recording): void {
  for (const disk of ['a', 'b'] as const) {
    const model = new DiskModel(stage.path(disk), start[disk]);
    for (const event of events) model.take(event);
    const told = model.now.image();
    const found = readImage(stage.path(disk), EXCLUDED);
    for (const path of new Set([...told.keys(), ...found.keys()])) {
      if (isSame(told.get(path), found.get(path))) continue;
      throw new Error(`the trace does not tell what became of ${disk}/${path}`);
    }
  }
}

function isSame(one: ImageEntry | undefined, other: ImageEntry | undefined): boolean {
  if (one?.kind === 'file' && other?.kind === 'file') return one.content.equals(other.content);
  if (one?.kind === 'link' && other?.kind === 'link') return one.target === other.target;
  return one?.kind === other?.kind;
}

function locate(
  events: readonly TraceEvent[],
  processes: readonly { readonly step: Step; readonly process: number }[],
): RecordedStep[] {
  let begin = 0;
  return processes.map(({ step, process }) => {
    const isOf = (event: TraceEvent): boolean => event.process === process;
    const told = events.findIndex(
      (event) => isOf(event) && event.operation === 'stdout' && event.data.includes('"ok":true'),
    );
    const exit = events.findIndex((event) => isOf(event) && event.operation === 'exit');
    if (told < 0 || exit < 0) throw new Error(`${step.words.join(' ')} left no marks`);
    const recorded = { step, begin, acknowledged: told + 1, end: exit + 1 };
    begin = exit + 1;
    return recorded;
  });
}
