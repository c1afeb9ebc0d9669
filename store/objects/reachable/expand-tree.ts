/** Opens nodes of directories: what is new in them is found, what the other side has is noted. */
import { compareNames } from '../../paths/path-order.ts';
import { isTreeLeaf } from '../tree-codec.ts';
import { treeChildRefs, type TreeNodeRef } from '../tree-nodes.ts';
import type { ManifestId, TreeId } from '../../ids.ts';
import type { TreeEntry, TreeNode } from '../tree.ts';
import type { WalkState } from './walk-state.ts';

/** A node that has been read and is what its parent says. */
export type OpenTreeNode = { readonly ref: TreeNodeRef; readonly node: TreeNode };

/** New nodes that are compared at a time, so that a huge folder is worked through in pieces. */
const GROUP_COUNT = 64;

/** Opens the highest of the nodes; lower ones wait until the others have come down to them. */
export function expandTree(
  state: WalkState,
  news: readonly OpenTreeNode[],
  olds: readonly OpenTreeNode[],
): void {
  const level = Math.max(0, ...[...news, ...olds].map(({ node }) => node.level));
  if (level === 0) {
    expandLeaves(state, news, olds);
    return;
  }
  const below = { olds: withoutDoubles(descend(olds, level)), news: descend(news, level) };
  for (const { id } of below.olds) state.know(id, 'tree');
  const waiting = new Set(news.filter(({ node }) => node.level < level).map(({ ref }) => ref.id));
  const fresh = below.news.filter(({ id }) => waiting.has(id) || state.find({ id, kind: 'tree' }));
  const same = new Set(below.news.map(({ id }) => id));
  pushGroups(
    state,
    fresh,
    below.olds.filter(({ id }) => !same.has(id)),
  );
}

/** A hostile tree may list one node a thousand times on every level: it is opened once. */
function withoutDoubles(refs: readonly TreeNodeRef[]): TreeNodeRef[] {
  return [...new Map(refs.map((ref) => [ref.id, ref])).values()];
}

/** Children of the nodes at this level, the other nodes themselves; in the order of names. */
function descend(nodes: readonly OpenTreeNode[], level: number): TreeNodeRef[] {
  return nodes.flatMap(({ ref, node }) =>
    node.level === level ? treeChildRefs(ref, node) : [ref],
  );
}

/** Nodes in runs, each with the old ones whose names may lie in the same range. */
function pushGroups(
  state: WalkState,
  fresh: readonly TreeNodeRef[],
  olds: readonly TreeNodeRef[],
): void {
  for (let at = 0; at < fresh.length; at += GROUP_COUNT) {
    const group = fresh.slice(at, at + GROUP_COUNT);
    const start = group[0]?.below?.firstName;
    const end = group.at(-1)?.below?.endName;
    state.push({
      kind: 'tree',
      news: group,
      olds: olds.filter((old) => overlaps(old, start, end)),
    });
  }
}

function overlaps(ref: TreeNodeRef, start: string | undefined, end: string | undefined): boolean {
  const place = ref.below;
  if (place === undefined) return true;
  if (end !== undefined && compareNames(place.firstName, end) >= 0) return false;
  const { endName } = place;
  return start === undefined || endName === undefined || compareNames(endName, start) > 0;
}

type OldContents = { readonly trees: TreeId[]; readonly manifests: ManifestId[] };

function expandLeaves(
  state: WalkState,
  news: readonly OpenTreeNode[],
  olds: readonly OpenTreeNode[],
): void {
  const byName = new Map<string, OldContents>();
  for (const { node } of olds) {
    if (isTreeLeaf(node)) for (const entry of node.entries) noteOld(state, byName, entry);
  }
  for (const { node } of news) {
    if (isTreeLeaf(node)) for (const entry of node.entries) enterNew(state, byName, entry);
  }
}

/** Everything an old leaf lists is known; what can be compared in step is kept by name. */
function noteOld(state: WalkState, byName: Map<string, OldContents>, entry: TreeEntry): void {
  if (entry.kind === 'symlink') {
    state.know(entry.target, 'chunk');
    return;
  }
  if (entry.kind === 'directory') {
    state.know(entry.tree, 'tree');
    contentsOf(byName, entry.name).trees.push(entry.tree);
    return;
  }
  if (entry.content.kind === 'empty') return;
  state.know(entry.content.id, entry.content.kind);
  if (entry.content.kind === 'manifest') {
    contentsOf(byName, entry.name).manifests.push(entry.content.id);
  }
}

function contentsOf(byName: Map<string, OldContents>, name: string): OldContents {
  const found = byName.get(name);
  if (found !== undefined) return found;
  const made = { trees: [], manifests: [] };
  byName.set(name, made);
  return made;
}

function enterNew(
  state: WalkState,
  byName: ReadonlyMap<string, OldContents>,
  entry: TreeEntry,
): void {
  if (entry.kind === 'symlink') {
    state.content({ kind: 'chunk', id: entry.target, size: entry.size });
    return;
  }
  const old = byName.get(entry.name);
  if (entry.kind === 'directory') {
    if (old === undefined || old.trees.length === 0) {
      state.content({ kind: 'tree', id: entry.tree });
    } else if (state.find({ id: entry.tree, kind: 'tree' })) {
      const olds = old.trees.map((id) => ({ id }));
      state.push({ kind: 'tree', news: [{ id: entry.tree }], olds });
    }
    return;
  }
  if (entry.content.kind === 'empty') return;
  const { kind, id } = entry.content;
  if (kind === 'chunk') state.content({ kind, id, size: entry.size });
  else state.content({ kind, id, size: entry.size, olds: old?.manifests ?? [] });
}
