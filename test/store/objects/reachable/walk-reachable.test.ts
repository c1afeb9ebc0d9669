import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  MemoryObjectStore,
  walkReachable,
  type CommitId,
  type ObjectId,
  type Reachable,
} from '../../../../store/index.ts';
import { childrenOf, closureOf, writeCommit, writeFiles } from '../tree-fixture.ts';

async function collect(
  store: MemoryObjectStore,
  wants: readonly ObjectId[],
  haves: readonly ObjectId[] = [],
): Promise<Reachable[]> {
  const all: Reachable[] = [];
  for await (const batch of walkReachable(store, { wants, haves })) all.push(...batch);
  return all;
}

/** Names of few folders and files, so that histories move, swap, remove and bring back. */
const pathArbitrary = fc
  .tuple(fc.constantFrom('', 'a/', 'b/', 'a/x/', 'b/x/'), fc.constantFrom('f', 'g', 'h'))
  .map(([folder, name]) => folder + name);
const labelsArbitrary = fc.array(fc.constantFrom('1', '2', '3', '4', '5'), { maxLength: 3 });
const filesArbitrary = fc.dictionary(pathArbitrary, labelsArbitrary, { maxKeys: 8 });
const historyArbitrary = fc.array(
  fc.record({
    files: filesArbitrary,
    parents: fc.array(fc.nat({ max: 12 }), { maxLength: 2 }),
    timeMs: fc.integer({ min: 0, max: 12 }),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('walkReachable', () => {
  it('finds all that is new, nothing that was not asked for, each once, containers first', async () => {
    const ends = fc.array(fc.nat({ max: 12 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(historyArbitrary, ends, ends, async (history, wantAt, haveAt) => {
        const store = new MemoryObjectStore();
        const commits: CommitId[] = [];
        for (const { files, parents, timeMs } of history) {
          const tree = await writeFiles(store, files);
          const at = new Set(parents.map((parent) => commits[parent % (commits.length || 1)]));
          const ids = [...at].filter((id) => id !== undefined);
          const message = String(commits.length);
          commits.push(await writeCommit(store, { tree, parents: ids, timeMs, message }));
        }
        const pick = (at: number[]) => at.map((index) => commits[index % commits.length]!);
        const [wants, haves] = [pick(wantAt), pick(haveAt)];
        const found = await collect(store, wants, haves);
        const order = new Map(found.map(({ id }, index) => [id, index]));
        assert.equal(order.size, found.length, 'an id was yielded twice');
        const wanted = await closureOf(store, wants);
        const had = await closureOf(store, haves);
        for (const id of wanted) assert.ok(order.has(id) || had.has(id), `${id} was left out`);
        for (const { id, kind } of found) {
          assert.ok(wanted.has(id), `${id} was not asked for`);
          const [info] = await store.info([id]);
          assert.equal(info!.kind, kind);
        }
        const introduced = new Set<ObjectId>(wants);
        for (const { id } of found) {
          assert.ok(introduced.has(id), `${id} came before what refers to it`);
          for (const child of await childrenOf(store, id)) introduced.add(child.id);
        }
      }),
      { numRuns: 300 },
    );
  });
});
