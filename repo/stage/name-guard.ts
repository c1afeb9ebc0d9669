/** Refuses new names that some disk would take for an existing one (docs/store-format.md, "Names and paths"). */
import { foldName } from '../../store/index.ts';
import { assertSafePath } from '../files/working-tree.ts';
import { RepoError } from '../repo-error.ts';

/** Knows the names of files and folders that are tracked, in the form in which disks compare them. */
export class NameGuard {
  readonly #byKey = new Map<string, string>();
  readonly #folders = new Set<string>(['']);

  constructor(paths: Iterable<string>) {
    for (const path of paths) this.#addAll(path, () => undefined);
  }

  /**
   * Admits a new path, its folders included.
   * @throws RepoError DITS_REPO_UNSAFE_PATH, DITS_REPO_NAME_TWIN
   */
  admit(path: string): void {
    assertSafePath(path);
    this.#addAll(path, (existing, added) => {
      throw nameTwin(added, existing);
    });
  }

  #addAll(path: string, onTwin: (existing: string, added: string) => void): void {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (!this.#folders.has(folder)) {
      this.#addAll(folder, onTwin);
      this.#folders.add(folder);
    }
    const key = foldName(path);
    const existing = this.#byKey.get(key);
    if (existing !== undefined && existing !== path) onTwin(existing, path);
    this.#byKey.set(key, path);
  }
}

/** Two names of which only one can be kept. */
export function nameTwin(added: string, existing: string): RepoError {
  return new RepoError(
    'DITS_REPO_NAME_TWIN',
    `${added} and ${existing} differ only in case or Unicode form; many disks take them for one`,
    { path: added, paths: [added, existing], hint: 'rename one of them' },
  );
}
