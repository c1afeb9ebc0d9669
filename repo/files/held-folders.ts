/**
 * Folders of the working tree that are held open while something is done in them, so that nobody leads the deed elsewhere: a
 * folder that is exchanged for a link between a look and the deed would make a checkout write, or remove, wherever the
 * link points. Every component is opened below the one before and must be a folder itself, as with openat(2) and O_NOFOLLOW.
 * Node has no such calls; on Linux a path below /proc/self/fd means the same. Where that is missing, each component is looked
 * at right before the deed, which leaves a moment.
 */
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync } from 'node:fs';
import { systemErrorCode } from '../../store/index.ts';
import { RepoError, fromSystemError } from '../repo-error.ts';
import { folderOf, nameOf } from './path-order.ts';
import type { WorkingTree } from './working-tree.ts';

/** open(2): a descriptor that is good for nothing but paths below it; needs no permission to read the folder. */
const O_PATH = 0x20_0000;
const DESCRIPTORS = '/proc/self/fd';
/** What stands there is no folder: a link to one, or something else. */
const OBSTRUCTED = new Set(['ELOOP', 'ENOTDIR']);

type HeldFolder = { readonly name: string; readonly descriptor: number };

/** Holds one folder at a time, and those that lead to it. Paths are as they are on disk, below the root. */
export class HeldFolders {
  readonly tree: WorkingTree;
  readonly #canHold: boolean;
  /** From the root down. */
  #held: HeldFolder[] = [];
  /** The folder that the last one is. */
  #path = '';

  constructor(tree: WorkingTree) {
    this.tree = tree;
    this.#canHold = process.platform === 'linux' && existsSync(DESCRIPTORS);
  }

  /**
   * An absolute path to what `path` names, or would name, in its folder. Good until the next call.
   * @throws RepoError DITS_REPO_LOCAL_CHANGES when something on the way is no folder; the system's error otherwise
   */
  inside(path: string): string {
    return `${this.open(folderOf(path))}/${nameOf(path)}`;
  }

  /** The same, undefined when the folder is not there or something on the way is no folder. */
  find(path: string): string | undefined {
    try {
      return this.inside(path);
    } catch (error) {
      const isObstructed = error instanceof RepoError && error.code === 'DITS_REPO_LOCAL_CHANGES';
      if (isObstructed || systemErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** An absolute path to a folder. Good until the next call. @throws as `inside` */
  open(folder: string): string {
    if (!this.#canHold) {
      const link = this.tree.linkedParent(`${folder}/`);
      if (link !== undefined) throw obstructed(link);
      const path = this.tree.absolute(folder);
      accessSync(path);
      return path;
    }
    if (this.#held.length === 0 || folder !== this.#path) this.#descend(folder);
    return `${DESCRIPTORS}/${this.#held.at(-1)!.descriptor}`;
  }

  /** Makes a folder and its parents, those that are not there. @throws as `inside` */
  make(folder: string): void {
    if (this.#isThere(folder)) return;
    this.make(folderOf(folder));
    try {
      mkdirSync(this.inside(folder));
    } catch (error) {
      // Somebody was faster; whether it is a folder shows when it is used.
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    }
  }

  #isThere(folder: string): boolean {
    try {
      this.open(folder);
      return true;
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw error;
      return false;
    }
  }

  /** Lets go of all folders. What is asked for next is opened anew. */
  release(): void {
    this.#keep(0);
  }

  #descend(folder: string): void {
    const names = folder === '' ? [] : folder.split('/');
    const below = this.#held.slice(1);
    const shared = below.findIndex(({ name }, at) => name !== names[at]);
    this.#keep(1 + (shared === -1 ? Math.min(below.length, names.length) : shared));
    if (this.#held.length === 0) this.#hold('', this.tree.root);
    for (const name of names.slice(this.#held.length - 1)) {
      this.#hold(name, `${DESCRIPTORS}/${this.#held.at(-1)!.descriptor}/${name}`);
    }
  }

  #hold(name: string, path: string): void {
    // The root itself may be reached through a link: that is where the user wants to be.
    const follow = name === '' ? 0 : constants.O_NOFOLLOW;
    const reached = name === '' ? '' : this.#path === '' ? name : `${this.#path}/${name}`;
    try {
      const descriptor = openSync(path, O_PATH | constants.O_DIRECTORY | follow);
      this.#held.push({ name, descriptor });
      this.#path = reached;
    } catch (error) {
      const code = systemErrorCode(error) ?? '';
      if (OBSTRUCTED.has(code)) throw obstructed(reached);
      // The path that the system was given means nothing to anybody.
      throw code === 'ENOENT' ? error : fromSystemError(error, 'open', this.tree.absolute(reached));
    }
  }

  /** Closes all but the first folders. */
  #keep(count: number): void {
    const dropped = this.#held.slice(count);
    this.#held = this.#held.slice(0, count);
    this.#path = this.#held
      .slice(1)
      .map(({ name }) => name)
      .join('/');
    for (const { descriptor } of dropped.reverse()) closeSync(descriptor);
  }
}

function obstructed(path: string): RepoError {
  return new RepoError('DITS_REPO_LOCAL_CHANGES', `${path} is in the way: it is not a folder`, {
    path,
    hint: 'move it away, then run the command again',
  });
}
