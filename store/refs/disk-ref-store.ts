/** Refs in one file that is replaced as a whole, under a lock (docs/store-format.md, "Refs"). */
import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { replaceFile } from '../files/durable-file.ts';
import { ioError, systemErrorCode } from '../files/io-error.ts';
import type { ObjectId } from '../ids.ts';
import { lockPath } from '../locks/file-lock.ts';
import { StoreError } from '../store-error.ts';
import type { StoreLayout } from '../store-layout.ts';
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
import { appendReflog, readReflog } from './reflog-file.ts';
import { REFS_FILE_MAX_BYTES, decodeRefs, encodeRefs, type RefsState } from './refs-file.ts';

/** An update takes milliseconds: whoever waits longer waits for a process that is stopped or stuck. */
const LOCK_TIMEOUT_MS = 10_000;

export type DiskRefStoreDeps = {
  readonly layout: Pick<StoreLayout, 'refs' | 'reflog' | 'refsLock'>;
  /** Milliseconds since 1970, for the reflog. */
  readonly now: () => number;
  readonly lockTimeoutMs?: number | undefined;
};

export class DiskRefStore implements RefStore {
  readonly #deps: DiskRefStoreDeps;
  /** Updates of this process queue here, and do not poll for the lock against each other. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(deps: DiskRefStoreDeps) {
    this.#deps = deps;
  }

  /** Writes the refs of a new store. */
  static async create(layout: Pick<StoreLayout, 'refs'>, head: Head): Promise<void> {
    await replaceFile(layout.refs, encodeRefs(emptyRefs(head)));
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
    const made = newRepositoryId();
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
    const entries = await readReflog(this.#deps.layout.reflog);
    return name === undefined ? entries : entries.filter((entry) => entry.name === name);
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
    const { layout, lockTimeoutMs } = this.#deps;
    const timeoutMs = lockTimeoutMs ?? LOCK_TIMEOUT_MS;
    const lock = await lockPath(layout.refsLock, 'exclusive', { timeoutMs, subject: 'the refs' });
    try {
      const before = await this.#read();
      const { state, entries } = plan(before);
      if (state === before) return;
      // The log first: a crash in between leaves a line about a change that did not happen, never the reverse.
      await appendReflog(layout.reflog, entries);
      await replaceFile(layout.refs, encodeRefs(state));
    } finally {
      await lock.release();
    }
  }

  async #read(): Promise<RefsState> {
    const path = this.#deps.layout.refs;
    try {
      const handle = await open(path, 'r');
      try {
        const { size } = await handle.stat();
        if (size > REFS_FILE_MAX_BYTES) throw missing(path, 'is too long to be ours');
        return decodeRefs(await handle.readFile('utf8'), path);
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') throw missing(path, 'is missing');
      throw ioError(error, 'read', path);
    }
  }
}

/** Bytes of a repository's id: enough that no two are ever the same. */
const REPOSITORY_ID_BYTES = 32;

function newRepositoryId(): string {
  return randomBytes(REPOSITORY_ID_BYTES).toString('hex');
}

function emptyRefs(head: Head): RefsState {
  return { head, refs: new Map(), moves: new Map(), repositoryId: newRepositoryId() };
}

function missing(path: string, what: string): StoreError {
  return new StoreError('DITS_STORE_CORRUPT', `the refs file ${path} ${what}`, {
    hint: 'restore the refs from the reflog beside it, or fetch them from a peer',
    details: { path },
  });
}
