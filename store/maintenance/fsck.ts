/** Checks a whole store, and mends what can be mended (docs/store-format.md, "fsck"). */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ioError } from '../files/io-error.ts';
import type { ObjectId } from '../ids.ts';
import type { ObjectRecord } from '../object-store.ts';
import { StoreError } from '../store-error.ts';
import { recordBytes, type LocatedRecord } from '../segments/segment-format.ts';
import { segmentFileName } from '../store-layout.ts';
import { compactSegments } from './compact-segments.ts';
import type { MaintenanceDeps, ProgressOptions } from './maintenance-deps.ts';
import { findMissingFromRefs } from './reachable-from-refs.ts';
import { SegmentVerifier, type CorruptPlace } from './verify-segments.ts';

export type FsckOptions = ProgressOptions & {
  /** Take damaged records out of the index, keep their bytes in `quarantine/`, and use second copies. */
  readonly repair?: boolean | undefined;
  /**
   * Brings good copies of lost objects, from a peer for example; may bring fewer than asked for. Implies `repair`.
   * Every record is verified before it is stored.
   */
  readonly repairFrom?:
    ((ids: readonly ObjectId[]) => Promise<readonly ObjectRecord[]>) | undefined;
};

export type FsckReport = {
  /** Nothing is wrong, or everything that was wrong has been mended. */
  readonly ok: boolean;
  /** Intact chunks. */
  readonly chunks: number;
  /** Intact objects of all other kinds. */
  readonly objects: number;
  readonly bytesRead: number;
  /** What was found damaged, whether mended or not. */
  readonly corrupt: readonly CorruptPlace[];
  /** Objects that the refs need and the store does not hold intact, after repair; not necessarily all of them. */
  readonly missing: readonly ObjectId[];
  /** Damage of the refs file, as a sentence. */
  readonly refsProblem?: string | undefined;
  /** Intact records that the index had lost. */
  readonly unindexed: number;
  /** Objects that are whole again. */
  readonly repaired: number;
  /** Damaged records whose bytes were put aside. */
  readonly quarantined: number;
};

/** Objects asked of `repairFrom` at once, at most 8 MiB each. */
const REPAIR_BATCH = 64;

export async function fsck(deps: MaintenanceDeps, options: FsckOptions = {}): Promise<FsckReport> {
  const wantsRepair = options.repair === true || options.repairFrom !== undefined;
  await deps.objects.settle();
  const hold = await deps.hold(wantsRepair ? 'exclusive' : 'shared', options.signal);
  let mended: Mended;
  let verifier: SegmentVerifier;
  try {
    verifier = new SegmentVerifier(deps, options);
    await verifier.verify();
    mended = wantsRepair ? await mend(deps, verifier, options) : NOTHING_MENDED;
  } finally {
    await hold.release();
  }
  // Storing what `repairFrom` brings takes the hold in the ordinary way.
  const fetched = await fetchCopies(deps, mended.lost, options);
  const refs = await checkRefs(deps, options);
  const { corrupt, unindexed, chunks, objects, bytesRead } = verifier;
  const lost = mended.lost.filter((id) => !fetched.has(id));
  const unmended = wantsRepair ? mended.unmendedPlaces : corrupt.length + unindexed.length;
  return {
    ok: unmended === 0 && refs.missing.length === 0 && refs.problem === undefined,
    chunks,
    objects,
    bytesRead,
    corrupt,
    missing: refs.problem === undefined ? refs.missing : lost,
    ...(refs.problem === undefined ? {} : { refsProblem: refs.problem }),
    unindexed: unindexed.length,
    repaired: mended.repaired + fetched.size,
    quarantined: mended.quarantined,
  };
}

type Mended = {
  readonly repaired: number;
  readonly quarantined: number;
  /** Objects of which no intact copy is left here. */
  readonly lost: readonly ObjectId[];
  readonly unmendedPlaces: number;
};

const NOTHING_MENDED: Mended = { repaired: 0, quarantined: 0, lost: [], unmendedPlaces: 0 };

async function mend(
  deps: MaintenanceDeps,
  verifier: SegmentVerifier,
  options: FsckOptions,
): Promise<Mended> {
  const { broken, unindexed, spares, corrupt } = verifier;
  for (const [done, record] of broken.entries()) {
    options.onProgress?.({ phase: 'repair', done, total: broken.length });
    await quarantine(deps, record);
  }
  const unindexedIds = new Map(unindexed.map((record) => [record.id, record]));
  const lost: ObjectId[] = [];
  const puts = [...unindexed];
  for (const { id } of broken) {
    const spare = spares.get(id);
    if (spare !== undefined) puts.push(spare);
    else if (!unindexedIds.has(id)) lost.push(id);
  }
  await deps.index.apply({ puts, deletes: lost });
  const damaged = corrupt
    .filter(({ problem }) => problem === 'segment-header' || problem === 'segment-footer')
    .map(({ segment }) => segment);
  const rewritten = await rewriteSegments(deps, [...new Set(damaged)], options);
  return {
    repaired: broken.length - lost.length,
    quarantined: broken.length,
    lost,
    unmendedPlaces: new Set(damaged).size - rewritten,
  };
}

/** Copies what is good to new segments and keeps the damaged file in quarantine. */
async function rewriteSegments(
  deps: MaintenanceDeps,
  segments: readonly number[],
  options: FsckOptions,
): Promise<number> {
  if (segments.length === 0) return 0;
  const gone = await compactSegments(deps, segments, { signal: options.signal });
  return gone.length;
}

/** Keeps the bytes of a damaged record: what a person may still make of them is not ours to throw away. */
async function quarantine(deps: MaintenanceDeps, { id, location }: LocatedRecord): Promise<void> {
  const { segment, offset } = location;
  const file = await deps.files.open(segmentFileName(segment), 'read');
  if (file === undefined) return;
  const path = join(deps.layout.quarantine, `${segment}-${offset}-${id}.record`);
  try {
    const bytes = Buffer.alloc(recordBytes(location));
    const filled = await file.read(bytes, offset);
    await mkdir(deps.layout.quarantine, { recursive: true });
    await writeFile(path, bytes.subarray(0, filled), { mode: 0o600, flush: true });
  } catch (error) {
    throw ioError(error, 'write', path);
  } finally {
    await file.close();
  }
}

async function fetchCopies(
  deps: MaintenanceDeps,
  lost: readonly ObjectId[],
  options: FsckOptions,
): Promise<ReadonlySet<ObjectId>> {
  const fetched = new Set<ObjectId>();
  const { repairFrom } = options;
  if (repairFrom === undefined) return fetched;
  for (let at = 0; at < lost.length; at += REPAIR_BATCH) {
    options.signal?.throwIfAborted();
    const wanted = new Set(lost.slice(at, at + REPAIR_BATCH));
    const offered = await repairFrom([...wanted]);
    // Nothing but what was asked for gets in.
    const good = offered.filter(({ id }) => wanted.has(id));
    for (const { id } of await deps.objects.putRecords(good)) fetched.add(id);
  }
  await deps.objects.flush();
  return fetched;
}

async function checkRefs(
  deps: MaintenanceDeps,
  options: FsckOptions,
): Promise<{ readonly missing: readonly ObjectId[]; readonly problem?: string }> {
  options.onProgress?.({ phase: 'reachability', done: 0 });
  try {
    return { missing: await findMissingFromRefs(deps, options.signal) };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'DITS_STORE_CORRUPT') {
      return { missing: [], problem: error.message };
    }
    throw error;
  }
}
