/** Bytes of manifest nodes (docs/store-format.md, "Manifest"). */
import { dits } from '#gen/objects';
import type { ChunkId, ManifestId } from '../ids.ts';
import { OBJECT_SIZE_MAX_BYTES } from '../object-store.ts';
import {
  asBuffer,
  decodeCanonical,
  invalidObject,
  joinIds,
  safeInteger,
  splitIds,
} from './canonical.ts';
import type { ManifestNode, ManifestRoot } from './manifest.ts';
import { MANIFEST_NODE_COUNT_MAX, NODE_LEVEL_MAX, PROFILE_MAX } from './object-limits.ts';

const Message = dits.objects.ManifestNode;
const FILE_HASH_BYTES = 32;
const FILE_HASH_PATTERN = /^[0-9a-f]{64}$/;

type RootFacts = { readonly fileHash: string; readonly profile: number };

/** A node as it is read before anything tells whether it must be a root. */
export type AnyManifestNode = { readonly node: ManifestNode; readonly root?: RootFacts };

/** The bytes of a node that is not a root. @throws StoreError DITS_STORE_INVALID_OBJECT */
export function encodeManifestNode(node: ManifestNode): Uint8Array {
  return encodeAny({ node });
}

/** The bytes of a root. @throws StoreError DITS_STORE_INVALID_OBJECT */
export function encodeManifestRoot(root: ManifestRoot): Uint8Array {
  if (root.size !== manifestNodeSize(root.node)) {
    throw invalidObject('manifest', 'the size is not the sum of the parts');
  }
  return encodeAny({ node: root.node, root: { fileHash: root.fileHash, profile: root.profile } });
}

/** Reads a node below a root. @throws StoreError DITS_STORE_INVALID_OBJECT, also for a root */
export function decodeManifestNode(bytes: Uint8Array): ManifestNode {
  const { node, root } = decodeAnyManifestNode(bytes);
  if (root !== undefined) throw invalidObject('manifest', 'a root is not a part of another one');
  return node;
}

/** Reads a root. @throws StoreError DITS_STORE_INVALID_OBJECT, also for a node below one */
export function decodeManifestRoot(bytes: Uint8Array): ManifestRoot {
  const { node, root } = decodeAnyManifestNode(bytes);
  if (root === undefined) throw invalidObject('manifest', 'the file hash is missing');
  return { node, size: manifestNodeSize(node), fileHash: root.fileHash, profile: root.profile };
}

/** Reads a root or a node below one. @throws StoreError DITS_STORE_INVALID_OBJECT */
export function decodeAnyManifestNode(bytes: Uint8Array): AnyManifestNode {
  return decodeCanonical('manifest', bytes, { parse, encode: encodeAny });
}

/** Bytes of the file under a node. */
export function manifestNodeSize(node: ManifestNode): number {
  let sum = 0;
  for (const part of manifestNodeParts(node)) sum += part.size;
  return sum;
}

/** Whether the node lists chunks. The level alone does not narrow the type. */
export function isManifestLeaf(
  node: ManifestNode,
): node is Extract<ManifestNode, { readonly level: 0 }> {
  return 'chunks' in node;
}

function manifestNodeParts(
  node: ManifestNode,
): readonly { readonly id: ChunkId | ManifestId; readonly size: number }[] {
  return isManifestLeaf(node) ? node.chunks : node.children;
}

function encodeAny({ node, root }: AnyManifestNode): Uint8Array {
  validate(node, root);
  const parts = manifestNodeParts(node);
  return Message.encode({
    level: node.level,
    ids: joinIds(
      'manifest',
      parts.map((part) => part.id),
    ),
    sizes: parts.map((part) => part.size),
    ...(root && { file_hash: Buffer.from(root.fileHash, 'hex'), profile: root.profile }),
  }).finish();
}

function parse(bytes: Uint8Array): AnyManifestNode {
  const message = Message.decode(bytes);
  if (message.sizes.length > MANIFEST_NODE_COUNT_MAX) throw tooMany();
  const ids = splitIds<ChunkId & ManifestId>(message.ids);
  if (ids?.length !== message.sizes.length) {
    throw invalidObject('manifest', 'ids and sizes do not match');
  }
  const parts = ids.map((id, index) => {
    const size = safeInteger(message.sizes[index]!);
    if (size === undefined) throw invalidObject('manifest', 'a size is beyond 2^53');
    return { id, size };
  });
  const node: ManifestNode =
    message.level === 0 ? { level: 0, chunks: parts } : { level: message.level, children: parts };
  const root =
    message.file_hash.length === 0 && message.profile === 0
      ? undefined
      : { fileHash: asBuffer(message.file_hash).toString('hex'), profile: message.profile };
  validate(node, root);
  return root === undefined ? { node } : { node, root };
}

function validate(node: ManifestNode, root: RootFacts | undefined): void {
  validateLevel(node);
  const parts = manifestNodeParts(node);
  if (parts.length === 0) throw invalidObject('manifest', 'it lists nothing');
  if (parts.length > MANIFEST_NODE_COUNT_MAX) throw tooMany();
  const sizeMax = isManifestLeaf(node) ? OBJECT_SIZE_MAX_BYTES : Number.MAX_SAFE_INTEGER;
  let sum = 0;
  for (const { size } of parts) {
    if (!Number.isSafeInteger(size) || size < 1 || size > sizeMax) {
      throw invalidObject('manifest', 'a size is out of range');
    }
    sum += size;
    if (sum > Number.MAX_SAFE_INTEGER) throw invalidObject('manifest', 'the sizes pass 2^53');
  }
  if (root !== undefined) validateRoot(node, root);
}

function validateLevel(node: ManifestNode): void {
  const { level } = node;
  if (!Number.isInteger(level) || level < 0 || level > NODE_LEVEL_MAX) {
    throw invalidObject('manifest', `a level is not within 0 to ${NODE_LEVEL_MAX}`);
  }
  if ((level === 0) !== isManifestLeaf(node)) {
    throw invalidObject('manifest', 'level and contents do not match');
  }
}

function validateRoot(node: ManifestNode, root: RootFacts): void {
  if (!FILE_HASH_PATTERN.test(root.fileHash)) {
    throw invalidObject('manifest', `a root carries a file hash of ${FILE_HASH_BYTES} bytes`);
  }
  if (!Number.isInteger(root.profile) || root.profile < 0 || root.profile > PROFILE_MAX) {
    throw invalidObject('manifest', `the profile is not within 0 to ${PROFILE_MAX}`);
  }
  if (node.level > 0 && manifestNodeParts(node).length < 2) {
    throw invalidObject('manifest', 'a root above the leaves has at least two children');
  }
}

function tooMany(): Error {
  return invalidObject('manifest', `a node has more than ${MANIFEST_NODE_COUNT_MAX} parts`);
}
