/**
 * A disk that lost its power: what of a trace is certainly on it, and what may or may not be.
 *
 * Data of a file is certain after an fsync or fdatasync of it. For names there are two models. A disk is *free* when
 * each change of a name is certain after an fsync of its folder only, and before that may have arrived or not, whatever
 * others did (POSIX promises no more). It is *journalled* when changes of names arrive in the order in which they were
 * made, and a sync of a file or folder takes along every change of a name up to the last that concerns it (ext4, XFS).
 * A change of a single name, and a rename, is there as a whole or not at all in both.
 */
import type { TraceEvent } from '../support/syscalls/read-trace.ts';
import type { DiskImage } from './disk-image.ts';
import { FileTree, ROOT_INODE, type Change, type Inode, type NameEdit } from './file-tree.ts';

export type NamesModel = 'free' | 'journalled';

/** What a sync made certain, and the changes after it in their order. */
export class UnsyncedView {
  readonly model: NamesModel;
  readonly certain: FileTree;
  pending: readonly Change[] = [];

  constructor(model: NamesModel, start: FileTree) {
    this.model = model;
    this.certain = start.copy();
  }

  add(change: Change): void {
    this.pending = [...this.pending, change];
  }

  sync(inode: number): void {
    const last = this.pending.findLastIndex(
      (change) => change.kind === 'names' && concerns(change.edits, inode),
    );
    this.#settle((change, index) => {
      if (change.kind !== 'names') return change.inode === inode;
      if (this.model === 'journalled') return index <= last;
      return change.edits.every(({ folder }) => folder === inode);
    });
  }

  /** Applies what is now certain, in its order. */
  #settle(isCertain: (change: Change, index: number) => boolean): void {
    const left: Change[] = [];
    this.pending.forEach((change, index) => {
      if (isCertain(change, index)) this.certain.apply(change);
      else left.push(change);
    });
    this.pending = left;
  }
}

function concerns(edits: readonly NameEdit[], inode: number): boolean {
  return edits.some(({ folder, inode: named }) => folder === inode || named === inode);
}

const OPEN_TRUNCATE = 0o1000;
const WRITABLE_BY_OTHERS = 0o022;

/** One disk: a folder of the trace. Events elsewhere are none of its business. */
export class DiskModel {
  /** What the running system sees. */
  readonly now: FileTree;
  readonly views: readonly UnsyncedView[];
  readonly #folder: string;
  readonly #handles = new Map<number, number>();
  #inodes = ROOT_INODE;

  /** @param folder absolute path of what the image is of */
  constructor(folder: string, start: DiskImage) {
    this.#folder = folder;
    this.now = this.#load(start);
    this.views = (['free', 'journalled'] as const).map(
      (model) => new UnsyncedView(model, this.now),
    );
  }

  /** Takes in the next event. The change it made, when it made one that a power failure could undo. */
  take(event: TraceEvent): Change | undefined {
    const { operation, handle } = event;
    if (operation === 'open' || operation === 'create') return this.#open(event);
    if (operation === 'fsync' || operation === 'fdatasync') {
      const inode = this.#handles.get(handle);
      if (inode !== undefined) for (const view of this.views) view.sync(inode);
      return undefined;
    }
    const change = this.#dataChange(event) ?? this.#nameChange(event);
    if (change !== undefined) this.#make(change);
    else if (operation === 'attributes') this.#setMode(event);
    return change;
  }

  #load(start: DiskImage): FileTree {
    const tree = new FileTree([[ROOT_INODE, { kind: 'folder', mode: 0o755, entries: new Map() }]]);
    for (const [path, entry] of start) {
      this.#inodes += 1;
      tree.set(this.#inodes, entry.kind === 'folder' ? { ...entry, entries: new Map() } : entry);
      const [folder, name] = splitPath(path);
      const edits = [{ folder: tree.find(folder)!, name, inode: this.#inodes }];
      tree.apply({ kind: 'names', edits });
    }
    return tree;
  }

  /** Path below the folder, undefined when it is outside. */
  #below(path: string): string | undefined {
    return path.startsWith(`${this.#folder}/`) ? path.slice(this.#folder.length + 1) : undefined;
  }

  #make(change: Change): void {
    this.now.apply(change);
    for (const view of this.views) view.add(change);
  }

  #newInode(inode: Inode): number {
    this.#inodes += 1;
    for (const tree of [this.now, ...this.views.map(({ certain }) => certain)]) {
      tree.set(this.#inodes, inode);
    }
    return this.#inodes;
  }

  #open({ operation, path, handle, flags, value }: TraceEvent): Change | undefined {
    const below = path === this.#folder ? '' : this.#below(path);
    if (below === undefined) return undefined;
    let inode = this.now.find(below);
    let change: Change | undefined;
    if (inode === undefined) {
      if (operation === 'open') throw new Error(`${path} was opened, and is not there`);
      const mode = value & ~WRITABLE_BY_OTHERS;
      inode = this.#newInode({ kind: 'file', mode, content: Buffer.alloc(0) });
      change = { kind: 'names', edits: [this.#edit(below, inode)] };
    } else if ((flags & OPEN_TRUNCATE) !== 0 && this.now.content(inode).length > 0) {
      change = { kind: 'size', inode, size: 0 };
    }
    this.#handles.set(handle, inode);
    if (change !== undefined) this.#make(change);
    return change;
  }

  #edit(below: string, inode: number | undefined): NameEdit {
    const [folderPath, name] = splitPath(below);
    const folder = this.now.find(folderPath);
    if (folder === undefined) throw new Error(`no folder for ${below}`);
    return { folder, name, inode };
  }

  #dataChange({ operation, path, handle, value, data }: TraceEvent): Change | undefined {
    if (operation !== 'write' && operation !== 'truncate') return undefined;
    const below = this.#below(path);
    if (below === undefined) return undefined;
    const inode = handle === 0 ? this.now.find(below) : this.#handles.get(handle);
    if (inode === undefined) throw new Error(`${path} was changed, and is not open`);
    return operation === 'write'
      ? { kind: 'data', inode, offset: value, data }
      : { kind: 'size', inode, size: value };
  }

  #nameChange({ operation, path, secondPath, value, data }: TraceEvent): Change | undefined {
    const below = this.#below(path);
    if (below === undefined) return undefined;
    switch (operation) {
      case 'unlink':
      case 'rmdir':
        return { kind: 'names', edits: [this.#edit(below, undefined)] };
      case 'mkdir': {
        const mode = value & ~WRITABLE_BY_OTHERS;
        const inode = this.#newInode({ kind: 'folder', mode, entries: new Map() });
        return { kind: 'names', edits: [this.#edit(below, inode)] };
      }
      case 'symlink': {
        const inode = this.#newInode({ kind: 'link', target: data.toString() });
        return { kind: 'names', edits: [this.#edit(below, inode)] };
      }
      case 'rename':
      case 'link': {
        const inode = this.now.find(below);
        const to = this.#below(secondPath);
        if (inode === undefined || to === undefined) throw new Error(`${path} went elsewhere`);
        const removal = operation === 'rename' ? [this.#edit(below, undefined)] : [];
        return { kind: 'names', edits: [...removal, this.#edit(to, inode)] };
      }
      default:
        return undefined;
    }
  }

  /** Modes are taken to be certain at once: nothing that is promised hangs on them. */
  #setMode({ path, handle, value }: TraceEvent): void {
    const below = this.#below(path);
    if (below === undefined) return;
    const inode = handle === 0 ? this.now.find(below) : this.#handles.get(handle);
    if (inode === undefined) return;
    for (const tree of [this.now, ...this.views.map(({ certain }) => certain)]) {
      const found = tree.get(inode);
      if (found.kind !== 'link') tree.set(inode, { ...found, mode: value });
    }
  }
}

function splitPath(path: string): [folder: string, name: string] {
  const slash = path.lastIndexOf('/');
  return [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)];
}
