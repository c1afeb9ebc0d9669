import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { SeededRandom } from '../../simulations/seeded-random.ts';
import { insertCounters } from './instrument/insert-counters.ts';
import { COUNTERS_SYMBOL } from './instrument/counters-symbol.ts';
import { EdgeMap } from './loop/edge-map.ts';
import { execute } from './loop/execution.ts';
import { findingKey } from './loop/finding.ts';
import { fuzz } from './loop/fuzz-loop.ts';
import { Journal, readJournal } from './loop/journal.ts';
import { changeBytes } from './mutate/byte-mutations.ts';
import { changeFields, encodeVarint } from './mutate/protobuf-mutations.ts';
import { changeText } from './mutate/text-mutations.ts';
import { BrokenProperty, type FuzzTarget } from './target.ts';

const WORD = 'bug!';

/** A decoder that breaks at one word, with a counter for each of its letters. */
function fragileTarget(counters: Uint8Array): FuzzTarget {
  return {
    name: 'fragile',
    covers: 'nothing',
    seeds: () => [Buffer.from('0000')],
    mutations: [changeBytes],
    sizeMaxBytes: 16,
    run(input) {
      for (const [at, letter] of Buffer.from(WORD).entries()) {
        if (input[at] !== letter) return at > 0;
        counters[at]!++;
      }
      throw new BrokenProperty('it said the word');
    },
  };
}

describe('the search for inputs', () => {
  it('finds a word letter by letter when it sees the branches', async () => {
    const counters = new Uint8Array(8);
    const options = { seed: 1, cpuMs: Infinity, executionsMax: 200_000, corpus: [] };
    const report = await fuzz(fragileTarget(counters), { ...options, counters });
    const [finding] = report.findings;
    assert.equal(Buffer.from(finding!.input, 'hex').toString('latin1', 0, WORD.length), WORD);
    assert.equal(finding!.kind, 'broken');
    assert.equal(report.edges, WORD.length);
  });

  it('goes the same way with the same seed', async () => {
    const run = async (): Promise<unknown> => {
      const counters = new Uint8Array(8);
      const options = { seed: 7, cpuMs: Infinity, executionsMax: 3_000, corpus: [], counters };
      return { ...(await fuzz(fragileTarget(counters), options)), cpuMs: 0 };
    };
    assert.deepEqual(await run(), await run());
  });

  it('takes what is slow for a finding', async () => {
    const slow: FuzzTarget = {
      ...fragileTarget(new Uint8Array(8)),
      run() {
        const start = process.cpuUsage();
        const startMs = performance.now();
        // Other threads' time counts for the one, and a busy machine's for the other.
        const isOver = (): boolean => {
          const { user, system } = process.cpuUsage(start);
          return user + system > 300_000 && performance.now() - startMs > 300;
        };
        while (!isOver());
        return true;
      },
    };
    assert.equal((await execute(slow, Buffer.of(1))).finding?.kind, 'slow');
  });

  it('takes findings for one that differ in numbers and quotes only', () => {
    const finding = { target: 'x', kind: 'broken', what: 'a "b" of 12', input: '' } as const;
    assert.equal(findingKey(finding), findingKey({ ...finding, what: 'a "cd" of 7' }));
    assert.notEqual(findingKey(finding), findingKey({ ...finding, what: 'another of 7' }));
  });

  it('leaves the input that is running where others can read it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dits-test-'));
    const path = join(folder, 'journal');
    const journal = new Journal(path, 16);
    journal.note(Buffer.from('first one'));
    journal.note(Buffer.from('second'));
    const read = readJournal(path);
    journal.close();
    rmSync(folder, { recursive: true });
    assert.deepEqual(read, { executions: 2, input: Buffer.from('second') });
  });
});

describe('the counters in a module', () => {
  /** Runs a function's body with counters; what it returned, and how many branches were taken. */
  function run(body: string, argument: unknown): { result: unknown; taken: number } {
    const counters = new Uint8Array(64);
    const provide = { [Symbol.for(COUNTERS_SYMBOL)]: () => counters };
    const module = `${insertCounters(`function f(x) {${body}}`)}; f(argument);`;
    const result: unknown = runInNewContext(module, { argument, ...provide, Symbol });
    return { result, taken: counters.filter((count) => count > 0).length };
  }

  const cases: readonly (readonly [string, unknown, unknown, number])[] = [
    ['if (x) return 1; return 2;', true, 1, 2],
    ['if (x) return 1; return 2;', false, 2, 2],
    ['if (x > 1) if (x > 2) return 3; else return 2; return 1;', 2, 2, 3],
    ['return x ? "a" : "b";', 0, 'b', 2],
    ['return x ?? (() => ({ y: 1 }))();', null, { y: 1 }, 3],
    ['return x || // why\n 5;', 0, 5, 2],
    ['let n = 0; for (const y of x) n += y; return n;', [1, 2], 3, 2],
    ['switch (x) { case 1: return "one"; default: { return "other"; } }', 2, 'other', 2],
    ['try { throw x; } catch { return 4; }', 1, 4, 3],
    ['while (x > 3) x--; return x;', 9, 3, 2],
    ['return [1, 2].map((y) => y + x);', 1, [2, 3], 2],
  ];
  for (const [body, argument, expected, taken] of cases) {
    it(`change nothing in: ${body.replace('\n', ' ')}`, () => {
      const { result, taken: counted } = run(body, argument);
      assert.deepEqual(JSON.stringify(result), JSON.stringify(expected));
      assert.equal(counted, taken);
    });
  }

  it('tell an input that takes a branch more often from one that does not', () => {
    const counters = new Uint8Array(4);
    const edges = new EdgeMap(counters);
    const isNew = (count: number): boolean => {
      edges.reset();
      counters[1] = count;
      return edges.isNew();
    };
    assert.deepEqual([1, 1, 2, 5, 6, 0].map(isNew), [true, false, true, true, false, false]);
    assert.equal(edges.edgeCount, 1);
  });
});

describe('changes to inputs', () => {
  const message = Buffer.concat([Buffer.of(0x08), encodeVarint(300n), Buffer.of(0x12, 2, 65, 66)]);
  for (const [name, change] of Object.entries({ changeBytes, changeFields, changeText })) {
    it(`leave the input alone and never fail: ${name}`, () => {
      const random = new SeededRandom(3);
      const before = Buffer.from(message);
      const results = new Set<string>();
      const context = { random, other: () => message, dictionary: [Buffer.from('word')] };
      let input: Buffer = message;
      for (let round = 0; round < 2_000; round++) {
        const changed = change(round % 50 === 0 ? message : input, context);
        results.add(changed.toString('latin1'));
        input = changed.subarray(0, 64);
      }
      assert.deepEqual(message, before);
      assert.ok(results.size > 500, `${results.size} different results`);
    });
  }
});
