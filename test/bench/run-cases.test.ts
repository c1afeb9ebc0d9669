import assert from 'node:assert/strict';
import { runCases } from './run-cases.ts';
import type { Results } from './report/results-file.ts';
import type { BenchCase, BenchContext, Section } from './section.ts';

const context: BenchContext = {
  ...{ work: '/nowhere', runs: 1, scale: 1, isQuick: true },
  dataSet: (name) => `/nowhere/${name}`,
  log: () => undefined,
};

const save = (): void => undefined;

function measures(name: string, row: string): BenchCase<string> {
  return { name, run: () => Promise.resolve([row]) };
}

function isWrong(name: string): BenchCase<string> {
  return { name, run: () => Promise.reject(new Error('other bytes arrived')) };
}

function section(name: string, cases: readonly BenchCase<string>[], isDefault = true): Section {
  const render = (): string => '';
  return { name, title: name, isDefault, tools: [], cases, render, charts: () => [] };
}

describe('running the cases of a benchmark', () => {
  const rowsOf = (results: Results, name: string, benchCase: string): unknown =>
    results[name]?.[benchCase]?.rows;

  it('measures the sections that run by default, and all when told so', async () => {
    const sections = [
      section('quick', [measures('a', '1')]),
      section('long', [measures('b', '2')], false),
    ];
    const some: Results = {};
    const every: Results = {};
    await runCases(sections, { only: [], isAll: false }, { context, results: some, save });
    await runCases(sections, { only: [], isAll: true }, { context, results: every, save });
    assert.deepEqual(Object.keys(some), ['quick']);
    assert.deepEqual(Object.keys(every), ['quick', 'long']);
  });

  it('leaves the rows of other cases as they were in a partial run', async () => {
    const results: Results = {};
    const before = [section('s', [measures('a', 'old'), measures('b', 'old')])];
    await runCases(before, { only: [], isAll: false }, { context, results, save });
    const now = [section('s', [measures('a', 'new'), measures('b', 'new')])];
    const { count } = await runCases(
      now,
      { only: ['b'], isAll: false },
      { context, results, save },
    );
    assert.equal(count, 1);
    assert.deepEqual(rowsOf(results, 's', 'a'), ['old']);
    assert.deepEqual(rowsOf(results, 's', 'b'), ['new']);
  });

  it('names a case whose result is wrong, forgets its old rows, and goes on', async () => {
    const results: Results = {};
    const good = [section('s', [measures('a', 'old'), measures('b', 'old')])];
    await runCases(good, { only: [], isAll: false }, { context, results, save });
    const bad = [section('s', [isWrong('a'), measures('b', 'new')])];
    const { failures } = await runCases(
      bad,
      { only: [], isAll: false },
      { context, results, save },
    );
    assert.deepEqual(failures, ['a: other bytes arrived']);
    assert.equal(rowsOf(results, 's', 'a'), undefined);
    assert.deepEqual(rowsOf(results, 's', 'b'), ['new']);
  });
});
