/** Refs in one file that is replaced as a whole, under a lock (docs/store-format.md, "Refs"). */
import { join } from 'node:path';
import type { BlobFiles } from '../files/blob-files.ts';
import { replaceBlob } from '../files/replace-blob.ts';
import { activeHash } from '../hash/blake3.ts';
import type { ObjectId } from '../ids.ts';
import type { HeldLock } from '../locks/file-lock.ts';
import { StoreError } from '../store-error.ts';
import { REFLOG_NAME, REFS_NAME } from '../store-layout.ts';
import type {
  Head,
  Ref,
  RefChange,
  ReflogEntry,
  RefName,
  RefStore,
  RefUpdateContext,
} from './ref-store.ts';
import { planHead, planUpdate, type Occasion, type RefTransaction } from './ref-transaction.ts';
import { appendReflog, encodeReflog, readReflog } from './reflog-file.ts';
import { restoreRefs, type RestoreDeps, type RestoredRefs } from './restore-refs.ts';
import { REFS_FILE_MAX_BYTES, decodeRefs, encodeRefs, type RefsState } from './refs-file.ts';

/** The new file, until it replaces the old one. Only who holds the lock writes it. */
const TEMPORARY_SUFFIX = '.new';

export type DiskRefStoreDeps = {
  /** The folder that holds `refs` and `reflog`. */
  readonly files: BlobFiles;
  /** Path of that folder, for messages. */
  readonly directory: string;
  /** Takes the lock on the refs, waiting for it. @throws StoreError DITS_STORE_LOCKED */
  readonly lock: () => Promise<HeldLock>;
  /** Milliseconds since 1970, for the reflog. */
  readonly now: () => number;
  /** Random bytes, for the id of a repository. */
  readonly random: (count: number) => Uint8Array;
};

export class DiskRefStore implements RefStore {
  readonly #deps: DiskRefStoreDeps;
  /** Updates of this process queue here, and do not poll for the lock against each other. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(deps: DiskRefStoreDeps) {
    this.#deps = deps;
  }

  /** Writes the refs of a new store. */
  async create(head: Head): Promise<void> {
    const repositoryId = this.#newRepositoryId();
    await this.#write({ head, refs: new Map(), moves: new Map(), repositoryId });
  }

  async list(): Promise<readonly Ref[]> {
    const { refs, moves } = await this.#read();
    // The file is sorted by name.
    return Array.from(refs, ([name, target]) => {
      const move = moves.get(name);
      return move === undefined ? { name, target } : { name, target, move };
    });
  }

  async get(name: RefName): Promise<ObjectId | undefined> {
    return (await this.#read()).refs.get(name);
  }

  async head(): Promise<Head> {
    return (await this.#read()).head;
  }

  async repositoryId(): Promise<string> {
    const { repositoryId } = await this.#read();
    if (repositoryId !== undefined) return repositoryId;
    const made = this.#newRepositoryId();
    await this.#transact((state) => ({
      state: state.repositoryId === undefined ? { ...state, repositoryId: made } : state,
      entries: [],
    }));
    return (await this.#read()).repositoryId ?? made;
  }

  async setHead(head: Head, context: RefUpdateContext): Promise<void> {
    await this.#transact((state) => planHead(state, head, this.#occasion(context)));
  }

  async update(changes: readonly RefChange[], context: RefUpdateContext): Promise<void> {
    await this.#transact((state) => planUpdate(state, changes, this.#occasion(context)));
  }

  async reflog(name?: RefName | 'HEAD'): Promise<readonly ReflogEntry[]> {
    const { entries } = await readReflog(this.#deps.files, REFLOG_NAME);
    return name === undefined ? entries : entries.filter((entry) => entry.name === name);
  }

  /** What is damaged, as sentences, and whether the refs can be read all the same. */
  async findDamage(): Promise<{ readonly damage: readonly string[]; readonly isUsable: boolean }> {
    const { damaged } = await readReflog(this.#deps.files, REFLOG_NAME);
    const damage =
      damaged.length === 0 ? [] : [`${damaged.length} of the lines of the reflog are damaged`];
    try {
      await this.#read();
      return { damage, isUsable: true };
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'DITS_STORE_CORRUPT') throw error;
      return { damage: [error.message, ...damage], isUsable: false };
    }
  }

  /**
   * Makes damaged refs anew from what can be read of them and from the reflog, and takes damaged lines out of the reflog.
   * What was damaged goes to quarantine first. Undefined when there is nothing to make the refs from.
   */
  async restore(deps: RestoreDeps): Promise<RestoredRefs | undefined> {
    const lock = await this.#deps.lock();
    try {
      const log = await readReflog(this.#deps.files, REFLOG_NAME);
      const bytes = await this.#readBytes();
      const restored = await restoreRefs({ ...deps, log, bytes, random: this.#deps.random });
      if (restored === undefined) return undefined;
      if (bytes !== undefined) await quarantineOnce(deps, REFS_NAME, bytes);
      if (log.damaged.length > 0) {
        await quarantineOnce(deps, REFLOG_NAME, Buffer.from(`${log.damaged.join('\n')}\n`));
        await this.#replace(REFLOG_NAME, Buffer.from(encodeReflog(log.entries)));
      }
      await this.#write(restored.state);
      return restored.report;
    } finally {
      await lock.release();
    }
  }

  /** Resolves when the updates under way are done, whatever became of them. */
  async close(): Promise<void> {
    await this.#queue;
  }

  #occasion({ actor, reason }: RefUpdateContext): Occasion {
    return { timeMs: this.#deps.now(), actor, reason };
  }

  async #transact(plan: (state: RefsState) => RefTransaction): Promise<void> {
    const work = this.#queue.then(() => this.#transactLocked(plan));
    this.#queue = work.catch(() => undefined);
    await work;
  }

  async #transactLocked(plan: (state: RefsState) => RefTransaction): Promise<void> {
    const lock = await this.#deps.lock();
    try {
      const before = await this.#read();
      const { state, entries } = plan(before);
      if (state === before) return;
      // The log first: a crash in between leaves a line about a change that did not happen, never the reverse.
      await appendReflog(this.#deps.files, REFLOG_NAME, entries);
      await this.#write(state);
    } finally {
      await lock.release();
    }
  }

  async #write(state: RefsState): Promise<void> {
    await this.#replace(REFS_NAME, Buffer.from(encodeRefs(state)));
  }

  async #replace(name: string, content: Buffer): Promise<void> {
    const replacement = { name, temporaryName: `${name}${TEMPORARY_SUFFIX}` };
    await replaceBlob(this.#deps.files, replacement, content);
  }

  async #read(): Promise<RefsState> {
    const path = join(this.#deps.directory, REFS_NAME);
    const bytes = await this.#readBytes();
    if (bytes === undefined) throw missing(path, 'is missing');
    return decodeRefs(bytes.toString('utf8'), path);
  }

  /** Undefined when there is no file. */
  async #readBytes(): Promise<Buffer | undefined> {
    const file = await this.#deps.files.open(REFS_NAME, 'read');
    if (file === undefined) return undefined;
    try {
      const { sizeBytes } = await file.stat();
      if (sizeBytes > REFS_FILE_MAX_BYTES) {
        throw missing(join(this.#deps.directory, REFS_NAME), 'is too long to be ours');
      }
      const bytes = Buffer.alloc(sizeBytes);
      return bytes.subarray(0, await file.read(bytes, 0));
    } finally {
      await file.close();
    }
  }

  #newRepositoryId(): string {
    return Buffer.from(this.#deps.random(REPOSITORY_ID_BYTES)).toString('hex');
  }
}

/** Bytes of a hash in the name of a file in quarantine. */
const QUARANTINE_NAME_BYTES = 8;
/** Bytes of a repository's id: enough that no two are ever the same. */
const REPOSITORY_ID_BYTES = 32;

/** Under a name that the content decides, so that a repair which is killed and run again keeps one copy. */
async function quarantineOnce(
  { quarantine }: RestoreDeps,
  name: string,
  bytes: Buffer,
): Promise<void> {
  const sum = activeHash.hash(bytes).toString('hex', 0, QUARANTINE_NAME_BYTES);
  await quarantine(`${name}-${sum}`, bytes);
}

function missing(path: string, what: string): StoreError {
  return new StoreError('DITS_STORE_CORRUPT', `the refs file ${path} ${what}`, {
    hint: 'run `dits fsck --repair`, which restores the refs from the reflog',
    details: { path },
  });
}
