/**
 * A flat folder: names that lead to files. Names, too, are on the disk only after a sync of the folder. One that fails
 * leaves them as they were, for the next: file systems keep them in a journal, and stop altogether when that cannot be written.
 */
import type { SeededRandom } from '../seeded-random.ts';
import { survivorsOf, type FailureStyle } from './power-failure.ts';
import type { SimulatedFile } from './simulated-file.ts';

/** What happens to names in one step: all of it survives, or nothing. */
type NameChange = {
  readonly remove?: string | undefined;
  readonly add?: { readonly name: string; readonly file: SimulatedFile } | undefined;
};

/** A file at one moment. The bytes change with the file. */
export type Snapshot = { readonly bytes: Buffer; readonly modifiedMs: number };

export class SimulatedFolder {
  readonly #durable = new Map<string, SimulatedFile>();
  #current = new Map<string, SimulatedFile>();
  #unsynced: NameChange[] = [];
  #changeCount = 0;

  get names(): readonly string[] {
    return [...this.#current.keys()];
  }

  find(name: string): SimulatedFile | undefined {
    return this.#current.get(name);
  }

  /** The files as they are now, or as a power failure would leave them that takes everything it may. */
  snapshot(moment: 'now' | 'power-failure'): ReadonlyMap<string, Snapshot> {
    const names = moment === 'now' ? this.#current : this.#durable;
    return new Map(
      Array.from(names, ([name, file]) => {
        const bytes = moment === 'now' ? file.current : file.durable;
        return [name, { bytes, modifiedMs: file.modifiedMs }];
      }),
    );
  }

  add(name: string, file: SimulatedFile): void {
    this.#change({ add: { name, file } });
  }

  remove(name: string): void {
    if (this.#current.has(name)) this.#change({ remove: name });
  }

  rename(from: string, to: string): void {
    const file = this.#current.get(from);
    if (file === undefined) throw new Error(`there is no ${from} to rename`);
    this.#change({ remove: from, add: { name: to, file } });
  }

  mark(): number {
    return this.#changeCount;
  }

  synced(mark: number): void {
    for (const change of this.#takeUntil(mark)) apply(this.#durable, change);
  }

  powerFailure(style: FailureStyle, random: SeededRandom): void {
    for (const change of survivorsOf(this.#unsynced, style, random)) apply(this.#durable, change);
    this.#unsynced = [];
    this.#current = new Map(this.#durable);
    for (const file of this.#current.values()) file.powerFailure(style, random);
  }

  #change(change: NameChange): void {
    apply(this.#current, change);
    this.#unsynced.push(change);
    this.#changeCount++;
  }

  #takeUntil(mark: number): NameChange[] {
    const firstUnsynced = this.#changeCount - this.#unsynced.length;
    return this.#unsynced.splice(0, Math.max(0, mark - firstUnsynced));
  }
}

function apply(names: Map<string, SimulatedFile>, { remove, add }: NameChange): void {
  if (remove !== undefined) names.delete(remove);
  if (add !== undefined) names.set(add.name, add.file);
}
