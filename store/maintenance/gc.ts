/** Removes what nothing reaches any more (docs/store-format.md, "gc"). Safe to kill at any moment. */
import type { ObjectId } from '../ids.ts';
import { walkIndex } from '../index-db/location-index.ts';
import { recordBytes, type LocatedRecord } from '../segments/segment-format.ts';
import { segmentFileName } from '../store-layout.ts';
import { compactSegments } from './compact-segments.ts';
import type { IdSet } from '../objects/reachable/id-set.ts';
import { listSegments, type MaintenanceDeps, type ProgressOptions } from './maintenance-deps.ts';
import { markReachable } from './reachable-from-refs.ts';

const HOUR_MS: number = 60 * 60 * 1000;
const DAY_MS: number = 24 * HOUR_MS;
/** Objects in segments written within this time stay, reachable or not: somebody may be about to use them. */
export const GC_GRACE_MS: number = 2 * HOUR_MS;
/** What the reflog names stays reachable for this long: the time to notice a mistake. */
export const GC_REFLOG_EXPIRY_MS: number = 30 * DAY_MS;
/** A segment is rewritten when at least this share of it is dead: a quarter keeps the copying below 3 bytes a byte freed. */
const COMPACT_DEAD_SHARE = 0.25;

export type GcOptions = ProgressOptions & {
  /** Change nothing; report what would happen. */
  readonly dryRun?: boolean | undefined;
  readonly graceMs?: number | undefined;
  readonly reflogExpiryMs?: number | undefined;
  /**
   * Objects to keep that no ref reaches: what is staged, for example. Asked for once nobody else can stage any more, so
   * that an `add` that ends just before is seen.
   */
  readonly extraRoots?: (() => Promise<readonly ObjectId[]>) | undefined;
};

export type GcReport = {
  readonly dryRun: boolean;
  /** Objects that stay, chunks included. */
  readonly kept: number;
  /** Objects removed, chunks included. */
  readonly removed: number;
  /** Bytes that the segments shrink by. */
  readonly freedBytes: number;
  /** Segments removed as a whole. */
  readonly segmentsRemoved: number;
  /** Segments whose live records were moved. */
  readonly segmentsCompacted: number;
};

/** What is known of one segment. */
type Usage = {
  readonly sizeBytes: number;
  /** Too young to be touched. */
  readonly isYoung: boolean;
  liveBytes: number;
};

type Plan = {
  readonly kept: number;
  readonly removed: number;
  readonly usage: ReadonlyMap<number, Usage>;
  readonly compact: readonly number[];
};

export async function collectGarbage(
  deps: MaintenanceDeps,
  options: GcOptions = {},
): Promise<GcReport> {
  // Our own writer lets go of its segment; those of idle writers elsewhere are skipped.
  await deps.objects.settle();
  const hold = await deps.hold('exclusive', options.signal);
  try {
    const reachable = await markReachable(deps, {
      extraRoots: (await options.extraRoots?.()) ?? [],
      reflogSinceMs: deps.now() - (options.reflogExpiryMs ?? GC_REFLOG_EXPIRY_MS),
      signal: options.signal,
      onProgress: options.onProgress,
    });
    const plan = await planSweep(deps, reachable, options);
    if (options.dryRun !== true) await sweep(deps, plan, reachable, options);
    return report(plan, options.dryRun === true);
  } finally {
    await hold.release();
  }
}

async function planSweep(
  deps: MaintenanceDeps,
  reachable: IdSet,
  options: GcOptions,
): Promise<Plan> {
  const usage = await measureSegments(deps, options);
  let kept = 0;
  let removed = 0;
  for await (const records of walkIndex(deps.index, options.signal)) {
    for (const record of records) {
      const segment = usage.get(record.location.segment);
      if (segment !== undefined && isKept(record, segment, reachable)) {
        segment.liveBytes += recordBytes(record.location);
        kept++;
      } else if (segment !== undefined) {
        removed++;
      }
    }
    options.onProgress?.({ phase: 'sweep', done: kept + removed });
  }
  const compact = [...usage]
    .filter(
      ([, { isYoung, liveBytes, sizeBytes }]) =>
        !isYoung && sizeBytes - liveBytes >= sizeBytes * COMPACT_DEAD_SHARE,
    )
    .map(([segment]) => segment);
  return { kept, removed, usage, compact };
}

async function measureSegments(
  deps: MaintenanceDeps,
  options: GcOptions,
): Promise<Map<number, Usage>> {
  const youngAfterMs = deps.now() - (options.graceMs ?? GC_GRACE_MS);
  const usage = new Map<number, Usage>();
  for (const segment of await listSegments(deps.files)) {
    const found = await deps.files.stat(segmentFileName(segment));
    if (found === undefined) continue;
    // With no grace at all nothing is young, whatever the clocks say.
    const isYoung = options.graceMs !== 0 && found.modifiedMs > youngAfterMs;
    usage.set(segment, { sizeBytes: found.sizeBytes, isYoung, liveBytes: 0 });
  }
  return usage;
}

function isKept({ id, location }: LocatedRecord, segment: Usage, reachable: IdSet): boolean {
  return segment.isYoung || reachable.has(id, location.kind);
}

async function sweep(
  deps: MaintenanceDeps,
  plan: Plan,
  reachable: IdSet,
  options: GcOptions,
): Promise<void> {
  // Entries first: from here on the dead objects are absent for everyone, wherever their bytes still are.
  for await (const records of walkIndex(deps.index, options.signal)) {
    const dead = records.filter((record) => {
      const segment = plan.usage.get(record.location.segment);
      return segment !== undefined && !isKept(record, segment, reachable);
    });
    if (dead.length > 0) await deps.index.apply({ deletes: dead.map(({ id }) => id) });
  }
  let done = 0;
  const total = plan.compact.length;
  await compactSegments(deps, plan.compact, {
    signal: options.signal,
    onRemoved: (segment) => {
      options.onProgress?.({ phase: 'compact', done: ++done, total });
      deps.logger('gc.segment-removed', { segment });
    },
  });
}

function report(plan: Plan, dryRun: boolean): GcReport {
  let freedBytes = 0;
  let segmentsRemoved = 0;
  for (const segment of plan.compact) {
    const { sizeBytes, liveBytes } = plan.usage.get(segment)!;
    freedBytes += sizeBytes - liveBytes;
    if (liveBytes === 0) segmentsRemoved++;
  }
  const segmentsCompacted = plan.compact.length - segmentsRemoved;
  return {
    dryRun,
    kept: plan.kept,
    removed: plan.removed,
    freedBytes,
    segmentsRemoved,
    segmentsCompacted,
  };
}
