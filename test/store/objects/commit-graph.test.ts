import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  MemoryObjectStore,
  encodeTag,
  history,
  isAncestor,
  mergeBase,
  objectId,
  readCommit,
  resolveToCommit,
  writeTree,
  type CommitId,
  type ObjectId,
  type Tag,
  type TagId,
} from '../../../store/index.ts';
import { closureOf, writeCommit } from './tree-fixture.ts';

const PERSON = { name: 'Ada', email: 'ada@example.org', timeMs: 0, zoneMinutes: 0 };

async function writeTag(store: MemoryObjectStore, target: Tag['target']): Promise<TagId> {
  const bytes = encodeTag({ target, name: 'v1', tagger: PERSON, message: '' });
  const [result] = await store.put([{ kind: 'tag', bytes }]);
  return result!.id as TagId;
}

/** Commits whose parents are given by number; times rise unless told otherwise. */
async function writeHistory(
  store: MemoryObjectStore,
  parents: readonly (readonly number[])[],
  timeOf: (index: number) => number = (index) => index,
): Promise<CommitId[]> {
  const tree = await writeTree(store, []);
  const ids: CommitId[] = [];
  for (const [index, list] of parents.entries()) {
    const above = [...new Set(list)].map((at) => ids[at]!).filter(Boolean);
    const timeMs = timeOf(index);
    ids.push(await writeCommit(store, { tree, parents: above, timeMs, message: String(index) }));
  }
  return ids;
}

async function idsOf(items: AsyncIterable<{ id: CommitId }>): Promise<CommitId[]> {
  const ids: CommitId[] = [];
  for await (const { id } of items) ids.push(id);
  return ids;
}

const graphArbitrary = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 15 })
  .map((lists) =>
    lists.map((list, index) => (index === 0 ? [] : list.map((parent) => parent % index))),
  );

async function commitsOf(store: MemoryObjectStore, ids: readonly ObjectId[]) {
  const closure = await closureOf(store, ids);
  const kinds = await store.info([...closure]);
  return new Set(kinds.filter((info) => info?.kind === 'commit').map((info) => info!.id));
}

describe('history', () => {
  it('yields every commit once, newest first', async () => {
    await fc.assert(
      fc.asyncProperty(graphArbitrary, async (graph) => {
        const store = new MemoryObjectStore();
        const ids = await writeHistory(store, graph);
        const listed = await idsOf(history(store, [ids.at(-1)!, ids[0]!]));
        const reachable = await commitsOf(store, [ids.at(-1)!, ids[0]!]);
        assert.deepEqual(listed, ids.filter((id) => reachable.has(id)).reverse());
      }),
    );
  });

  it('leaves out what the excluded commits lead to, also when clocks ran wrong', async () => {
    const times = fc.array(fc.nat({ max: 20 }), { minLength: 15, maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(graphArbitrary, times, fc.nat(), async (graph, timeMs, at) => {
        const store = new MemoryObjectStore();
        const ids = await writeHistory(store, graph, (index) => timeMs[index] ?? 0);
        const exclude = [ids[at % ids.length]!];
        const listed = await idsOf(history(store, [ids.at(-1)!], { exclude }));
        const without = await commitsOf(store, exclude);
        const expected = [...(await commitsOf(store, [ids.at(-1)!]))].filter(
          (id) => !without.has(id),
        );
        assert.deepEqual(listed.sort(), expected.sort());
      }),
    );
  });

  it('stops with the reason of an abort', async () => {
    const store = new MemoryObjectStore();
    const [id] = await writeHistory(store, [[]]);
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await assert.rejects(idsOf(history(store, [id!], { signal })), reason);
  });
});

describe('isAncestor and mergeBase', () => {
  it('agree with a look at everything', async () => {
    await fc.assert(
      fc.asyncProperty(graphArbitrary, fc.nat(), fc.nat(), async (graph, one, other) => {
        const store = new MemoryObjectStore();
        const ids = await writeHistory(store, graph);
        const [a, b] = [ids[one % ids.length]!, ids[other % ids.length]!];
        const fromA = await commitsOf(store, [a]);
        const fromB = await commitsOf(store, [b]);
        assert.equal(await isAncestor(store, a, b), fromB.has(a));
        const shared = ids.filter((id) => fromA.has(id) && fromB.has(id));
        const best: CommitId[] = [];
        for (const id of shared) {
          const others = shared.filter((candidate) => candidate !== id);
          const covered = await Promise.all(others.map((from) => isAncestor(store, id, from)));
          if (!covered.includes(true)) best.push(id);
        }
        const base = await mergeBase(store, a, b);
        assert.equal(base, best.at(-1));
      }),
    );
  });

  it('find the newest of several bases, and the same one among equally old ones', async () => {
    for (const timeOf of [(index: number) => index, () => 7]) {
      const store = new MemoryObjectStore();
      // Two that are merged crosswise: each of them is a best shared commit of the two merges.
      const graph = [[], [0], [0], [1, 2], [2, 1]];
      const ids = await writeHistory(store, graph, timeOf);
      const base = await mergeBase(store, ids[3]!, ids[4]!);
      const [one, two] = [ids[1]!, ids[2]!];
      assert.equal(base, timeOf(1) === timeOf(2) ? [one, two].sort()[0] : two);
      assert.equal(await mergeBase(store, ids[4]!, ids[3]!), base);
    }
  });

  it('find nothing between histories that share nothing', async () => {
    const store = new MemoryObjectStore();
    const [a, b, c] = await writeHistory(store, [[], [], [0]]);
    assert.equal(await mergeBase(store, c!, b!), undefined);
    assert.equal(await mergeBase(store, c!, a!), a);
    assert.equal(await isAncestor(store, b!, c!), false);
  });

  it('say so when a commit is absent', async () => {
    const store = new MemoryObjectStore();
    const [a] = await writeHistory(store, [[]]);
    const absent = objectId<CommitId>('commit', Buffer.from('absent'));
    for (const [one, other] of [
      [a!, absent],
      [absent, a!],
    ] as const) {
      await assert.rejects(mergeBase(store, one, other), { code: 'DITS_STORE_NOT_FOUND' });
      await assert.rejects(isAncestor(store, one, other), { code: 'DITS_STORE_NOT_FOUND' });
    }
  });
});

describe('resolveToCommit', () => {
  it('follows tags to the commit', async () => {
    const store = new MemoryObjectStore();
    const [id] = await writeHistory(store, [[]]);
    const inner = await writeTag(store, { kind: 'commit', id: id! });
    const outer = await writeTag(store, { kind: 'tag', id: inner });
    assert.equal(await resolveToCommit(store, id!), id);
    assert.equal(await resolveToCommit(store, outer), id);
  });

  it('refuses long chains of tags, other kinds, and what is absent', async () => {
    const store = new MemoryObjectStore();
    const [id] = await writeHistory(store, [[]]);
    let tag = await writeTag(store, { kind: 'commit', id: id! });
    for (let depth = 0; depth < 20; depth++) tag = await writeTag(store, { kind: 'tag', id: tag });
    await assert.rejects(resolveToCommit(store, tag), { code: 'DITS_STORE_INVALID_OBJECT' });
    const { tree } = await readCommit(store, id!);
    await assert.rejects(resolveToCommit(store, tree), { code: 'DITS_STORE_INVALID_OBJECT' });
    await assert.rejects(readCommit(store, tree as ObjectId as CommitId), {
      code: 'DITS_STORE_INVALID_OBJECT',
    });
    await assert.rejects(resolveToCommit(store, objectId('tag', Buffer.from('absent'))), {
      code: 'DITS_STORE_NOT_FOUND',
    });
  });
});
