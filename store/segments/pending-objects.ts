/**
 * Objects on their way: claimed by a put, appended but not yet synced and indexed. Reads see the appended ones; a second
 * put of a claimed one waits for the first instead of writing it twice.
 */
import type { ObjectId } from '../ids.ts';
import type { LocatedRecord, Location } from './segment-format.ts';

type Pending = {
  /** Undefined until the record is appended. */
  location: Location | undefined;
  readonly appended: Promise<void>;
  readonly settle: (error?: Error) => void;
};

export class PendingObjects {
  readonly #objects = new Map<ObjectId, Pending>();

  get size(): number {
    return this.#objects.size;
  }

  /** Where the object was appended, undefined when it is not pending or not appended yet. */
  location(id: ObjectId): Location | undefined {
    return this.#objects.get(id)?.location;
  }

  /** Every appended object. */
  *appended(): Generator<LocatedRecord> {
    for (const [id, { location }] of this.#objects) {
      if (location !== undefined) yield { id, location };
    }
  }

  /** When the object is claimed: a promise that follows its append. */
  waitFor(id: ObjectId): Promise<void> | undefined {
    return this.#objects.get(id)?.appended;
  }

  claim(id: ObjectId): void {
    let settle!: (error?: Error) => void;
    const appended = new Promise<void>((resolve, reject) => {
      settle = (error) => (error === undefined ? resolve() : reject(error));
    });
    // Nobody may be waiting for it.
    appended.catch(() => undefined);
    this.#objects.set(id, { location: undefined, appended, settle });
  }

  /** The claimed object is in a segment now. */
  append({ id, location }: LocatedRecord): void {
    const pending = this.#objects.get(id);
    if (pending === undefined) return;
    pending.location = location;
    pending.settle();
  }

  /** The put failed: whoever waits for it fails with it. */
  abandon(id: ObjectId, error: unknown): void {
    const pending = this.#objects.get(id);
    if (pending === undefined || pending.location !== undefined) return;
    this.#objects.delete(id);
    pending.settle(error instanceof Error ? error : new Error(String(error)));
  }

  /** The record is durable and in the index. */
  commit({ id, location }: LocatedRecord): void {
    const known = this.#objects.get(id)?.location;
    if (known?.segment === location.segment && known.offset === location.offset) {
      this.#objects.delete(id);
    }
  }
}
