import assert from 'node:assert/strict';
import { compare, comparisonTable, isMissed } from './comparison.ts';

describe('a line of a comparison', () => {
  const rivals = [
    { tool: 'slow', values: [4, 4, 4] },
    { tool: 'fast', values: [2, 4, 1] },
    { tool: 'absent', values: [], note: 'not installed' },
  ];

  it('is about the fastest of the others, by the median of the pairwise ratios', () => {
    const row = compare({ work: 'w', ours: [1, 1, 2], theirs: rivals });
    assert.equal(row.against, 'fast');
    assert.equal(row.figure, 0.5);
  });

  it('pairs only the runs that a tool has which is measured less often', () => {
    const row = compare({ work: 'w', ours: [1, 3, 5], theirs: [{ tool: 'once', values: [2] }] });
    assert.equal(row.figure, 0.5);
  });

  it('subtracts where a difference is asked for', () => {
    const theirs = [{ tool: 'node', values: [1, 2] }];
    const row = compare({ work: 'w', ours: [2, 4], theirs, measure: 'difference' });
    assert.equal(row.figure, 1.5);
  });

  it('says what was missed, and which tools are missing', () => {
    const row = compare({ work: 'w', ours: [1, 1, 1], theirs: rivals, asked: 0.4 });
    assert.ok(isMissed(row));
    const table = comparisonTable([row]);
    assert.match(table, /\*\*fast 2\.00 s\*\*, absent \(not installed\)/);
    assert.match(table, /≤ 0\.40, \*\*missed\*\*/);
    assert.ok(!isMissed({ ...row, asked: 0.5 }));
  });
});
