/** Opens nodes of manifests: what is new in them is found, what the other side has is noted. */
import { manifestChildRefs, type ManifestNodeRef } from '../manifest-reader.ts';
import { isManifestLeaf, type AnyManifestNode } from '../manifest-codec.ts';
import type { WalkState } from './walk-state.ts';

/** A node that has been read and is what its parent says. */
export type OpenManifestNode = { readonly ref: ManifestNodeRef; readonly read: AnyManifestNode };

/** Leaves opened at a time. */
const LEAF_COUNT = 128;
/** Old nodes compared with at most, on a level: those of a file of some 50 TB. Beyond, all of the file counts as new. */
const OLDS_MAX = 65_536;

/**
 * Opens the highest of the nodes; lower ones wait until the others have come down to them. Unlike names, chunks have no
 * order that both sides share: what counts is only which ids the old side has.
 */
export function expandManifest(
  state: WalkState,
  news: readonly OpenManifestNode[],
  olds: readonly OpenManifestNode[],
): void {
  const level = Math.max(0, ...[...news, ...olds].map(({ read }) => read.node.level));
  if (level === 0) {
    for (const { read } of olds) noteChunks(state, read);
    for (const { read } of news) findChunks(state, read);
    return;
  }
  const below = { olds: withoutDoubles(descend(olds, level)), news: descend(news, level) };
  for (const { id } of below.olds) state.know(id, 'manifest');
  const waiting = new Set(
    news.filter(({ read }) => read.node.level < level).map(({ ref }) => ref.id),
  );
  const fresh = below.news.filter(
    ({ id }) => waiting.has(id) || state.find({ id, kind: 'manifest' }),
  );
  if (fresh.length === 0) return;
  const same = new Set(below.news.map(({ id }) => id));
  const left = below.olds.filter(({ id }) => !same.has(id)).slice(0, OLDS_MAX);
  if (level > 1) state.push({ kind: 'manifest', news: fresh, olds: left });
  else pushLeaves(state, fresh, left);
}

/** All old leaves before any new one, in pieces. */
function pushLeaves(
  state: WalkState,
  news: readonly ManifestNodeRef[],
  olds: readonly ManifestNodeRef[],
): void {
  for (let at = 0; at < olds.length; at += LEAF_COUNT) {
    state.push({ kind: 'manifest', news: [], olds: olds.slice(at, at + LEAF_COUNT) });
  }
  for (let at = 0; at < news.length; at += LEAF_COUNT) {
    state.push({ kind: 'manifest', news: news.slice(at, at + LEAF_COUNT), olds: [] });
  }
}

/** A file of zeros lists one node a thousand times: it is opened once. */
function withoutDoubles(refs: readonly ManifestNodeRef[]): ManifestNodeRef[] {
  return [...new Map(refs.map((ref) => [ref.id, ref])).values()];
}

function descend(nodes: readonly OpenManifestNode[], level: number): ManifestNodeRef[] {
  return nodes.flatMap(({ ref, read }) =>
    read.node.level === level ? manifestChildRefs(read.node) : [ref],
  );
}

function noteChunks(state: WalkState, { node }: AnyManifestNode): void {
  if (isManifestLeaf(node)) for (const { id } of node.chunks) state.know(id, 'chunk');
}

function findChunks(state: WalkState, { node }: AnyManifestNode): void {
  if (!isManifestLeaf(node)) return;
  for (const { id, size } of node.chunks) state.find({ id, kind: 'chunk', rawSize: size });
}
