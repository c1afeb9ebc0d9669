/** Checks a whole store, and mends what can be mended (docs/store-format.md, "fsck"). */
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
  const verifier = new SegmentVerifier(deps, options);
  let mended = NOTHING_MENDED;
  let named: Named;
  try {
    await verifier.verify();
    if (wantsRepair) mended = await mend(deps, verifier, options);
    named = await checkNamed(deps, options);
    if (wantsRepair) named = await useSpares(deps, { named, spares: verifier.spares, options });
  } finally {
    await hold.release();
  }
  // Storing what `repairFrom` brings takes the hold in the ordinary way.
  named = await fetchCopies(deps, named, options);
  const { corrupt, chunks, objects, bytesRead } = verifier;
  const unmended = wantsRepair ? mended.unmendedPlaces : corrupt.length;
  const { missing, problem } = named;
  return {
    ok: unmended === 0 && missing.length === 0 && problem === undefined,
    chunks,
    objects,
    bytesRead,
    corrupt,
    missing,
    ...(problem === undefined ? {} : { refsProblem: problem }),
    repaired: mended.repaired + named.found,
    quarantined: mended.quarantined,
  };
}

type Mended = {
  readonly repaired: number;
  readonly quarantined: number;
  readonly unmendedPlaces: number;
};

const NOTHING_MENDED: Mended = { repaired: 0, quarantined: 0, unmendedPlaces: 0 };

/** What the refs need. */
type Named = {
  readonly missing: readonly ObjectId[];
  /** Why the refs cannot be read. */
  readonly problem?: string;
  /** Objects that were missing and are there again. */
  readonly found: number;
};

async function mend(
  deps: MaintenanceDeps,
  verifier: SegmentVerifier,
  options: FsckOptions,
): Promise<Mended> {
  const { broken, spares, corrupt } = verifier;
  for (const [done, record] of broken.entries()) {
    options.onProgress?.({ phase: 'repair', done, total: broken.length });
    await quarantine(deps, record);
  }
  const puts: LocatedRecord[] = [];
  const deletes: ObjectId[] = [];
  for (const { id } of broken) {
    const spare = spares.get(id);
    if (spare === undefined) deletes.push(id);
    else puts.push(spare);
  }
  await deps.index.apply({ puts, deletes });
  const damaged = new Set(
    corrupt.filter(({ problem }) => problem !== 'record').map(({ segment }) => segment),
  );
  const rewritten = await rewriteSegments(deps, [...damaged], options);
  return {
    repaired: puts.length,
    quarantined: broken.length,
    unmendedPlaces: damaged.size - rewritten,
  };
}

/** Puts back into the index what the refs need and the segments hold. */
async function useSpares(
  deps: MaintenanceDeps,
  given: {
    readonly named: Named;
    readonly spares: ReadonlyMap<ObjectId, LocatedRecord>;
    readonly options: FsckOptions;
  },
): Promise<Named> {
  let { named } = given;
  let found = 0;
  for (;;) {
    const puts = named.missing.flatMap((id) => given.spares.get(id) ?? []);
    if (puts.length === 0) return { ...named, found };
    await deps.index.apply({ puts });
    found += puts.length;
    // What was missing may lead to more that is missing.
    named = await checkNamed(deps, given.options);
  }
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
  try {
    const bytes = Buffer.alloc(recordBytes(location));
    const filled = await file.read(bytes, offset);
    await deps.quarantine(`${segment}-${offset}-${id}.record`, bytes.subarray(0, filled));
  } finally {
    await file.close();
  }
}

/** Asks for what is missing, round by round, as long as something comes. */
async function fetchCopies(
  deps: MaintenanceDeps,
  before: Named,
  options: FsckOptions,
): Promise<Named> {
  const { repairFrom } = options;
  let named = before;
  let { found } = before;
  while (repairFrom !== undefined && named.missing.length > 0) {
    let fetched = 0;
    for (let at = 0; at < named.missing.length; at += REPAIR_BATCH) {
      options.signal?.throwIfAborted();
      const wanted = new Set(named.missing.slice(at, at + REPAIR_BATCH));
      const offered = await repairFrom([...wanted]);
      // Nothing but what was asked for gets in.
      const good = offered.filter(({ id }) => wanted.has(id));
      fetched += (await deps.objects.putRecords(good)).length;
    }
    await deps.objects.flush();
    if (fetched === 0) break;
    found += fetched;
    named = await checkNamed(deps, options);
  }
  return { ...named, found };
}

async function checkNamed(deps: MaintenanceDeps, options: FsckOptions): Promise<Named> {
  options.onProgress?.({ phase: 'reachability', done: 0 });
  try {
    return { missing: await findMissingFromRefs(deps, options.signal), found: 0 };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'DITS_STORE_CORRUPT') {
      return { missing: [], problem: error.message, found: 0 };
    }
    throw error;
  }
}
