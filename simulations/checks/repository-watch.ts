/** What one repository has promised to whom, and the checks that it keeps it. Looking takes no time and changes nothing. */
import {
  history,
  openStoreOf,
  walkReachable,
  type CommitId,
  type ObjectId,
  type ObjectStore,
  type RefChange,
  type RefName,
  type RefStore,
  type Store,
  type StoreParts,
} from '../../store/index.ts';
import type { Steps } from '../machine/simulated-process.ts';
import { Violation } from '../world.ts';
import { RefHistory } from './ref-history.ts';

export type WatchDeps = {
  readonly name: string;
  /** The repository as it is, or as a power failure would leave it now. */
  readonly snapshot: (moment: 'now' | 'power-failure') => StoreParts;
  readonly wallMs: () => number;
  /** Objects written within this time stay, reachable or not. */
  readonly graceMs: number;
  /** Told of every broken promise; whoever asked for it may be a peer, which hears of a failure only. */
  readonly report: (problem: unknown) => void;
};

type Ends = { readonly wants: readonly ObjectId[]; readonly haves: readonly ObjectId[] };

export class RepositoryWatch {
  readonly history: RefHistory;
  readonly #deps: WatchDeps;
  /** Objects that were said to be durable, by the wall clock from before they were put. */
  readonly #durable = new Map<ObjectId, number>();
  /** Values of refs whose whole closure was found durable. */
  readonly #whole = new Set<ObjectId>();
  /** Grows whenever objects may vanish that no ref reaches. */
  #sweeps = 0;
  /** Those that run, or wait for the store. */
  #sweepers = 0;
  /** Of these, those that leave nothing its grace. */
  #shortSweepers = 0;

  constructor(deps: WatchDeps) {
    this.#deps = deps;
    this.history = new RefHistory(deps.name);
  }

  wallMs(): number {
    return this.#deps.wallMs();
  }

  /** Runs a check whose failure must end the run, wherever it came up. */
  async expect(check: () => Promise<void> | void): Promise<void> {
    try {
      await check();
    } catch (error) {
      this.#deps.report(error);
      throw error;
    }
  }

  /** A flush has promised these to be on the disk. @throws Violation when a power failure could take one of them */
  async flushed(covered: ReadonlyMap<ObjectId, number>): Promise<void> {
    await this.expectDurable([...covered.keys()], 'lost-flush');
    for (const [id, writtenMs] of covered) {
      if (!this.#durable.has(id)) this.#durable.set(id, writtenMs);
    }
  }

  /** A ref store has promised that these changes are on the disk. */
  async moved(changes: readonly RefChange[]): Promise<void> {
    const store = openStoreOf(this.#deps.snapshot('power-failure'));
    await this.#expectMoved(store.refs, changes);
    const wants = changes.flatMap(({ target }) => target ?? []);
    await this.#expectWhole(store, wants, 'incomplete-ref');
  }

  async #expectMoved(refs: RefStore, changes: readonly RefChange[]): Promise<void> {
    for (const { name, target } of changes) {
      const value = (await this.#readRef(refs, name)) ?? null;
      const logged = await refs.reflog(name);
      if (!logged.some((entry) => entry.new === target)) {
        throw this.#violation('lost-reflog', `${name} went to ${target} and no line says so`);
      }
      // Another move may have followed in the meantime; the history knows whether it did.
      if (value !== target) this.history.check(name, value);
    }
  }

  async #readRef(refs: RefStore, name: RefName): Promise<ObjectId | undefined> {
    try {
      return await refs.get(name);
    } catch (error) {
      throw this.#violation('lost-ref', messageOf(error));
    }
  }

  /** A peer was promised that all of this is on the disk here. */
  async expectClosureDurable(wants: readonly ObjectId[]): Promise<void> {
    await this.#expectWhole(
      openStoreOf(this.#deps.snapshot('power-failure')),
      wants,
      'lost-transfer',
    );
  }

  async expectDurable(ids: readonly ObjectId[], invariant: string): Promise<void> {
    const { objects } = openStoreOf(this.#deps.snapshot('power-failure'));
    await this.#expectReadable(objects, ids, invariant);
  }

  /** Everything that no ref reaches may have gone, as with an index that was lost. */
  swept(): void {
    this.#sweeps++;
  }

  /** Call what it returns to know whether objects that no ref reaches may have vanished since. */
  noteSweeps(): () => boolean {
    const before = this.#sweeps;
    return () => this.#sweepers > 0 || this.#sweeps !== before;
  }

  /** Runs a gc. With less than the usual grace it may remove whatever nothing reaches. */
  async sweeping(
    process: Steps,
    graceMs: number | undefined,
    run: () => Promise<unknown>,
  ): Promise<void> {
    const isShort = graceMs !== undefined && graceMs < this.#deps.graceMs;
    this.#sweepers++;
    if (isShort) this.#shortSweepers++;
    if (isShort) this.#durable.clear();
    process.onEnd(() => {
      this.#sweepers--;
      if (isShort) this.#shortSweepers--;
      this.#sweeps++;
      // What was put while it waited for the store was no safer.
      if (isShort) this.#durable.clear();
    });
    await run();
  }

  /** Everything that can be said about a repository that runs. @throws Violation */
  async check(): Promise<void> {
    const store = openStoreOf(this.#deps.snapshot('now'));
    const refs = await store.refs.list();
    const values = new Map(refs.map(({ name, target }) => [name, target]));
    for (const name of new Set([...this.history.names, ...values.keys()])) {
      this.history.check(name, values.get(name) ?? null);
    }
    const ends = { wants: [...values.values()], haves: [] };
    const reached = await this.#readClosure(store.objects, ends, 'broken-ref');
    const young = this.#young().filter((id) => !reached.has(id));
    await this.#expectReadable(store.objects, young, 'lost-young');
  }

  /** All refs but scratch branches, as text to compare. */
  async sharedRefs(): Promise<string> {
    const refs = await openStoreOf(this.#deps.snapshot('now')).refs.list();
    return refs
      .filter(({ name }) => !name.startsWith('refs/heads/scratch/'))
      .map(({ name, target }) => `${name} ${target}`)
      .join('\n');
  }

  /** Every commit that a branch was said to have reached is in the history of that branch. */
  async checkHistory(): Promise<void> {
    const { objects, refs } = openStoreOf(this.#deps.snapshot('now'));
    const listed = await refs.list();
    const heads = listed.map(({ target }) => target as CommitId);
    const reached = new Set<ObjectId>();
    for await (const { id } of history(objects, heads)) reached.add(id);
    const told = this.history.acknowledgedTargets(listed.map(({ name }) => name));
    const lost = told.filter((id) => !reached.has(id));
    if (lost.length > 0) throw this.#violation('lost-commit', `${lost[0]} is in no branch`);
  }

  /** What was written within the grace period and promised to be durable: it must be there. */
  #young(): ObjectId[] {
    if (this.#shortSweepers > 0) return [];
    const youngAfterMs = this.#deps.wallMs() - this.#deps.graceMs;
    for (const [id, writtenMs] of this.#durable) {
      if (writtenMs < youngAfterMs) this.#durable.delete(id);
    }
    return [...this.#durable.keys()];
  }

  async #expectWhole(store: Store, wants: readonly ObjectId[], invariant: string): Promise<void> {
    const open = wants.filter((id) => !this.#whole.has(id));
    if (open.length === 0) return;
    await this.#readClosure(store.objects, { wants: open, haves: [...this.#whole] }, invariant);
    for (const id of open) this.#whole.add(id);
  }

  /** Reads everything between the ends. */
  async #readClosure(
    objects: ObjectStore,
    ends: Ends,
    invariant: string,
  ): Promise<ReadonlySet<ObjectId>> {
    const ids = new Set<ObjectId>();
    try {
      for await (const batch of walkReachable(objects, ends))
        for (const { id } of batch) ids.add(id);
    } catch (error) {
      throw this.#violation(invariant, messageOf(error));
    }
    await this.#expectReadable(objects, [...ids], invariant);
    return ids;
  }

  async #expectReadable(
    objects: ObjectStore,
    ids: readonly ObjectId[],
    invariant: string,
  ): Promise<void> {
    const held = await objects.has(ids);
    const lost = ids.filter((_, at) => held[at] !== true);
    if (lost.length > 0) {
      throw this.#violation(invariant, `${lost.length} of ${ids.length} objects, ${lost[0]} first`);
    }
    try {
      await objects.get(ids);
    } catch (error) {
      throw this.#violation(invariant, messageOf(error));
    }
  }

  #violation(invariant: string, what: string): Violation {
    return new Violation(invariant, `${this.#deps.name}: ${what}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
