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
  type Ref,
  type RefChange,
  type RefMove,
  type RefName,
  type RefStore,
  type RefUpdateContext,
} from '../../store/index.ts';
import type { RefResultKind, WireRefChange, WireRefResult } from '../messages/refs.ts';

/** A host's objection to one change. */
export type RefVeto = { readonly result: 'denied' | 'locked'; readonly message: string };

/** A change that was asked for, with the move signed for this repository. */
export type RequestedChange = Omit<WireRefChange, 'move'> & {
  readonly move?: RefMove | undefined;
};

/** What is known of a ref that is about to change. */
export type RefFacts = {
  /** Who moved it where it is, if that was signed. */
  readonly move: RefMove | undefined;
  /** Whether the new value contains the old one; true for a ref that does not exist yet, false for one to be deleted. */
  isForward(): Promise<boolean>;
};

/** Asked before each change that would otherwise happen: locks, checked-out branches, signatures, policy. */
export type RefVetoCheck = (
  change: RequestedChange,
  facts: RefFacts,
) => Promise<RefVeto | undefined>;

export type RefUpdateDeps = { readonly objects: ObjectStore; readonly refs: RefStore };

export type RefUpdateOptions = {
  readonly context: RefUpdateContext;
  /** Which names may change: `shared` means branches and tags, as for a peer; `any` is for refs of one's own. */
  readonly names: 'shared' | 'any';
  readonly veto?: RefVetoCheck | undefined;
  /** Whether a ref may neither go back nor be deleted, whatever was asked. */
  readonly isProtected?: ((name: string) => Promise<boolean>) | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Ids named in an INCOMPLETE result. */
const MISSING_NAMED_MAX = 3;

type State = {
  readonly deps: RefUpdateDeps;
  readonly options: RefUpdateOptions;
  /** Values of all refs when the update began; complete by the rule above. */
  readonly current: ReadonlyMap<RefName, Ref>;
  /** Objects known to be held with everything they lead to. */
  readonly complete: Set<ObjectId>;
};

type Accepted = RequestedChange & { readonly name: RefName };

/** Judges each change on its own and applies what is in order; one result a change. Rejects only when the store fails. */
export async function completeAndUpdateRefs(
  deps: RefUpdateDeps,
  changes: readonly RequestedChange[],
  options: RefUpdateOptions,
): Promise<WireRefResult[]> {
  await deps.objects.flush();
  const refs = await deps.refs.list();
  const current = new Map(refs.map((ref) => [ref.name, ref]));
  const complete = new Set(refs.map((ref) => ref.target));
  const state: State = { deps, options, current, complete };
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
async function checkTogether(state: State, changes: readonly RequestedChange[]): Promise<void> {
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

async function judge(state: State, change: RequestedChange): Promise<WireRefResult | Accepted> {
  const name = readName(change.name, state.options.names);
  if (name === undefined) return resultOf(change, 'denied', null, 'this name cannot be updated');
  const ref = state.current.get(name);
  const current = ref?.target ?? null;
  if (current === change.new) return resultOf(change, 'up-to-date', current);
  if (current !== change.old) {
    return resultOf(change, 'rejected-non-fast-forward', current, 'the ref has changed meanwhile');
  }
  const facts: RefFacts = {
    move: ref?.move,
    isForward: async () =>
      current === null || (change.new !== null && (await isForward(state, current, change.new))),
  };
  const objection =
    (await checkTarget(state, change, facts)) ??
    (await checkProtection(state, change, facts)) ??
    (await state.options.veto?.(change, facts));
  if (objection === undefined) return { ...change, name };
  return resultOf(change, objection.result, current, objection.message);
}

type Objection = { readonly result: RefResultKind; readonly message: string };

/** Completeness first: history can only be read where it is there. */
async function checkTarget(
  state: State,
  change: RequestedChange,
  facts: RefFacts,
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
  if (change.force) return undefined;
  return (await facts.isForward())
    ? undefined
    : {
        result: 'rejected-non-fast-forward',
        message: 'the new value does not contain the old one',
      };
}

/** `force` does not help where a ref is protected. */
async function checkProtection(
  { options }: State,
  change: RequestedChange,
  facts: RefFacts,
): Promise<Objection | undefined> {
  const isBack = change.new === null || !(await facts.isForward());
  if (!isBack || (await options.isProtected?.(change.name)) !== true) return undefined;
  const what = change.new === null ? 'be deleted' : 'go back';
  return { result: 'denied', message: `it is protected there: it cannot ${what}` };
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
  const { name, old: expected, new: target, move } = change;
  return { name, expected, target, ...(move && { move }) };
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
  change: Pick<WireRefChange, 'name'>,
  result: RefResultKind,
  current: ObjectId | null,
  message = '',
): WireRefResult {
  return { name: change.name, result, current, message };
}
