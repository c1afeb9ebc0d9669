/** The index as a lookup table for one walk over the working tree. */
import type { IndexEntry } from '../worktree-index/index-entry.ts';

export class TrackedPaths {
  readonly #entries = new Map<string, IndexEntry>();
  readonly #folders = new Set<string>(['']);

  constructor(entries: Iterable<IndexEntry>) {
    let previousFolder = '';
    for (const entry of entries) {
      this.#entries.set(entry.path, entry);
      const folder = entry.path.slice(0, Math.max(0, entry.path.lastIndexOf('/')));
      // Sorted entries come folder by folder, so that most need no lookup here.
      if (folder !== previousFolder) this.#addFolder(folder);
      previousFolder = folder;
    }
  }

  get(path: string): IndexEntry | undefined {
    return this.#entries.get(path);
  }

  /** Whether a tracked file lies below. */
  hasFolder(folder: string): boolean {
    return this.#folders.has(folder);
  }

  /** Removes and returns an entry: what is left after a walk was not on disk. */
  take(path: string): IndexEntry | undefined {
    const entry = this.#entries.get(path);
    if (entry !== undefined) this.#entries.delete(path);
    return entry;
  }

  remaining(): Iterable<IndexEntry> {
    return this.#entries.values();
  }

  #addFolder(folder: string): void {
    for (let rest = folder; !this.#folders.has(rest);) {
      this.#folders.add(rest);
      rest = rest.slice(0, Math.max(0, rest.lastIndexOf('/')));
    }
  }
}
