import assert from 'node:assert/strict';
import fc from 'fast-check';
import { WorkIndex, type IndexEntry } from '../../../repo/index.ts';
import {
  comparePaths,
  type ChunkId,
  type CommitId,
  type ManifestId,
  type TreeId,
} from '../../../store/index.ts';
import { codeOf } from '../repository-fixture.ts';

const SEED = Number(process.env['DITS_SEED'] ?? Date.now() % 2 ** 31);

const hexId = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((b) => Buffer.from(b).toString('hex'));
const optionalId = fc.option(hexId, { nil: undefined });
const name = fc.constantFrom('a', 'b', 'a.txt', 'Ü', 'a-b', 'zz', '日本', '😀', 'file.0001.exr');
const pathText = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
const time = fc.double({ min: 0, max: 2e12, noNaN: true });
const entryAt = (path: string): fc.Arbitrary<IndexEntry> =>
  fc.record(
    {
      path: fc.constant(path),
      kind: fc.constantFrom('file', 'executable', 'symlink'),
      content: fc.oneof(
        fc.constant({ kind: 'empty' } as const),
        hexId.map((id) => ({ kind: 'chunk', id: id as ChunkId }) as const),
        hexId.map((id) => ({ kind: 'manifest', id: id as ManifestId }) as const),
      ),
      size: fc.maxSafeNat(),
      profile: fc.integer({ min: 0, max: 255 }),
      stat: fc.option(
        fc.record(
          {
            mtimeMs: time,
            ctimeMs: time,
            inode: fc.maxSafeNat(),
            mode: fc.integer({ min: 0, max: 0xffff }),
            checkedMs: time,
          },
          { noNullPrototype: true },
        ),
        { nil: undefined },
      ),
    },
    { noNullPrototype: true },
  );
const entries = fc
  .uniqueArray(pathText, { maxLength: 40 })
  .chain((paths) => fc.tuple(...paths.map(entryAt)));

function indexOf(list: readonly IndexEntry[], base?: string, commit?: CommitId): WorkIndex {
  const index = new WorkIndex();
  for (const entry of list) index.set(entry);
  if (base !== undefined) index.rebase({ tree: base as TreeId, commit });
  return index;
}

const sorted = (list: readonly IndexEntry[]): IndexEntry[] =>
  [...list].sort((a, b) => comparePaths(a.path, b.path));

const versionText = (entry: IndexEntry | undefined): string =>
  entry === undefined ? 'none' : `${entry.kind} ${JSON.stringify(entry.content)}`;

describe(`WorkIndex (seed ${SEED})`, () => {
  it('reads back what was written, in path order', () => {
    fc.assert(
      fc.property(entries, optionalId, optionalId, (list, tree, commit) => {
        const read = WorkIndex.decode(indexOf(list, tree, commit as CommitId).encode());
        assert.deepEqual([...read.entries()], sorted(list));
        assert.deepEqual(read.base, tree === undefined ? undefined : { tree, commit });
        assert.equal(read.size, list.length);
        for (const entry of list) assert.deepEqual(read.get(entry.path), entry);
        assert.equal(read.get('not/there'), undefined);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('behaves like a map, whether entries come from a file or were set since, and counts what changed', () => {
    const step = fc.oneof(
      pathText.chain(entryAt).map((entry) => ({ kind: 'set', entry }) as const),
      pathText.map((path) => ({ kind: 'delete', path }) as const),
      fc.constant({ kind: 'reload' } as const),
    );
    fc.assert(
      fc.property(entries, fc.array(step, { maxLength: 30 }), (list, steps) => {
        let index = indexOf(list, 'ab'.repeat(32));
        const base = new Map(list.map((entry) => [entry.path, entry]));
        const model = new Map(base);
        for (const one of steps) {
          if (one.kind === 'reload') index = WorkIndex.decode(index.encode());
          else if (one.kind === 'set') {
            index.set(one.entry);
            model.set(one.entry.path, one.entry);
          } else assert.equal(index.delete(one.path), model.delete(one.path));
        }
        assert.deepEqual([...index.entries()], sorted([...model.values()]));
        assert.equal(index.size, model.size);
        const changed = new Map(index.changes().map((change) => [change.path, change.entry]));
        for (const path of new Set([...base.keys(), ...model.keys()])) {
          const [before, after] = [base.get(path), model.get(path)];
          const differs = versionText(before) !== versionText(after);
          if (differs) assert.ok(changed.has(path), `${path} must be among the changes`);
          if (changed.has(path)) assert.deepEqual(changed.get(path), after);
        }
        for (const folder of ['a', 'b/a', 'Ü', 'a.txt']) {
          assert.deepEqual(
            index.entriesWithin(folder),
            sorted([...model.values()]).filter(
              ({ path }) => path === folder || path.startsWith(`${folder}/`),
            ),
          );
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('notices every bit flip and every truncation', () => {
    fc.assert(
      fc.property(entries, fc.nat(), fc.integer({ min: 0, max: 7 }), (list, place, bit) => {
        const bytes = indexOf(list).encode();
        const flipped = Buffer.from(bytes);
        flipped[place % bytes.length]! ^= 1 << bit;
        assert.throws(() => WorkIndex.decode(flipped), { code: 'DITS_REPO_INDEX_CORRUPT' });
        const cut = bytes.subarray(0, place % bytes.length);
        assert.throws(() => WorkIndex.decode(Buffer.from(cut)), {
          code: 'DITS_REPO_INDEX_CORRUPT',
        });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('names the command that rebuilds a damaged index', async () => {
    const decode = async (): Promise<WorkIndex> =>
      Promise.resolve(WorkIndex.decode(Buffer.alloc(200)));
    assert.equal(await codeOf(decode()), 'DITS_REPO_INDEX_CORRUPT');
    await assert.rejects(async () => Promise.resolve(WorkIndex.decode(Buffer.alloc(3))), {
      hint: /dits fsck --repair/,
    });
  });

  it('keeps a hundred thousand entries in little more memory than the file, and opens it quickly', () => {
    const index = new WorkIndex();
    for (let at = 0; at < 100_000; at++) {
      const id = at.toString(16).padStart(64, '0') as ChunkId;
      index.set({
        path: `shots/${at % 100}/frame-${String(at).padStart(7, '0')}.exr`,
        kind: 'file',
        content: { kind: 'chunk', id },
        size: at,
        profile: 1,
        stat: undefined,
      });
    }
    const bytes = index.encode();
    const start = performance.now();
    const read = WorkIndex.decode(bytes);
    const elapsedMs = performance.now() - start;
    assert.equal(read.get('shots/42/frame-0000042.exr')?.size, 42);
    // Rough: it takes 10 to 20 ms on a free machine.
    assert.ok(elapsedMs < 1_000, `${elapsedMs} ms`);
    assert.ok(bytes.length / 100_000 < 130, `${bytes.length / 100_000} bytes an entry`);
  });
});
