/** What happens without a network: writing files out, looking for changes, starting. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DitsSide, type DitsResult } from '../dits-side.ts';
import { isInstalled } from '../other-tools/installed.ts';
import { measure, secondsOf, type Measured } from '../measured-process.ts';
import type { BenchCase, BenchContext, Section } from '../section.ts';
import { comparisonChart } from './comparison-chart.ts';
import {
  compare,
  comparisonShortfalls,
  comparisonTable,
  type ComparisonRow,
} from './comparison.ts';
import {
  emptyFolder,
  expectEqual,
  expectSameContent,
  removeContent,
  settleDisk,
} from './scratch.ts';

/** Short commands are measured this many times as often: their times scatter more than they last. */
const SHORT_RUNS_FACTOR = 4;
/** Until a file counts as older than the index that was written after it, milliseconds. */
const SETTLED_AFTER_MS = 2500;

/** A repository with one commit of what `source` holds. */
async function committed(
  context: BenchContext,
  source: string | ((path: string) => void),
): Promise<{ readonly side: DitsSide; readonly tree: string }> {
  const side = new DitsSide(emptyFolder(context.work, 'local'));
  const tree = await side.workingTree('tree', source);
  await side.run(['add', '-A', '.'], tree);
  await side.run(['commit', '-m', 'first'], tree);
  return { side, tree };
}

/** Waits until every file that was written last is on the disk. */
async function syncFiles(folder: string): Promise<number> {
  return secondsOf('sh', [
    '-c',
    'find "$0" -path "$0/.dits" -prune -o -type f -print0 | xargs -0 sync',
    folder,
  ]);
}

const checkoutMedia: BenchCase<ComparisonRow> = {
  name: 'checkout-media',
  run: async (context) => {
    const source = context.dataSet('media');
    const { side, tree } = await committed(context, source);
    const [ours, theirs]: [number[], number[]] = [[], []];
    let peakBytes = 0;
    for (let run = 0; run < context.runs; run++) {
      removeContent(tree);
      settleDisk();
      const written = await side.run(['checkout', 'main', '--', '.'], tree);
      ours.push(written.seconds + (await syncFiles(tree)));
      peakBytes = Math.max(peakBytes, written.peakBytes);
      await expectSameContent(source, tree);
      const copy = join(emptyFolder(context.work, 'copy'), 'media');
      theirs.push((await secondsOf('cp', ['-r', source, copy])) + (await syncFiles(copy)));
      context.log(
        `checkout: ${ours.at(-1)?.toFixed(2)} s, cp and sync ${theirs.at(-1)?.toFixed(2)} s`,
      );
    }
    return [
      compare({
        work: 'checkout of `media`, synced',
        ...{ ours, peakBytes, asked: 1.3 },
        theirs: [{ tool: 'cp and sync', values: theirs }],
      }),
    ];
  },
};

/** The same files in a Git repository, committed. */
async function gitTree(context: BenchContext, source: string): Promise<string> {
  const tree = join(emptyFolder(context.work, 'git'), 'tree');
  cpSync(source, tree, { recursive: true });
  const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost'];
  for (const args of [
    ['init', '-q'],
    ['add', '-A', '.'],
    [...identity, 'commit', '-qm', 'first'],
  ]) {
    await measure('git', args, { cwd: tree });
  }
  return tree;
}

const statusSmall: BenchCase<ComparisonRow> = {
  name: 'status-small',
  run: async (context) => {
    const source = context.dataSet('small');
    const { side, tree } = await committed(context, source);
    const theirTree = isInstalled('git') ? await gitTree(context, source) : undefined;
    await sleep(SETTLED_AFTER_MS);
    const runs: { readonly ours: DitsResult; readonly theirs: Measured | undefined }[] = [];
    // The first run refreshes what either index knows of each file, and does not count.
    for (let run = 0; run <= context.runs * SHORT_RUNS_FACTOR; run++) {
      const ours = await side.run(['status'], tree);
      expectEqual(ours.result['clean'], true, 'whether an unchanged tree is clean');
      const theirs =
        theirTree === undefined
          ? undefined
          : await measure('git', ['status', '--porcelain'], { cwd: theirTree });
      expectEqual(theirs?.stdout ?? '', '', 'what git says of an unchanged tree');
      if (run > 0) runs.push({ ours, theirs });
    }
    return [
      compare({
        work: '`status` on `small`, nothing changed',
        ours: runs.map(({ ours }) => ours.seconds),
        peakBytes: Math.max(...runs.map(({ ours }) => ours.peakBytes)),
        theirs: [
          {
            tool: 'git status',
            values: runs.flatMap(({ theirs }) => theirs?.seconds ?? []),
            note: theirTree === undefined ? 'not installed' : undefined,
          },
        ],
        asked: 1.5,
      }),
    ];
  },
};

const startUp: BenchCase<ComparisonRow> = {
  name: 'start-up',
  run: async (context) => {
    const { side, tree } = await committed(context, (path) => {
      for (let index = 0; index < 10; index++) {
        writeFileSync(join(path, `file-${index}.txt`), `file ${index}\n`);
      }
    });
    await sleep(SETTLED_AFTER_MS);
    const [version, status, node]: [number[], number[], number[]] = [[], [], []];
    for (let run = 0; run < context.runs * SHORT_RUNS_FACTOR; run++) {
      node.push(await secondsOf(process.execPath, ['-e', '0']));
      version.push((await side.runPlain(['--version'])).seconds);
      const measured = await side.run(['status'], tree);
      expectEqual(measured.result['clean'], true, 'whether an unchanged tree is clean');
      status.push(measured.seconds);
    }
    const theirs = [{ tool: 'node -e 0', values: node }];
    const measure = 'difference';
    return [
      compare({ work: '`dits --version`', ours: version, theirs, measure, asked: 0.04 }),
      compare({ work: '`dits status`, ten files', ours: status, theirs, measure, asked: 0.12 }),
    ];
  },
};

export const localSection: Section<ComparisonRow> = {
  name: 'local',
  title: 'On one machine',
  isDefault: true,
  tools: ['cp', 'git'],
  cases: [checkoutMedia, statusSmall, startUp],
  render: (rows) =>
    `Checkout and copy both count until \`sync\` of the files has returned. \`status\` and start-up are measured ${SHORT_RUNS_FACTOR} times as often as the
rest, with everything in the page cache; the figure of the start-up is the time beyond that of \`node -e 0\`.

${comparisonTable(rows)}`,
  shortfalls: comparisonShortfalls,
  charts: (rows) => [comparisonChart('local', rows)],
};
