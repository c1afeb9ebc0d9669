import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { Section } from '../section.ts';
import type { MeasuredOn } from './measured-on.ts';
import { writePage } from './page.ts';

const measured: MeasuredOn = {
  ...{ commit: 'abc1234', date: '2026-01-01', machine: 'a machine' },
  ...{ scale: 1, runs: 5, tools: { rsync: '3.2.7' } },
};

const section: Section<number> = {
  ...{ name: 'times', title: 'Times', isDefault: true, tools: ['rsync'] },
  cases: ['one', 'two'].map((name) => ({ name, run: () => Promise.resolve([]) })),
  render: (rows) => `rows: ${rows.join(', ')}`,
  shortfalls: (rows) => rows.filter((value) => value > 10).map((value) => `${value} s is too long`),
  charts: (rows) => [
    {
      name: 'times',
      description: 'Seconds < minutes',
      spec: {
        data: { values: rows.map((value) => ({ value })) },
        mark: 'bar',
        encoding: { x: { field: 'value', type: 'quantitative' } },
      },
    },
  ],
};

describe('the page of benchmarks', () => {
  const folder = temporaryFolder();
  const together = {
    times: {
      two: { measured, rows: [2] },
      one: { measured, rows: [1] },
      gone: { measured, rows: [3] },
    },
  };

  it('has the rows in the order of the cases, and says once what they were measured on', async () => {
    const page = await writePage(folder(), [section], together);
    assert.match(page, /## Times/);
    assert.match(page, /rows: 1, 2$/m);
    assert.equal(page.match(/commit abc1234/g)?.length, 1);
    assert.match(page, /rsync 3\.2\.7/);
    assert.equal(readFileSync(join(folder(), 'benchmarks.md'), 'utf8'), page);
  });

  it('tells apart cases that were measured on different occasions', async () => {
    const later = { ...measured, commit: 'def5678' };
    const page = await writePage(folder(), [section], {
      times: { one: { measured, rows: [1] }, two: { measured: later, rows: [2] } },
    });
    assert.match(page, /- one: .*abc1234/);
    assert.match(page, /- two: .*def5678/);
  });

  it('begins with what falls short, where anything does', async () => {
    const page = await writePage(folder(), [section], {
      times: { one: { measured, rows: [1, 11] } },
    });
    assert.match(page, /## What falls short[^#]*\n- 11 s is too long\n[^#]*## Times/);
    assert.doesNotMatch(await writePage(folder(), [section], together), /falls short/);
  });

  it('draws charts that are the same for the same rows and fit light and dark pages', async () => {
    const file = join(folder(), 'charts', 'times.svg');
    await writePage(folder(), [section], together);
    const first = readFileSync(file, 'utf8');
    await writePage(folder(), [section], together);
    assert.equal(readFileSync(file, 'utf8'), first);
    assert.match(first, /prefers-color-scheme:dark/);
    assert.match(first, /<title>Seconds &lt; minutes<\/title>/);
  });

  it('removes charts that nothing draws any more', async () => {
    const charts = join(folder(), 'charts');
    mkdirSync(charts, { recursive: true });
    writeFileSync(join(charts, 'old.svg'), '');
    await writePage(folder(), [section], together);
    assert.ok(!existsSync(join(charts, 'old.svg')));
    assert.deepEqual(readdirSync(charts), ['times.svg']);
  });
});
