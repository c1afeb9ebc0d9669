/**
 * The index of a working tree: which content each path will have in the next commit, and how its file looked when that
 * was last checked. It also remembers from which tree it began and which paths may differ from it since, so that
 * `status` and `commit` cost what changed and not what is there.
 */
import { comparePaths } from '../../store/index.ts';
import { sameVersion, type IndexBase, type IndexEntry } from './index-entry.ts';
import { IndexImage } from './index-image.ts';
import { encodeIndex, type IndexRow } from './index-writer.ts';

/** A path that may differ from the base tree; `entry` is undefined when it was removed. */
export type IndexChange = { readonly path: string; readonly entry: IndexEntry | undefined };

type OverlayRow = { readonly entry: IndexEntry; readonly changed: boolean };

/** Entries of the image below the overlay of what was set and deleted since it was loaded. One user at a time. */
export class WorkIndex {
  readonly #image: IndexImage | undefined;
  readonly #overlay = new Map<string, OverlayRow | undefined>();
  readonly #removed: Set<string>;
  #base: IndexBase | undefined;
  #size: number;
  /** After `rebase` the image's own change flags no longer count. */
  #imageFlagsCount = true;
  #isDirty = false;

  constructor(image?: IndexImage) {
    this.#image = image;
    this.#removed = new Set(image?.removedPaths());
    this.#base = image?.base;
    this.#size = image?.count ?? 0;
  }

  /** @throws RepoError DITS_REPO_INDEX_CORRUPT */
  static decode(bytes: Buffer): WorkIndex {
    return new WorkIndex(new IndexImage(bytes));
  }

  /** Number of paths. */
  get size(): number {
    return this.#size;
  }

  /** What the changes are counted from; undefined is the empty tree. */
  get base(): IndexBase | undefined {
    return this.#base;
  }

  /** Whether anything was set or deleted since it was loaded. */
  get isDirty(): boolean {
    return this.#isDirty;
  }

  get(path: string): IndexEntry | undefined {
    return this.#row(path)?.entry;
  }

  /** Adds or replaces one path. */
  set(entry: IndexEntry): void {
    const existing = this.#row(entry.path);
    const changed =
      existing === undefined || existing.changed || !sameVersion(existing.entry, entry);
    if (existing === undefined) this.#size++;
    this.#removed.delete(entry.path);
    this.#overlay.set(entry.path, { entry, changed });
    this.#isDirty = true;
  }

  /** Removes one path; false when it was not there. */
  delete(path: string): boolean {
    if (this.#row(path) === undefined) return false;
    this.#overlay.set(path, undefined);
    this.#removed.add(path);
    this.#size--;
    this.#isDirty = true;
    return true;
  }

  /** All entries, sorted by path. Not to be changed while iterating. */
  *entries(): Iterable<IndexEntry> {
    for (const row of this.#rows()) yield 'entry' in row ? row.entry : row.image.entry(row.at);
  }

  /** Entries at or below a folder ('' is everything), sorted. May be changed while iterating. */
  entriesWithin(folder: string): IndexEntry[] {
    if (folder === '') return [...this.entries()];
    const prefix = `${folder}/`;
    const found = new Map<string, IndexEntry>();
    const exact = this.get(folder);
    if (exact !== undefined) found.set(folder, exact);
    const image = this.#image;
    if (image !== undefined) {
      for (let at = image.lowerBound(prefix); at < image.count; at++) {
        const path = image.path(at);
        if (!path.startsWith(prefix)) break;
        if (!this.#overlay.has(path)) found.set(path, image.entry(at, path));
      }
    }
    for (const [path, row] of this.#overlay) {
      if (row !== undefined && path.startsWith(prefix)) found.set(path, row.entry);
    }
    return [...found.values()].sort((a, b) => comparePaths(a.path, b.path));
  }

  /** Paths that may differ from the base tree, sorted. */
  changes(): IndexChange[] {
    const found: IndexChange[] = [];
    const image = this.#image;
    if (image !== undefined && this.#imageFlagsCount) {
      for (let at = 0; at < image.count; at++) {
        if (!image.isChanged(at)) continue;
        const path = image.path(at);
        if (!this.#overlay.has(path)) found.push({ path, entry: image.entry(at, path) });
      }
    }
    for (const [path, row] of this.#overlay) {
      if (row?.changed === true) found.push({ path, entry: row.entry });
    }
    for (const path of this.#removed) found.push({ path, entry: undefined });
    return found.sort((a, b) => comparePaths(a.path, b.path));
  }

  /** Declares that the index holds what the tree of `base` holds, except perhaps at the paths in `differing`. */
  rebase(base: IndexBase | undefined, differing: Iterable<string> = []): void {
    this.#base = base;
    this.#imageFlagsCount = false;
    this.#removed.clear();
    for (const [path, row] of this.#overlay) {
      if (row !== undefined) this.#overlay.set(path, { entry: row.entry, changed: false });
    }
    for (const path of differing) {
      const row = this.#row(path);
      if (row === undefined) this.#removed.add(path);
      else this.#overlay.set(path, { entry: row.entry, changed: true });
    }
    this.#isDirty = true;
  }

  /** The index file's bytes. */
  encode(): Buffer {
    return encodeIndex({
      base: this.#base,
      rows: this.#rows(),
      rowCount: this.#size,
      removed: [...this.#removed].sort(comparePaths),
    });
  }

  #row(path: string): OverlayRow | undefined {
    if (this.#overlay.has(path)) return this.#overlay.get(path);
    const image = this.#image;
    const at = image?.find(path);
    if (image === undefined || at === undefined) return undefined;
    return { entry: image.entry(at, path), changed: this.#isImageChanged(image, at) };
  }

  #isImageChanged(image: IndexImage, at: number): boolean {
    return this.#imageFlagsCount && image.isChanged(at);
  }

  /** Image and overlay merged by path; of a path in both, the overlay counts. */
  *#rows(): Iterable<IndexRow> {
    const image = this.#image;
    let next = 0;
    for (const path of [...this.#overlay.keys()].sort(comparePaths)) {
      if (image !== undefined) {
        const stop = image.lowerBound(path);
        yield* this.#imageRows(image, next, stop);
        next = stop < image.count && image.path(stop) === path ? stop + 1 : stop;
      }
      const row = this.#overlay.get(path);
      if (row !== undefined) yield row;
    }
    if (image !== undefined) yield* this.#imageRows(image, next, image.count);
  }

  *#imageRows(image: IndexImage, start: number, end: number): Iterable<IndexRow> {
    for (let at = start; at < end; at++) {
      yield { image, at, changed: this.#isImageChanged(image, at) };
    }
  }
}
