/** Writes the manifest of one file, chunk by chunk, in constant memory (docs/store-format.md, "Manifest"). */
import type { ManifestId } from '../ids.ts';
import type { AbortOptions, ObjectWriter } from '../object-store.ts';
import { encodeManifestNode, encodeManifestRoot } from './manifest-codec.ts';
import type { ChunkRef, ManifestNode, ManifestRef } from './manifest.ts';
import { NodeBatch } from './node-batch.ts';
import { NodeLevels } from './node-levels.ts';
import {
  MANIFEST_BOUNDARY_ODDS,
  MANIFEST_NODE_COUNT_MAX,
  MANIFEST_NODE_COUNT_MIN,
} from './object-limits.ts';

/** What only the whole file tells. */
export type FileFacts = {
  /** BLAKE3-256 of the whole file, 64 hexadecimal digits. */
  readonly fileHash: string;
  /** Number of the chunker profile the file was cut with. */
  readonly profile: number;
};

/** Hexadecimal digits of an id that decide a boundary: 16 bits, of which the odds use the low ones. */
const BOUNDARY_DIGITS = 4;

export class ManifestBuilder {
  readonly #batch: NodeBatch;
  readonly #levels: NodeLevels<ChunkRef | ManifestRef>;
  #size = 0;

  constructor(writer: ObjectWriter, options: AbortOptions = {}) {
    this.#batch = new NodeBatch(writer, options);
    this.#levels = new NodeLevels({
      countMin: MANIFEST_NODE_COUNT_MIN,
      countMax: MANIFEST_NODE_COUNT_MAX,
      isBoundary: (_level, before) => endsManifestNode(before),
      emit: (level, parts) => this.#emit(level, parts),
    });
  }

  /** Bytes of the chunks added so far. */
  get size(): number {
    return this.#size;
  }

  /**
   * Appends the file's next chunk. Await the promise, when there is one: it is the store asking for a pause.
   * @throws StoreError DITS_STORE_INVALID_OBJECT for a size or id that no chunk can have, and as `put`
   */
  add(chunk: ChunkRef): void | Promise<void> {
    this.#levels.add(chunk);
    this.#size += chunk.size;
    if (this.#batch.isFull) return this.#batch.flush();
  }

  /**
   * Writes the rest and the root. The builder is used up. An empty file has no manifest.
   * @throws as `add`
   */
  async finish(file: FileFacts): Promise<ManifestId> {
    const { level, parts } = this.#levels.finish();
    const id = this.#batch.add<ManifestId>(
      'manifest',
      encodeManifestRoot({ node: nodeOf(level, parts), size: this.#size, ...file }),
    );
    await this.#batch.flush();
    return id;
  }

  #emit(level: number, parts: readonly (ChunkRef | ManifestRef)[]): ManifestRef {
    const bytes = encodeManifestNode(nodeOf(level, parts));
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    return { id: this.#batch.add<ManifestId>('manifest', bytes), size };
  }
}

/** Whether a node ends after this part, by content: the same on every level, since ids are uniform on each. */
function endsManifestNode(part: ChunkRef | ManifestRef): boolean {
  return parseInt(part.id.slice(0, BOUNDARY_DIGITS), 16) % MANIFEST_BOUNDARY_ODDS === 0;
}

/** Level 0 lists chunks and every other level nodes: the levels above never mix the two. */
function nodeOf(level: number, parts: readonly (ChunkRef | ManifestRef)[]): ManifestNode {
  return level === 0
    ? { level: 0, chunks: parts as readonly ChunkRef[] }
    : { level, children: parts as readonly ManifestRef[] };
}
