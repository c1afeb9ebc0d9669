/** Which objects a receiver of a transfer should have in the end, and how many of them it has. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { openStore, walkReachable, type ObjectId } from '../../store/index.ts';

/** The store of a repository's folder, with a working tree or without. */
function storeFolder(folder: string): string {
  const inner = join(folder, '.dits');
  return existsSync(inner) ? inner : folder;
}

/** Everything that the refs lead to. */
export async function reachable(folder: string): Promise<ObjectId[]> {
  await using store = await openStore(storeFolder(folder));
  const wants = (await store.refs.list()).map(({ target }) => target);
  const found: ObjectId[] = [];
  for await (const batch of walkReachable(store.objects, { wants, haves: [] })) {
    for (const { id } of batch) found.push(id);
  }
  return found;
}

/** How many of these the store has; none when there is no store yet. */
export async function presentCount(folder: string, ids: readonly ObjectId[]): Promise<number> {
  const directory = storeFolder(folder);
  if (!existsSync(join(directory, 'format'))) return 0;
  await using store = await openStore(directory);
  const infos = await store.objects.info(ids);
  return infos.filter((info) => info !== undefined).length;
}
