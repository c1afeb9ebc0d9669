/** Decoded nodes read before they are needed, so that a walk in order costs a read per batch and not per node. */
import type { ObjectId, ObjectKind } from '../ids.ts';
import type { AbortOptions, ObjectReader } from '../object-store.ts';
import { readStructures } from './structure-reader.ts';

/** Nodes per read. At about 7 KiB a node this is near 2 MiB: past that a larger batch is not faster. */
const READ_COUNT_MAX = 256;
/** Nodes held for later. Ones beyond it are dropped and read again when their turn comes. */
const HELD_COUNT_MAX = 1024;
/** Nodes held after they were taken: copies of one folder, and the zeros in a file, are the same node again and again. */
const USED_COUNT_MAX = 256;
/** Places looked at for nodes to read ahead, so that a search through a large folder cannot cost more than a read. */
const SEARCH_COUNT_MAX = 16_384;

export type ReadAheadOptions<Node> = AbortOptions & {
  readonly kind: ObjectKind;
  readonly decode: (bytes: Uint8Array) => Node;
};

export class ReadAhead<Node> {
  readonly #reader: ObjectReader;
  readonly #options: ReadAheadOptions<Node>;
  readonly #held = new Map<ObjectId, Node>();
  readonly #used = new Map<ObjectId, Node>();

  constructor(reader: ObjectReader, options: ReadAheadOptions<Node>) {
    this.#reader = reader;
    this.#options = options;
  }

  /** A node that is held, for finding what will be needed after it. */
  peek(id: ObjectId): Node | undefined {
    return this.#held.get(id) ?? this.#used.get(id);
  }

  /**
   * The nodes with these ids. When one has to be read, so are the next ones that `upcoming` names; undefined in it
   * stands for a place looked at in vain.
   */
  async take(
    ids: readonly ObjectId[],
    upcoming: () => Iterable<ObjectId | undefined>,
  ): Promise<Node[]> {
    this.#options.signal?.throwIfAborted();
    if (ids.some((id) => this.peek(id) === undefined)) await this.#read(ids, upcoming);
    const nodes = ids.map((id) => {
      const node = this.peek(id);
      if (node === undefined) throw new Error('a node was read and is not held');
      return node;
    });
    ids.forEach((id, index) => this.#markUsed(id, nodes[index]!));
    return nodes;
  }

  /** The node with this id. @see take */
  async takeOne(id: ObjectId, upcoming: () => Iterable<ObjectId | undefined>): Promise<Node> {
    const [node] = await this.take([id], upcoming);
    return node!;
  }

  #markUsed(id: ObjectId, node: Node): void {
    this.#held.delete(id);
    this.#used.delete(id);
    this.#used.set(id, node);
    if (this.#used.size > USED_COUNT_MAX) this.#used.delete(this.#used.keys().next().value!);
  }

  async #read(
    ids: readonly ObjectId[],
    upcoming: () => Iterable<ObjectId | undefined>,
  ): Promise<void> {
    if (this.#held.size >= HELD_COUNT_MAX) this.#drop(ids);
    const wanted = new Set(ids.filter((id) => this.peek(id) === undefined));
    let searched = 0;
    for (const id of upcoming()) {
      if (wanted.size >= READ_COUNT_MAX || ++searched > SEARCH_COUNT_MAX) break;
      if (id !== undefined && this.peek(id) === undefined) wanted.add(id);
    }
    const { kind, decode } = this.#options;
    const refs = Array.from(wanted, (id) => ({ id, kind }));
    const all = await readStructures(this.#reader, refs, this.#options);
    refs.forEach(({ id }, index) => this.#held.set(id, decode(all[index]!)));
  }

  #drop(exceptIds: readonly ObjectId[]): void {
    for (const id of this.#held.keys()) {
      if (!exceptIds.includes(id)) this.#held.delete(id);
    }
  }
}
