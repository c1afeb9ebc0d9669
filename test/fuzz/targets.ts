/** Every target by its name; loaded one at a time, so that a run counts the branches of what it is about. */
import type { FuzzTarget } from './target.ts';

const LOADERS: Readonly<Record<string, () => Promise<FuzzTarget>>> = {
  frames: async () => (await import('./targets/frames.ts')).framesTarget,
  messages: async () => (await import('./targets/messages.ts')).messagesTarget,
  objects: async () => (await import('./targets/objects.ts')).objectsTarget,
  segments: async () => (await import('./targets/segments.ts')).segmentsTarget,
  'index-entries': async () => (await import('./targets/index-entries.ts')).indexEntriesTarget,
  'working-index': async () => (await import('./targets/working-index.ts')).workingIndexTarget,
  refs: async () => (await import('./targets/refs.ts')).refsTarget,
  names: async () => (await import('./targets/names.ts')).namesTarget,
  settings: async () => (await import('./targets/settings.ts')).settingsTarget,
  'home-files': async () => (await import('./targets/home-files.ts')).homeFilesTarget,
  'local-files': async () => (await import('./targets/local-files.ts')).localFilesTarget,
  addresses: async () => (await import('./targets/addresses.ts')).addressesTarget,
  'ignore-rules': async () => (await import('./targets/ignore-rules.ts')).ignoreRulesTarget,
  compression: async () => (await import('./targets/compression.ts')).compressionTarget,
  'set-sketches': async () => (await import('./targets/set-sketches.ts')).setSketchesTarget,
  'link-records': async () => (await import('./targets/link-records.ts')).linkRecordsTarget,
  neighbours: async () => (await import('./targets/neighbours.ts')).neighboursTarget,
};

export const TARGET_NAMES: readonly string[] = Object.keys(LOADERS);

export async function loadTarget(name: string): Promise<FuzzTarget> {
  const load = LOADERS[name];
  if (load === undefined) {
    throw new Error(`there is no target called ${name}; there are ${TARGET_NAMES.join(', ')}`);
  }
  return await load();
}
