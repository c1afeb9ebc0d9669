/** Module hooks (node:module, "Customization Hooks"): give the modules of all layers their counters as they are loaded. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { LoadHook } from 'node:module';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../../', import.meta.url));
const COUNTED = /\/dist\/(?:store|repo|protocol|node)\/(?!.*-wasm\.js$)/;
const KEY_DIGITS = 32;
/** Parsing takes longer than all the rest of a start, so that results are kept, by what they were made from. */
const CACHE = `${DIST}fuzz-counted/`;

export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  if (loaded.format !== 'module' || !COUNTED.test(url) || loaded.source == null) return loaded;
  const source = typeof loaded.source === 'string' ? loaded.source : textOf(loaded.source);
  return { ...loaded, source: await countedSource(source) };
};

function textOf(
  source: Exclude<Awaited<ReturnType<LoadHook>>['source'], string | undefined>,
): string {
  return new TextDecoder().decode(source);
}

async function countedSource(source: string): Promise<string> {
  const key = createHash('sha256').update(source).digest('hex').slice(0, KEY_DIGITS);
  const file = `${CACHE}${key}.js`;
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const { insertCounters } = await import('./insert-counters.ts');
  const counted = insertCounters(source);
  mkdirSync(CACHE, { recursive: true });
  const temporary = `${file}.${randomBytes(8).toString('hex')}`;
  writeFileSync(temporary, counted);
  renameSync(temporary, file);
  return counted;
}
