/** One walk over the working tree: what of it is tracked, what is not, what is left out. */
import { IGNORE_FILE, IgnoreRules, readIgnoreRules } from '../ignore/ignore-rules.ts';
import type { FileLister, FolderItem } from '../files/working-tree.ts';
import { nameOf } from '../files/path-order.ts';
import { DITS_FOLDER } from '../repository/layout.ts';
import type { IndexEntry } from '../worktree-index/index-entry.ts';

/** How untracked folders are reported: as one item, file by file, or not at all. */
export type UntrackedMode = 'collapsed' | 'all' | 'none';

export type ScanVisitor = {
  /** A file, link or special file whose path is in the index. */
  tracked(item: FolderItem): void;
  /** A path that is neither in the index nor ignored; a folder only when collapsed. */
  untracked(item: FolderItem): void;
  /** Something that is never stored: a device, socket or pipe, or another repository's working tree. */
  unsupported(item: FolderItem): void;
};

export type ScanOptions = {
  readonly files: FileLister;
  readonly tracked: {
    get(path: string): IndexEntry | undefined;
    hasFolder(folder: string): boolean;
  };
  readonly untracked: UntrackedMode;
  /** Ignored files count as untracked. */
  readonly includeIgnored?: boolean | undefined;
  /** Rules of one folder given its parent's; from disk unless handed in. */
  readonly rulesOf: (folder: string, parent: IgnoreRules) => IgnoreRules;
  readonly signal?: AbortSignal | undefined;
};

type Folder = { readonly item: Pick<FolderItem, 'path' | 'diskPath'>; readonly rules: IgnoreRules };

/** Rules read from the `.ditsignore` files below `root`. */
export function rulesOnDisk(root: string): ScanOptions['rulesOf'] {
  return (folder, parent) => readIgnoreRules(root, folder, parent);
}

/** Walks a folder (the root: path '') and everything below it. */
export function scan(
  start: Pick<FolderItem, 'path' | 'diskPath'>,
  options: ScanOptions,
  visitor: ScanVisitor,
): void {
  const walk = new Walk(options, visitor);
  walk.run(start);
}

/** The rules that apply inside `folder`, collected from the root down. */
export function rulesWithin(folder: string, rulesOf: ScanOptions['rulesOf']): IgnoreRules {
  let rules = rulesOf('', IgnoreRules.none);
  if (folder === '') return rules;
  for (let slash = folder.indexOf('/'); ; slash = folder.indexOf('/', slash + 1)) {
    const parent = slash < 0 ? folder : folder.slice(0, slash);
    rules = rulesOf(parent, rules);
    if (slash < 0) return rules;
  }
}

class Walk {
  readonly #options: ScanOptions;
  readonly #visitor: ScanVisitor;
  readonly #pending: Folder[] = [];

  constructor(options: ScanOptions, visitor: ScanVisitor) {
    this.#options = options;
    this.#visitor = visitor;
  }

  run(start: Pick<FolderItem, 'path' | 'diskPath'>): void {
    const rules = rulesWithin(start.path, this.#options.rulesOf);
    // Rules of `start` itself are read when it is listed; reading them twice does not change what they say.
    this.#pending.push({ item: start, rules });
    for (let folder = this.#pending.pop(); folder !== undefined; folder = this.#pending.pop()) {
      this.#options.signal?.throwIfAborted();
      this.#visitFolder(folder, folder.item === start);
    }
  }

  #visitFolder(folder: Folder, isStart: boolean): void {
    const items = this.#options.files.list(folder.item);
    const rules = isStart ? folder.rules : this.#rulesFor(folder, items);
    for (const item of items) {
      if (nameOf(item.diskPath) === DITS_FOLDER) continue;
      if (item.type === 'folder') this.#visitSubfolder(item, rules);
      else this.#visitFile(item, rules);
    }
  }

  #rulesFor(folder: Folder, items: readonly FolderItem[]): IgnoreRules {
    const hasRules = items.some((item) => nameOf(item.diskPath) === IGNORE_FILE);
    return hasRules ? this.#options.rulesOf(folder.item.path, folder.rules) : folder.rules;
  }

  #visitFile(item: FolderItem, rules: IgnoreRules): void {
    if (this.#options.tracked.get(item.path) !== undefined) {
      this.#visitor.tracked(item);
      return;
    }
    if (this.#options.untracked === 'none' || this.#isIgnored(item, rules)) return;
    if (item.type === 'special') this.#visitor.unsupported(item);
    else this.#visitor.untracked(item);
  }

  #visitSubfolder(item: FolderItem, rules: IgnoreRules): void {
    const { tracked, untracked, files } = this.#options;
    if (tracked.hasFolder(item.path)) {
      this.#pending.push({ item, rules });
      return;
    }
    if (untracked === 'none' || this.#isIgnored(item, rules)) return;
    if (files.stat(`${item.diskPath}/${DITS_FOLDER}`)?.isDirectory() === true) {
      this.#visitor.unsupported(item);
    } else if (untracked === 'all') {
      this.#pending.push({ item, rules });
    } else if (this.#hasFile({ item, rules })) {
      this.#visitor.untracked(item);
    }
  }

  /** Whether anything below an untracked folder would be reported; empty folders are not kept, so they are not shown. */
  #hasFile(start: Folder): boolean {
    const pending = [start];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      this.#options.signal?.throwIfAborted();
      const items = this.#options.files.list(folder.item);
      const rules = this.#rulesFor(folder, items);
      for (const item of items) {
        if (nameOf(item.diskPath) === DITS_FOLDER || this.#isIgnored(item, rules)) continue;
        if (item.type === 'file' || item.type === 'symlink') return true;
        if (item.type === 'folder') pending.push({ item, rules });
      }
    }
    return false;
  }

  #isIgnored(item: FolderItem, rules: IgnoreRules): boolean {
    if (this.#options.includeIgnored === true) return false;
    return rules.isIgnored(item.path, item.type === 'folder' ? 'folder' : 'file');
  }
}
