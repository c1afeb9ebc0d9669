/** The serving end of a connection: answers what a peer asks about the repositories that a host grants it. */
import { CircuitDesk } from '../circuits/circuit-desk.ts';
import type { CircuitSwitch } from '../circuits/circuit-switch.ts';
import { answerPunch, type PunchAnswer } from '../circuits/punch.ts';
import type { Clock } from '../clock.ts';
import type { RandomBytes } from '../random-bytes.ts';
import type { ByteStream, Connection } from '../connection.ts';
import { APPLICATION_CODE_NONE, isViolation, toErrorMessage } from '../error-codes.ts';
import { withDeadline } from '../flow/deadline.ts';
import { SendMemory } from '../flow/send-memory.ts';
import type { ReceiveMemory } from '../flow/receive-memory.ts';
import { isLobbyRequest, type LobbyRequest } from '../meeting/lobby.ts';
import type { Message } from '../messages/message.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import { serveFeed } from '../swarm/open-feed.ts';
import { UploadTurns } from '../swarm/upload-turns.ts';
import { serveRecords } from '../sync/object-fetch.ts';
import { Conversation } from './conversation.ts';
import { acceptControl } from './handshake.ts';
import { MessageChannel, type Received } from './message-channel.ts';
import type { Negotiated } from './negotiation.ts';
import { OpenRepositories } from './open-repositories.ts';
import { RepositoryService } from './repository-service.ts';
import { RequestIds } from './request-ids.ts';
import type { KeyRegister, ServedRepositories } from './served-repository.ts';
import { serveTransfer, type ServedTransferDeps } from './served-transfer.ts';
import {
  COUNTED_PAYLOAD_MIN_BYTES,
  createHello,
  FIRST_MESSAGE_MAX_MS,
  REQUEST_PAYLOAD_MAX_BYTES,
  REQUESTS_MAX,
  SYNCS_MAX,
  WINDOW_DEFAULT_BYTES,
} from './session-limits.ts';

export type ServeDeps = {
  readonly clock: Clock;
  readonly host: ServedRepositories;
  /** Remembers the new keys of peers; left out where nobody is known by a key. */
  readonly keys?: KeyRegister | undefined;
  /** For keys that peers must not foresee. */
  readonly random: RandomBytes;
  /** In which order feeds are sent, where several connections share a link; left out, this connection is alone. */
  readonly turns?: UploadTurns | undefined;
  /** For what is read and not sent, where several connections share it; left out, this connection is alone. */
  readonly memory?: SendMemory | undefined;
  /** For what peers send, where several connections share it; left out, this connection is alone. */
  readonly intake?: ReceiveMemory | undefined;
  /** Answers what strangers may ask too; without it such requests are no requests. */
  readonly lobby?: LobbyAnswer | undefined;
  /** The circuits of a relay, for peers that may use them; without it nobody is relayed. */
  readonly circuits?: CircuitSwitch | undefined;
  /** Takes a direct connection to this connection's peer, which has come over a circuit; without it there is none. */
  readonly punch?: PunchAnswer | undefined;
};

/** The lobby, for the peer of this connection. The stream needs no more reading when it resolves. */
export type LobbyAnswer = (request: LobbyRequest, signal: AbortSignal) => Promise<void>;

export type ServeOptions = {
  /** Name and version of this program, for the peer's logs. */
  readonly software: string;
  /** Most unacknowledged bulk bytes accepted per transfer; at least `WINDOW_MIN_BYTES`. */
  readonly windowBytes?: number | undefined;
  /** Told of requests that failed, for logs; the peer has been told already. */
  readonly onProblem?: ((error: unknown) => void) | undefined;
  /** Ends the connection. */
  readonly signal?: AbortSignal | undefined;
};

/** A connection being served. */
export interface ServedConnection {
  /** Resolves when the connection has ended and everything it started with it; rejects when it ended badly. */
  readonly done: Promise<void>;
  /** Ends it, telling the peer. Idempotent. */
  close(code: number, reason: string): Promise<void>;
  /** Asks the host again about every repository that is open; transfers that are no longer allowed stop. */
  recheck(): Promise<void>;
}

/** Serves an incoming connection until it ends. The connection belongs to the result from here on. */
export function serveConnection(
  connection: Connection,
  deps: ServeDeps,
  options: ServeOptions,
): ServedConnection {
  const server = new ServerSession(connection, deps, options);
  const done = server.run();
  // The owner may look at `done` late or never; a peer's bad end must not bring the process down.
  done.catch(() => undefined);
  return {
    done,
    close: (code, reason) => server.close(code, reason),
    recheck: () => server.recheck(),
  };
}

class ServerSession {
  readonly #connection: Connection;
  readonly #deps: ServeDeps;
  readonly #options: ServeOptions;
  readonly #windowBytes: number;
  readonly #turns: UploadTurns;
  readonly #memory: SendMemory;
  readonly #repositories: OpenRepositories;
  readonly #requestIds = new RequestIds();
  #conversation: Conversation | undefined;
  #desk: CircuitDesk | undefined;
  #requestCount = 0;
  #syncCount = 0;
  #streamCount = 0;

  constructor(connection: Connection, deps: ServeDeps, options: ServeOptions) {
    this.#connection = connection;
    this.#deps = deps;
    this.#options = options;
    this.#windowBytes = options.windowBytes ?? WINDOW_DEFAULT_BYTES;
    this.#turns = deps.turns ?? new UploadTurns(deps.clock);
    this.#memory = deps.memory ?? new SendMemory(deps.clock);
    this.#repositories = new OpenRepositories(deps.host, connection.remotePeerId);
  }

  async run(): Promise<void> {
    const connection = this.#connection;
    const { clock } = this.#deps;
    const { software, signal } = this.#options;
    const hello = createHello(software, this.#windowBytes);
    const { control, negotiated, incoming } = await acceptControl(
      { connection, clock },
      { hello, signal },
    );
    const { onProblem } = this.#options;
    const { intake: memory } = this.#deps;
    const conversation = new Conversation({
      ...{ connection, clock, control, incoming, onProblem, memory },
    });
    this.#conversation = conversation;
    this.#desk = new CircuitDesk({ circuits: this.#deps.circuits, connection, conversation });
    const service = new RepositoryService({
      repositories: this.#repositories,
      host: this.#deps.host,
      keys: this.#deps.keys,
      peerId: connection.remotePeerId,
      send: (name, requestId, body) => conversation.send(name, requestId, body),
    });
    const onAbort = (): void => conversation.track(conversation.close());
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      await conversation.run({
        onControl: (received) => this.#onControl(conversation, service, received),
        onStream: (stream) => conversation.track(this.#onStream(conversation, negotiated, stream)),
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
      await this.#repositories.close();
    }
  }

  async close(code: number = APPLICATION_CODE_NONE, reason = ''): Promise<void> {
    if (this.#conversation === undefined) await this.#connection.close(code, reason);
    else await this.#conversation.close(code, reason);
  }

  recheck(): Promise<void> {
    return this.#repositories.recheck();
  }

  /** Starts answering; answers may come in another order than the questions. */
  async #onControl(
    conversation: Conversation,
    service: RepositoryService,
    received: Received,
  ): Promise<void> {
    const { requestId, message } = received;
    this.#requestIds.use(requestId);
    if (this.#requestCount >= REQUESTS_MAX) {
      await conversation.send(
        'ERROR',
        requestId,
        toErrorMessage(tooBusy('requests', REQUESTS_MAX)),
      );
      return;
    }
    this.#requestCount++;
    const answer = async (): Promise<void> => {
      try {
        if (message === undefined) throw unsupported(received);
        if (message.name === 'CIRCUIT_RESERVE') await this.#desk?.reserve(requestId);
        else if (message.name === 'OBSERVE') await this.#desk?.observe(requestId);
        else await service.answer(requestId, message, conversation.signal);
      } catch (error) {
        if (isViolation(error)) throw error;
        this.#options.onProblem?.(error);
        await conversation.send('ERROR', requestId, toErrorMessage(error));
      } finally {
        this.#requestCount--;
      }
    };
    conversation.track(answer());
  }

  /** One request on a stream of its own. */
  async #onStream(
    conversation: Conversation,
    negotiated: Negotiated,
    stream: ByteStream,
  ): Promise<void> {
    const channel = new MessageChannel(stream);
    if (this.#streamCount >= REQUESTS_MAX) {
      channel.interrupt(0, tooBusy('request streams', REQUESTS_MAX));
      await channel.settled();
      return;
    }
    this.#streamCount++;
    let requestId = 0;
    let takenBytes = 0;
    const onAbort = (): void => channel.interrupt(requestId, conversation.signal.reason);
    conversation.signal.addEventListener('abort', onAbort, { once: true });
    try {
      const limit = { ms: FIRST_MESSAGE_MAX_MS, what: 'its request' };
      const limits = {
        payloadMaxBytes: REQUEST_PAYLOAD_MAX_BYTES,
        reserve: async (bytes: number): Promise<void> => {
          if (bytes < COUNTED_PAYLOAD_MIN_BYTES) return;
          takenBytes = bytes;
          await conversation.memory.take(bytes);
        },
      };
      const received = await withDeadline(this.#deps.clock, limit, () => channel.receive(limits));
      if (received === undefined) throw invalidMessage('is missing on a stream opened for one');
      requestId = received.requestId;
      this.#requestIds.use(requestId);
      const { message } = received;
      if (message === undefined) throw unsupported(received);
      const { lobby } = this.#deps;
      if (lobby !== undefined && isLobbyRequest(message)) {
        await lobby({ channel, requestId, message }, conversation.signal);
        return;
      }
      if (message.name === 'PUNCH' && this.#deps.punch !== undefined) {
        await answerPunch({ channel, requestId, ...message.body }, this.#deps.punch);
        return;
      }
      if (message.name === 'CIRCUIT_CONNECT') {
        await this.#desk?.connect({ channel, requestId }, message.body.peerId);
        return;
      }
      await this.#serve(conversation, negotiated, { channel, requestId, message });
      await channel.drain();
    } catch (error) {
      // Before the peer hears of it, so that the log has it when the peer asks.
      this.#options.onProblem?.(error);
      channel.interrupt(requestId, error);
      await channel.settled();
      conversation.failOnViolation(error);
    } finally {
      conversation.signal.removeEventListener('abort', onAbort);
      this.#streamCount--;
      conversation.memory.give(takenBytes);
    }
  }

  async #serve(
    conversation: Conversation,
    negotiated: Negotiated,
    job: { channel: MessageChannel; requestId: number; message: Message },
  ): Promise<void> {
    const { channel, requestId, message } = job;
    if (this.#syncCount >= SYNCS_MAX) throw tooBusy('transfers', SYNCS_MAX);
    this.#syncCount++;
    try {
      switch (message.name) {
        case 'SYNC_REQUEST': {
          const access = message.body.direction === 'push' ? 'write' : 'read';
          const opened = await this.#repositories.use(message.body.handle, access);
          const signal = AbortSignal.any([conversation.signal, opened.revoked]);
          const deps = this.#transferDeps(conversation, negotiated);
          await serveTransfer(deps, { channel, requestId, request: message.body, opened, signal });
          return;
        }
        case 'FEED_OPEN': {
          const opened = await this.#repositories.useForFeed(message.body.handle);
          const signal = AbortSignal.any([conversation.signal, opened.revoked]);
          const deps = this.#transferDeps(conversation, negotiated);
          const turns = this.#turns;
          const feed = { channel, requestId, request: message.body, opened, turns, signal };
          await serveFeed(deps, feed);
          return;
        }
        case 'CHUNK_DOWNLOAD':
        case 'MANIFEST_GET': {
          const opened = await this.#repositories.use(message.body.handle, 'read');
          const signal = AbortSignal.any([conversation.signal, opened.revoked]);
          const request = { name: message.name, requestId, body: message.body };
          const share = this.#memory.enter(this.#connection);
          await serveRecords(
            { reader: opened.repository.objects, channel, share },
            request,
            signal,
          );
          return;
        }
        default:
          throw invalidMessage(`of type ${message.name} does not begin a request stream`);
      }
    } finally {
      this.#syncCount--;
    }
  }

  #transferDeps(conversation: Conversation, negotiated: Negotiated): ServedTransferDeps {
    const { clock, random } = this.#deps;
    const windowBytes = this.#windowBytes;
    const connection = this.#connection;
    const memory = this.#memory;
    return { connection, clock, conversation, negotiated, windowBytes, random, memory };
  }
}

function unsupported(received: Received): ProtocolError {
  const type = 'type' in received ? received.type : 0;
  return new ProtocolError('DITS_PROTOCOL_UNSUPPORTED', `message type ${type} is not spoken here`);
}

function tooBusy(what: string, limit: number): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_RATE_LIMITED', `more than ${limit} ${what} at a time`);
}
