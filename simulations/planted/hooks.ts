/** Module hooks that replace one piece of text: <https://nodejs.org/api/module.html#customization-hooks>. */
import type { InitializeHook, LoadHook } from 'node:module';
import type { PlantedBug } from './planted-bugs.ts';

let bug: PlantedBug | undefined;

export const initialize: InitializeHook<PlantedBug> = (data) => {
  bug = data;
};

export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  if (bug === undefined || !url.endsWith(bug.module)) return loaded;
  const text = Buffer.from(loaded.source as Uint8Array).toString();
  const parts = text.split(bug.find);
  if (parts.length !== 2) {
    throw new Error(`${bug.name}: "${bug.find}" is ${parts.length - 1} times in ${bug.module}`);
  }
  return { ...loaded, source: parts.join(bug.replace) };
};
