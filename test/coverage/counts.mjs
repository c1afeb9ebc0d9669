/** What V8 counted in many processes, made one: how often each block of each compiled module ran. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mergeProcessCovs } from '@bcoe/v8-coverage';

/** So that the counts of hundreds of processes are never in memory all at once. */
const MERGED_AT_ONCE = 16;

/**
 * One entry for each compiled module below `folders`, also for those that no process has loaded. Generated code is left
 * out: what it does is tested through the modules that call it.
 */
export async function countsOf(countsFolder, folders) {
  const modules = await unloadedModules(folders);
  let merged = { result: modules };
  const lengths = new Map(modules.map(({ url, functions }) => [url, lengthOf(functions)]));
  const names = await readdir(countsFolder);
  for (let at = 0; at < names.length; at += MERGED_AT_ONCE) {
    const group = names.slice(at, at + MERGED_AT_ONCE);
    const counts = await Promise.all(group.map((name) => readCounts(countsFolder, name, lengths)));
    merged = mergeProcessCovs([merged, ...counts]);
  }
  return merged.result;
}

/**
 * Counts of a module that was altered when it was loaded are left out: simulations run with planted bugs, and places in
 * other text would be merged with these.
 */
async function readCounts(countsFolder, name, lengths) {
  const { result } = JSON.parse(await readFile(join(countsFolder, name), 'utf8'));
  return {
    result: result.filter(({ url, functions }) => lengths.get(url) === lengthOf(functions)),
  };
}

/** Where the module itself, the function around all others, ends. */
function lengthOf(functions) {
  return Math.max(...functions.map(({ ranges }) => ranges[0].endOffset));
}

/** Every module as if it had been found and never run. */
async function unloadedModules(folders) {
  const modules = [];
  for (const folder of folders) {
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.endsWith('.js') || name.split(/[\\/]/).includes('gen')) continue;
      const path = join(folder, name);
      const endOffset = (await readFile(path, 'utf8')).length;
      const ranges = [{ startOffset: 0, endOffset, count: 0 }];
      const functions = [{ functionName: '', isBlockCoverage: true, ranges }];
      modules.push({ scriptId: path, url: pathToFileURL(path).href, functions });
    }
  }
  return modules;
}
