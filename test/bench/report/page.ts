/** Writes docs/benchmarks.md and docs/charts/ from the results, and nothing but the results. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Section } from '../section.ts';
import { renderSvg, type Chart } from './chart.ts';
import { measuredText } from './measured-on.ts';
import type { CaseResult, Results } from './results-file.ts';

const INTRODUCTION = `# Benchmarks

Ours beside the tools people use now, measured by \`npm run bench\`, which makes this page. Ours and theirs run in turn on one
machine; seconds are medians of whole commands, a ratio is the median of the pairwise ratios (below 1: we need less). What is read
is in the page cache, and both ends of a transfer share the processor. On our side everything is durable, verified and, on the
wire, encrypted. What arrives is compared with the source byte for byte, and a wrong result fails the benchmark.

- \`media\`: one file of 1 GiB that does not compress, a camera original. Its edit lost 5 MiB at the head, gained 1 MiB at a tenth
  and has 1 MiB overwritten in the middle.
- \`frames\`: 600 files of 1 MiB that share a background. The edit changes 30, adds 20 and renames 10.
- \`small\`: 20,000 text files, most under 16 KiB, in 400 folders. The edit changes 200, adds 100 and removes 100.
- \`project\`: one text file of 40 MiB. The edit makes 50 small changes all over it.

All files of an edit have new times, so that every tool has to look into them. The raw figures are in
[benchmarks.json](benchmarks.json); where the time goes is told in [performance.md](performance.md).
`;

/** Writes the page and its charts into `folder`; charts that no section draws any more are removed. */
export async function writePage(
  folder: string,
  sections: readonly Section[],
  results: Results,
): Promise<string> {
  const charts = join(folder, 'charts');
  rmSync(charts, { recursive: true, force: true });
  mkdirSync(charts, { recursive: true });
  const parts: string[] = [];
  const shortfalls: string[] = [];
  for (const section of sections) {
    const cases = inOrder(section, results[section.name] ?? {});
    if (cases.length === 0) continue;
    const rows = cases.flatMap(([, { rows }]) => rows);
    shortfalls.push(...(section.shortfalls?.(rows) ?? []));
    parts.push(`## ${section.title}\n`, `${measuredLines(cases)}\n`);
    for (const chart of section.charts(rows)) {
      writeFileSync(join(charts, `${chart.name}.svg`), await renderSvg(chart));
      parts.push(`${image(chart)}\n`);
    }
    parts.push(`${section.render(rows)}\n`);
  }
  const page = [INTRODUCTION, ...shortfallParts(shortfalls), ...parts].join('\n');
  writeFileSync(join(folder, 'benchmarks.md'), page);
  return page;
}

/** What is not as it should be comes first. */
function shortfallParts(shortfalls: readonly string[]): readonly string[] {
  if (shortfalls.length === 0) return [];
  return [
    '## What falls short\n',
    'Asked for, and not reached:\n',
    `${shortfalls.map((line) => `- ${line}`).join('\n')}\n`,
  ];
}

type NamedResult = readonly [name: string, result: CaseResult];

/** Results of the cases that the section still has. */
function inOrder(
  section: Section,
  results: Readonly<Record<string, CaseResult>>,
): readonly NamedResult[] {
  return section.cases.flatMap(({ name }) => {
    const result = results[name];
    return result === undefined ? [] : [[name, result] as const];
  });
}

/** One line where all cases were measured together, else one for each occasion. */
function measuredLines(cases: readonly NamedResult[]): string {
  const occasions = new Map<string, string[]>();
  for (const [name, { measured }] of cases) {
    const text = measuredText(measured);
    occasions.set(text, [...(occasions.get(text) ?? []), name]);
  }
  if (occasions.size === 1) return [...occasions.keys()].join('');
  return [...occasions].map(([text, names]) => `- ${names.join(', ')}: ${text}`).join('\n');
}

function image({ name, description }: Chart): string {
  return `![${description}](charts/${name}.svg)`;
}
