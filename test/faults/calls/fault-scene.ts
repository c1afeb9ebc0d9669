/** Repositories and homes in one folder, which is put back as it was before every command. */
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';

import { listFiles, openRepository, status } from '../../../repo/index.ts';
import { activeHash, readCommit, resolveToCommit } from '../../../store/index.ts';
import { seededBytes } from '../../integration/studio.ts';
import { Ledger } from '../ledger.ts';
import { dits, type Ended } from './in-process-dits.ts';

/** Cut into a dozen chunks. */
const TAKE_BYTES = 900_000;
const SMALL_BYTES = 3_000;
const SMALL_FILES = 5;
/** When a peer was added. */
const TIMES = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

export type SceneCall = {
  readonly words: readonly string[];
  /** Within the scene: a repository, or none. */
  readonly folder?: string | undefined;
};

export class FaultScene {
  /** What the commands work on; watched by the shim. */
  readonly work: string;
  readonly #images: string;
  readonly #ledgers = new Map<string, Ledger>();

  constructor(folder: string) {
    this.work = join(folder, 'work');
    this.#images = join(folder, 'images');
    for (const path of [this.work, this.#images]) mkdirSync(path, { recursive: true });
  }

  get home(): string {
    return join(this.work, 'home');
  }

  path(...parts: readonly string[]): string {
    return join(this.work, ...parts);
  }

  call({ words, folder = '' }: SceneCall): Promise<Ended> {
    return dits({ words, cwd: this.path(folder), home: this.home });
  }

  /** A command that must succeed. */
  async done(folder: string, ...words: readonly string[]): Promise<Ended['result']> {
    const { status: exit, result } = await this.call({ words, folder });
    if (exit !== 0) throw new Error(`dits ${words.join(' ')}: ${JSON.stringify(result)}`);
    return result;
  }

  write(name: string, content: string | Uint8Array): void {
    mkdirSync(join(this.path(name), '..'), { recursive: true });
    writeFileSync(this.path(name), content);
  }

  /** `film` with some history, `copy` that is a commit behind, a bare `store` that both know as origin, and a home. */
  async build(): Promise<void> {
    this.#empty();
    await this.done('', 'init', '--bare', 'store');
    await this.done('', 'init', 'film');
    await this.done('', 'config', 'set', '--user', 'user.name', 'Ada');
    await this.done('film', 'remote', 'add', 'origin', this.path('store'));
    this.change(1);
    await this.commit('First');
    await this.done('film', 'push', 'origin', 'main');
    await this.done('', 'clone', this.path('store'), 'copy');
    this.change(2);
    await this.commit('Second');
    await this.done('film', 'branch', 'other', 'HEAD~1');
    await this.done('', 'id');
  }

  /** Other content in some of the files of `film`. */
  change(seed: number): void {
    this.write('film/take.mov', seededBytes(seed, TAKE_BYTES));
    for (let file = 0; file < SMALL_FILES; file += 1) {
      this.write(`film/shots/${file}.exr`, seededBytes(seed * SMALL_FILES + file, SMALL_BYTES));
    }
    this.write('film/notes.txt', `take ${seed}\n`);
  }

  /** Flips a bit in the middle of a file. */
  damage(name: string): void {
    const bytes = readFileSync(this.path(name));
    const middle = bytes.length >> 1;
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    this.write(name, bytes);
  }

  async commit(message: string): Promise<string> {
    await this.done('film', 'add', '-A');
    return String((await this.done('film', 'commit', '-m', message))['id']);
  }

  /** Keeps everything as it is now, under this name. */
  async keep(name: string): Promise<void> {
    cpSync(this.work, join(this.#images, name), { recursive: true, preserveTimestamps: true });
    this.#ledgers.set(name, await this.#promised());
  }

  /** Puts everything back. */
  restore(name: string): Ledger {
    this.#empty();
    cpSync(join(this.#images, name), this.work, { recursive: true, preserveTimestamps: true });
    return this.#ledgers.get(name)!;
  }

  /** Every commit of `film` that a branch leads to is one that was acknowledged. */
  async #promised(): Promise<Ledger> {
    const ledger = new Ledger();
    const repository = await openRepository(this.path('film'));
    try {
      for (const { target } of await repository.store.refs.list()) {
        const contents = new Map<string, string>();
        for await (const { path, b3 } of listFiles(repository, { revision: target })) {
          contents.set(path, b3);
        }
        ledger.promise(await resolveToCommit(repository.store.objects, target), contents);
      }
    } finally {
      await repository.close();
    }
    return ledger;
  }

  #empty(): void {
    for (const name of readdirSync(this.work)) rmSync(join(this.work, name), { recursive: true });
  }

  /** Repositories that are there now. */
  get repositories(): readonly string[] {
    return readdirSync(this.work).filter((name) => name !== 'home' && !name.endsWith('.txt'));
  }

  /** All that a person can see, without times: two runs that did the same have the same. */
  async fingerprint(): Promise<string> {
    const lines: string[] = [];
    for (const name of this.repositories) {
      const repository = await openRepository(this.path(name));
      const { store } = repository;
      try {
        lines.push(`${name} HEAD ${JSON.stringify(await store.refs.head())}`);
        for (const ref of await store.refs.list()) {
          const commit = await resolveToCommit(store.objects, ref.target);
          const { tree, message } = await readCommit(store.objects, commit);
          lines.push(`${name} ${ref.name} ${tree} ${message}`);
        }
        if (!repository.isBare) {
          const { staged, unstaged, untracked } = await status(repository);
          lines.push(`${name} ${JSON.stringify({ staged, unstaged, untracked })}`);
        }
      } finally {
        await repository.close();
      }
    }
    for (const path of this.#files()) lines.push(`${path} ${this.#contentHash(path)}`);
    return lines.join('\n');
  }

  /** Names of temporary files that were left in repositories and homes. */
  leftovers(): readonly string[] {
    const isLeft = (path: string): boolean =>
      path.endsWith('.tmp') || (/\/tmp\/.+/.test(path) && !path.endsWith('/tmp/clock'));
    return this.#all().filter(isLeft);
  }

  #files(): readonly string[] {
    const isSettings = (path: string): boolean => /(^|\/)(config|peers)\.toml$/.test(path);
    const isWorking = (path: string): boolean => !/\/\.dits\/|^(store|home)\//.test(path);
    return this.#all().filter((path) => isSettings(path) || isWorking(path));
  }

  #all(): readonly string[] {
    const entries = readdirSync(this.work, { recursive: true, withFileTypes: true });
    const names = entries.filter((entry) => !entry.isDirectory());
    return names.map((entry) => relative(this.work, join(entry.parentPath, entry.name))).sort();
  }

  #contentHash(path: string): string {
    try {
      const content = readFileSync(this.path(path));
      const timeless = path.endsWith('.toml') ? content.toString().replace(TIMES, '') : content;
      return activeHash.hash(Buffer.from(timeless)).toString('hex');
    } catch {
      return `-> ${readlinkSync(this.path(path))}`;
    }
  }
}
