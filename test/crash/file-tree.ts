/**
 * A file system in memory as crash states need it: inodes, and changes that can be applied in full, in part or not at
 * all, in any state. Inodes are never changed in place, so that a copy of a tree costs a copy of one map.
 */
import type { DiskImage, ImageEntry } from './disk-image.ts';

export type Inode =
  | {
      readonly kind: 'folder';
      readonly mode: number;
      readonly entries: ReadonlyMap<string, number>;
    }
  | { readonly kind: 'file'; readonly mode: number; readonly content: Buffer }
  | { readonly kind: 'link'; readonly target: string };

/** A name in a folder, and the inode that it names after the change; none: the name is removed. */
export type NameEdit = {
  readonly folder: number;
  readonly name: string;
  readonly inode: number | undefined;
};

/** What one system call does to a disk. */
export type Change =
  | {
      readonly kind: 'data';
      readonly inode: number;
      readonly offset: number;
      readonly data: Buffer;
    }
  | { readonly kind: 'size'; readonly inode: number; readonly size: number }
  /** All edits happen together: a rename is never half done. */
  | { readonly kind: 'names'; readonly edits: readonly NameEdit[] };

export const ROOT_INODE = 1;

export class FileTree {
  readonly #inodes: Map<number, Inode>;

  constructor(inodes: Iterable<readonly [number, Inode]> = []) {
    this.#inodes = new Map(inodes);
  }

  copy(): FileTree {
    return new FileTree(this.#inodes);
  }

  get(inode: number): Inode {
    const found = this.#inodes.get(inode);
    if (found === undefined) throw new Error(`no inode ${inode}`);
    return found;
  }

  /** An inode that no name leads to yet, or one with another mode. */
  set(inode: number, value: Inode): void {
    this.#inodes.set(inode, value);
  }

  content(inode: number): Buffer {
    const found = this.get(inode);
    if (found.kind !== 'file') throw new Error(`inode ${inode} is no file`);
    return found.content;
  }

  setContent(inode: number, content: Buffer): void {
    const found = this.get(inode);
    if (found.kind !== 'file') throw new Error(`inode ${inode} is no file`);
    this.#inodes.set(inode, { ...found, content });
  }

  /** The inode at the end of a path below the root, undefined when there is none. */
  find(path: string): number | undefined {
    let at = ROOT_INODE;
    for (const name of path.split('/').filter((part) => part !== '')) {
      const folder = this.get(at);
      const next = folder.kind === 'folder' ? folder.entries.get(name) : undefined;
      if (next === undefined) return undefined;
      at = next;
    }
    return at;
  }

  apply(change: Change): void {
    if (change.kind === 'names') {
      for (const edit of change.edits) this.#edit(edit);
      return;
    }
    const content = this.content(change.inode);
    if (change.kind === 'size') this.setContent(change.inode, resized(content, change.size));
    else this.setContent(change.inode, overwritten(content, change.offset, change.data));
  }

  #edit({ folder, name, inode }: NameEdit): void {
    const found = this.get(folder);
    if (found.kind !== 'folder') throw new Error(`inode ${folder} is no folder`);
    const entries = new Map(found.entries);
    if (inode === undefined) entries.delete(name);
    else entries.set(name, inode);
    this.#inodes.set(folder, { ...found, entries });
  }

  /** Everything that names lead to. */
  image(): DiskImage {
    const image = new Map<string, ImageEntry>();
    const visit = (inode: number, path: string): void => {
      const found = this.get(inode);
      if (found.kind !== 'folder') {
        image.set(path, found);
        return;
      }
      if (path !== '') image.set(path, { kind: 'folder', mode: found.mode });
      for (const name of [...found.entries.keys()].sort()) {
        visit(found.entries.get(name)!, path === '' ? name : `${path}/${name}`);
      }
    };
    visit(ROOT_INODE, '');
    return image;
  }
}

function resized(content: Buffer, size: number): Buffer {
  if (size <= content.length) return content.subarray(0, size);
  return Buffer.concat([content, Buffer.alloc(size - content.length)]);
}

function overwritten(content: Buffer, offset: number, data: Buffer): Buffer {
  const out = Buffer.alloc(Math.max(content.length, offset + data.length));
  content.copy(out);
  data.copy(out, offset);
  return out;
}
