/** From what a user types to a path of the repository: the boundary at which paths from outside are judged. */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { normalizeName, systemErrorCode } from '../../store/index.ts';
import { RepoError } from '../repo-error.ts';
import type { WorkingTree } from './working-tree.ts';

/**
 * The repository path ('' is the root) of a path given relative to `cwd`. It need not exist.
 * @throws RepoError DITS_REPO_PATH_OUTSIDE when it is outside, or beyond a symbolic link
 */
export function toRepositoryPath(tree: WorkingTree, cwd: string, given: string): string {
  const absolute = path.resolve(cwd, given);
  const relative = within(tree.root, absolute) ?? within(tree.root, realParent(absolute));
  if (relative === undefined) {
    throw new RepoError('DITS_REPO_PATH_OUTSIDE', `${given} is outside the repository`, {
      path: given,
      hint: `the repository is ${tree.root}`,
    });
  }
  const found = relative.split(path.sep).map(normalizeName).join('/');
  const link = tree.linkedParent(found);
  if (link !== undefined && tree.stat(link)?.isSymbolicLink() === true) {
    throw new RepoError('DITS_REPO_PATH_OUTSIDE', `${given} is beyond the symbolic link ${link}`, {
      path: given,
      hint: 'name the file where it really is',
    });
  }
  return found;
}

/** All of them, without those that another one already covers. */
export function toRepositoryPaths(
  tree: WorkingTree,
  cwd: string,
  given: readonly string[],
): string[] {
  const all = [...new Set(given.map((one) => toRepositoryPath(tree, cwd, one)))].sort();
  if (all.includes('')) return [''];
  const kept: string[] = [];
  for (const one of all) {
    if (!kept.some((folder) => one.startsWith(`${folder}/`))) kept.push(one);
  }
  return kept;
}

function within(root: string, absolute: string): string | undefined {
  const relative = path.relative(root, absolute);
  if (relative === '') return '';
  const isOutside =
    relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
  return isOutside ? undefined : relative;
}

/** The path with its folder's links resolved: the user may have come here through one. */
function realParent(absolute: string): string {
  let folder = path.dirname(absolute);
  let rest = path.basename(absolute);
  while (folder !== path.dirname(folder)) {
    try {
      return path.join(realpathSync(folder), rest);
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      rest = path.join(path.basename(folder), rest);
      folder = path.dirname(folder);
    }
  }
  return absolute;
}
