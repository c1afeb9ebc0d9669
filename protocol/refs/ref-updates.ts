/**
 * Moves refs after a transfer: the same rules for a push that arrives here and for a pull made here. A ref moves only to
 * something whose whole closure is held, only forwards unless forced, and by compare-and-set (docs/protocol.md, "Refs").
 */
import {
  StoreError,
  checkRefName,
  findMissing,
  isAncestor,
  isBranchRef,
  isTagRef,
  resolveToCommit,
  type CommitId,
  type ObjectId,
  type ObjectStore,
  type RefChange,
  type RefName,
  type RefStore,
  type RefUpdateContext,
} from '../../store/index.ts';
import type { RefResultKind, WireRefChange, WireRefResult } from '../messages/refs.ts';

/** A host's objection to one change. */
export type RefVeto = { readonly result: 'denied' | 'locked'; readonly message: string };

/** Asked before each change that would otherwise happen: locks, checked-out branches, policy. */
export type RefVetoCheck = (change: WireRefChange) => Promise<RefVeto | undefined>;

export type RefUpdateDeps = { readonly objects: ObjectStore; readonly refs: RefStore };

export type RefUpdateOptions = {
  readonly context: RefUpdateContext;
  /** Which names may change: `shared` means branches and tags, as for a peer; `any` is for refs of one's own. */
  readonly names: 'shared' | 'any';
  readonly veto?: RefVetoCheck | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Ids named in an INCOMPLETE result. */
const MISSING_NAMED_MAX = 3;

type State = {
  readonly deps: RefUpdateDeps;
  readonly options: RefUpdateOptions;
  /** Values of all refs when the update began; complete by the rule above. */
  readonly current: ReadonlyMap<RefName, ObjectId>;
  /** Objects known to be held with everything they lead to. */
  readonly complete: Set<ObjectId>;
};

type Accepted = WireRefChange & { readonly name: RefName };

/** Judges each change on its own and applies what is in order; one result a change. Rejects only when the store fails. */
export async function completeAndUpdateRefs(
  deps: RefUpdateDeps,
  changes: readonly WireRefChange[],
  options: RefUpdateOptions,
): Promise<WireRefResult[]> {
  await deps.objects.flush();
  const refs = await deps.refs.list();
  const current = new Map(refs.map((ref) => [ref.name, ref.target]));
  const state: State = { deps, options, current, complete: new Set(current.values()) };
  await checkTogether(state, changes);
  const judged: (WireRefResult | Accepted)[] = [];
  for (const change of changes) {
    options.signal?.throwIfAborted();
    judged.push(await judge(state, change));
  }
  const applied = await applyAll(
    state,
    judged.filter((one): one is Accepted => !isResult(one)),
  );
  return judged.map((one) => (isResult(one) ? one : applied.get(one)!));
}

function isResult(judged: WireRefResult | Accepted): judged is WireRefResult {
  return 'result' in judged;
}

/** One walk for all new values: the usual case, in which nothing is missing. */
async function checkTogether(state: State, changes: readonly WireRefChange[]): Promise<void> {
  const wants = new Set<ObjectId>();
  for (const { new: target } of changes) {
    if (target !== null && !state.complete.has(target)) wants.add(target);
  }
  if (wants.size < 2) return;
  const missing = await missingFor(state, [...wants]);
  if (missing.length === 0) for (const id of wants) state.complete.add(id);
}

async function missingFor(state: State, wants: readonly ObjectId[]): Promise<readonly ObjectId[]> {
  const { signal } = state.options;
  const ends = { wants, complete: [...state.complete] };
  return (await findMissing(state.deps.objects, ends, { signal })).missing;
}

async function judge(state: State, change: WireRefChange): Promise<WireRefResult | Accepted> {
  const name = readName(change.name, state.options.names);
  if (name === undefined) return resultOf(change, 'denied', null, 'this name cannot be updated');
  const current = state.current.get(name) ?? null;
  if (current === change.new) return resultOf(change, 'up-to-date', current);
  if (current !== change.old) {
    return resultOf(change, 'rejected-non-fast-forward', current, 'the ref has changed meanwhile');
  }
  const objection =
    (await checkTarget(state, change, current)) ?? (await state.options.veto?.(change));
  if (objection === undefined) return { ...change, name };
  return resultOf(change, objection.result, current, objection.message);
}

type Objection = { readonly result: RefResultKind; readonly message: string };

/** Completeness first: history can only be read where it is there. */
async function checkTarget(
  state: State,
  change: WireRefChange,
  current: ObjectId | null,
): Promise<Objection | undefined> {
  if (change.new === null) return undefined;
  const { objects } = state.deps;
  const { signal } = state.options;
  if (!state.complete.has(change.new)) {
    const missing = await missingFor(state, [change.new]);
    if (missing.length > 0) {
      const named = missing.slice(0, MISSING_NAMED_MAX).join(', ');
      return { result: 'incomplete', message: `objects are missing: ${named}` };
    }
    state.complete.add(change.new);
  }
  const [info] = await objects.info([change.new], { signal });
  const isAllowed =
    info?.kind === 'commit' || (info?.kind === 'tag' && !change.name.startsWith('refs/heads/'));
  if (!isAllowed)
    return { result: 'denied', message: 'a branch names a commit, a tag a commit or a tag' };
  if (current === null || change.force) return undefined;
  return (await isForward(state, current, change.new))
    ? undefined
    : {
        result: 'rejected-non-fast-forward',
        message: 'the new value does not contain the old one',
      };
}

async function isForward(state: State, from: ObjectId, to: ObjectId): Promise<boolean> {
  const { objects } = state.deps;
  const options = { signal: state.options.signal };
  const [infoFrom] = await objects.info([from], options);
  // An annotated tag is replaced, never advanced.
  if (infoFrom?.kind !== 'commit') return false;
  const toCommit = await resolveToCommit(objects, to, options);
  return isAncestor(objects, from as CommitId, toCommit, options);
}

/** All in one transaction; where that fails, each by itself, so that one lost race does not hold up the others. */
async function applyAll(
  state: State,
  changes: readonly Accepted[],
): Promise<Map<Accepted, WireRefResult>> {
  const results = new Map<Accepted, WireRefResult>();
  if (changes.length > 1) {
    try {
      await state.deps.refs.update(changes.map(toRefChange), state.options.context);
      return new Map(changes.map((change) => [change, successOf(change)]));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  }
  for (const change of changes) results.set(change, await apply(state, change));
  return results;
}

async function apply(state: State, change: Accepted): Promise<WireRefResult> {
  const { refs } = state.deps;
  try {
    await refs.update([toRefChange(change)], state.options.context);
    return successOf(change);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const now = (await refs.get(change.name)) ?? null;
    if (error.code === 'DITS_STORE_LOCKED') return resultOf(change, 'locked', now, error.message);
    if (error.code === 'DITS_STORE_INVALID_REF_NAME') {
      return resultOf(change, 'denied', now, error.message);
    }
    if (error.code !== 'DITS_STORE_REF_CHANGED') throw error;
    if (now === change.new) return resultOf(change, 'up-to-date', now);
    return resultOf(change, 'rejected-non-fast-forward', now, 'the ref has changed meanwhile');
  }
}

function toRefChange(change: Accepted): RefChange {
  return { name: change.name, expected: change.old, target: change.new };
}

function successOf(change: Accepted): WireRefResult {
  if (change.new === null) return resultOf(change, 'deleted', null);
  return resultOf(change, change.old === null ? 'created' : 'updated', change.new);
}

function readName(text: string, names: RefUpdateOptions['names']): RefName | undefined {
  try {
    const name = checkRefName(text);
    return names === 'any' || isBranchRef(name) || isTagRef(name) ? name : undefined;
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

function resultOf(
  change: WireRefChange,
  result: RefResultKind,
  current: ObjectId | null,
  message = '',
): WireRefResult {
  return { name: change.name, result, current, message };
}
