/** Taking a set in: `add` and `commit` into a fresh repository, beside backup tools and the disk's own limit. */
import type { SetName } from '../data-sets.ts';
import { DitsSide } from '../dits-side.ts';
import { TAKE_IN_TOOLS } from '../other-tools/backup-tools.ts';
import { isInstalled } from '../other-tools/installed.ts';
import type { BenchCase, BenchContext, Section } from '../section.ts';
import { comparisonChart } from './comparison-chart.ts';
import {
  compare,
  comparisonShortfalls,
  comparisonTable,
  type ComparisonRow,
  type TheirValues,
} from './comparison.ts';
import {
  emptyFolder,
  expectEqual,
  expectSameContent,
  removeContent,
  settleDisk,
} from './scratch.ts';

type ToolName = keyof typeof TAKE_IN_TOOLS;

/** A line of the table: which tools, of whom the fastest counts, and the most that our time may be of theirs. */
type Line = { readonly tools: readonly ToolName[]; readonly asked: number };

const BACKUP: Line = { tools: ['borg', 'restic'], asked: 0.7 };
const DISK: Line = { tools: ['dd'], asked: 1.3 };

type OwnTakeIn = { readonly seconds: number; readonly peakBytes: number; readonly tree: unknown };

/** Takes a set in and proves it: every stored byte is read again, and the files are written out and compared. */
async function takeIn(context: BenchContext, set: SetName): Promise<OwnTakeIn> {
  const source = context.dataSet(set);
  const side = new DitsSide(emptyFolder(context.work, 'take-in'));
  const tree = await side.workingTree('tree', source);
  settleDisk();
  const added = await side.run(['add', '-A', '.'], tree);
  const committed = await side.run(['commit', '-m', 'take in'], tree);
  await side.run(['fsck'], tree);
  removeContent(tree);
  await side.run(['reset', '--hard'], tree);
  await expectSameContent(source, tree);
  return {
    seconds: added.seconds + committed.seconds,
    peakBytes: Math.max(added.peakBytes, committed.peakBytes),
    tree: committed.result['tree'],
  };
}

function takeInCase(set: SetName, lines: readonly Line[]): BenchCase<ComparisonRow> {
  return {
    name: `take-in-${set}`,
    run: async (context) => {
      const ours: OwnTakeIn[] = [];
      const theirs = new Map<ToolName, number[]>();
      for (const tool of lines.flatMap(({ tools }) => tools)) theirs.set(tool, []);
      for (let run = 0; run < context.runs; run++) {
        ours.push(await takeIn(context, set));
        expectEqual(ours[run]?.tree, ours[0]?.tree, `the tree of ${set} taken in again`);
        for (const [tool, values] of theirs) {
          if (!isInstalled(tool)) continue;
          values.push(await TAKE_IN_TOOLS[tool](context.dataSet(set), context.work));
        }
        const others = [...theirs].map(([tool, values]) => `${tool} ${values.at(-1)?.toFixed(2)}`);
        context.log(`take in ${set}: ${ours.at(-1)?.seconds.toFixed(2)} s, ${others.join(', ')}`);
      }
      return lines.map(({ tools, asked }) =>
        compare({
          work: `take in \`${set}\``,
          ours: ours.map(({ seconds }) => seconds),
          peakBytes: Math.max(...ours.map(({ peakBytes }) => peakBytes)),
          theirs: tools.map((tool) => theirValues(tool, theirs.get(tool) ?? [])),
          asked,
        }),
      );
    },
  };
}

function theirValues(tool: string, values: readonly number[]): TheirValues {
  return { tool, values, note: values.length === 0 ? 'not installed' : undefined };
}

export const takeInSection: Section<ComparisonRow> = {
  name: 'take-in',
  title: 'Taking files in',
  isDefault: true,
  tools: ['dd', 'borg', 'restic'],
  cases: [
    takeInCase('media', [DISK, BACKUP]),
    takeInCase('frames', [DISK, BACKUP]),
    takeInCase('small', [BACKUP]),
    takeInCase('project', [BACKUP]),
  ],
  render: (rows) =>
    `\`dits add\` and \`dits commit\` into a fresh repository, two processes, everything on the disk at the end. borg and restic run
with their defaults, borg without encryption; \`dd\` reads the same files and writes one with \`conv=fdatasync\`: what the disk
allows. After each run all stored bytes are checked, and the files are written out again and compared.

${comparisonTable(rows)}`,
  shortfalls: comparisonShortfalls,
  charts: (rows) => [comparisonChart('take-in', rows)],
};
