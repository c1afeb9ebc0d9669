/** Sources of a fetch on links with a rate, under a virtual clock: honest ones, and ones that a test speaks for. */
import assert from 'node:assert/strict';
import {
  ProtocolError,
  SwarmFetch,
  connectSession,
  createMemoryPair,
  listChunks,
  serveConnection,
  type ChunkList,
  type Connection,
  type RemoteRepository,
  type ServedRepository,
  type SwarmFetchOptions,
  type SwarmReport,
} from '../../../protocol/index.ts';
import { branchRef, type ObjectId } from '../../../store/index.ts';
import { MessageChannel } from '../../../protocol/session/message-channel.ts';
import { createHello } from '../../../protocol/session/session-limits.ts';
import { LossyLink, type LinkQuality } from '../../../simulations/lossy-link.ts';
import { SampleRepository, SeededRandom } from '../../../simulations/index.ts';
import { VirtualClock } from '../../../simulations/virtual-clock.ts';
import { RAW_WINDOW_BYTES, expectMessage } from './raw-peer.ts';
import { openHost } from './session-pair.ts';

const MAIN = branchRef('main');

/** 100 Mbit/s, as near as a studio's other floor. */
export const FAST: LinkQuality = { delayMs: 1, jitterMs: 0, loss: 0, bytesPerMs: 12_500 };

/** A dialled peer that a test speaks for: it has said HELLO and opened the repository. */
export type RawSource = {
  readonly repository: RemoteRepository;
  readonly connection: Connection;
  /** The stream of the feed, after FEED_OPEN was received and answered. */
  readonly feed: (complete: boolean) => Promise<{ channel: MessageChannel; requestId: number }>;
};

export type Source = { readonly repository: RemoteRepository; readonly sever: () => void };

export class SwarmBench {
  readonly clock = new VirtualClock();
  readonly random = new SeededRandom(7);
  readonly seed = new SampleRepository();
  local = new SampleRepository();
  #want!: ObjectId;
  #peers = 0;

  /** The tip of what the seed has. */
  get want(): ObjectId {
    return this.#want;
  }

  /** Gives the seed a commit of one file, and the local side its structure. */
  async commit(bytes: number, options: { readonly withStructure?: boolean } = {}): Promise<void> {
    this.#want = await this.seed.commit({ reel: this.random.bytes(bytes) });
    if (options.withStructure === false) return;
    await this.copy(({ kind }) => kind !== 'chunk');
  }

  /** Copies objects of the seed into another repository, past the protocol. */
  async copy(
    isWanted: (info: { kind: string; id: ObjectId }) => boolean,
    into: SampleRepository = this.local,
  ): Promise<void> {
    for await (const infos of this.seed.objects.list()) {
      const ids = infos.filter(isWanted).map(({ id }) => id);
      await into.objects.putRecords(await this.seed.objects.getRecords(ids));
    }
  }

  /** A repository that holds all of it. */
  async clone(): Promise<SampleRepository> {
    const clone = new SampleRepository();
    await this.copy(() => true, clone);
    const change = { name: MAIN, expected: null, target: this.#want };
    await clone.refs.update([change], { actor: 'test', reason: 'clone' });
    return clone;
  }

  /** Dials a peer that serves this repository. */
  async dial(
    repository: ServedRepository,
    quality: LinkQuality = FAST,
    name = `peer-${++this.#peers}`,
  ): Promise<Source> {
    const { clock, random } = this;
    const link = new LossyLink(clock, random, quality);
    const pair = createMemoryPair({ link, acceptorPeerId: name });
    const deps = {
      clock,
      host: openHost({ repo: repository }),
      random: (count: number) => random.bytes(count),
    };
    serveConnection(pair.acceptor, deps, { software: 'source/1' });
    const session = await connectSession(pair.dialler, { clock }, { software: 'sink/1' });
    return {
      repository: await session.openRepository('repo', { access: 'read' }),
      sever: pair.sever,
    };
  }

  /** Dials a peer that the test speaks for. */
  async dialRaw(name: string): Promise<RawSource> {
    const { dialler, acceptor } = createMemoryPair({ acceptorPeerId: name });
    const incoming = acceptor.incoming()[Symbol.asyncIterator]();
    const accept = async (): Promise<MessageChannel> => {
      const next = await incoming.next();
      assert.ok(next.done !== true && next.value.kind === 'bidirectional');
      return new MessageChannel(next.value.stream);
    };
    const connecting = connectSession(dialler, this, { software: 'sink/1' });
    const control = await accept();
    await expectMessage(control, 'HELLO');
    await control.send('HELLO', 0, createHello('rude/1', RAW_WINDOW_BYTES));
    const session = await connecting;
    const opening = session.openRepository('repo', { access: 'read' });
    const asked = await control.receive();
    const head = { kind: 'branch' as const, name: MAIN };
    const granted = { handle: 1, access: 'read' as const, head, objectCount: 0, refs: [] };
    await control.send('AUTH_OK', asked!.requestId, granted);
    void answerPings(control);
    const feed = async (complete: boolean) => {
      const channel = await accept();
      const request = await channel.receive();
      assert.equal(request?.message?.name, 'FEED_OPEN');
      await channel.send('FEED_OPENED', request.requestId, { complete });
      return { channel, requestId: request.requestId };
    };
    return { repository: await opening, connection: acceptor, feed };
  }

  /** The chunks of the seed's commit, as the local side sees them. */
  list(into: SampleRepository = this.local): Promise<ChunkList> {
    return listChunks(into.objects, { wants: [this.#want], haves: [] });
  }

  async fetcher(
    into: SampleRepository = this.local,
    options: Pick<SwarmFetchOptions, 'signal' | 'onProgress'> = {},
  ): Promise<SwarmFetch> {
    const { clock, random } = this;
    const deps = { store: into.objects, clock, random: (count: number) => random.bytes(count) };
    const chunks = await this.list(into);
    return new SwarmFetch(deps, { wants: [this.#want], chunks, ...options });
  }

  /** Fetches everything from these sources. */
  async fetch(sources: readonly { readonly repository: RemoteRepository }[]): Promise<SwarmReport> {
    const fetch = await this.fetcher();
    for (const { repository } of sources) void fetch.add(repository);
    return fetch.run();
  }

  /** Everything that the commit leads to must be here. */
  async assertComplete(into: SampleRepository = this.local): Promise<void> {
    assert.deepEqual([...(await into.ids())].sort(), [...(await this.seed.ids())].sort());
  }
}

/** Shows that the peer is there, until the connection ends. */
async function answerPings(control: MessageChannel): Promise<void> {
  try {
    for (let next = await control.receive(); next; next = await control.receive()) {
      const { message, requestId } = next;
      if (message?.name === 'PING') await control.send('PONG', requestId, message.body);
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
}
