/** Checks a whole store, and mends what can be mended (docs/store-format.md, "fsck"). */
import type { ObjectId } from '../ids.ts';
import type { IndexDamage, StoreIndex } from '../index-db/location-index.ts';
import type { ObjectRecord } from '../object-store.ts';
import type { RestoredRefs } from '../refs/restore-refs.ts';
import { StoreError } from '../store-error.ts';
import type { MaintenanceDeps, ProgressOptions } from './maintenance-deps.ts';
import { mendRecords, rewriteDamaged } from './mend-objects.ts';
import { findMissingFromRefs } from './reachable-from-refs.ts';
import { SegmentVerifier, type CorruptPlace } from './verify-segments.ts';

export type FsckOptions = ProgressOptions & {
  /** Keep damaged bytes in `quarantine/` and put good ones in their place, as far as this store has them. */
  readonly repair?: boolean | undefined;
  /**
   * Brings good copies of lost objects, from a peer for example; may bring fewer than asked for. Implies `repair`.
   * Every record is verified before it is stored.
   */
  readonly repairFrom?:
    ((ids: readonly ObjectId[]) => Promise<readonly ObjectRecord[]>) | undefined;
  /** Ids that are needed although no ref leads to them, such as what is staged. */
  readonly extraRoots?: readonly ObjectId[] | undefined;
};

export type FsckReport = {
  /** Nothing is wrong, or everything that was wrong has been mended by this very check. */
  readonly ok: boolean;
  /** Intact chunks. */
  readonly chunks: number;
  /** Intact objects of all other kinds. */
  readonly objects: number;
  readonly bytesRead: number;
  /** What was found damaged in segments, whether mended or not. */
  readonly corrupt: readonly CorruptPlace[];
  /** What was found damaged in the index; it can always be made anew, and may have been already. */
  readonly indexDamage: readonly IndexDamage[];
  /** What was found damaged of refs and reflog, in words. */
  readonly refsProblem?: string | undefined;
  /** What has become of damaged refs; undefined when they were whole, or nothing was mended. */
  readonly refsRestored?: RestoredRefs | undefined;
  /** Objects that are needed and the store does not hold intact, after repair; not necessarily all of them. */
  readonly missing: readonly ObjectId[];
  /** Objects that are whole again. */
  readonly repaired: number;
  /** Damaged places whose bytes were put aside. */
  readonly quarantined: number;
};

/** Objects asked of `repairFrom` at once, at most 8 MiB each. */
const REPAIR_BATCH = 64;

/** The one check that a report is about. */
type Check = {
  readonly deps: MaintenanceDeps;
  readonly options: FsckOptions;
  readonly wantsRepair: boolean;
};

export async function fsck(deps: MaintenanceDeps, options: FsckOptions = {}): Promise<FsckReport> {
  const wantsRepair = options.repair === true || options.repairFrom !== undefined;
  const check = { deps, options, wantsRepair };
  await deps.objects.settle();
  const hold = await deps.hold(wantsRepair ? 'exclusive' : 'shared', options.signal);
  let found: Found;
  try {
    found = await inspect(check);
  } finally {
    await hold.release();
  }
  // Storing what `repairFrom` brings takes the hold in the ordinary way.
  const needed = await fetchCopies(check, found.needed);
  const { verifier, indexDamage, refs, records } = found;
  const { corrupt, chunks, objects, bytesRead } = verifier;
  const wasDamaged = corrupt.length + indexDamage.length + refs.damage.length > 0;
  const isMended = wantsRepair && records.unmended === 0 && refs.isUsable;
  return {
    ok: (isMended || !wasDamaged) && needed.missing.length === 0,
    chunks,
    objects,
    bytesRead,
    corrupt,
    indexDamage,
    ...(refs.damage.length === 0 ? {} : { refsProblem: refs.damage.join('; ') }),
    ...(refs.restored === undefined ? {} : { refsRestored: refs.restored }),
    missing: needed.missing,
    repaired: records.repaired + needed.found,
    quarantined: records.quarantined,
  };
}

type Found = {
  readonly verifier: SegmentVerifier;
  readonly indexDamage: readonly IndexDamage[];
  readonly refs: RefsFound;
  readonly needed: Needed;
  readonly records: {
    readonly repaired: number;
    readonly quarantined: number;
    readonly unmended: number;
  };
};

/** Everything that is done while holding the store. */
async function inspect(check: Check): Promise<Found> {
  const { deps, options, wantsRepair } = check;
  const indexDamage = await inspectIndex(check);
  const verifier = new SegmentVerifier(deps, options);
  await verifier.verify().catch((error: unknown) => {
    // Without a good index there is nothing to compare segments with; one that is mended has none of this.
    if (wantsRepair || indexDamage.length === 0) throw error;
    indexDamageOf(error);
  });
  if (!wantsRepair) {
    const refs = await inspectRefs(check);
    const records = { repaired: 0, quarantined: 0, unmended: 0 };
    return { verifier, indexDamage, refs, records, needed: await findNeeded(check, refs) };
  }
  const mended = await mendRecords(deps, verifier, options);
  const refs = await inspectRefs(check);
  const needed = await useSpares(check, refs, verifier.spares);
  const unmended = await rewriteDamaged(deps, verifier, options);
  return { verifier, indexDamage, refs, needed, records: { ...mended, unmended } };
}

async function inspectIndex({ deps, wantsRepair }: Check): Promise<readonly IndexDamage[]> {
  const { index } = deps;
  const before = await index.findDamage();
  // At once and in any case: LevelDB would merge damaged tables into new ones, or end the process over them.
  if (before.damage.length > 0) await discardDamaged(index, before.damage);
  const refusal = await index.allWatermarks().then(() => undefined, indexDamageOf);
  const after = await index.findDamage();
  if (wantsRepair && (after.damage.length > 0 || refusal !== undefined)) await index.discard();
  const all = [...before.healed, ...before.damage, ...after.healed, ...after.damage];
  if (refusal !== undefined) all.push(refusal);
  return [...new Map(all.map((found) => [`${found.file}: ${found.problem}`, found])).values()];
}

/** @throws StoreError DITS_STORE_INDEX_CORRUPT when another process has it open */
async function discardDamaged(index: StoreIndex, damage: readonly IndexDamage[]): Promise<void> {
  try {
    await index.discard();
  } catch (cause) {
    if (!(cause instanceof StoreError) || cause.code !== 'DITS_STORE_LOCKED') throw cause;
    const { file, problem } = damage[0]!;
    throw new StoreError(
      'DITS_STORE_INDEX_CORRUPT',
      `the index is damaged (${file}: ${problem}), and another process uses it`,
      { hint: 'stop the other dits processes, then run `dits fsck --repair`', cause },
    );
  }
}

/** @throws the error when it is another one */
function indexDamageOf(error: unknown): IndexDamage {
  if (!(error instanceof StoreError) || error.code !== 'DITS_STORE_INDEX_CORRUPT') throw error;
  return { file: 'index', problem: error.message };
}

type RefsFound = {
  readonly damage: readonly string[];
  readonly restored: RestoredRefs | undefined;
  /** The refs can be read. */
  readonly isUsable: boolean;
};

async function inspectRefs({ deps, wantsRepair }: Check): Promise<RefsFound> {
  const { refs, objects } = deps;
  const { damage, isUsable } = await refs.findDamage();
  if (damage.length === 0 || !wantsRepair) return { damage, restored: undefined, isUsable };
  const restored = await refs.restore({
    has: (ids) => objects.has(ids),
    quarantine: (name, bytes) => deps.quarantine(name, bytes),
  });
  return { damage, restored, isUsable: restored !== undefined };
}

/** Objects that refs and `extraRoots` need. */
type Needed = {
  readonly missing: readonly ObjectId[];
  /** Objects that were missing and are there again. */
  readonly found: number;
};

/** Puts back into the index what is needed and the segments hold. */
async function useSpares(
  check: Check,
  refs: RefsFound,
  spares: SegmentVerifier['spares'],
): Promise<Needed> {
  let needed = await findNeeded(check, refs);
  let found = 0;
  for (;;) {
    const puts = needed.missing.flatMap((id) => spares.get(id) ?? []);
    if (puts.length === 0) return { ...needed, found };
    await check.deps.index.apply({ puts });
    found += puts.length;
    // What was missing may lead to more that is missing.
    needed = await findNeeded(check, refs);
  }
}

/** Asks for what is missing, round by round, as long as something comes. */
async function fetchCopies(check: Check, before: Needed): Promise<Needed> {
  const { deps, options } = check;
  const { repairFrom } = options;
  let { missing, found } = before;
  while (repairFrom !== undefined && missing.length > 0) {
    let fetched = 0;
    for (let at = 0; at < missing.length; at += REPAIR_BATCH) {
      options.signal?.throwIfAborted();
      const wanted = new Set(missing.slice(at, at + REPAIR_BATCH));
      const offered = await repairFrom([...wanted]);
      // Nothing but what was asked for gets in.
      const good = offered.filter(({ id }) => wanted.has(id));
      fetched += (await deps.objects.putRecords(good)).length;
    }
    await deps.objects.flush();
    if (fetched === 0) break;
    found += fetched;
    ({ missing } = await findNeeded(check, { isUsable: true }));
  }
  return { missing, found };
}

async function findNeeded(
  { deps, options }: Check,
  { isUsable }: Pick<RefsFound, 'isUsable'>,
): Promise<Needed> {
  options.onProgress?.({ phase: 'reachability', done: 0 });
  // Without refs nobody can say what is needed.
  if (!isUsable) return { missing: [], found: 0 };
  const { signal, extraRoots = [] } = options;
  return { missing: await findMissingFromRefs(deps, { signal, extraRoots }), found: 0 };
}
