/** An open repository: a store, its settings and, unless it is bare, the working tree around it. */
import type { ObjectStore, RefStore } from '../../store/index.ts';
import { updateSettings } from '../config/settings-file.ts';
import type { Settings, UserSettings } from '../config/settings.ts';
import { WorkingTree } from '../files/working-tree.ts';
import { RepoError } from '../repo-error.ts';
import { layoutOf, type RepositoryLayout } from './layout.ts';

/** What this layer needs of a store. `openStore` returns one that does more; tests use one in memory. */
export interface RepositoryStore {
  readonly objects: ObjectStore;
  readonly refs: RefStore;
  /** Keeps garbage collection away until the returned value is released. */
  hold(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Options that every operation takes. */
export type OperationOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RepoProgress) => void) | undefined;
};

/** How far an operation is. Totals are undefined until known. */
export type RepoProgress = {
  readonly phase: 'scan' | 'add' | 'checkout' | 'commit';
  readonly files: number;
  readonly filesTotal: number | undefined;
  readonly bytes: number;
  readonly bytesTotal: number | undefined;
  /** The file at hand. */
  readonly path: string;
};

export type RepositoryParts<S extends RepositoryStore> = {
  readonly root: string | undefined;
  readonly ditsDir: string;
  readonly store: S;
  readonly settings: Settings;
  /** Settings of the user, used where the repository has none. */
  readonly userSettings?: Settings | undefined;
};

export class Repository<S extends RepositoryStore = RepositoryStore> {
  /** The working tree's folder; undefined when bare. */
  readonly root: string | undefined;
  readonly ditsDir: string;
  readonly layout: RepositoryLayout;
  readonly store: S;
  readonly #tree: WorkingTree | undefined;
  readonly #userSettings: Settings | undefined;
  #settings: Settings;

  constructor(parts: RepositoryParts<S>) {
    this.root = parts.root;
    this.ditsDir = parts.ditsDir;
    this.layout = layoutOf(parts.ditsDir);
    this.store = parts.store;
    this.#tree = parts.root === undefined ? undefined : new WorkingTree(parts.root);
    this.#settings = parts.settings;
    this.#userSettings = parts.userSettings;
  }

  get isBare(): boolean {
    return this.#tree === undefined;
  }

  /** @throws RepoError DITS_REPO_BARE */
  get tree(): WorkingTree {
    if (this.#tree !== undefined) return this.#tree;
    throw new RepoError('DITS_REPO_BARE', `${this.ditsDir} has no working tree`, {
      path: this.ditsDir,
      hint: 'run this in a clone that has one: dits clone',
    });
  }

  /** The repository's settings, as read at opening or changed by `updateConfig` since. */
  get config(): Settings {
    return this.#settings;
  }

  /** Name and address for commits: the repository's, else the user's. */
  get user(): UserSettings {
    const own = this.#settings.user();
    const general = this.#userSettings?.user();
    return { name: own.name ?? general?.name, email: own.email ?? general?.email };
  }

  /** A setting that is text: the repository's, else the user's. @throws RepoError DITS_REPO_CONFIG_INVALID */
  settingText(key: string): string | undefined {
    return this.#settings.getText(key) ?? this.#userSettings?.getText(key);
  }

  /** A setting that is true or false: the repository's, else the user's. @throws RepoError DITS_REPO_CONFIG_INVALID */
  settingFlag(key: string): boolean | undefined {
    return this.#settings.getFlag(key) ?? this.#userSettings?.getFlag(key);
  }

  /** Changes the repository's settings file under its lock. */
  async updateConfig(change: (settings: Settings) => void): Promise<void> {
    const target = { file: this.layout.configFile, lock: this.layout.configLock };
    this.#settings = await updateSettings(target, change);
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.store.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
