/** A store with a small history in it, and ways to damage it. */
import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import {
  branchRef,
  createStore,
  encodeCommit,
  objectId,
  openStore,
  writeTree,
  type ChunkId,
  type CommitId,
  type ObjectId,
  type Store,
  type StoreOptions,
  type TreeEntry,
} from '../../store/index.ts';

export const CONTEXT = { actor: 'tester', reason: 'test' };
export const MAIN = branchRef('main');

/** Bytes that do not compress, so that a record is as long as its object. */
export function noise(seed: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = (seed * 2_654_435_761) | 1;
  for (let at = 0; at < size; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
}

export const FILE_SIZE = 3000;

/** Commits files of one chunk each, flushed; resolves with the commit and the chunks, in the order of the seeds. */
export async function commitFiles(
  store: Store,
  seeds: readonly number[],
  parents: readonly CommitId[] = [],
): Promise<{ readonly commit: CommitId; readonly chunks: readonly ObjectId[] }> {
  const results = await store.objects.put(
    seeds.map((seed) => ({ kind: 'chunk', bytes: noise(seed, FILE_SIZE) })),
  );
  const chunks = results.map(({ id }) => id);
  const entries = chunks.map((id, at): TreeEntry => {
    const content = { kind: 'chunk', id: id as ChunkId } as const;
    return { kind: 'file', name: `file-${seeds[at]}`, content, size: FILE_SIZE };
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const tree = await writeTree(store.objects, entries);
  const who = { name: 'Ada', email: 'ada@example.org', timeMs: 0, zoneMinutes: 0 };
  const bytes = encodeCommit({ tree, parents, author: who, committer: who, message: 'files' });
  await store.objects.put([{ kind: 'commit', bytes }]);
  await store.objects.flush();
  return { commit: objectId<CommitId>('commit', bytes), chunks };
}

export async function setMain(store: Store, target: ObjectId | null): Promise<void> {
  await store.refs.update([{ name: MAIN, target }], CONTEXT);
}

/** A closed store with one commit of these files on main. */
export async function makeStore(
  folder: string,
  seeds: readonly number[],
  options: StoreOptions = {},
): Promise<{ readonly commit: CommitId; readonly chunks: readonly ObjectId[] }> {
  const store = await createStore(folder, options);
  const made = await commitFiles(store, seeds);
  await setMain(store, made.commit);
  await store.close();
  return made;
}

/** Opens, works, closes. */
export async function withStore<T>(
  folder: string,
  work: (store: Store) => Promise<T>,
  options: StoreOptions = {},
): Promise<T> {
  const store = await openStore(folder, options);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Where the payload of an uncompressed object is in the first segment. */
export async function findPayload(folder: string, payload: Buffer): Promise<number> {
  const handle = await open(segmentPath(folder, 1), 'r');
  try {
    const at = (await handle.readFile()).indexOf(payload);
    assert.notEqual(at, -1);
    return at;
  } finally {
    await handle.close();
  }
}

/** Flips one bit; an offset below zero counts from the end of the file. */
export async function flipBit(path: string, offset: number): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    const { size } = await handle.stat();
    const at = offset < 0 ? size + offset : offset;
    const byte = Buffer.alloc(1);
    await handle.read(byte, 0, 1, at);
    byte[0]! ^= 0x10;
    await handle.write(byte, 0, 1, at);
  } finally {
    await handle.close();
  }
}

export function segmentPath(folder: string, number: number): string {
  return join(folder, 'segments', `${number.toString().padStart(8, '0')}.seg`);
}
