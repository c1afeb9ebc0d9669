/** What stands where a path's parent folders should be, remembered while a checkout is planned. */
import { folderOf } from '../files/path-order.ts';
import type { WorkingTree } from '../files/working-tree.ts';

export type FolderState = 'folder' | 'absent' | 'obstructed';

/**
 * Looks at every component with lstat, because a link among them, received earlier or put there by somebody, leads elsewhere.
 * What is done then goes through `HeldFolders`, whatever has become of the folders.
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

  #look(folder: string): FolderState {
    const stats = this.#tree.stat(folder);
    if (stats === undefined) return 'absent';
    return stats.isDirectory() ? 'folder' : 'obstructed';
  }
}
