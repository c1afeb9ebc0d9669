/** The dialler's end of a connection: opens repositories that the peer serves. */
import type { Clock } from '../clock.ts';
import type { CloseReason, Connection, LinkStats } from '../connection.ts';
import { applicationCodeOf } from '../error-codes.ts';
import type { Access, AuthFail, AuthFailure } from '../messages/auth.ts';
import type { Pass } from '../messages/pass.ts';
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
};

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
  const { software, windowBytes = WINDOW_DEFAULT_BYTES, signal } = options;
  const { clock } = deps;
  const hello = createHello(software, windowBytes);
  const { control, negotiated, incoming } = await openControl(
    { connection, clock },
    { hello, signal },
  );
  const conversation = new Conversation({ connection, clock, control, incoming });
  return new Session({ connection, clock, conversation, negotiated, windowBytes });
}

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
  readonly #running: Promise<void>;

  /** Use `connectSession`. */
  constructor(parts: SessionParts) {
    this.#parts = parts;
    const { conversation } = parts;
    this.#requests = new ControlRequests((name, requestId, body) =>
      conversation.send(name, requestId, body),
    );
    this.#running = this.#run();
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

  /** Ends the session in good order and waits for everything it started. Idempotent. */
  async close(): Promise<void> {
    await this.#parts.conversation.close();
    await this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
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
