/** A small repository in memory, and ways to make commits in it. */
import {
  ManifestBuilder,
  MemoryObjectStore,
  MemoryRefStore,
  activeHash,
  branchRef,
  compareNames,
  encodeCommit,
  writeTree,
  type ChunkId,
  type ChunkRef,
  type CommitId,
  type FileContent,
  type ObjectId,
  type ObjectStore,
  type TreeEntry,
} from '../store/index.ts';

/** Bytes of each chunk that a file is cut into. */
const CHUNK_BYTES = 4_096;

/** What a commit records, and where it comes from. */
export type SampleCommit = {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly parents: readonly CommitId[];
  readonly timeMs: number;
  readonly message?: string | undefined;
};

/** Puts a commit with everything that it leads to. */
export async function putCommit(
  objects: ObjectStore,
  { files, parents, timeMs, message = 'test' }: SampleCommit,
): Promise<CommitId> {
  const entries: TreeEntry[] = [];
  const sorted = Object.entries(files).sort(([a], [b]) => compareNames(a, b));
  for (const [name, bytes] of sorted) {
    const content = await putFile(objects, bytes);
    entries.push({ kind: 'file', name, content, size: bytes.length });
  }
  const signature = { name: 'Test', email: 'test@example.org', timeMs, zoneMinutes: 0 };
  const tree = await writeTree(objects, entries);
  const commit = { tree, parents, author: signature, committer: signature, message };
  const [put] = await objects.put([{ kind: 'commit', bytes: encodeCommit(commit) }]);
  return put!.id as CommitId;
}

async function putFile(objects: ObjectStore, bytes: Uint8Array): Promise<FileContent> {
  if (bytes.length === 0) return { kind: 'empty' };
  const chunks: ChunkRef[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const part = bytes.subarray(at, at + CHUNK_BYTES);
    // Compression runs on the thread pool, whose timing no seed decides.
    const [put] = await objects.put([{ kind: 'chunk', bytes: part, compressible: false }]);
    chunks.push({ id: put!.id as ChunkId, size: part.length });
  }
  const [first] = chunks;
  if (chunks.length === 1 && first !== undefined) return { kind: 'chunk', id: first.id };
  const builder = new ManifestBuilder(objects);
  for (const chunk of chunks) await builder.add(chunk);
  const fileHash = activeHash.hash(bytes).toString('hex');
  return { kind: 'manifest', id: await builder.finish({ fileHash, profile: 1 }) };
}

export class SampleRepository {
  readonly objects = new MemoryObjectStore();
  readonly refs = new MemoryRefStore({ now: () => 0 });
  #commitCount = 0;

  /** Makes a commit of these files, and points a branch at it. */
  async commit(
    files: Readonly<Record<string, Uint8Array>>,
    options: { branch?: string; parents?: readonly CommitId[] } = {},
  ): Promise<CommitId> {
    const branch = branchRef(options.branch ?? 'main');
    const head = (await this.refs.get(branch)) as CommitId | undefined;
    const parents = options.parents ?? (head === undefined ? [] : [head]);
    const id = await this.commitTree(files, parents);
    const target = { name: branch, expected: head ?? null, target: id };
    await this.refs.update([target], { actor: 'test', reason: 'commit' });
    return id;
  }

  /** Makes a commit that no ref names. */
  commitTree(
    files: Readonly<Record<string, Uint8Array>>,
    parents: readonly CommitId[],
  ): Promise<CommitId> {
    return putCommit(this.objects, { files, parents, timeMs: ++this.#commitCount * 1000 });
  }

  /** Ids of everything held. */
  async ids(): Promise<Set<ObjectId>> {
    const ids = new Set<ObjectId>();
    for await (const batch of this.objects.list()) for (const { id } of batch) ids.add(id);
    return ids;
  }
}
