/** The manifest of a file: which chunks, in which order, rebuild it (docs/store-format.md, "Manifest"). */
import type { ChunkId, ManifestId } from '../ids.ts';

/** One chunk of a file. */
export type ChunkRef = { readonly id: ChunkId; /** Bytes, at least 1. */ readonly size: number };

/** One node below an inner node. */
export type ManifestRef = {
  readonly id: ManifestId;
  /** Bytes of the file under this node. */ readonly size: number;
};

/** A leaf lists chunks; an inner node lists manifest nodes one level lower. */
export type ManifestNode =
  | { readonly level: 0; readonly chunks: readonly ChunkRef[] }
  | { readonly level: number; readonly children: readonly ManifestRef[] };

/** What only the root node carries. */
export type ManifestRoot = {
  readonly node: ManifestNode;
  /** Bytes of the whole file: the sum over the node. */
  readonly size: number;
  /** BLAKE3-256 of the whole file, 64 hexadecimal digits: what `b3sum` prints. */
  readonly fileHash: string;
  /** Number of the chunker profile the file was cut with. */
  readonly profile: number;
};
