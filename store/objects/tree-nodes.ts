/** Nodes of a directory and what their parents say of them (docs/store-format.md, "Tree"). */
import type { TreeId } from '../ids.ts';
import { compareNames } from '../paths/path-order.ts';
import { invalidObject } from './canonical.ts';
import { isTreeLeaf, treeNodeCount } from './tree-codec.ts';
import type { TreeNode } from './tree.ts';

/** A node and what is known of it before it is read. Of a directory's top node nothing is known. */
export type TreeNodeRef = {
  readonly id: TreeId;
  /** What the parent says; absent for the top node of a directory. */
  readonly below?: TreeNodePlace | undefined;
};

type TreeNodePlace = {
  readonly level: number;
  readonly firstName: string;
  readonly count: number;
  /** All names of the node come before this one; undefined for the last node of a directory. */
  readonly endName: string | undefined;
};

/** The node, when it is what its parent says. @throws StoreError DITS_STORE_INVALID_OBJECT */
export function checkTreeNode(ref: TreeNodeRef, node: TreeNode): TreeNode {
  const place = ref.below;
  if (place === undefined) {
    if (!isTreeLeaf(node) && node.children.length < 2) {
      throw invalidObject('tree', `${ref.id} is the top of a directory and has one child`);
    }
    return node;
  }
  const names = isTreeLeaf(node)
    ? node.entries.map((entry) => entry.name)
    : node.children.map((child) => child.firstName);
  const last = names.at(-1);
  if (node.level !== place.level || names[0] !== place.firstName || last === undefined) {
    throw invalidObject('tree', `${ref.id} is not the node its parent describes`);
  }
  if (place.endName !== undefined && compareNames(last, place.endName) >= 0) {
    throw invalidObject('tree', `${ref.id} overlaps the node after it`);
  }
  if (treeNodeCount(node) !== place.count) {
    throw invalidObject('tree', `the counts in ${ref.id} do not add up`);
  }
  return node;
}

/** What an inner node says of its children. */
export function treeChildRefs(ref: TreeNodeRef, node: TreeNode): readonly TreeNodeRef[] {
  if (isTreeLeaf(node)) return [];
  return node.children.map(({ id, firstName, count }, index) => ({
    id,
    below: {
      level: node.level - 1,
      firstName,
      count,
      endName: node.children[index + 1]?.firstName ?? ref.below?.endName,
    },
  }));
}
