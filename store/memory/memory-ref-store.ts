/** Refs in memory: for tests, simulations and short-lived stores. Same contract as the ref file on disk. */
import { randomBytes } from 'node:crypto';
import type { ObjectId } from '../ids.ts';
import type { RefMove } from '../refs/ref-move.ts';
import { checkRefName, branchRef, isBranchRef } from '../refs/ref-name.ts';
import type {
  Head,
  Ref,
  RefChange,
  ReflogEntry,
  RefName,
  RefStore,
  RefUpdateContext,
} from '../refs/ref-store.ts';
import { StoreError } from '../store-error.ts';

export type MemoryRefStoreOptions = {
  /** Branch that HEAD points at first; `main` by default. */
  readonly headBranch?: string | undefined;
  /** Milliseconds since 1970 for the reflog; the machine's clock by default. */
  readonly now?: (() => number) | undefined;
};

export class MemoryRefStore implements RefStore {
  readonly #refs = new Map<RefName, ObjectId>();
  readonly #moves = new Map<RefName, RefMove>();
  readonly #id = randomBytes(32).toString('hex');
  readonly #log: ReflogEntry[] = [];
  readonly #now: () => number;
  #head: Head;

  constructor(options: MemoryRefStoreOptions = {}) {
    this.#now = options.now ?? Date.now;
    this.#head = { kind: 'branch', name: branchRef(options.headBranch ?? 'main') };
  }

  list(): Promise<readonly Ref[]> {
    const refs = Array.from(this.#refs, ([name, target]) => {
      const move = this.#moves.get(name);
      return move === undefined ? { name, target } : { name, target, move };
    });
    return Promise.resolve(refs.sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  get(name: RefName): Promise<ObjectId | undefined> {
    return Promise.resolve(this.#refs.get(name));
  }

  head(): Promise<Head> {
    return Promise.resolve(this.#head);
  }

  repositoryId(): Promise<string> {
    return Promise.resolve(this.#id);
  }

  async setHead(head: Head, context: RefUpdateContext): Promise<void> {
    if (head.kind === 'branch' && !isBranchRef(checkRefName(head.name))) {
      throw new StoreError('DITS_STORE_INVALID_REF_NAME', `HEAD cannot point at ${head.name}`, {
        hint: 'HEAD points at a branch, or is detached at a commit',
        details: { name: head.name },
      });
    }
    const before = this.#resolveHead();
    this.#head = head;
    this.#append({ name: 'HEAD', old: before, new: this.#resolveHead() }, context);
    return Promise.resolve();
  }

  // Async, so that a refused change rejects; nothing in it waits, so that it is atomic.
  // eslint-disable-next-line @typescript-eslint/require-await
  async update(changes: readonly RefChange[], context: RefUpdateContext): Promise<void> {
    this.#check(changes);
    for (const { name, target, move } of changes) {
      const old = this.#refs.get(name) ?? null;
      if (move !== undefined && target !== null) this.#moves.set(name, move);
      else if (old !== target) this.#moves.delete(name);
      if (target === null) this.#refs.delete(name);
      else this.#refs.set(name, target);
      if (old === target) continue;
      this.#append({ name, old, new: target }, context);
      if (this.#head.kind === 'branch' && this.#head.name === name) {
        this.#append({ name: 'HEAD', old, new: target }, context);
      }
    }
  }

  reflog(name?: RefName | 'HEAD'): Promise<readonly ReflogEntry[]> {
    return Promise.resolve(this.#log.filter((entry) => name === undefined || entry.name === name));
  }

  #check(changes: readonly RefChange[]): void {
    const names = new Set<RefName>();
    for (const { name, expected } of changes) {
      checkRefName(name);
      if (names.has(name)) throw refChanged(name, 'is changed twice by one update');
      names.add(name);
      if (expected !== undefined && (this.#refs.get(name) ?? null) !== expected) {
        throw refChanged(name, 'no longer has the expected value');
      }
    }
  }

  #resolveHead(): ObjectId | null {
    if (this.#head.kind === 'detached') return this.#head.target;
    return this.#refs.get(this.#head.name) ?? null;
  }

  #append(
    change: Pick<ReflogEntry, 'name' | 'old' | 'new'>,
    { actor, reason }: RefUpdateContext,
  ): void {
    this.#log.push({ ...change, timeMs: this.#now(), actor, reason });
  }
}

function refChanged(name: RefName, what: string): StoreError {
  return new StoreError('DITS_STORE_REF_CHANGED', `${name} ${what}`, {
    hint: 'fetch, look at what changed, and try again',
    details: { name },
  });
}
