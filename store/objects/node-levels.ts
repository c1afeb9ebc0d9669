/**
 * Cuts a sequence into nodes at content-defined boundaries, the sequence of these nodes into nodes again, and so on up
 * to one: a prolly tree (docs/store-format.md, "Manifest", "Tree"; docs/adr/0002-prolly-trees.md). Holds one open node per level.
 */

export type NodeLevelsOptions<Part> = {
  /** Parts a node holds before a boundary may end it; at least 2, so that every level is shorter than the one below. */
  readonly countMin: number;
  readonly countMax: number;
  /** Whether the content asks for a boundary between two neighbours of a level. */
  readonly isBoundary: (level: number, before: Part, after: Part) => boolean;
  /** Makes a node of these parts and returns what the level above lists for it. */
  readonly emit: (level: number, parts: readonly Part[]) => Part;
};

type OpenLevel<Part> = { parts: Part[]; hasEmitted: boolean };

export class NodeLevels<Part> {
  readonly #options: NodeLevelsOptions<Part>;
  readonly #levels: OpenLevel<Part>[] = [];

  constructor(options: NodeLevelsOptions<Part>) {
    this.#options = options;
  }

  add(part: Part): void {
    this.#append(0, part);
  }

  /** Ends the sequence: everything but the top node has been emitted. An empty sequence gives an empty leaf. */
  finish(): { readonly level: number; readonly parts: readonly Part[] } {
    for (let level = 0; ; level++) {
      const open = this.#levels[level];
      if (open === undefined) return { level, parts: [] };
      if (!open.hasEmitted) return { level, parts: open.parts };
      this.#emit(level, open);
    }
  }

  #append(level: number, part: Part): void {
    const open = (this.#levels[level] ??= { parts: [], hasEmitted: false });
    const before = open.parts.at(-1);
    if (before !== undefined && this.#endsBetween(level, open.parts.length, before, part)) {
      this.#emit(level, open);
    }
    open.parts.push(part);
  }

  #endsBetween(level: number, count: number, before: Part, after: Part): boolean {
    const { countMin, countMax, isBoundary } = this.#options;
    return count >= countMax || (count >= countMin && isBoundary(level, before, after));
  }

  #emit(level: number, open: OpenLevel<Part>): void {
    const parts = open.parts;
    open.parts = [];
    open.hasEmitted = true;
    this.#append(level + 1, this.#options.emit(level, parts));
  }
}
