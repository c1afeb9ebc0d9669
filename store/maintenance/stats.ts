/** How big a store is, and what deduplication and compression save. */
import type { TreeId } from '../ids.ts';
import { walkIndex } from '../index-db/location-index.ts';
import { readCommit, resolveToCommit } from '../objects/commit-graph.ts';
import { walkTree } from '../objects/tree-reader.ts';
import { segmentFileName } from '../store-layout.ts';
import { listSegments, type MaintenanceDeps, type ProgressOptions } from './maintenance-deps.ts';

export type StoreStats = {
  readonly chunks: number;
  /** Objects of all other kinds. */
  readonly objects: number;
  /** Bytes of all objects before compression, each counted once. */
  readonly rawBytes: number;
  /** Bytes of all segment files. */
  readonly storedBytes: number;
  readonly segments: number;
  /** Files in the trees that refs and HEAD point at; a tree that several refs share counts once. */
  readonly files: number;
  /** Bytes of those files, each as often as it occurs. */
  readonly logicalBytes: number;
};

export async function measureStore(
  deps: MaintenanceDeps,
  options: ProgressOptions = {},
): Promise<StoreStats> {
  let chunks = 0;
  let objects = 0;
  let rawBytes = 0;
  for await (const records of walkIndex(deps.index, options.signal)) {
    for (const { location } of records) {
      rawBytes += location.rawSize;
      if (location.kind === 'chunk') chunks++;
      else objects++;
    }
  }
  let storedBytes = 0;
  const segments = await listSegments(deps.files);
  for (const segment of segments) {
    storedBytes += (await deps.files.stat(segmentFileName(segment)))?.sizeBytes ?? 0;
  }
  const { files, logicalBytes } = await measureTrees(deps, options);
  return {
    chunks,
    objects,
    rawBytes,
    storedBytes,
    segments: segments.length,
    files,
    logicalBytes,
  };
}

async function measureTrees(
  deps: MaintenanceDeps,
  options: ProgressOptions,
): Promise<{ readonly files: number; readonly logicalBytes: number }> {
  let files = 0;
  let logicalBytes = 0;
  for (const tree of await namedTrees(deps)) {
    for await (const { entry } of walkTree(deps.objects, tree, { signal: options.signal })) {
      if (entry.kind === 'directory') continue;
      files++;
      logicalBytes += entry.size;
    }
  }
  return { files, logicalBytes };
}

async function namedTrees(deps: MaintenanceDeps): Promise<ReadonlySet<TreeId>> {
  const trees = new Set<TreeId>();
  const head = await deps.refs.head();
  const targets = new Set((await deps.refs.list()).map(({ target }) => target));
  if (head.kind === 'detached') targets.add(head.target);
  for (const target of targets) {
    const id = await resolveToCommit(deps.objects, target);
    trees.add((await readCommit(deps.objects, id)).tree);
  }
  return trees;
}
