/** What stands where a path's parent folders should be, remembered for the length of one checkout. */
import { mkdirSync } from 'node:fs';
import { folderOf } from '../files/path-order.ts';
import type { WorkingTree } from '../files/working-tree.ts';
import { RepoError, fromSystemError } from '../repo-error.ts';

export type FolderState = 'folder' | 'absent' | 'obstructed';

/**
 * Looks at every component with lstat, because a link among them, received earlier or put there by somebody, would make
 * us write wherever it points.
 */
export class ParentFolders {
  readonly #tree: WorkingTree;
  readonly #states = new Map<string, FolderState>([['', 'folder']]);

  constructor(tree: WorkingTree) {
    this.#tree = tree;
  }

  state(folder: string): FolderState {
    const known = this.#states.get(folder);
    if (known !== undefined) return known;
    const parent = this.state(folderOf(folder));
    const state = parent === 'folder' ? this.#look(folder) : parent;
    this.#states.set(folder, state);
    return state;
  }

  /** The component at which `folder` is obstructed. */
  obstacle(folder: string): string {
    const parent = folderOf(folder);
    return parent !== '' && this.state(parent) === 'obstructed' ? this.obstacle(parent) : folder;
  }

  /** Makes a folder and its parents. @throws RepoError DITS_REPO_LOCAL_CHANGES when something is in the way */
  make(folder: string): void {
    const state = this.state(folder);
    if (state === 'folder') return;
    if (state === 'obstructed') {
      const path = this.obstacle(folder);
      throw new RepoError('DITS_REPO_LOCAL_CHANGES', `${path} is in the way: it is not a folder`, {
        path,
        hint: 'move it away, then run the command again',
      });
    }
    this.make(folderOf(folder));
    try {
      mkdirSync(this.#tree.absolute(folder));
    } catch (error) {
      throw fromSystemError(error, 'make the folder', folder);
    }
    this.#states.set(folder, 'folder');
  }

  #look(folder: string): FolderState {
    const stats = this.#tree.stat(folder);
    if (stats === undefined) return 'absent';
    return stats.isDirectory() ? 'folder' : 'obstructed';
  }
}
