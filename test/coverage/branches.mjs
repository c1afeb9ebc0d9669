/**
 * The branches of the sources, as Istanbul counts them: both sides of each `if` and `?:`, each operand of `&&`, `||` and
 * `??`, each `case`, each default of a parameter. V8 alone counts blocks, and says nothing of a side that has none.
 */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import { convert } from 'ast-v8-to-istanbul';

const WHICH_SIDE = { if: ['then', 'else'], 'cond-expr': ['then', 'else'] };

/**
 * One entry for each branch: `{ file, line, side, text, isTaken }`. The file is seen from `root`, the line is where the
 * side begins, or where its statement does for an `else` that is not written.
 */
export async function branchesOf(modules, root) {
  const branches = [];
  for (const coverage of modules) {
    for (const file of Object.values(await convertModule(coverage))) {
      const lines = (await readFile(file.path, 'utf8')).split('\n');
      for (const branch of branchesOfFile(file)) {
        const text = lines[branch.line - 1].trim();
        branches.push({ file: relative(root, file.path), text, ...branch });
      }
    }
  }
  return branches;
}

/** Istanbul's data by source file: the compiler's source map leads from what ran to what was written. */
async function convertModule(coverage) {
  const path = fileURLToPath(coverage.url);
  const code = await readFile(path, 'utf8');
  const sourceMap = JSON.parse(await readFile(`${path}.map`, 'utf8'));
  sourceMap.sources = sourceMap.sources.map((source) => new URL(source, coverage.url).href);
  const ast = parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
  return convert({ ast, code, sourceMap, coverage, wrapperLength: 0 });
}

function branchesOfFile({ branchMap, b: counts }) {
  return Object.entries(branchMap).flatMap(([key, { type, loc, locations }]) =>
    counts[key].map((count, at) => ({
      line: locations[at]?.start?.line ?? loc.start.line,
      side: WHICH_SIDE[type]?.[at] ?? `${type} ${at + 1}`,
      isTaken: count > 0,
    })),
  );
}
