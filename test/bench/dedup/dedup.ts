/** What real edits cost in bytes: kept and sent, ours and theirs, beside what a delta between the versions takes. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled } from '../other-tools/installed.ts';
import { markdownTable } from '../report/markdown.ts';
import { bytesText } from '../report/quantities.ts';
import type { BenchCase, BenchContext, Section } from '../section.ts';
import {
  idealBytes,
  measureOurs,
  measureTool,
  stampVersions,
  type OurSizes,
  type Sizes,
  type ToolName,
} from './compare-tools.ts';
import { PROJECT_FILES } from './project-files.ts';
import { REAL_MEDIA, type DedupCase } from './real-media.ts';
import { folderBytes } from './run-tool.ts';

const TOOLS: readonly ToolName[] = ['restic', 'borg', 'casync', 'rsync'];

/** One edit, or one series of saves. Bytes. */
export type DedupRow = {
  readonly title: string;
  /** Of the first version, as it lies in the folder. */
  readonly rawBytes: number;
  /** Absent without zstd. */
  readonly idealBytes?: number;
  readonly ours: OurSizes;
  /** By tool; one that is not installed is absent. */
  readonly theirs: Readonly<Record<string, Sizes>>;
};

async function runCase(context: BenchContext, dedupCase: DedupCase): Promise<readonly DedupRow[]> {
  const missing = dedupCase.needs.filter((program) => !isInstalled(program));
  if (missing.length > 0) {
    context.log(`${dedupCase.title}: left out, ${missing.join(', ')} is not installed`);
    return [];
  }
  if (context.isQuick && dedupCase.isQuick !== true) return [];
  const folder = join(context.work, 'versions');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const versions = await dedupCase.make(folder);
  stampVersions(versions);
  const inside = await dedupCase.inside?.(versions, folder);
  const ideal = await idealBytes(inside ?? versions, context.work);
  const ours = await measureOurs(versions, context.work);
  const theirs: Record<string, Sizes> = {};
  for (const tool of TOOLS) {
    const sizes = await measureTool(tool, versions, context.work);
    if (sizes !== undefined) theirs[tool] = sizes;
  }
  context.log(`${dedupCase.title}: kept ${bytesText(ours.stored.later)}`);
  return [
    {
      title: dedupCase.title,
      rawBytes: folderBytes(versions[0]!),
      ...(ideal === undefined ? {} : { idealBytes: ideal }),
      ours,
      theirs,
    },
  ];
}

function benchCase(dedupCase: DedupCase): BenchCase<DedupRow> {
  return { name: `dedup-${dedupCase.name}`, run: (context) => runCase(context, dedupCase) };
}

function sizeText(bytes: number | undefined): string {
  return bytes === undefined ? '' : bytesText(bytes);
}

function laterTable(rows: readonly DedupRow[]): string {
  return markdownTable(
    [
      'what changed',
      'size',
      'delta',
      'dits keeps',
      'restic',
      'borg',
      'casync',
      'dits sends',
      'rsync',
    ],
    rows.map(({ title, rawBytes, idealBytes: ideal, ours, theirs }) => [
      ...[title, bytesText(rawBytes), sizeText(ideal), bytesText(ours.stored.later)],
      ...['restic', 'borg', 'casync'].map((tool) => sizeText(theirs[tool]?.later)),
      ...[bytesText(ours.sent.later), sizeText(theirs['rsync']?.later)],
    ]),
  );
}

function firstTable(rows: readonly DedupRow[]): string {
  return markdownTable(
    ['first version', 'size', 'dits keeps', 'restic', 'borg', 'casync', 'dits sends', 'rsync'],
    rows.map(({ title, rawBytes, ours, theirs }) => [
      ...[title, bytesText(rawBytes), bytesText(ours.stored.first)],
      ...['restic', 'borg', 'casync'].map((tool) => sizeText(theirs[tool]?.first)),
      ...[bytesText(ours.sent.first), sizeText(theirs['rsync']?.first)],
    ]),
  );
}

type Point = { readonly title: string; readonly tool: string; readonly bytes: number };

function points({ title, idealBytes: ideal, ours, theirs }: DedupRow): readonly Point[] {
  return [
    ...(ideal === undefined ? [] : [{ title, tool: 'delta', bytes: ideal }]),
    { title, tool: 'dits', bytes: ours.stored.later },
    ...Object.entries(theirs).map(([tool, { later }]) => ({ title, tool, bytes: later })),
  ];
}

export const dedupSection: Section<DedupRow> = {
  name: 'dedup',
  title: 'Deduplication on real media',
  isDefault: false,
  tools: ['restic', 'borg', 'casync', 'rsync', 'ffmpeg', 'blender'],
  cases: [...REAL_MEDIA, ...PROJECT_FILES].map(benchCase),
  render: (rows) => `\
Files made by ffmpeg, ImageMagick, Blender and Debian's mirrors, each in versions. _Delta_ is what nobody who has both versions at
hand needs much more than: a zstd patch from each version to the next, computed on what is inside where the file itself is
compressed. _Keeps_ is what a repository grows by for all versions after the first, with everything it writes down; restic, borg and
casync send to a remote what they keep. _Sends_ is what goes over the wire: ours with encryption and handshake, rsync its own count.
The last version is cloned and compared with the original. All tools run with their defaults; each compresses in its own way.

${laterTable(rows)}

What the first version takes:

${firstTable(rows)}`,
  charts: (rows) =>
    rows.length === 0
      ? []
      : [
          {
            name: 'dedup',
            description: 'Bytes that each tool keeps or sends for the versions after the first',
            spec: {
              data: { values: rows.flatMap(points) },
              mark: { type: 'point', filled: true, size: 60 },
              width: 480,
              encoding: {
                x: {
                  field: 'bytes',
                  type: 'quantitative',
                  scale: { type: 'log' },
                  title: 'bytes for later versions',
                },
                y: { field: 'title', type: 'nominal', sort: null, title: null },
                color: { field: 'tool', type: 'nominal', title: null },
              },
            },
          },
        ],
};
