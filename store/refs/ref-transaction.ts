/** What a change of refs does to their state and to the reflog; pure, so that every implementation can decide alike. */
import type { ObjectId } from '../ids.ts';
import { StoreError } from '../store-error.ts';
import { isSameMove } from './ref-move.ts';
import { checkRefName, isBranchRef } from './ref-name.ts';
import type { Head, RefChange, ReflogEntry, RefName, RefUpdateContext } from './ref-store.ts';
import type { RefsState } from './refs-file.ts';

export type RefTransaction = {
  /** The same object when nothing changes. */
  readonly state: RefsState;
  /** What to log; empty when no ref changes its value. */
  readonly entries: readonly ReflogEntry[];
};

/** Who changes refs, and when. */
export type Occasion = RefUpdateContext & { readonly timeMs: number };

/** All changes, or none. @throws StoreError DITS_STORE_REF_CHANGED, DITS_STORE_INVALID_REF_NAME */
export function planUpdate(
  state: RefsState,
  changes: readonly RefChange[],
  occasion: Occasion,
): RefTransaction {
  checkChanges(state, changes);
  const refs = new Map(state.refs);
  const moves = new Map(state.moves);
  const entries: ReflogEntry[] = [];
  const needed = changes.filter((change) => changesAnything(state, change));
  for (const { name, target, move } of needed) {
    const old = refs.get(name) ?? null;
    if (move === undefined || target === null) moves.delete(name);
    else moves.set(name, move);
    if (old === target) continue;
    if (target === null) refs.delete(name);
    else refs.set(name, target);
    entries.push({ name, old, new: target, ...occasion });
    if (state.head.kind === 'branch' && state.head.name === name) {
      entries.push({ name: 'HEAD', old, new: target, ...occasion });
    }
  }
  return { state: needed.length === 0 ? state : { ...state, refs, moves }, entries };
}

/** The value, or who signed for it. The same value without a signature leaves the one that is there. */
function changesAnything(state: RefsState, { name, target, move }: RefChange): boolean {
  if ((state.refs.get(name) ?? null) !== target) return true;
  return move !== undefined && target !== null && !isSameMove(move, state.moves.get(name));
}

/** HEAD pointed elsewhere. @throws StoreError DITS_STORE_INVALID_REF_NAME */
export function planHead(state: RefsState, head: Head, occasion: Occasion): RefTransaction {
  if (head.kind === 'branch' && !isBranchRef(checkRefName(head.name))) {
    throw new StoreError('DITS_STORE_INVALID_REF_NAME', `HEAD cannot point at ${head.name}`, {
      hint: 'HEAD points at a branch, or is detached at a commit',
      details: { name: head.name },
    });
  }
  const next: RefsState = { ...state, head };
  const entry = { name: 'HEAD', old: resolveHead(state), new: resolveHead(next) } as const;
  return { state: next, entries: [{ ...entry, ...occasion }] };
}

function checkChanges(state: RefsState, changes: readonly RefChange[]): void {
  const names = new Set<RefName>();
  for (const { name, expected } of changes) {
    checkRefName(name);
    if (names.has(name)) throw refChanged(name, 'is changed twice by one update');
    names.add(name);
    if (expected !== undefined && (state.refs.get(name) ?? null) !== expected) {
      throw refChanged(name, 'no longer has the expected value');
    }
  }
}

function resolveHead({ head, refs }: RefsState): ObjectId | null {
  return head.kind === 'detached' ? head.target : (refs.get(head.name) ?? null);
}

function refChanged(name: RefName, what: string): StoreError {
  return new StoreError('DITS_STORE_REF_CHANGED', `${name} ${what}`, {
    hint: 'fetch, look at what changed, and try again',
    details: { name },
  });
}
