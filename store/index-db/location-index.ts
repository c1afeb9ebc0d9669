/**
 * The index: where each object's record is. Derived data, rebuilt from the segments whenever it is lost
 * (docs/store-format.md, "Index"). One process has it open, the others ask that process; both look like this.
 */
import type { ObjectId } from '../ids.ts';
import type { LocatedRecord, Location } from '../segments/segment-format.ts';

/** How far a segment has been indexed. */
export type Watermark = {
  readonly segment: number;
  /** Every record that ends at or before this byte is indexed, or was dropped on purpose. */
  readonly bytes: number;
  /** Records up to there, dead ones included. */
  readonly records: number;
  /** Nothing will be appended any more. */
  readonly sealed: boolean;
};

/** Changes to apply together, durably. */
export type IndexBatch = {
  readonly puts?: readonly LocatedRecord[];
  readonly deletes?: readonly ObjectId[];
  /** Written after the puts they cover, so that a crash between them only causes a second look. */
  readonly watermarks?: readonly Watermark[];
  /** Segments that are gone. */
  readonly forgotten?: readonly number[];
};

/** One page of a walk through the index in id order. */
export type IndexPage = {
  readonly records: readonly LocatedRecord[];
  /** False when the walk is at its end. */
  readonly more: boolean;
};

export interface LocationIndex {
  /** Location of each id, undefined where unknown, in input order. */
  getMany(ids: readonly ObjectId[]): Promise<(Location | undefined)[]>;
  /** Resolves when the changes are on stable storage. Applying the same batch again changes nothing. */
  apply(batch: IndexBatch): Promise<void>;
  /** Entries whose ids come after `after`. */
  page(after: ObjectId | undefined): Promise<IndexPage>;
  /** Watermarks of these segments, undefined where there is none, in input order. */
  watermarks(segments: readonly number[]): Promise<(Watermark | undefined)[]>;
  /** Watermarks of all segments, in order of their numbers. */
  allWatermarks(): Promise<readonly Watermark[]>;
}

/** Something in the index that is not as it was written. */
export type IndexDamage = {
  /** Name of the file, inside `index/`. */
  readonly file: string;
  /** The rest of a sentence. */
  readonly problem: string;
};

/** What `StoreIndex.findDamage` has found. */
export type IndexHealth = {
  /** Damage that is there. */
  readonly damage: readonly IndexDamage[];
  /** Damage that made this process start the index anew when it opened it, since this was asked last. */
  readonly healed: readonly IndexDamage[];
};

/** The index of an open store. */
export interface StoreIndex extends LocationIndex {
  /**
   * Throws every entry away, also when they cannot be read. Whoever uses the index next finds what the segments hold.
   * @throws StoreError DITS_STORE_LOCKED while another process leads the index
   */
  discard(): Promise<void>;
  /** Looks at every byte of the index: damage need not show in what the other methods answer. */
  findDamage(): Promise<IndexHealth>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** Entries of one page: about 200 KiB. */
export const INDEX_PAGE_ENTRIES = 4096;

/** Every entry, page by page. */
export async function* walkIndex(
  index: LocationIndex,
  signal?: AbortSignal,
): AsyncGenerator<readonly LocatedRecord[]> {
  let after: ObjectId | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const page = await index.page(after);
    if (page.records.length > 0) yield page.records;
    after = page.records.at(-1)?.id;
    if (!page.more || after === undefined) return;
  }
}
