/**
 * Objects on their way: claimed by a put, appended but not yet synced and indexed. Reads see the appended ones; a second
 * put of a claimed one waits for the first instead of writing it twice. One claim serves a whole put: a promise per
 * object would cost more than the object's index entry.
 */
import type { ObjectId } from '../ids.ts';
import type { LocatedRecord, Location } from './segment-format.ts';

/** Objects that one put is about to append. */
export class Claim {
  readonly ids: readonly ObjectId[];
  /** Follows the append of all of them. */
  readonly appended: Promise<void>;
  #settle!: (error?: Error) => void;

  constructor(ids: readonly ObjectId[]) {
    this.ids = ids;
    this.appended = new Promise<void>((resolve, reject) => {
      this.#settle = (error) => (error === undefined ? resolve() : reject(error));
    });
    // Nobody may be waiting for it.
    this.appended.catch(() => undefined);
  }

  settle(error?: Error): void {
    this.#settle(error);
  }
}

export class PendingObjects {
  /** The claim until the record is appended, its place from then on. */
  readonly #objects = new Map<ObjectId, Claim | Location>();

  get size(): number {
    return this.#objects.size;
  }

  /** Where the object was appended, undefined when it is not pending or not appended yet. */
  location(id: ObjectId): Location | undefined {
    const pending = this.#objects.get(id);
    return pending instanceof Claim ? undefined : pending;
  }

  /** Every appended object. */
  *appended(): Generator<LocatedRecord> {
    for (const [id, pending] of this.#objects) {
      if (!(pending instanceof Claim)) yield { id, location: pending };
    }
  }

  /** The claim that will append this object, if there is one. */
  claimOf(id: ObjectId): Claim | undefined {
    const pending = this.#objects.get(id);
    return pending instanceof Claim ? pending : undefined;
  }

  claim(ids: readonly ObjectId[]): Claim {
    const claim = new Claim(ids);
    for (const id of ids) this.#objects.set(id, claim);
    return claim;
  }

  /** The claimed objects are in a segment now. */
  append(claim: Claim, records: readonly LocatedRecord[]): void {
    for (const { id, location } of records) this.#objects.set(id, location);
    claim.settle();
  }

  /** The put failed: whoever waits for it fails with it. */
  abandon(claim: Claim, error: unknown): void {
    for (const id of claim.ids) {
      if (this.#objects.get(id) === claim) this.#objects.delete(id);
    }
    claim.settle(error instanceof Error ? error : new Error(String(error)));
  }

  /** The record is durable and in the index. */
  commit({ id, location }: LocatedRecord): void {
    const known = this.location(id);
    if (known?.segment === location.segment && known.offset === location.offset) {
      this.#objects.delete(id);
    }
  }
}
