/**
 * Which untracked files are left alone: `.ditsignore` files at every level, in the syntax of gitignore(5). A folder's
 * rules are its parents' rules followed by its own; the last matching one wins, also when it takes back a rule of a parent
 * folder.
 */
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { folderOf, joinPath } from '../files/path-order.ts';
import { RepoError, fromSystemError } from '../repo-error.ts';
import { parseIgnorePattern, type IgnorePattern } from './ignore-pattern.ts';

export const IGNORE_FILE = '.ditsignore';

/** A rule file larger than this is a mistake, and matching against it would take minutes. */
const IGNORE_FILE_MAX_BYTES: number = 1024 * 1024;

/** The rules of one file. */
type RuleSet = {
  /** Names of the folders that lead to it. */
  readonly folder: readonly string[];
  readonly patterns: readonly IgnorePattern[];
};

/** The rules in force in one folder. Immutable; child folders extend it. */
export class IgnoreRules {
  static readonly none: IgnoreRules = new IgnoreRules([]);

  /** From the root down. */
  readonly #sets: readonly RuleSet[];
  /** Folders that were judged: each is asked about once for every path in it. */
  readonly #folders = new Map<string, boolean>();

  private constructor(sets: readonly RuleSet[]) {
    this.#sets = sets;
  }

  /** Whether an untracked path is ignored. Its parent folders are taken into account. */
  isIgnored(file: string, type: 'file' | 'folder'): boolean {
    if (this.#sets.length === 0) return false;
    const folder = folderOf(file);
    return (folder !== '' && this.#isFolderIgnored(folder)) || this.#decide(file, type);
  }

  /** These rules with those of a rule file's text in `folder` after them. */
  extend(folder: string, text: string): IgnoreRules {
    const patterns = text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .map(parseIgnorePattern)
      .filter((pattern) => pattern !== undefined);
    if (patterns.length === 0) return this;
    return new IgnoreRules([...this.#sets, { folder: namesOf(folder), patterns }]);
  }

  #isFolderIgnored(folder: string): boolean {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const isIgnored = this.isIgnored(folder, 'folder');
    this.#folders.set(folder, isIgnored);
    return isIgnored;
  }

  /** The last rule that matches decides, those of the deepest folder first. */
  #decide(file: string, type: 'file' | 'folder'): boolean {
    const names = namesOf(file);
    for (const { folder, patterns } of this.#sets.toReversed()) {
      if (names.length <= folder.length) continue;
      if (folder.some((name, at) => name !== names[at])) continue;
      const below = names.slice(folder.length);
      const last = patterns.findLast((pattern) => pattern.matches(below, type));
      if (last !== undefined) return !last.isNegated;
    }
    return false;
  }
}

function namesOf(path: string): string[] {
  return path === '' ? [] : path.split('/');
}

/** The rules of `folder`, given its parent's. Reads the rule file if there is one and it is a plain file. */
export function readIgnoreRules(root: string, folder: string, parent: IgnoreRules): IgnoreRules {
  const name = joinPath(folder, IGNORE_FILE);
  const file = path.join(root, name);
  try {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    // A link could make a stranger's repository read any file of this machine.
    if (stats?.isFile() !== true) return parent;
    if (stats.size > IGNORE_FILE_MAX_BYTES) {
      throw new RepoError(
        'DITS_REPO_IO',
        `${name} has ${stats.size} bytes; rule files may have ${IGNORE_FILE_MAX_BYTES}`,
        { path: name, hint: 'ignore whole folders instead of listing their files' },
      );
    }
    return parent.extend(folder, readFileSync(file, 'utf8'));
  } catch (error) {
    throw fromSystemError(error, 'read', name);
  }
}
