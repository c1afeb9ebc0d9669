/** Reads the chunks of a file in order, checking every node against what refers to it (docs/store-format.md, "Manifest"). */
import type { ManifestId } from '../ids.ts';
import type { AbortOptions, ObjectReader } from '../object-store.ts';
import { invalidObject } from './canonical.ts';
import {
  decodeAnyManifestNode,
  decodeManifestRoot,
  isManifestLeaf,
  manifestNodeSize,
  type AnyManifestNode,
} from './manifest-codec.ts';
import type { ChunkRef, ManifestNode, ManifestRef, ManifestRoot } from './manifest.ts';
import { ReadAhead } from './read-ahead.ts';
import { readStructure } from './structure-reader.ts';

/** A node and what is known of it before it is read. A root's level is not known. */
export type ManifestNodeRef = {
  readonly id: ManifestId;
  readonly level?: number | undefined;
  /** Bytes of the file under it; undefined when whatever names the root does not say. */
  readonly size?: number | undefined;
};

/** Chunks that follow one another, and where in the file the first of them begins. */
export type ChunkRun = { readonly offset: number; readonly chunks: readonly ChunkRef[] };

export type ManifestReadOptions = AbortOptions & {
  /** Bytes of the file that are wanted: from `start` up to, not including, `end`. All by default. */
  readonly range?: { readonly start: number; readonly end: number } | undefined;
};

/**
 * The root of a file's manifest. @throws StoreError DITS_STORE_NOT_FOUND, DITS_STORE_CORRUPT, DITS_STORE_INVALID_OBJECT
 */
export async function readManifestRoot(
  reader: ObjectReader,
  id: ManifestId,
  options: AbortOptions = {},
): Promise<ManifestRoot> {
  return decodeManifestRoot(await readStructure(reader, { id, kind: 'manifest' }, options));
}

/** The chunks of a file in order, a node's worth at a time, in constant memory. @throws as `readManifestRoot` */
export async function* readManifest(
  reader: ObjectReader,
  id: ManifestId,
  options: AbortOptions = {},
): AsyncIterable<readonly ChunkRef[]> {
  for await (const run of readChunkRuns(reader, id, options)) yield run.chunks;
}

/**
 * As `readManifest`, with offsets; nodes that lie outside the range are not read, chunks outside it not yielded.
 * @throws as `readManifestRoot`
 */
export async function* readChunkRuns(
  reader: ObjectReader,
  id: ManifestId,
  options: ManifestReadOptions = {},
): AsyncIterable<ChunkRun> {
  const { start, end } = options.range ?? { start: 0, end: Infinity };
  const ahead = new ReadAhead<AnyManifestNode>(reader, {
    kind: 'manifest',
    decode: decodeAnyManifestNode,
    signal: options.signal,
  });
  const stack: (ManifestNodeRef & { readonly offset: number })[] = [{ id, offset: 0 }];
  const upcoming = () => stack.toReversed().map((ref) => ref.id);
  for (let ref = stack.pop(); ref !== undefined; ref = stack.pop()) {
    const node = checkManifestNode(ref, await ahead.takeOne(ref.id, upcoming));
    const parts = withOffsets(isManifestLeaf(node) ? node.chunks : node.children, ref.offset);
    const wanted = parts.filter((part) => part.offset < end && part.offset + part.size > start);
    const [first] = wanted;
    if (first === undefined) continue;
    if (isManifestLeaf(node)) {
      const from = parts.indexOf(first);
      yield { offset: first.offset, chunks: node.chunks.slice(from, from + wanted.length) };
    } else {
      for (const part of wanted.reverse()) {
        const { size, offset } = part;
        stack.push({ id: part.id as ManifestId, level: node.level - 1, size, offset });
      }
    }
  }
}

/** The node, when it is what its parent says. @throws StoreError DITS_STORE_INVALID_OBJECT */
export function checkManifestNode(ref: ManifestNodeRef, read: AnyManifestNode): ManifestNode {
  const { node, root } = read;
  if (ref.level === undefined) {
    if (root === undefined) throw invalidObject('manifest', `${ref.id} is not a root`);
  } else if (root !== undefined || node.level !== ref.level) {
    throw invalidObject('manifest', `${ref.id} is not a node of level ${ref.level}`);
  }
  if (ref.size !== undefined && ref.size !== manifestNodeSize(node)) {
    throw invalidObject('manifest', `the sizes in ${ref.id} do not add up`);
  }
  return node;
}

/** What an inner node says of its children. */
export function manifestChildRefs(node: ManifestNode): readonly ManifestNodeRef[] {
  if (isManifestLeaf(node)) return [];
  return node.children.map(({ id, size }) => ({ id, size, level: node.level - 1 }));
}

type PlacedPart = (ChunkRef | ManifestRef) & { readonly offset: number };

function withOffsets(parts: readonly (ChunkRef | ManifestRef)[], offset: number): PlacedPart[] {
  let at = offset;
  return parts.map((part) => {
    const placed = { ...part, offset: at };
    at += part.size;
    return placed;
  });
}
