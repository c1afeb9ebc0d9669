/**
 * The chunks that a fetch is about, in the order in which files need them: ids, sizes and what was held at the beginning, in typed
 * arrays, because a fetch of 200 GB may have millions. A chunk is named by its index from here on.
 */
import { ProtocolError } from '../protocol-error.ts';
import {
  ID_BYTES,
  idFromBytes,
  walkReachable,
  type AbortOptions,
  type ChunkId,
  type ObjectReader,
  type ReachableEnds,
} from '../../store/index.ts';
import { ID_PREFIX_BYTES } from '../messages/limits.ts';

const COUNT_START = 1_024;
/** Filled beyond this share, the table of prefixes doubles. */
const LOAD_MAX = 0.5;
/**
 * How far from where its prefix leads a chunk may be put. Among a billion real ids none gets much more than half as far; a peer that makes ids up must not
 * have each search go through all of them.
 */
export const PROBES_MAX = 192;

export class ChunkList {
  #ids = Buffer.alloc(COUNT_START * ID_BYTES);
  #sizes = new Uint32Array(COUNT_START);
  #held = new Uint8Array(COUNT_START);
  /** Index + 1 of a chunk, in the slot that its id's first bytes lead to or one of the next. */
  #slots = new Uint32Array(COUNT_START * 2);
  #count = 0;
  #heldCount = 0;
  #bytes = 0;
  #missingBytes = 0;

  /** Chunks of the fetch. */
  get count(): number {
    return this.#count;
  }

  /** Chunks that were not held when the list was made. */
  get missingCount(): number {
    return this.#count - this.#heldCount;
  }

  /** Raw bytes of all chunks. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Raw bytes of the chunks that were not held. */
  get missingBytes(): number {
    return this.#missingBytes;
  }

  /**
   * Adds a chunk that is not in the list. `size` in raw bytes.
   * @throws ProtocolError DITS_PROTOCOL_BAD_DATA for one of too many ids that begin alike
   */
  add(id: ChunkId, size: number, isHeld: boolean): void {
    if (this.#count === this.#sizes.length) this.#grow();
    const index = this.#count++;
    this.#ids.write(id, index * ID_BYTES, 'hex');
    this.#sizes[index] = size;
    this.#held[index] = isHeld ? 1 : 0;
    this.#bytes += size;
    if (isHeld) this.#heldCount++;
    else this.#missingBytes += size;
    if (this.#count > this.#slots.length * LOAD_MAX) this.#rehash();
    else this.#enter(index);
  }

  idAt(index: number): ChunkId {
    return idFromBytes<ChunkId>(this.#ids.subarray(index * ID_BYTES, (index + 1) * ID_BYTES));
  }

  /** The first `ID_PREFIX_BYTES` of the id. Shares memory with the list. */
  prefixAt(index: number): Uint8Array {
    return this.#ids.subarray(index * ID_BYTES, index * ID_BYTES + ID_PREFIX_BYTES);
  }

  /** Raw bytes of a chunk. */
  sizeAt(index: number): number {
    return this.#sizes[index]!;
  }

  /** Whether a chunk was held when the list was made. */
  wasHeld(index: number): boolean {
    return this.#held[index] === 1;
  }

  /** Where a chunk is in the list, or undefined. */
  indexOf(id: ChunkId): number | undefined {
    const bytes = Buffer.from(id, 'hex');
    return this.#withPrefix(bytes).find(
      (index) => bytes.compare(this.#ids, index * ID_BYTES, (index + 1) * ID_BYTES) === 0,
    );
  }

  /** The chunks whose ids begin with each of the prefixes, laid back to back. */
  *indexesOf(prefixes: Uint8Array): Iterable<number> {
    const bytes = Buffer.from(prefixes.buffer, prefixes.byteOffset, prefixes.byteLength);
    for (let at = 0; at < bytes.length; at += ID_PREFIX_BYTES) {
      yield* this.#withPrefix(bytes.subarray(at, at + ID_PREFIX_BYTES));
    }
  }

  /** More than one only where somebody made ids on purpose. */
  #withPrefix(bytes: Buffer): number[] {
    const found: number[] = [];
    const mask = this.#slots.length - 1;
    const home = bytes.readUInt32LE(0);
    for (let step = 0; step < PROBES_MAX; step++) {
      const slot = this.#slots[(home + step) & mask]!;
      if (slot === 0) break;
      const start = (slot - 1) * ID_BYTES;
      if (this.#ids.readUInt32LE(start) !== home) continue;
      const end = start + ID_PREFIX_BYTES;
      if (bytes.compare(this.#ids, start, end, 0, ID_PREFIX_BYTES) === 0) found.push(slot - 1);
    }
    return found;
  }

  #enter(index: number): void {
    const mask = this.#slots.length - 1;
    const home = this.#ids.readUInt32LE(index * ID_BYTES);
    for (let step = 0; step < PROBES_MAX; step++) {
      const at = (home + step) & mask;
      if (this.#slots[at] !== 0) continue;
      this.#slots[at] = index + 1;
      return;
    }
    const what = 'the peer lists chunks whose ids were made up: too many of them begin alike';
    throw new ProtocolError('DITS_PROTOCOL_BAD_DATA', what);
  }

  #rehash(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let index = 0; index < this.#count; index++) this.#enter(index);
  }

  #grow(): void {
    const [ids, sizes, held] = [this.#ids, this.#sizes, this.#held];
    this.#ids = Buffer.alloc(ids.length * 2);
    ids.copy(this.#ids);
    this.#sizes = new Uint32Array(sizes.length * 2);
    this.#sizes.set(sizes);
    this.#held = new Uint8Array(held.length * 2);
    this.#held.set(held);
  }
}

/**
 * Lists the chunks that the wants lead to and the haves do not, and which of them the store holds. Everything that is not a chunk must be
 * there, as after a pull with `structureOnly`.
 * @throws StoreError as `walkReachable`
 */
export async function listChunks(
  store: ObjectReader,
  ends: ReachableEnds,
  options: AbortOptions = {},
): Promise<ChunkList> {
  const list = new ChunkList();
  for await (const batch of walkReachable(store, ends, options)) {
    const chunks = batch.filter(({ kind }) => kind === 'chunk');
    if (chunks.length === 0) continue;
    const ids = chunks.map(({ id }) => id as ChunkId);
    const held = await store.has(ids, options);
    chunks.forEach(({ rawSize = 0 }, at) => list.add(ids[at]!, rawSize, held[at] === true));
  }
  return list;
}
