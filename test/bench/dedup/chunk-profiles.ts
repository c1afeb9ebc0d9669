/** The same edits cut by other chunk shapes: what docs/adr/0001-chunker-and-profiles.md chooses from. In one process, without a store. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chooseProfile, type ChunkProfile } from '../../../store/chunking/chunk-profiles.ts';
import { createChunker } from '../../../store/chunking/chunker.ts';
import { looksCompressible } from '../../../store/compression/entropy-probe.ts';
import { compress } from '../../../store/compression/zstd.ts';
import { isInstalled } from '../other-tools/installed.ts';
import { markdownTable } from '../report/markdown.ts';
import { bytesText } from '../report/quantities.ts';
import type { BenchCase, BenchContext, Section } from '../section.ts';
import { PROJECT_FILES } from './project-files.ts';
import { REAL_MEDIA, type DedupCase } from './real-media.ts';

const KIB = 1024;
/** Minimum, average and maximum, in KiB; every file of a case is cut alike. */
const SHAPES: readonly (readonly [number, number, number])[] = [
  [2, 8, 32],
  [4, 16, 64],
  [16, 32, 128],
  [16, 64, 256],
  [32, 64, 256],
  [64, 128, 512],
  [128, 512, 2048],
];
/** Bytes that a chunk costs beside its own: record header, footer, index entry, manifest entry (docs/store-format.md). */
const CHUNK_OVERHEAD_BYTES = 64 + 48 + 51 + 36;

type Cost = {
  /** KiB, or `chosen`: what a store does by itself. */
  readonly shape: string;
  /** Bytes kept for all versions after the first, compressed and with what each chunk costs besides. */
  readonly laterBytes: number;
  /** The same for the first version. */
  readonly firstBytes: number;
  /** Different chunks of the first version. */
  readonly chunks: number;
  /** Processor time for cutting, hashing and compressing all versions. */
  readonly cpuSeconds: number;
};

export type ProfileRow = {
  readonly title: string;
  readonly costs: readonly Cost[];
};

/** How a file with this content is cut. */
type Choice = (bytes: Uint8Array) => ChunkProfile;

/** Cuts version after version and keeps what was not seen before. */
async function cost(shape: string, choose: Choice, versions: readonly string[]): Promise<Cost> {
  const before = process.cpuUsage();
  const seen = new Set<string>();
  const kept: number[] = [];
  let chunks = 0;
  for (const version of versions) {
    let bytes = 0;
    for (const path of filesIn(version)) bytes += await keepNew(readFileSync(path), choose, seen);
    if (kept.length === 0) chunks = seen.size;
    kept.push(bytes);
  }
  const { user, system } = process.cpuUsage(before);
  const [firstBytes = 0, ...later] = kept;
  const laterBytes = later.reduce((sum, bytes) => sum + bytes, 0);
  return { shape, firstBytes, laterBytes, chunks, cpuSeconds: (user + system) / 1e6 };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function keepNew(file: Buffer, choose: Choice, seen: Set<string>): Promise<number> {
  let kept = 0;
  let start = 0;
  for (const end of createChunker(choose(file)).cuts(file, true)) {
    const chunk = file.subarray(start, end);
    start = end;
    const id = createHash('sha256').update(chunk).digest('base64');
    if (seen.has(id)) continue;
    seen.add(id);
    const packed = looksCompressible(chunk) ? await compress(chunk) : undefined;
    kept += (packed ?? chunk).length + CHUNK_OVERHEAD_BYTES;
  }
  return kept;
}

async function runCase(
  context: BenchContext,
  dedupCase: DedupCase,
): Promise<readonly ProfileRow[]> {
  if (context.isQuick && dedupCase.isQuick !== true) return [];
  if (dedupCase.needs.some((program) => !isInstalled(program))) return [];
  const folder = join(context.work, 'versions');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const versions = await dedupCase.make(folder);
  const costs = [
    await cost('chosen', (head) => chooseProfile({ size: head.length, head }), versions),
  ];
  for (const [min, average, max] of SHAPES) {
    const profile: ChunkProfile = {
      ...{ number: 0, name: 'tried' },
      ...{ minBytes: min * KIB, averageBytes: average * KIB, maxBytes: max * KIB },
      normalizationBits: average < 64 ? 2 : 1,
    };
    costs.push(await cost(`${min}/${average}/${max}`, () => profile, versions));
  }
  context.log(`${dedupCase.title}: ${costs.map((each) => bytesText(each.laterBytes)).join(', ')}`);
  return [{ title: dedupCase.title, costs }];
}

function profileCase(dedupCase: DedupCase): BenchCase<ProfileRow> {
  return { name: `profile-${dedupCase.name}`, run: (context) => runCase(context, dedupCase) };
}

function costTable(rows: readonly ProfileRow[], cell: (each: Cost) => string): string {
  const shapes = rows[0]?.costs.map(({ shape }) => shape) ?? [];
  return markdownTable(
    ['min/average/max KiB', ...shapes],
    rows.map(({ title, costs }) => [title, ...costs.map(cell)]),
  );
}

export const profileSection: Section<ProfileRow> = {
  name: 'chunk-profiles',
  title: 'Other chunk sizes on the same edits',
  isDefault: false,
  tools: ['ffmpeg', 'blender'],
  cases: [...REAL_MEDIA, ...PROJECT_FILES].map(profileCase),
  render: (rows) => `\
What the chunks of all versions after the first come to, compressed, with ${CHUNK_OVERHEAD_BYTES} bytes a chunk for its record, index and manifest entry. _chosen_ is
what \`dits add\` does. The choice is explained in [ADR 1](adr/0001-chunker-and-profiles.md).

${costTable(rows, ({ laterBytes }) => bytesText(laterBytes))}

Different chunks of the first version, each of which costs processor time wherever it goes:

${costTable(rows, ({ chunks }) => String(chunks))}`,
  charts: () => [],
};
