/**
 * Pushes over links between two hosts: what a studio's network, a jumbo-frame network, and lossy lines give. Needs Linux
 * and root. Links with delay or loss also need a forwarder (see `TwoHosts.create`), named by BENCH_DELAY_LINK.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder, settleDisk } from '../compare/scratch.ts';
import { isInstalled } from '../other-tools/installed.ts';
import { markdownTable } from '../report/markdown.ts';
import { ratioChart } from '../report/ratio-chart.ts';
import type { BenchCase, BenchContext, Section } from '../section.ts';
import { median, medianRatio } from '../statistics.ts';
import { pushAcross, rsyncAcross } from './linked-sides.ts';
import { TwoHosts, whyNoLinks, type LinkSpec } from './two-hosts.ts';

type LinkRow = {
  readonly work: string;
  readonly ours: string;
  readonly theirs: string;
  /** Our goodput divided by what `theirs` names: above 1 we are faster. */
  readonly ratio?: number;
  /** What the ratio should be at least. */
  readonly asked?: number;
};

type Settings = Readonly<Record<string, string>>;

/** A push of one incompressible file. */
type Push = {
  /** The link, in words. */
  readonly over: string;
  readonly spec: LinkSpec;
  readonly sizeMib: number;
  readonly settings: Settings;
};

const MIB = 1024 * 1024;
const BITS_PER_MIB = MIB * 8;
const BITS_PER_MBIT = 1e6;
/** Every run is of this share of the size when the whole bench must be quick. */
const QUICK_SHARE = 1 / 8;

const DEFAULTS: Settings = {};
const QUIC_ALONE: Settings = { 'node.bulkLanes': 'never' };

const LAN: Omit<Push, 'spec' | 'over'> = { sizeMib: 1_024, settings: QUIC_ALONE };
const MTU_1500: Push = { ...LAN, over: 'MTU 1500, QUIC alone', spec: { mtuBytes: 1_500 } };
const MTU_9000: Push = { ...LAN, over: 'MTU 9000, QUIC alone', spec: { mtuBytes: 9_000 } };
const MTU_1500_LANES: Push = { ...MTU_1500, over: 'MTU 1500', settings: DEFAULTS };
const GIGABIT: Push = {
  ...LAN,
  over: '1 Gbit/s, QUIC alone',
  spec: { mtuBytes: 1_500, rateMbit: 1_000 },
};
const LOSSY: Push = {
  over: '100 Mbit/s, 25 ms each way, 0.5 % lost',
  spec: { mtuBytes: 1_500, rateMbit: 100, delayMs: 25, lossShare: 0.005 },
  sizeMib: 128,
  settings: DEFAULTS,
};
const BAD: Push = {
  over: '20 Mbit/s, 150 ms each way, 2 % lost',
  spec: { mtuBytes: 1_500, rateMbit: 20, delayMs: 150, lossShare: 0.02 },
  sizeMib: 64,
  settings: DEFAULTS,
};

/** Measures `ours` beside the rate of its line. */
function rateCase(name: string, ours: Push, asked: number): BenchCase<LinkRow> {
  return linkCase(name, ours, async (context) => {
    const rateMbit = ours.spec.rateMbit ?? 0;
    const goodputs = await repeat(context, () => pushGoodput(context, ours));
    const theirs = `the line's ${rateMbit} Mbit/s`;
    return { ours: mbitText(goodputs), theirs, ratio: median(goodputs) / rateMbit, asked };
  });
}

/** Measures `ours` beside another link or other settings, in turn. */
function pairCase(name: string, ours: Push, theirs: Push, asked: number): BenchCase<LinkRow> {
  return linkCase(name, ours, async (context) => {
    const pairs = await repeat(context, async () => ({
      ours: await pushGoodput(context, ours),
      theirs: await pushGoodput(context, theirs),
    }));
    return pairRow(pairs, theirs.over, asked);
  });
}

/** Measures `ours` beside rsync over SSH on the same link, in turn. */
function rsyncCase(name: string, ours: Push, asked: number): BenchCase<LinkRow> {
  return linkCase(name, ours, async (context) => {
    if (!isInstalled('rsync') || !isInstalled('ssh-keygen')) {
      return skipped('rsync or SSH is not installed');
    }
    const pairs = await repeat(context, async () => ({
      ours: await pushGoodput(context, ours),
      theirs: await rsyncGoodput(context, ours),
    }));
    return pairRow(pairs, 'rsync over SSH', asked);
  });
}

type Outcome = Omit<LinkRow, 'work'>;

/** A case that says why where it cannot be measured. */
function linkCase(
  name: string,
  { over, spec, sizeMib }: Push,
  measure: (context: BenchContext) => Promise<Outcome>,
): BenchCase<LinkRow> {
  return {
    name,
    run: async (context) => {
      const reason = whyNoLinks(spec, process.env['BENCH_DELAY_LINK']);
      if (reason !== undefined) context.log(`${name} is skipped: ${reason}`);
      const outcome = reason === undefined ? await measure(context) : skipped(reason);
      return [{ work: `push ${sizeOf(context, sizeMib)} MiB over ${over}`, ...outcome }];
    },
  };
}

function skipped(reason: string): Outcome {
  return { ours: `skipped: ${reason}`, theirs: '' };
}

function pairRow(
  pairs: readonly { readonly ours: number; readonly theirs: number }[],
  name: string,
  asked: number,
): Outcome {
  const ours = pairs.map((pair) => pair.ours);
  const theirs = pairs.map((pair) => pair.theirs);
  const ratio = medianRatio(ours, theirs);
  return { ours: mbitText(ours), theirs: `${name}: ${mbitText(theirs)}`, ratio, asked };
}

async function repeat<T>(context: BenchContext, measure: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let run = 0; run < context.runs; run++) results.push(await measure());
  return results;
}

function sizeOf(context: BenchContext, sizeMib: number): number {
  return context.isQuick ? sizeMib * QUICK_SHARE : sizeMib;
}

/** Bits of the file a second, in Mbit/s, from the open connection to the durable end. */
async function pushGoodput(context: BenchContext, push: Push): Promise<number> {
  const { seconds, commandSeconds } = await onLink(context, push, (hosts, source, folder) =>
    pushAcross(hosts, source, { folder, settings: push.settings }),
  );
  const goodput = goodputOf(context, push, seconds);
  const times = `${seconds.toFixed(2)} s, the whole command ${commandSeconds.toFixed(2)} s`;
  context.log(`push over ${push.over}: ${goodput.toFixed(0)} Mbit/s, ${times}`);
  return goodput;
}

async function rsyncGoodput(context: BenchContext, push: Push): Promise<number> {
  const goodput = goodputOf(context, push, await onLink(context, push, rsyncAcross));
  context.log(`rsync over ${push.over}: ${goodput.toFixed(0)} Mbit/s`);
  return goodput;
}

function goodputOf(context: BenchContext, { sizeMib }: Push, seconds: number): number {
  return (sizeOf(context, sizeMib) * BITS_PER_MIB) / BITS_PER_MBIT / seconds;
}

/** Makes a link and a folder with one incompressible file, and takes the link away again. */
async function onLink<T>(
  context: BenchContext,
  { spec, sizeMib }: Push,
  use: (hosts: TwoHosts, source: string, folder: string) => Promise<T>,
): Promise<T> {
  const folder = emptyFolder(context.work, 'links');
  const source = join(folder, 'source');
  mkdirSync(source);
  writeNoise(join(source, 'noise'), sizeOf(context, sizeMib));
  settleDisk();
  const hosts = await TwoHosts.create(spec, process.env['BENCH_DELAY_LINK']);
  try {
    return await use(hosts, source, folder);
  } finally {
    await hosts.remove();
  }
}

function writeNoise(path: string, sizeMib: number): void {
  const file = openSync(path, 'w');
  try {
    for (let written = 0; written < sizeMib; written++) writeSync(file, randomBytes(MIB));
  } finally {
    closeSync(file);
  }
}

function mbitText(goodputs: readonly number[]): string {
  return `${median(goodputs).toFixed(0)} Mbit/s`;
}

export const linksSection: Section<LinkRow> = {
  name: 'links',
  title: 'Over real links',
  isDefault: false,
  tools: ['rsync', 'ssh'],
  cases: [
    rateCase('links-gigabit', GIGABIT, 0.93),
    pairCase('links-lan', MTU_1500_LANES, MTU_1500, 2),
    pairCase('links-jumbo', MTU_9000, MTU_1500, 2.5),
    rateCase('links-lossy', LOSSY, 0.8),
    rsyncCase('links-lossy-rsync', { ...LOSSY, sizeMib: 16 }, 2),
    rateCase('links-bad', BAD, 0.5),
  ],
  render: (rows) =>
    `Between two network namespaces with one file of random bytes each; bytes of the file divided by the time from the open
connection until the branch has moved, everything durable at the other end. rsync is timed as a whole command and does not wait for
the disk; its TCP uses cubic, as Linux does unless told otherwise. Ratios are ours divided by the other: more is better.

${markdownTable(['work', 'dits', 'against', 'ratio', 'asked'], rows.map(cells))}`,
  shortfalls: (rows) =>
    rows.flatMap((row) =>
      isMissed(row)
        ? [`${row.work}: ${row.ratio?.toFixed(2)} of ${row.theirs}, asked ≥ ${row.asked}`]
        : [],
    ),
  charts: (rows) => [
    ratioChart(
      { name: 'links', title: 'goodput of dits / goodput of the other, above 1 dits is faster' },
      rows.flatMap((row) => {
        const { work, theirs, ratio, asked } = row;
        if (ratio === undefined) return [];
        const label = `${work} / ${theirs.split(':')[0]}`;
        return [{ label, ratio, asked, isMissed: isMissed(row) }];
      }),
    ),
  ],
};

function isMissed({ ratio, asked }: LinkRow): boolean {
  return ratio !== undefined && asked !== undefined && Number(ratio.toFixed(2)) < asked;
}

function cells(row: LinkRow): readonly string[] {
  const { work, ours, theirs, ratio, asked } = row;
  return [
    work,
    ours,
    theirs,
    ratio === undefined ? '' : ratio.toFixed(2),
    asked === undefined ? '' : `≥ ${asked}${isMissed(row) ? ', **missed**' : ''}`,
  ];
}
