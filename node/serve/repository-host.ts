/** Answers the protocol's questions about repositories: who may open which, and how. Default deny. */
import type {
  Access,
  AccessDenial,
  AccessGrant,
  AccessQuestion,
  RefVeto,
  ServedRepositories,
  SharedRepository,
} from '../../protocol/index.ts';
import { shortRefName, type ObjectStore, type Store } from '../../store/index.ts';
import type { Logger } from '../logger.ts';
import { NodeError } from '../node-error.ts';
import type { RelayStorage } from '../relay/relay-storage.ts';
import { includesAccess, type PeerBook } from '../trust/peer-book.ts';
import { moveObjection } from '../trust/ref-moves.ts';
import { readProtection } from './protected-refs.ts';
import type { ServedFolder, ServedFolders } from './served-folders.ts';
import type { SharedStore, StorePool } from './store-pool.ts';

export type RepositoryHostDeps = {
  readonly folders: ServedFolders;
  readonly pool: StorePool;
  readonly logger: Logger;
  /** This node's own identity: a command of the same user, which may do anything. */
  readonly ownPeerId: string;
  readonly book: () => PeerBook;
  /** Looks for grants that were given a moment ago, by another process. */
  readonly refresh: () => Promise<void>;
  readonly now: () => Date;
  /** Counts what peers store in kept repositories; left out where none are kept. */
  readonly storage?: RelayStorage | undefined;
};

export class RepositoryHost implements ServedRepositories {
  readonly #deps: RepositoryHostDeps;
  #transferCount = 0;
  #onIdle: (() => void)[] = [];

  constructor(deps: RepositoryHostDeps) {
    this.#deps = deps;
  }

  /** Whether a peer may connect at all. */
  isKnown(peerId: string): boolean {
    return peerId === this.#deps.ownPeerId || this.#deps.book().get(peerId) !== undefined;
  }

  isAllowed({ peerId, repository, access }: AccessQuestion): boolean {
    return includesAccess(this.#accessOf(peerId, repository), access);
  }

  async authorize(question: AccessQuestion): Promise<AccessGrant | AccessDenial> {
    const { peerId, repository, access, create } = question;
    if (!this.isAllowed(question)) await this.#deps.refresh();
    const held = this.#accessOf(peerId, repository);
    if (held === undefined || !includesAccess(held, access)) {
      this.#deps.logger.info('repository.denied', { peerId, repository, access });
      const message = held === undefined ? 'no grant for it' : `only ${held} access is granted`;
      return { isGranted: false, failure: 'insufficient-permission', message };
    }
    let folder = await this.#deps.folders.find(repository);
    if (folder === undefined && create && includesAccess(held, 'write')) {
      const made = await this.#create(question);
      if ('isGranted' in made) return made;
      folder = made;
    }
    if (folder === undefined) {
      return { isGranted: false, failure: 'invalid', message: 'there is no such repository' };
    }
    const shared = await this.#deps.pool.acquire(folder.storeDirectory);
    const metered = await this.#meter(question, folder, shared);
    return { isGranted: true, access: held, repository: this.#serve(question, folder, metered) };
  }

  async list(peerId: string): Promise<readonly SharedRepository[]> {
    const names = await this.#deps.folders.names();
    return names
      .flatMap((name) => {
        const access = this.#accessOf(peerId, name);
        return access === undefined ? [] : [{ name, access }];
      })
      .sort((left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)));
  }

  /** Resolves when no transfer runs, or after a bound. */
  async settled(timeoutMs: number): Promise<void> {
    if (this.#transferCount === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#onIdle.push(resolve);
      timer = setTimeout(resolve, timeoutMs);
    });
    clearTimeout(timer);
  }

  #accessOf(peerId: string, repository: string): Access | undefined {
    if (peerId === this.#deps.ownPeerId) return 'admin';
    return this.#deps.book().accessTo(peerId, repository, this.#deps.now().getTime());
  }

  /** A grant may be for some branches only. */
  #mayMove(
    { peerId, repository }: Pick<AccessQuestion, 'peerId' | 'repository'>,
    name: string,
    nowMs: number,
  ): boolean {
    const { ownPeerId, book } = this.#deps;
    return peerId === ownPeerId || book().mayMove(peerId, repository, { name, nowMs });
  }

  async #create({ peerId, repository }: AccessQuestion): Promise<ServedFolder | AccessDenial> {
    const { storage } = this.#deps;
    const problem = storage?.makingProblem(peerId);
    if (problem !== undefined) {
      this.#deps.logger.info('relay.quota', { peerId, repository, reason: problem });
      return { isGranted: false, failure: 'rate-limited', message: problem };
    }
    try {
      const folder = await this.#deps.folders.create(repository);
      storage?.made({ peerId, repository });
      this.#deps.logger.info('repository.created', { peerId, repository });
      return folder;
    } catch (error) {
      if (!(error instanceof NodeError) || error.code !== 'DITS_NODE_NOT_ALLOWED') throw error;
      return { isGranted: false, failure: 'invalid', message: error.message };
    }
  }

  /** The store as the peer sees it: counted where it is kept for others. */
  async #meter(
    { peerId, repository }: AccessQuestion,
    { isKept, storeDirectory }: ServedFolder,
    shared: SharedStore,
  ): Promise<SharedStore & { readonly objects: ObjectStore }> {
    const { storage } = this.#deps;
    const { objects } = shared.store;
    if (!isKept || storage === undefined) return { ...shared, objects };
    const metered = await storage.meter({ peerId, repository }, storeDirectory, objects);
    return { ...shared, objects: metered };
  }

  #serve(
    { peerId, repository }: AccessQuestion,
    folder: ServedFolder,
    { store, objects, release }: SharedStore & { readonly objects: ObjectStore },
  ): AccessGrant['repository'] {
    return {
      objects,
      refs: store.refs,
      hold: () => this.#hold(store),
      isKept: folder.isBare,
      isProtected: (name) => readProtection(folder.storeDirectory, name),
      checkRefUpdate: async (change, facts) => {
        const nowMs = this.#deps.now().getTime();
        if (!this.#mayMove({ peerId, repository }, change.name, nowMs)) {
          return notGranted(change.name);
        }
        const custody = { repositoryId: await store.refs.repositoryId(), kept: folder.isBare };
        return (
          (await moveObjection(change, facts, { peerId, custody, nowMs })) ??
          (await vetoOf(folder, store, change.name))
        );
      },
      refsUpdated: (results) => {
        for (const { name, result } of results) {
          this.#deps.logger.info('ref.update', { peerId, repository, name, result });
        }
      },
      release,
    };
  }

  async #hold(store: Store): Promise<() => Promise<void>> {
    this.#transferCount++;
    try {
      const release = await store.hold();
      return async () => {
        this.#transferEnded();
        await release();
      };
    } catch (error) {
      this.#transferEnded();
      throw error;
    }
  }

  #transferEnded(): void {
    this.#transferCount--;
    if (this.#transferCount > 0) return;
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}

function notGranted(name: string): RefVeto {
  return { result: 'denied', message: `no grant to move ${name}` };
}

/** A branch that somebody works on must not move under the files. */
async function vetoOf(
  folder: ServedFolder,
  store: Store,
  name: string,
): Promise<RefVeto | undefined> {
  if (folder.isBare) return undefined;
  const head = await store.refs.head();
  if (head.kind !== 'branch' || head.name !== name) return undefined;
  return {
    result: 'denied',
    message: `${shortRefName(head.name)} is checked out there; push to another branch, or to a bare repository`,
  };
}
