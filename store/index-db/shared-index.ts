/**
 * One index for all processes of a store: whoever gets the lock opens LevelDB and leads, the others follow it, and when
 * the leader ends, by whatever means, a follower takes over (docs/store-format.md, "Index sharing").
 */
import { lockPath, lockTimeout, pause, tryLockPath, type HeldLock } from '../locks/file-lock.ts';
import type { ObjectId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { Location } from '../segments/segment-format.ts';
import { StoreError } from '../store-error.ts';
import type { StoreLayout } from '../store-layout.ts';
import { IndexClient, LeaderLostError } from './index-client.ts';
import { IndexHost } from './index-host.ts';
import {
  chooseAddress,
  publishAddress,
  readAddress,
  removeSocket,
  type LeaderAddress,
} from './index-socket.ts';
import { findIndexDamage } from './level-files/check-index-files.ts';
import { discardIndexFiles, openSoundIndex } from './level-files/sound-index.ts';
import type { LevelIndex } from './level-index.ts';
import type {
  IndexBatch,
  IndexDamage,
  IndexHealth,
  IndexPage,
  LocationIndex,
  StoreIndex,
  Watermark,
} from './location-index.ts';

/** How long to look for a leader: opening a big index after a power failure may take a while. */
const ELECTION_TIMEOUT_MS = 30_000;
const RETRY_FIRST_MS = 2;
const RETRY_LAST_MS = 50;
/** How long to wait for the process that leads the index to end. */
const LEADER_TIMEOUT_MS = 10_000;
/** Leaders lost in the middle of one call before it fails: each loss means that a process ended. */
const LEADERS_LOST_MAX = 16;

export type SharedIndexDeps = {
  readonly layout: StoreLayout;
  readonly logger: Logger;
  /** Run by a new leader before it answers anyone: indexes what dead writers left behind. */
  readonly recover: (index: LocationIndex) => Promise<void>;
};

type Membership = {
  readonly role: 'leader' | 'follower';
  readonly index: LocationIndex;
  leave(): Promise<void>;
};

export class SharedIndex implements StoreIndex {
  readonly #deps: SharedIndexDeps;
  #membership: Promise<Membership> | undefined;
  #closed = false;
  /** Damage that this process has met when it opened the index, that is gone, and that nobody has asked for. */
  readonly #healed: IndexDamage[] = [];

  /** Opens nothing: the first request does. */
  constructor(deps: SharedIndexDeps) {
    this.#deps = deps;
  }

  async getMany(ids: readonly ObjectId[]): Promise<(Location | undefined)[]> {
    if (ids.length === 0) return [];
    return await this.#run((index) => index.getMany(ids));
  }

  async apply(batch: IndexBatch): Promise<void> {
    await this.#run((index) => index.apply(batch));
  }

  async page(after: ObjectId | undefined): Promise<IndexPage> {
    return await this.#run((index) => index.page(after));
  }

  async watermarks(segments: readonly number[]): Promise<(Watermark | undefined)[]> {
    if (segments.length === 0) return [];
    return await this.#run((index) => index.watermarks(segments));
  }

  async allWatermarks(): Promise<readonly Watermark[]> {
    return await this.#run((index) => index.allWatermarks());
  }

  /** What this process is, after opening the index if need be. */
  async role(): Promise<'leader' | 'follower'> {
    return (await this.#join()).role;
  }

  /** Steps down, so that someone else may lead; the next request joins again. */
  async leave(): Promise<void> {
    const membership = this.#membership;
    this.#membership = undefined;
    if (membership === undefined) return;
    // A join that failed has told whoever waited for it, and left nothing behind.
    await (await membership.catch(() => undefined))?.leave();
  }

  async discard(): Promise<void> {
    const { layout } = this.#deps;
    await this.leave();
    const lock = await lockPath(layout.indexLock, 'exclusive', {
      timeoutMs: LEADER_TIMEOUT_MS,
      subject: 'the index: stop the other dits processes of this repository',
    });
    try {
      await discardIndexFiles(layout);
    } finally {
      await lock.release();
    }
  }

  async findDamage(): Promise<IndexHealth> {
    const { index } = this.#deps.layout;
    const found = await findIndexDamage(index, 'everything');
    // Another process may have changed files between two looks at them; what is damaged stays so.
    const damage = found.length === 0 ? found : await findIndexDamage(index, 'everything');
    return { damage, healed: this.#healed.splice(0) };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.leave();
  }

  async #run<T>(ask: (index: LocationIndex) => Promise<T>): Promise<T> {
    for (let lost = 0; ; lost++) {
      const joined = this.#join();
      const membership = await joined;
      try {
        return await ask(membership.index);
      } catch (error) {
        if (!(error instanceof LeaderLostError)) throw error;
        if (lost >= LEADERS_LOST_MAX) throw leadersLost(error);
        // Every request is idempotent, so it does not matter how far the lost leader got with it.
        if (this.#membership === joined) {
          this.#membership = undefined;
          await membership.leave();
        }
      }
    }
  }

  #join(): Promise<Membership> {
    if (this.#closed) {
      throw new StoreError('DITS_STORE_CLOSED', 'the store has been closed');
    }
    if (this.#membership === undefined) {
      const joining = this.#elect();
      this.#membership = joining;
      // A failed attempt is not kept: the next request tries anew.
      joining.catch(() => {
        if (this.#membership === joining) this.#membership = undefined;
      });
    }
    return this.#membership;
  }

  async #elect(): Promise<Membership> {
    const { layout } = this.#deps;
    const deadline = performance.now() + ELECTION_TIMEOUT_MS;
    for (let pauseMs = RETRY_FIRST_MS; ; pauseMs = Math.min(RETRY_LAST_MS, pauseMs * 2)) {
      const lock = await tryLockPath(layout.indexLock, 'exclusive');
      if (lock !== undefined) return await this.#lead(lock);
      const follower = await this.#follow();
      if (follower !== undefined) return follower;
      if (performance.now() > deadline) {
        throw lockTimeout(layout.indexLock, 'the index of the store', ELECTION_TIMEOUT_MS);
      }
      await pause(pauseMs);
    }
  }

  async #follow(): Promise<Membership | undefined> {
    const address = await readAddress(this.#deps.layout.indexLeader);
    if (address === undefined) return undefined;
    try {
      const client = await IndexClient.connect(address);
      return { role: 'follower', index: client, leave: () => client.close() };
    } catch (error) {
      if (error instanceof LeaderLostError) return undefined;
      throw error;
    }
  }

  async #lead(lock: HeldLock): Promise<Membership> {
    const { layout, logger, recover } = this.#deps;
    let index: LevelIndex | undefined;
    let host: IndexHost | undefined;
    let address: LeaderAddress | undefined;
    const leave = async (): Promise<void> => {
      await host?.close();
      await index?.close();
      if (address !== undefined) await removeSocket(address);
      await lock.release();
    };
    try {
      const former = await readAddress(layout.indexLeader);
      if (former !== undefined) await removeSocket(former);
      const opened = await openSoundIndex(layout);
      index = opened.index;
      if (opened.damage.length > 0) {
        this.#healed.push(...opened.damage);
        logger('index.remade', { path: layout.index, damage: opened.damage });
      }
      await recover(index);
      address = await chooseAddress();
      host = await IndexHost.listen(index, address, logger);
      await publishAddress(layout.indexLeader, address);
      logger('index.leading', { socketPath: address.socketPath });
      return { role: 'leader', index, leave };
    } catch (error) {
      await leave();
      throw error;
    }
  }
}

function leadersLost(cause: LeaderLostError): StoreError {
  const what = 'the processes that have the index open keep going away';
  return new StoreError('DITS_STORE_LOCKED', what, {
    hint: 'wait for the other dits commands of this repository to finish, or end them',
    cause,
  });
}
