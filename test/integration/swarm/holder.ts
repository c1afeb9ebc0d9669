/** A peer that has fetched everything, stays, and gives it to others at a pace that lets them exchange what they have. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once, EventEmitter } from 'node:events';

import {
  SwarmNeighbours,
  TrustFile,
  dialPeer,
  parsePeerAddress,
  resolveNodeSettings,
  silentLogger,
  systemClock,
  type Identity,
} from '../../../node/index.ts';
import {
  SwarmFetch,
  connectSession,
  listChunks,
  type ServedRepository,
  type Session,
  type SwarmShare,
} from '../../../protocol/index.ts';
import { MemoryObjectStore, type ObjectReader } from '../../../store/index.ts';

/** Slow enough for a fetch to last while a process is killed. */
const BYTES_PER_MS = 2_000;
const never = new AbortController().signal;

export class Holder {
  readonly peerId: string;
  readonly #session: Session;
  readonly #stop = new AbortController();
  readonly #meetings = new EventEmitter();
  #metCount = 0;
  #neighbours!: SwarmNeighbours;
  #seeking: Promise<void> = Promise.resolve();

  private constructor(peerId: string, session: Session) {
    this.peerId = peerId;
    this.#session = session;
  }

  /** Fetches the repository at an address, and shares it from then on. */
  static async fetch(text: string, identity: Identity, home: string): Promise<Holder> {
    const address = parsePeerAddress(text);
    const trust = new TrustFile(home, { now: () => new Date() });
    const settings = resolveNodeSettings({ bulkLanes: 'never' });
    const connection = await dialPeer({ identity, trust }, address, { settings });
    const clock = systemClock;
    const session = await connectSession(connection, { clock }, { software: 'holder/1' });
    const holder = new Holder(identity.peerId, session);
    const repository = await session.openRepository(address.repository, { access: 'read' });
    const { refs } = await repository.listRefs();
    const wants = refs.map(({ target }) => target);
    const store = new MemoryObjectStore();
    await repository.pull({ store, wants, haves: [], structureOnly: true });
    const chunks = await listChunks(store, { wants, haves: [] });
    const fetch = new SwarmFetch({ store, clock, random: randomBytes }, { wants, chunks });
    void fetch.add(repository);
    await fetch.run();
    holder.#neighbours = await SwarmNeighbours.open(
      {
        ...{ identity, trust, clock, logger: silentLogger },
        shared: holder.#slowly(fetch.share),
        onNeighbour: () => Promise.resolve('never'),
      },
      { settings, software: 'holder/1' },
    );
    const seed = {
      peerId: session.remotePeerId,
      repository: address.repository,
      join: (port: number, signal: AbortSignal) => repository.joinSwarm(port, { signal }),
    };
    holder.#seeking = holder.#neighbours.seek(seed, holder.#stop.signal);
    return holder;
  }

  /** Resolves when so many others have opened a feed here. */
  async metBy(count: number): Promise<void> {
    while (this.#metCount < count) await once(this.#meetings, 'met');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error('the test is over'));
    await this.#neighbours.close();
    await this.#seeking;
    await this.#session.close();
  }

  #slowly({ repository }: SwarmShare): ServedRepository & { readonly isFeedOnly: true } {
    return {
      ...repository,
      isFeedOnly: true,
      openShelf: (wants) => {
        this.#metCount++;
        this.#meetings.emit('met');
        const shelf = repository.openShelf?.(wants);
        assert.ok(shelf !== undefined);
        return { ...shelf, reader: slowReader(shelf.reader) };
      },
    };
  }
}

function slowReader(reader: ObjectReader): ObjectReader {
  return {
    has: (ids, options) => reader.has(ids, options),
    info: (ids, options) => reader.info(ids, options),
    get: (ids, options) => reader.get(ids, options),
    list: (options) => reader.list(options),
    listIdRows: (options) => reader.listIdRows(options),
    count: () => reader.count(),
    getRecords: async (ids, options) => {
      const records = await reader.getRecords(ids, options);
      const bytes = records.reduce((sum, { stored }) => sum + stored.length, 0);
      await systemClock.sleep(bytes / BYTES_PER_MS, options?.signal ?? never);
      return records;
    },
  };
}
