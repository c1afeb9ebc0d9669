/**
 * Which repositories a node serves, and where they are: folders that were named at the start, and bare repositories in
 * the data folder of a relay. Nothing outside these folders is ever opened or made.
 */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { STORE_DIRECTORY_NAME, createStore, foldName } from '../../store/index.ts';
import { isErrno } from '../errno.ts';
import { NodeError } from '../node-error.ts';
import { repositoryNameProblem } from '../repository-name.ts';

/** Bare repositories that a relay keeps: a peer must not be able to fill the disk with empty ones. */
const RELAY_REPOSITORIES_MAX = 10_000;

/** Where a repository's store is. */
export type ServedFolder = {
  readonly storeDirectory: string;
  /** Whether it has no working tree. */
  readonly isBare: boolean;
  /** Whether it is kept for peers, in the data folder. */
  readonly isKept: boolean;
};

/** A repository in the data folder. */
export type KeptFolder = { readonly name: string; readonly storeDirectory: string };

export type ServedFoldersOptions = {
  /** Folders to serve, by name: working trees or bare repositories. */
  readonly serve: Readonly<Record<string, string>>;
  /** Where bare repositories are kept for peers; undefined when this node keeps none. */
  readonly dataDirectory?: string | undefined;
  /** Whether peers may make new ones there. */
  readonly canCreate: boolean;
};

export class ServedFolders {
  readonly canCreate: boolean;
  readonly #named = new Map<string, ServedFolder>();
  readonly #dataDirectory: string | undefined;
  /** Creations under way, so that two peers cannot make the same repository at once. */
  #creating: Promise<void> = Promise.resolve();

  private constructor({ dataDirectory, canCreate }: ServedFoldersOptions) {
    this.#dataDirectory = dataDirectory === undefined ? undefined : resolve(dataDirectory);
    this.canCreate = canCreate && dataDirectory !== undefined;
  }

  /** @throws NodeError DITS_NODE_BAD_REPOSITORY when a folder to serve is missing or is no repository */
  static async open(options: ServedFoldersOptions): Promise<ServedFolders> {
    const folders = new ServedFolders(options);
    for (const [name, folder] of Object.entries(options.serve)) {
      const problem = repositoryNameProblem(name);
      if (problem !== undefined) {
        throw new NodeError('DITS_NODE_BAD_REPOSITORY', `the repository name ${name} ${problem}`);
      }
      folders.#named.set(name, await locate(name, folder));
    }
    return folders;
  }

  /** The folder of a repository, undefined when there is none of this name. */
  async find(name: string): Promise<ServedFolder | undefined> {
    const named = this.#named.get(name);
    if (named !== undefined) return named;
    const directory = this.#pathOf(name);
    if (directory === undefined || !(await isStore(directory))) return undefined;
    return { storeDirectory: directory, isBare: true, isKept: true };
  }

  /** Makes an empty bare repository, or finds the one that has just been made. */
  async create(name: string): Promise<ServedFolder> {
    const directory = this.#pathOf(name);
    if (directory === undefined || !this.canCreate) {
      throw new NodeError('DITS_NODE_NOT_ALLOWED', 'this node does not take new repositories');
    }
    const created = this.#creating.then(async () => {
      if (await isStore(directory)) return;
      await this.#checkRoom(name);
      const store = await createStore(directory);
      await store.close();
    });
    this.#creating = created.catch(() => undefined);
    await created;
    return { storeDirectory: directory, isBare: true, isKept: true };
  }

  /** Names of everything served now, sorted. */
  async names(): Promise<readonly string[]> {
    const names = new Set(this.#named.keys());
    for (const { name } of await this.kept()) names.add(name);
    return [...names].sort();
  }

  /** The repositories in the data folder. */
  async kept(): Promise<readonly KeptFolder[]> {
    const kept: KeptFolder[] = [];
    for (const name of await this.#keptNames()) {
      const storeDirectory = this.#pathOf(name);
      if (storeDirectory !== undefined && (await isStore(storeDirectory))) {
        kept.push({ name, storeDirectory });
      }
    }
    return kept;
  }

  #pathOf(name: string): string | undefined {
    if (this.#dataDirectory === undefined || repositoryNameProblem(name) !== undefined) {
      return undefined;
    }
    return join(this.#dataDirectory, name);
  }

  async #checkRoom(name: string): Promise<void> {
    const kept = await this.#keptNames();
    if (kept.length >= RELAY_REPOSITORIES_MAX) {
      throw new NodeError('DITS_NODE_NOT_ALLOWED', 'this node keeps too many repositories already');
    }
    // On a disk that ignores case these would be the same folder.
    const twin = kept.find((other) => other !== name && foldName(other) === foldName(name));
    if (twin !== undefined) {
      throw new NodeError('DITS_NODE_NOT_ALLOWED', `there is a repository called ${twin} already`);
    }
  }

  async #keptNames(): Promise<readonly string[]> {
    if (this.#dataDirectory === undefined) return [];
    try {
      return await readdir(this.#dataDirectory);
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return [];
      throw error;
    }
  }
}

async function locate(name: string, folder: string): Promise<ServedFolder> {
  const bare = resolve(folder);
  const inTree = join(bare, STORE_DIRECTORY_NAME);
  if (await isStore(inTree)) return { storeDirectory: inTree, isBare: false, isKept: false };
  if (await isStore(bare)) return { storeDirectory: bare, isBare: true, isKept: false };
  throw new NodeError('DITS_NODE_BAD_REPOSITORY', `${folder} is no repository`, {
    hint: `Make one there with dits init, or serve another folder as ${name}.`,
    details: { name, path: folder },
  });
}

/** Whether a folder has the mark of a store; whether it can be read is seen when it is opened. */
async function isStore(directory: string): Promise<boolean> {
  try {
    return (await stat(join(directory, 'format'))).isFile();
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}
