/** A repository that a peer serves, as seen by the dialler. */
import type { ObjectId, ObjectReader, ObjectRecord, ObjectStore } from '../../store/index.ts';
import { explainReset } from '../error-codes.ts';
import type { Access, AuthOk, RepositoryCustody } from '../messages/auth.ts';
import { IDS_PER_MESSAGE_MAX, REF_CHANGES_MAX, SYNC_TIPS_MAX } from '../messages/limits.ts';
import type { MessageName } from '../frames/message-types.ts';
import type { MessageBody } from '../messages/message.ts';
import {
  compareNames,
  type WireHead,
  type WireRef,
  type WireRefChange,
  type WireRefResult,
} from '../messages/refs.ts';
import type { SwarmPeers } from '../messages/swarm.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { runFeed, type FeedOptions } from '../swarm/open-feed.ts';
import { fetchRecords } from '../sync/object-fetch.ts';
import { pullObjects, pushObjects, type TransferDeps } from '../sync/client-transfer.ts';
import { sumReports, type SyncProgressCallback, type SyncReport } from '../sync/sync-progress.ts';
import type { SessionParts } from './client-session.ts';
import type { ControlRequests } from './control-requests.ts';
import { explainLoss } from './last-words.ts';

/** What a peer's repository has: its head and all its refs, sorted by name. Check names before using them. */
export type RemoteRefs = { readonly head: WireHead; readonly refs: readonly WireRef[] };

type Tips = {
  /** Commits or tags whose whole closure the receiving side shall have. */
  readonly wants: readonly ObjectId[];
  /** What the receiving side has, complete. The more of it the other side knows, the less is asked about. */
  readonly haves: readonly ObjectId[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: SyncProgressCallback | undefined;
};

/** `haves`: values of the peer's refs. Those that the store does not hold are ignored. */
export type PushOptions = Tips & { readonly store: ObjectReader };
/** `haves`: values of refs of the store, which are complete. */
export type PullOptions = Tips & {
  readonly store: ObjectStore;
  /** Everything but chunks: those come from feeds, of this peer and others. */
  readonly structureOnly?: boolean | undefined;
};

/** Rounds of REF_LIST for one list: a million refs at the page size. */
const REF_PAGES_MAX = 512;

const ANSWERS = {
  REF_LIST: 'REF_LIST_RESP',
  REF_UPDATE: 'REF_UPDATE_RESULT',
  CHUNK_BATCH_CHECK: 'CHUNK_BATCH_RESP',
  SWARM_JOIN: 'SWARM_PEERS',
} as const;

type RemoteParts = SessionParts & { readonly requests: ControlRequests };

export class RemoteRepository {
  readonly name: string;
  /** The access granted. */
  readonly access: Access;
  /** Objects the peer held when the repository was opened; exact or an upper bound. */
  readonly objectCount: number;
  /** What moves of its refs are signed for; undefined where they are not. */
  readonly custody: RepositoryCustody | undefined;
  readonly #parts: RemoteParts;
  readonly #handle: number;
  /** From AUTH_OK, good for one use: later lists are asked for. */
  #opened: RemoteRefs | undefined;

  /** Use `Session.openRepository`. */
  constructor(parts: RemoteParts, name: string, answer: AuthOk) {
    this.#parts = parts;
    this.name = name;
    this.access = answer.access;
    this.objectCount = answer.objectCount;
    this.custody = answer.custody;
    this.#handle = answer.handle;
    this.#opened = answer.refs && { head: answer.head, refs: answer.refs };
  }

  /** Head and refs. The first call costs no round trip where AUTH_OK carried them. */
  async listRefs(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<RemoteRefs> {
    const opened = this.#opened;
    this.#opened = undefined;
    if (opened !== undefined) return opened;
    const refs: WireRef[] = [];
    for (let page = 0; page < REF_PAGES_MAX; page++) {
      const after = refs.at(-1)?.name ?? '';
      const answer = await this.#ask('REF_LIST', { handle: this.#handle, after }, options.signal);
      const [first] = answer.refs;
      if (first !== undefined && compareNames(first.name, after) <= 0) {
        throw invalidMessage('repeats refs');
      }
      refs.push(...answer.refs);
      if (!answer.more) return { head: answer.head, refs };
    }
    throw invalidMessage('never ends its list of refs');
  }

  /** Sends what the peer lacks of `wants`; resolves when all of it is on the peer's disk. Moves no ref. */
  push(options: PushOptions): Promise<SyncReport> {
    return this.#transfer(options, (deps, tips) => pushObjects(deps, { ...options, ...tips }));
  }

  /** Brings what the store lacks of `wants`; resolves when all of it is on disk here. Moves no ref. */
  pull(options: PullOptions): Promise<SyncReport> {
    return this.#transfer(options, (deps, tips) => pullObjects(deps, { ...options, ...tips }));
  }

  /** The proven identity of the peer that serves it. */
  get remotePeerId(): string {
    return this.#parts.connection.remotePeerId;
  }

  /** Whether bulk from it is held back on this side now. */
  get isHeldBack(): boolean {
    return this.#parts.connection.isHeldBack === true;
  }

  /** Runs a feed: chunks that are wanted by name. `SwarmFetch` decides which, and of whom. */
  async feed(options: FeedOptions): Promise<void> {
    const { connection, conversation } = this.#parts;
    const signals = [conversation.signal, options.signal].filter((signal) => signal !== undefined);
    const signal = AbortSignal.any(signals);
    try {
      await runFeed({ ...this.#parts, handle: this.#handle }, { ...options, signal });
    } catch (error) {
      options.signal?.throwIfAborted();
      throw await explainLoss(connection, explainReset(error));
    }
  }

  /** Asks the peer to move refs; one result a change, in order. */
  async updateRefs(
    changes: readonly WireRefChange[],
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<readonly WireRefResult[]> {
    const results: WireRefResult[] = [];
    for (let at = 0; at < changes.length; at += REF_CHANGES_MAX) {
      const part = changes.slice(at, at + REF_CHANGES_MAX);
      const request = { handle: this.#handle, changes: part };
      const answer = await this.#ask('REF_UPDATE', request, options.signal);
      const isMatching =
        answer.results.length === part.length &&
        answer.results.every((result, index) => result.name === part[index]?.name);
      if (!isMatching) throw invalidMessage('reports on other refs than were to be updated');
      results.push(...answer.results);
    }
    return results;
  }

  /** Whether the peer's repository holds each object, in input order. */
  async has(
    ids: readonly ObjectId[],
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<boolean[]> {
    const present: boolean[] = [];
    for (let at = 0; at < ids.length; at += IDS_PER_MESSAGE_MAX) {
      const part = ids.slice(at, at + IDS_PER_MESSAGE_MAX);
      const request = { handle: this.#handle, number: 0, ids: part };
      const answer = await this.#ask('CHUNK_BATCH_CHECK', request, options.signal);
      if (answer.number !== 0 || answer.present.length !== part.length) {
        throw invalidMessage('answers another check than was sent');
      }
      present.push(...answer.present);
    }
    return present;
  }

  /**
   * Fetches single objects, for repair: the records that the peer has, in batches, in no promised order. They are not
   * verified yet; `putRecords` does that.
   */
  fetchObjects(
    ids: readonly ObjectId[],
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): AsyncIterable<readonly ObjectRecord[]> {
    return fetchRecords({ ...this.#parts, handle: this.#handle }, ids, options.signal);
  }

  /**
   * Says that this side fetches the repository, and asks who else does. `port` is where this side listens, 0 for nowhere.
   * To be repeated: who has not been heard for some seconds is forgotten.
   * @throws ProtocolError DITS_PROTOCOL_UNSUPPORTED where nobody keeps count
   */
  joinSwarm(
    port: number,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<SwarmPeers> {
    return this.#ask('SWARM_JOIN', { handle: this.#handle, port }, options.signal);
  }

  async #ask<N extends keyof typeof ANSWERS>(
    name: N,
    body: MessageBody<N>,
    signal: AbortSignal | undefined,
  ): Promise<MessageBody<(typeof ANSWERS)[N]>> {
    const { requests, conversation, connection } = this.#parts;
    try {
      const request = { name, requestId: conversation.nextRequestId(), body };
      const expected: readonly MessageName[] = [ANSWERS[name]];
      const answer: { readonly body: unknown } = await requests.ask(request, expected, signal);
      return answer.body as MessageBody<(typeof ANSWERS)[N]>;
    } catch (error) {
      throw await explainLoss(connection, error);
    }
  }

  async #transfer(
    tips: Tips,
    run: (deps: TransferDeps, tips: Tips) => Promise<SyncReport>,
  ): Promise<SyncReport> {
    const { connection, conversation } = this.#parts;
    const signals = [conversation.signal, tips.signal].filter((signal) => signal !== undefined);
    const signal = AbortSignal.any(signals);
    const deps = { ...this.#parts, handle: this.#handle };
    const reports: SyncReport[] = [];
    try {
      // More tips than one request holds go one after the other; what came with the first is found present by the next.
      for (let at = 0; at < tips.wants.length; at += SYNC_TIPS_MAX) {
        const wants = tips.wants.slice(at, at + SYNC_TIPS_MAX);
        reports.push(await run(deps, { ...tips, wants, signal }));
      }
      return sumReports(reports);
    } catch (error) {
      tips.signal?.throwIfAborted();
      throw await explainLoss(connection, explainReset(error));
    }
  }
}
