/** The comparisons themselves. Each runs ours and theirs in turn, so that a drift of the machine meets both. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SetName } from './data-sets.ts';
import { DitsSide, RelaySide, replaceContent } from './dits-side.ts';
import { borgTakeIn, isInstalled, resticTakeIn, rsyncOverSsh, ddTakeIn } from './other-tools.ts';
import { median, medianRatio } from './statistics.ts';

export type BenchContext = {
  readonly data: string;
  readonly work: string;
  readonly runs: number;
  readonly log: (line: string) => void;
};

/** One row of the table. */
export type Row = {
  readonly work: string;
  readonly ours: string;
  readonly theirs: string;
  /** Ours divided by theirs, or undefined where there is no other side. */
  readonly ratio?: number | undefined;
  readonly asked: string;
};

const MIB = 1024 * 1024;

function emptyFolder(context: BenchContext, name: string): string {
  const path = join(context.work, name);
  execFileSync('rm', ['-rf', path]);
  mkdirSync(path, { recursive: true });
  // What earlier cases left in the page cache for writing must not be charged to this one.
  execFileSync('sync');
  return path;
}

function expectNumber(result: Readonly<Record<string, unknown>>, path: string): number {
  let value: unknown = result;
  for (const key of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[key];
  if (typeof value !== 'number') throw new Error(`${path} is missing in ${JSON.stringify(result)}`);
  return value;
}

/** Median seconds and the highest peak of several runs, as the table prints them. */
function secondsText(seconds: readonly number[]): string {
  return `${median(seconds).toFixed(2)} s`;
}

type TakeInTool = 'borg' | 'restic' | 'dd';
const TAKE_IN_TOOLS = { borg: borgTakeIn, restic: resticTakeIn, dd: ddTakeIn } as const;

/** `add` and `commit` of a set into a fresh repository, everything durable. */
export async function takeIn(
  context: BenchContext,
  set: SetName,
  tool: TakeInTool,
  asked: string,
): Promise<Row> {
  const ours: number[] = [];
  const theirs: number[] = [];
  let peak = 0;
  for (let run = 0; run < context.runs; run++) {
    const side = new DitsSide(emptyFolder(context, 'take-in'));
    const tree = await side.workingTree('tree', join(context.data, set));
    execFileSync('sync');
    const added = await side.run(['add', '-A', '.'], tree);
    const committed = await side.run(['commit', '-m', 'take in'], tree);
    ours.push(added.seconds + committed.seconds);
    peak = Math.max(peak, added.peakBytes, committed.peakBytes);
    if (isInstalled(tool)) {
      const other = emptyFolder(context, 'take-in-other');
      theirs.push((await TAKE_IN_TOOLS[tool](join(context.data, set), other)).seconds);
    }
    context.log(
      `take in ${set}: ${ours.at(-1)?.toFixed(2)} s, ${tool} ${theirs.at(-1)?.toFixed(2)} s`,
    );
  }
  return {
    work: `take in \`${set}\``,
    ours: `${secondsText(ours)}, peak ${Math.round(peak / MIB)} MiB`,
    theirs: theirs.length > 0 ? `${tool} ${secondsText(theirs)}` : `${tool} is not installed`,
    ratio: theirs.length > 0 ? medianRatio(ours, theirs) : undefined,
    asked,
  };
}

/** A committed working tree, a relay that knows its owner, and the remote set up. */
async function prepared(
  context: BenchContext,
  set: SetName,
): Promise<{ side: DitsSide; relay: RelaySide; tree: string }> {
  const root = emptyFolder(context, 'sync');
  const side = new DitsSide(join(root, 'a'));
  const relay = new RelaySide(join(root, 'relay'));
  await relay.run(['peer', 'add', await side.peerId(), '--name', 'a', '--access', 'admin']);
  await side.run(['peer', 'add', await relay.peerId(), '--name', 'relay']);
  await relay.start();
  const tree = await side.workingTree('tree', join(context.data, set));
  await side.run(['add', '-A', '.'], tree);
  await side.run(['commit', '-m', 'first'], tree);
  await side.run(['remote', 'add', 'origin', `${relay.address}/bench`], tree);
  execFileSync('sync');
  return { side, relay, tree };
}

type PushTimes = {
  readonly copy: number[];
  readonly edit: number[];
  readonly nothing: number[];
  readonly other: number[];
  wireEdit: number;
  wireNothing: number;
  otherSent: number;
  peak: number;
};

/** Pushes a set to an empty peer, then its edit, then nothing; one row for each. */
export async function pushAll(
  context: BenchContext,
  set: SetName,
  asked: { readonly copy: string; readonly edit: string; readonly nothing: string },
): Promise<readonly Row[]> {
  const times: PushTimes = {
    ...{ copy: [], edit: [], nothing: [], other: [] },
    ...{ wireEdit: 0, wireNothing: 0, otherSent: 0, peak: 0 },
  };
  for (let run = 0; run < context.runs; run++) {
    await pushOurs(context, set, times);
    if (isInstalled('rsync') && isInstalled('ssh-keygen')) await pushTheirs(context, set, times);
    const other = times.other.at(-1)?.toFixed(2) ?? '-';
    context.log(`push ${set}: ${times.copy.at(-1)?.toFixed(2)} s, rsync over SSH ${other} s`);
  }
  return pushRows(set, times, asked);
}

async function pushOurs(context: BenchContext, set: SetName, times: PushTimes): Promise<void> {
  const { side, relay, tree } = await prepared(context, set);
  try {
    const first = await side.run(['push', 'origin', 'main'], tree);
    times.copy.push(first.seconds);
    await replaceContent(tree, join(context.data, `${set}-edit`));
    await side.run(['add', '-A', '.'], tree);
    await side.run(['commit', '-m', 'edit'], tree);
    const second = await side.run(['push', 'origin', 'main'], tree);
    times.edit.push(second.seconds);
    times.wireEdit = expectNumber(second.result, 'bytes.wire');
    const third = await side.run(['push', 'origin', 'main'], tree);
    times.nothing.push(third.seconds);
    times.wireNothing = expectNumber(third.result, 'bytes.wire');
    times.peak = Math.max(times.peak, first.peakBytes, second.peakBytes, relay.peakBytes());
  } finally {
    await relay.stop();
  }
}

async function pushTheirs(context: BenchContext, set: SetName, times: PushTimes): Promise<void> {
  const steps = [join(context.data, set), join(context.data, `${set}-edit`)];
  const [copy, edit] = await rsyncOverSsh(steps, emptyFolder(context, 'sync-other'));
  times.other.push(copy?.seconds ?? Number.NaN);
  times.otherSent = edit?.sentBytes ?? 0;
}

function pushRows(
  set: SetName,
  times: PushTimes,
  asked: { readonly copy: string; readonly edit: string; readonly nothing: string },
): readonly Row[] {
  const compared = times.other.length > 0;
  return [
    {
      work: `push \`${set}\` to an empty peer`,
      ours: `${secondsText(times.copy)}, peak ${Math.round(times.peak / MIB)} MiB`,
      theirs: compared ? `rsync over SSH ${secondsText(times.other)}` : 'rsync is not installed',
      ratio: compared ? medianRatio(times.copy, times.other) : undefined,
      asked: asked.copy,
    },
    {
      work: `push \`${set}-edit\` after \`${set}\``,
      ours: `${(times.wireEdit / 1e6).toFixed(2)} MB on the wire, ${secondsText(times.edit)}`,
      theirs: compared ? `rsync sent ${(times.otherSent / 1e6).toFixed(2)} MB` : '',
      asked: asked.edit,
    },
    {
      work: `push \`${set}\` again, nothing new`,
      ours: `${(times.wireNothing / 1e3).toFixed(1)} KB on the wire, ${secondsText(times.nothing)}`,
      theirs: '',
      asked: asked.nothing,
    },
  ];
}

/** Clone of a set from a peer, checked out and every byte compared. */
export async function cloneAndCompare(context: BenchContext, set: SetName): Promise<Row> {
  const times: number[] = [];
  let peak = 0;
  for (let run = 0; run < context.runs; run++) {
    const { side, relay, tree } = await prepared(context, set);
    try {
      await side.run(['push', 'origin', 'main'], tree);
      const copy = join(side.directory, 'copy');
      const cloned = await side.run(['clone', `${relay.address}/bench`, copy]);
      times.push(cloned.seconds);
      peak = Math.max(peak, cloned.peakBytes);
      execFileSync('diff', ['-r', '--exclude=.dits', join(context.data, set), copy]);
    } finally {
      await relay.stop();
    }
    context.log(`clone ${set}: ${times.at(-1)?.toFixed(2)} s`);
  }
  return {
    work: `clone \`${set}\`, every byte compared`,
    ours: `${secondsText(times)}, peak ${Math.round(peak / MIB)} MiB`,
    theirs: '',
    asked: '',
  };
}
