/**
 * The one commit that everyone fetches: a file of chunks that shrink to a thousandth, made once and shared by all peers, because a thousand
 * copies of a file do not fit into memory. The links count the chunks at full size (`host-network.ts`).
 */
import {
  ManifestBuilder,
  MemoryObjectStore,
  activeHash,
  encodeCommit,
  writeTree,
  type ChunkId,
  type ObjectId,
  type ObjectRecord,
} from '../../store/index.ts';
import type { SeededRandom } from '../seeded-random.ts';

/** Raw bytes of a chunk: what big media are cut into on average. */
export const CHUNK_BYTES: number = 512 * 1024;
/** Bytes of it that do not shrink. */
const ENTROPY_BYTES = 1_024;
/** Bytes that a record takes in a batch beside its payload: id, form and sizes, and its share of the frame's header. */
const RECORD_OVERHEAD_BYTES = 50;

export type SwarmContent = {
  readonly commit: ObjectId;
  /** Everything but chunks. */
  readonly structure: MemoryObjectStore;
  readonly chunks: ReadonlyMap<ObjectId, ObjectRecord>;
  /** Raw bytes of the file. */
  readonly bytes: number;
  /** What a byte of a bulk stream stands for. */
  readonly bulkWeight: number;
};

/** Makes a file of so many chunks, and a commit of it. */
export async function makeContent(chunkCount: number, random: SeededRandom): Promise<SwarmContent> {
  const structure = new MemoryObjectStore();
  const packed = new MemoryObjectStore();
  const builder = new ManifestBuilder(structure);
  const ids: ChunkId[] = [];
  for (let index = 0; index < chunkCount; index++) {
    const bytes = Buffer.alloc(CHUNK_BYTES);
    random.bytes(ENTROPY_BYTES).copy(bytes);
    const [put] = await packed.put([{ kind: 'chunk', bytes, compressible: true }]);
    const id = put!.id as ChunkId;
    ids.push(id);
    await builder.add({ id, size: CHUNK_BYTES });
  }
  const fileHash = activeHash.hash(Buffer.from(ids.join(''))).toString('hex');
  const manifest = await builder.finish({ fileHash, profile: 1 });
  const bytes = chunkCount * CHUNK_BYTES;
  const content = { kind: 'manifest' as const, id: manifest };
  const tree = await writeTree(structure, [{ kind: 'file', name: 'reel', content, size: bytes }]);
  const author = { name: 'Sim', email: 'sim@example.org', timeMs: 0, zoneMinutes: 0 };
  const commit = { tree, parents: [], author, committer: author, message: 'reel' };
  const [put] = await structure.put([{ kind: 'commit', bytes: encodeCommit(commit) }]);
  const records = await packed.getRecords(ids);
  const storedBytes = records.reduce((sum, { stored }) => sum + stored.length, 0) / chunkCount;
  return {
    commit: put!.id,
    structure,
    chunks: new Map(records.map((record) => [record.id, record])),
    bytes,
    bulkWeight: CHUNK_BYTES / (storedBytes + RECORD_OVERHEAD_BYTES),
  };
}
