/** What the index needs of the store although no commit may lead there: garbage collection must keep it. */
import type { ObjectId } from '../../store/index.ts';
import type { RepositoryLayout } from '../repository/layout.ts';
import { contentId } from './index-entry.ts';
import { loadIndex } from './index-file.ts';

/**
 * Ids of every content in the index and of its base tree, each once. A damaged index is an error: what was staged may
 * only be known to it, so garbage collection has to wait until it is rebuilt.
 * @throws RepoError DITS_REPO_INDEX_CORRUPT
 */
export async function stagedObjects(layout: RepositoryLayout): Promise<ObjectId[]> {
  const index = await loadIndex(layout);
  const ids = new Set<ObjectId>();
  if (index.base !== undefined) ids.add(index.base.tree);
  for (const { content } of index.entries()) {
    const id = contentId(content);
    if (id !== undefined) ids.add(id);
  }
  return [...ids];
}
