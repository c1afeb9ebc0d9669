/** Small repositories for tests: made from plain descriptions, and looked through the slow and obvious way. */
import {
  ManifestBuilder,
  decodeCommit,
  decodeManifestNode,
  decodeManifestRoot,
  decodeTag,
  decodeTreeNode,
  encodeCommit,
  objectId,
  writeTreeFromPaths,
  type ChunkId,
  type ChunkRef,
  type CommitId,
  type FileContent,
  type ObjectId,
  type ObjectKind,
  type ObjectStore,
  type PathEntry,
  type TreeId,
} from '../../../store/index.ts';
import { comparePaths } from '../../../store/index.ts';

export const FILE_HASH = 'ab'.repeat(32);

/** Chunks that are made up: ids without bytes behind them. */
export function fakeChunks(count: number, salt = 'chunk'): ChunkRef[] {
  return Array.from({ length: count }, (_, index) => ({
    id: objectId<ChunkId>('chunk', Buffer.from(`${salt} ${index}`)),
    size: 1000 + (index % 50),
  }));
}

/** A file's content by the labels of its chunks: none, one, or a manifest of many. */
async function writeContent(
  store: ObjectStore,
  labels: readonly string[],
): Promise<{ content: FileContent; size: number }> {
  const results = await store.put(
    labels.map((label) => ({ kind: 'chunk', bytes: Buffer.from(label) })),
  );
  const chunks = results.map(({ id }, index) => ({
    id: id as ChunkId,
    size: Buffer.byteLength(labels[index] ?? ''),
  }));
  const size = chunks.reduce((sum, chunk) => sum + chunk.size, 0);
  const [only] = chunks;
  if (only === undefined) return { content: { kind: 'empty' }, size };
  if (chunks.length === 1) return { content: { kind: 'chunk', id: only.id }, size };
  const builder = new ManifestBuilder(store);
  for (const chunk of chunks) await builder.add(chunk);
  const id = await builder.finish({ fileHash: FILE_HASH, profile: 1 });
  return { content: { kind: 'manifest', id }, size };
}

/** A tree from paths and the labels of each file's chunks. */
export async function writeFiles(
  store: ObjectStore,
  files: Readonly<Record<string, readonly string[]>>,
): Promise<TreeId> {
  const paths: PathEntry[] = [];
  for (const [path, labels] of Object.entries(files)) {
    const { content, size } = await writeContent(store, labels);
    paths.push({ path, entry: { kind: 'file', name: path.split('/').at(-1)!, content, size } });
  }
  paths.sort((a, b) => comparePaths(a.path, b.path));
  return writeTreeFromPaths(store, paths);
}

export async function writeCommit(
  store: ObjectStore,
  commit: { tree: TreeId; parents?: readonly CommitId[]; timeMs?: number; message?: string },
): Promise<CommitId> {
  const { tree, parents = [], timeMs = 0, message = '' } = commit;
  const person = { name: 'Ada', email: 'ada@example.org', timeMs, zoneMinutes: 0 };
  const bytes = encodeCommit({ tree, parents, author: person, committer: person, message });
  const [result] = await store.put([{ kind: 'commit', bytes }]);
  return result!.id as CommitId;
}

/** What one object refers to, read the obvious way. */
export async function childrenOf(
  store: ObjectStore,
  id: ObjectId,
): Promise<{ id: ObjectId; kind: ObjectKind }[]> {
  const [object] = await store.get([id]);
  const { kind, bytes } = object!;
  switch (kind) {
    case 'chunk':
      return [];
    case 'tag': {
      const { target } = decodeTag(bytes);
      return [target];
    }
    case 'commit': {
      const { tree, parents } = decodeCommit(bytes);
      return [
        { id: tree, kind: 'tree' },
        ...parents.map((parent) => ({ id: parent, kind: 'commit' as const })),
      ];
    }
    case 'manifest': {
      let node;
      try {
        node = decodeManifestRoot(bytes).node;
      } catch {
        node = decodeManifestNode(bytes);
      }
      return 'chunks' in node
        ? node.chunks.map((chunk) => ({ id: chunk.id, kind: 'chunk' as const }))
        : node.children.map((child) => ({ id: child.id, kind: 'manifest' as const }));
    }
    case 'tree': {
      const node = decodeTreeNode(bytes);
      if (!('entries' in node)) {
        return node.children.map((child) => ({ id: child.id, kind: 'tree' as const }));
      }
      return node.entries.flatMap((entry): { id: ObjectId; kind: ObjectKind }[] => {
        if (entry.kind === 'directory') return [{ id: entry.tree, kind: 'tree' as const }];
        if (entry.kind === 'symlink') return [{ id: entry.target, kind: 'chunk' as const }];
        return entry.content.kind === 'empty' ? [] : [entry.content];
      });
    }
  }
}

/** Everything some objects lead to, found one by one. */
export async function closureOf(
  store: ObjectStore,
  ids: readonly ObjectId[],
): Promise<Set<ObjectId>> {
  const closure = new Set<ObjectId>();
  const work = [...ids];
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    if (closure.has(id)) continue;
    closure.add(id);
    work.push(...(await childrenOf(store, id)).map((child) => child.id));
  }
  return closure;
}
