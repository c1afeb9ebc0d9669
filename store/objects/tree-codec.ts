/** Bytes of tree nodes (docs/store-format.md, "Tree"). */
import { dits } from '#gen/objects';
import {
  OBJECT_KIND,
  idFromBytes,
  type ChunkId,
  type ManifestId,
  type ObjectId,
  type TreeId,
} from '../ids.ts';
import { OBJECT_SIZE_MAX_BYTES } from '../object-store.ts';
import { findTwin, nameProblem } from '../paths/name-rules.ts';
import { compareNames } from '../paths/path-order.ts';
import { quoteForMessage } from '../paths/printable.ts';
import { checkedId, decodeCanonical, invalidObject, safeInteger } from './canonical.ts';
import { NODE_LEVEL_MAX, TREE_NODE_COUNT_MAX } from './object-limits.ts';
import type { FileContent, TreeChild, TreeEntry, TreeEntryKind, TreeNode } from './tree.ts';

const Message = dits.objects.TreeNode;
type EntryMessage = dits.objects.TreeEntry.$Properties;
type ChildMessage = dits.objects.TreeChild.$Properties;

/** Number of each entry kind. Never reused. */
const ENTRY_KIND = { file: 1, executable: 2, symlink: 3, directory: 4 } as const;
const ENTRY_KINDS: readonly TreeEntryKind[] = ['file', 'executable', 'symlink', 'directory'];
const NO_CONTENT = 0;

/** The bytes of a tree node. @throws StoreError DITS_STORE_INVALID_OBJECT */
export function encodeTreeNode(node: TreeNode): Uint8Array {
  validate(node);
  return Message.encode(
    isTreeLeaf(node)
      ? { entries: node.entries.map(entryToMessage) }
      : { level: node.level, children: node.children.map(childToMessage) },
  ).finish();
}

/** Reads a tree node. @throws StoreError DITS_STORE_INVALID_OBJECT */
export function decodeTreeNode(bytes: Uint8Array): TreeNode {
  return decodeCanonical('tree', bytes, { parse, encode: encodeTreeNode });
}

/** Whether the node lists entries. The level alone does not narrow the type. */
export function isTreeLeaf(node: TreeNode): node is Extract<TreeNode, { readonly level: 0 }> {
  return 'entries' in node;
}

/** Entries in the part of the directory under a node. */
export function treeNodeCount(node: TreeNode): number {
  if (isTreeLeaf(node)) return node.entries.length;
  let sum = 0;
  for (const child of node.children) sum += child.count;
  return sum;
}

function parse(bytes: Uint8Array): TreeNode {
  const message = Message.decode(bytes);
  if (message.entries.length > 0 && message.children.length > 0) {
    throw invalidObject('tree', 'a node has both entries and children');
  }
  if (message.entries.length + message.children.length > TREE_NODE_COUNT_MAX) throw tooMany();
  const node: TreeNode =
    message.level === 0
      ? { level: 0, entries: message.entries.map(entryFromMessage) }
      : { level: message.level, children: message.children.map(childFromMessage) };
  return node;
}

function entryToMessage(entry: TreeEntry): EntryMessage {
  const kind = ENTRY_KIND[entry.kind];
  if (entry.kind === 'directory') {
    return { name: entry.name, kind, content: OBJECT_KIND.tree, id: bytesOf(entry.tree) };
  }
  const { name, size } = entry;
  if (entry.kind === 'symlink') {
    return { name, kind, content: OBJECT_KIND.chunk, id: bytesOf(entry.target), size };
  }
  if (entry.content.kind === 'empty') return { name, kind, content: NO_CONTENT, size };
  const content = OBJECT_KIND[entry.content.kind];
  return { name, kind, content, id: bytesOf(entry.content.id), size };
}

function entryFromMessage(message: dits.objects.TreeEntry): TreeEntry {
  const name = message.name;
  const kind = ENTRY_KINDS[message.kind - 1];
  const size = safeInteger(message.size);
  const { content } = message;
  if (kind === undefined) throw invalidObject('tree', `unknown entry kind ${message.kind}`);
  if (size === undefined) throw invalidObject('tree', 'a size is beyond 2^53');
  if (kind === 'directory') {
    if (content !== OBJECT_KIND.tree) throw wrongContent(kind);
    return { kind, name, tree: idFromBytes<TreeId>(message.id) };
  }
  if (kind === 'symlink') {
    if (content !== OBJECT_KIND.chunk) throw wrongContent(kind);
    return { kind, name, target: idFromBytes<ChunkId>(message.id), size };
  }
  return { kind, name, content: contentFrom(content, message.id), size };
}

function contentFrom(content: number, id: Uint8Array): FileContent {
  switch (content) {
    case NO_CONTENT:
      return { kind: 'empty' };
    case OBJECT_KIND.chunk:
      return { kind: 'chunk', id: idFromBytes<ChunkId>(id) };
    case OBJECT_KIND.manifest:
      return { kind: 'manifest', id: idFromBytes<ManifestId>(id) };
    default:
      throw wrongContent('file');
  }
}

function childToMessage(child: TreeChild): ChildMessage {
  return { first_name: child.firstName, id: bytesOf(child.id), count: child.count };
}

function childFromMessage(message: dits.objects.TreeChild): TreeChild {
  const count = safeInteger(message.count);
  if (count === undefined) throw invalidObject('tree', 'a count is beyond 2^53');
  return { firstName: message.first_name, id: idFromBytes<TreeId>(message.id), count };
}

function validate(node: TreeNode): void {
  const { level } = node;
  if (!Number.isInteger(level) || level < 0 || level > NODE_LEVEL_MAX) {
    throw invalidObject('tree', `a level is not within 0 to ${NODE_LEVEL_MAX}`);
  }
  if ((level === 0) !== isTreeLeaf(node)) {
    throw invalidObject('tree', 'level and contents do not match');
  }
  if (isTreeLeaf(node)) {
    if (node.entries.length > TREE_NODE_COUNT_MAX) throw tooMany();
    validateNames(node.entries.map((entry) => entry.name));
    node.entries.forEach(validateEntry);
  } else {
    validateChildren(node.children);
  }
}

function validateChildren(children: readonly TreeChild[]): void {
  if (children.length === 0) throw invalidObject('tree', 'a node above the leaves has no children');
  if (children.length > TREE_NODE_COUNT_MAX) throw tooMany();
  validateNames(children.map((child) => child.firstName));
  let sum = 0;
  for (const { count } of children) {
    if (!Number.isSafeInteger(count) || count < 1) {
      throw invalidObject('tree', 'a count is out of range');
    }
    sum += count;
    if (sum > Number.MAX_SAFE_INTEGER) throw invalidObject('tree', 'the counts pass 2^53');
  }
}

function validateNames(names: readonly string[]): void {
  names.forEach((name, index) => {
    const problem = nameProblem(name);
    if (problem !== undefined) {
      throw invalidObject('tree', `the name ${quoteForMessage(name)} ${problem}`);
    }
    const previous = names[index - 1];
    if (previous !== undefined && compareNames(previous, name) >= 0) {
      throw invalidObject('tree', `the name ${quoteForMessage(name)} is doubled or out of order`);
    }
  });
  const twins = findTwin(names);
  if (twins !== undefined) {
    const pair = `${quoteForMessage(twins.first)} and ${quoteForMessage(twins.second)}`;
    throw invalidObject('tree', `${pair} differ in case or Unicode form only`);
  }
}

function validateEntry(entry: TreeEntry): void {
  if (entry.kind === 'directory') return;
  const { size } = entry;
  if (!Number.isSafeInteger(size) || size < 0) {
    throw invalidObject('tree', 'a size is out of range');
  }
  const kind = entry.kind === 'symlink' ? 'chunk' : entry.content.kind;
  if ((kind === 'empty') !== (size === 0)) {
    throw invalidObject('tree', 'an entry without bytes has no content, and no other one');
  }
  if (kind === 'chunk' && size > OBJECT_SIZE_MAX_BYTES) {
    throw invalidObject('tree', 'a chunk is larger than any chunk may be');
  }
}

function bytesOf(id: ObjectId): Buffer {
  return Buffer.from(checkedId('tree', id), 'hex');
}

function wrongContent(kind: TreeEntryKind): Error {
  return invalidObject('tree', `the content does not fit an entry of kind ${kind}`);
}

function tooMany(): Error {
  return invalidObject('tree', `a node has more than ${TREE_NODE_COUNT_MAX} entries`);
}
