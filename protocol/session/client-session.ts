/** The dialler's end of a connection: opens repositories that the peer serves. */
import type { Clock } from '../clock.ts';
import { askForCircuit } from '../circuits/ask-for-circuit.ts';
import { askPunch } from '../circuits/punch.ts';
import { receiveOffer, type OfferedCircuit } from '../circuits/offered-circuit.ts';
import type { ByteStream, CloseReason, Connection, LinkStats, PunchAsk } from '../connection.ts';
import { applicationCodeOf } from '../error-codes.ts';
import type { Access, AuthFail, AuthFailure } from '../messages/auth.ts';
import type { Pass } from '../messages/pass.ts';
import type { CircuitConnected, CircuitReserved } from '../messages/circuits.ts';
import type { SharedRepository } from '../messages/repositories.ts';
import { compareNames } from '../messages/refs.ts';
import type { IdentityRotate, IdentityRotated, Rotation } from '../messages/rotation.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError, type ProtocolErrorCode } from '../protocol-error.ts';
import { ControlRequests } from './control-requests.ts';
import { Conversation } from './conversation.ts';
import { openControl } from './handshake.ts';
import { explainLoss } from './last-words.ts';
import type { Negotiated } from './negotiation.ts';
import { RemoteRepository } from './remote-repository.ts';
import { createHello, WINDOW_DEFAULT_BYTES } from './session-limits.ts';

export type SessionDeps = { readonly clock: Clock };

export type SessionOptions = {
  /** Name and version of this program, for the peer's logs. */
  readonly software: string;
  /** Most unacknowledged bulk bytes accepted per transfer; at least `WINDOW_MIN_BYTES`. */
  readonly windowBytes?: number | undefined;
  /** Gives up the handshake. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Takes circuits that the peer, a relay, offers after `reserveCircuits`; without it the peer may open no stream for
   * requests. Must accept or refuse.
   */
  readonly onCircuit?: ((circuit: OfferedCircuit) => Promise<void>) | undefined;
};

/** What a relay says of a reservation. */
export type Reservation = CircuitReserved;
/** A circuit to another peer. What is read and written on its stream is the other peer's. */
export type Circuit = { readonly stream: ByteStream } & CircuitConnected;

export type OpenOptions = {
  readonly access: Access;
  /** Make the repository if it does not exist. */
  readonly create?: boolean | undefined;
  /** Another peer's word for this side, where the peer does not know it. */
  readonly pass?: Pass | undefined;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Says HELLO and returns the session, which owns the connection from here on.
 * @throws ProtocolError when the peer does not answer, or in a way that ends the conversation; the connection is closed then
 */
export async function connectSession(
  connection: Connection,
  deps: SessionDeps,
  options: SessionOptions,
): Promise<Session> {
  const { software, windowBytes = WINDOW_DEFAULT_BYTES, signal, onCircuit } = options;
  const { clock } = deps;
  const hello = createHello(software, windowBytes);
  const { control, negotiated, incoming } = await openControl(
    { connection, clock },
    { hello, signal },
  );
  const conversation = new Conversation({ connection, clock, control, incoming });
  return new Session({ connection, clock, conversation, negotiated, windowBytes }, onCircuit);
}

/** Rounds of REPO_LIST for one list: more repositories than a node keeps, at the page size. */
const REPOSITORY_PAGES_MAX = 16;

/** What the parts of a session share. */
export type SessionParts = {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly conversation: Conversation;
  readonly negotiated: Negotiated;
  readonly windowBytes: number;
};

export class Session {
  readonly #parts: SessionParts;
  readonly #requests: ControlRequests;
  readonly #onCircuit: SessionOptions['onCircuit'];
  readonly #running: Promise<void>;

  /** Use `connectSession`. */
  constructor(parts: SessionParts, onCircuit: SessionOptions['onCircuit']) {
    this.#parts = parts;
    this.#onCircuit = onCircuit;
    const { conversation } = parts;
    this.#requests = new ControlRequests((name, requestId, body) =>
      conversation.send(name, requestId, body),
    );
    this.#running = this.#run();
    this.#upgrade();
  }

  /** The peer's proven identity. */
  get remotePeerId(): string {
    return this.#parts.connection.remotePeerId;
  }

  /** The peer's program, as it calls itself. */
  get remoteSoftware(): string {
    return this.#parts.negotiated.software;
  }

  /** Resolves when the connection has ended, with the reason. */
  get closed(): Promise<CloseReason> {
    return this.#parts.connection.closed;
  }

  /** Bytes on the link so far, all framing included. */
  stats(): LinkStats {
    return this.#parts.connection.stats();
  }

  /**
   * Opens a repository.
   * @throws ProtocolError DITS_PROTOCOL_PERMISSION_DENIED, DITS_PROTOCOL_NOT_FOUND (told only to peers that may know),
   * DITS_PROTOCOL_RATE_LIMITED, DITS_PROTOCOL_CONNECTION_LOST
   */
  async openRepository(name: string, options: OpenOptions): Promise<RemoteRepository> {
    const { access, create = false, pass, signal } = options;
    const { conversation, connection } = this.#parts;
    const request = {
      name: 'AUTH' as const,
      requestId: conversation.nextRequestId(),
      body: { repository: name, access, create, pass },
    };
    try {
      const answer = await this.#requests.ask(request, ['AUTH_OK', 'AUTH_FAIL'], signal);
      if (answer.name === 'AUTH_FAIL') throw authError(name, answer.body);
      return new RemoteRepository({ ...this.#parts, requests: this.#requests }, name, answer.body);
    } catch (error) {
      throw await explainLoss(connection, error);
    }
  }

  /**
   * Tells the peer that this side, connected with the old key, has a new one.
   * @throws ProtocolError DITS_PROTOCOL_PERMISSION_DENIED when it does not believe it, DITS_PROTOCOL_UNSUPPORTED
   */
  async tellRotation(rotation: Rotation, signal?: AbortSignal): Promise<void> {
    const { accepted, message } = await this.#askRotation({ kind: 'tell', rotation }, signal);
    if (!accepted) throw new ProtocolError('DITS_PROTOCOL_PERMISSION_DENIED', message);
  }

  /** The statements that led from a peer id to the peer's own, unchecked; empty for an id that it never had. */
  async askRotations(old: string, signal?: AbortSignal): Promise<readonly Rotation[]> {
    return (await this.#askRotation({ kind: 'ask', old }, signal)).chain;
  }

  /**
   * Asks the peer, a relay, to let others reach this side through it, as long as the connection lasts.
   * @throws ProtocolError DITS_PROTOCOL_UNSUPPORTED when it is no relay, DITS_PROTOCOL_RATE_LIMITED
   */
  async reserveCircuits(signal?: AbortSignal): Promise<Reservation> {
    const { conversation, connection } = this.#parts;
    const requestId = conversation.nextRequestId();
    const request = { name: 'CIRCUIT_RESERVE' as const, requestId, body: {} };
    try {
      return (await this.#requests.ask(request, ['CIRCUIT_RESERVED'], signal)).body;
    } catch (error) {
      throw await explainLoss(connection, error);
    }
  }

  /**
   * Address and port, `HOST:PORT`, at which the peer, a relay, sees this side.
   * @throws ProtocolError DITS_PROTOCOL_UNSUPPORTED when it is no relay
   */
  async observe(signal?: AbortSignal): Promise<string> {
    const requestId = this.#parts.conversation.nextRequestId();
    const request = { name: 'OBSERVE' as const, requestId, body: {} };
    return (await this.#requests.ask(request, ['OBSERVED'], signal)).body.address;
  }

  /**
   * Asks the peer, a relay, for a circuit to another peer.
   * @throws ProtocolError DITS_PROTOCOL_NOT_FOUND when that peer is not there, DITS_PROTOCOL_UNSUPPORTED when this one is
   *   no relay, DITS_PROTOCOL_RATE_LIMITED, DITS_PROTOCOL_PERMISSION_DENIED
   */
  async connectCircuit(peerId: string, signal?: AbortSignal): Promise<Circuit> {
    const { conversation, connection, clock } = this.#parts;
    try {
      const request = { requestId: conversation.nextRequestId(), peerId, signal };
      return await askForCircuit({ connection, clock }, request);
    } catch (error) {
      conversation.failOnViolation(error);
      throw await explainLoss(connection, error);
    }
  }

  /**
   * What the peer lets this side read, in byte order of the names.
   * @throws ProtocolError as `openRepository`
   */
  async listRepositories(
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<readonly SharedRepository[]> {
    const { conversation, connection } = this.#parts;
    const found: SharedRepository[] = [];
    try {
      for (let page = 0; page < REPOSITORY_PAGES_MAX; page++) {
        const after = found.at(-1)?.name ?? '';
        const request = {
          name: 'REPO_LIST' as const,
          requestId: conversation.nextRequestId(),
          body: { after },
        };
        const { body } = await this.#requests.ask(request, ['REPO_LIST_RESP'], options.signal);
        const [first] = body.repositories;
        if (first !== undefined && compareNames(first.name, after) <= 0) {
          throw invalidMessage('repeats repositories');
        }
        found.push(...body.repositories);
        if (!body.more) return found;
      }
    } catch (error) {
      throw await explainLoss(connection, error);
    }
    throw invalidMessage('never ends its list of repositories');
  }

  /** Ends the session in good order and waits for everything it started. Idempotent. */
  async close(): Promise<void> {
    await this.#parts.conversation.close();
    await this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Lets a connection over a circuit look for a direct path. */
  #upgrade(): void {
    const { conversation, connection } = this.#parts;
    const ask: PunchAsk = (addresses) =>
      askPunch(connection, conversation.nextRequestId(), addresses);
    const upgrading = connection.upgrade?.(ask, conversation.signal);
    if (upgrading !== undefined) conversation.track(upgrading);
  }

  async #offered(
    stream: ByteStream,
    take: NonNullable<SessionOptions['onCircuit']>,
  ): Promise<void> {
    await take(await receiveOffer(this.#parts.clock, stream));
  }

  async #askRotation(body: IdentityRotate, signal?: AbortSignal): Promise<IdentityRotated> {
    const { conversation, connection } = this.#parts;
    const requestId = conversation.nextRequestId();
    const request = { name: 'IDENTITY_ROTATE' as const, requestId, body };
    try {
      return (await this.#requests.ask(request, ['IDENTITY_ROTATED'], signal)).body;
    } catch (error) {
      throw await explainLoss(connection, error);
    }
  }

  async #run(): Promise<void> {
    const { conversation } = this.#parts;
    const onAbort = (): void => this.#requests.fail(conversation.signal.reason);
    conversation.signal.addEventListener('abort', onAbort, { once: true });
    try {
      await conversation.run({
        onControl: (received) => {
          this.#requests.answered(received);
          return Promise.resolve();
        },
        onStream: (stream) => {
          if (this.#onCircuit !== undefined) {
            conversation.track(this.#offered(stream, this.#onCircuit));
            return;
          }
          const error = invalidMessage('comes on a stream that only the dialler may open');
          stream.reset(applicationCodeOf(error));
          stream.stop(applicationCodeOf(error));
          conversation.fail(error);
        },
      });
    } catch (error) {
      // Everyone who was waiting has been told; whoever comes later finds the connection closed.
      this.#requests.fail(error);
    }
  }
}

const AUTH_CODES: Readonly<Record<AuthFailure, ProtocolErrorCode>> = {
  invalid: 'DITS_PROTOCOL_NOT_FOUND',
  expired: 'DITS_PROTOCOL_PERMISSION_DENIED',
  'insufficient-permission': 'DITS_PROTOCOL_PERMISSION_DENIED',
  suspended: 'DITS_PROTOCOL_PERMISSION_DENIED',
  'rate-limited': 'DITS_PROTOCOL_RATE_LIMITED',
};

const AUTH_HINTS: Partial<Readonly<Record<AuthFailure, string>>> = {
  'rate-limited': 'try again later, or ask the owner of the peer for a larger share',
};

function authError(repository: string, answer: AuthFail): ProtocolError {
  const reason = answer.message === '' ? answer.failure : answer.message;
  return new ProtocolError(
    AUTH_CODES[answer.failure],
    `the peer does not open ${repository}: ${reason}`,
    {
      hint:
        AUTH_HINTS[answer.failure] ??
        'ask the other side for access: `dits peer add` there grants it',
      details: { repository, failure: answer.failure },
    },
  );
}
