/** The connection of a peer that nobody here knows: HELLO, and what the lobby answers, within narrow limits. */
import type { Clock } from '../clock.ts';
import type { ByteStream, Connection } from '../connection.ts';
import { withDeadline } from '../flow/deadline.ts';
import { runTogether } from '../flow/task-group.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import { Conversation } from '../session/conversation.ts';
import { acceptControl } from '../session/handshake.ts';
import { MessageChannel } from '../session/message-channel.ts';
import { RequestIds } from '../session/request-ids.ts';
import { createHello, FIRST_MESSAGE_MAX_MS, WINDOW_MIN_BYTES } from '../session/session-limits.ts';
import { isLobbyRequest, type Lobby, type LobbyCaller } from './lobby.ts';
import {
  STRANGER_BYTES_MAX,
  STRANGER_COUNT_INTERVAL_MS,
  STRANGER_IDLE_MAX_MS,
  STRANGER_REQUESTS_MAX,
  STRANGER_STAY_MAX_MS,
} from './meeting-limits.ts';

export type ServeStrangerDeps = {
  readonly clock: Clock;
  readonly lobby: Lobby;
  readonly caller: LobbyCaller;
};

export type ServeStrangerOptions = {
  /** Name and version of this program. */
  readonly software: string;
  /** Told of what went wrong, for logs. */
  readonly onProblem?: ((error: unknown) => void) | undefined;
};

export interface ServedStranger {
  /** Resolves when the connection has ended and everything it started with it; rejects when it ended badly. */
  readonly done: Promise<void>;
  /** Ends it, telling the peer. Idempotent. */
  close(code: number, reason: string): Promise<void>;
}

/** Serves a stranger until it goes or its time is up. The connection belongs to the result from here on. */
export function serveStranger(
  connection: Connection,
  deps: ServeStrangerDeps,
  options: ServeStrangerOptions,
): ServedStranger {
  const session = new StrangerSession(connection, deps, options);
  const done = session.run();
  // The owner may look at `done` late or never.
  done.catch(() => undefined);
  return { done, close: (code, reason) => session.close(code, reason) };
}

class StrangerSession {
  readonly #connection: Connection;
  readonly #deps: ServeStrangerDeps;
  readonly #options: ServeStrangerOptions;
  readonly #requestIds = new RequestIds();
  #conversation: Conversation | undefined;
  #openCount = 0;
  #quietSinceMs: number;

  constructor(connection: Connection, deps: ServeStrangerDeps, options: ServeStrangerOptions) {
    this.#connection = connection;
    this.#deps = deps;
    this.#options = options;
    this.#quietSinceMs = deps.clock.now();
  }

  async run(): Promise<void> {
    await runTogether({
      tasks: [(signal) => this.#converse(signal)],
      watchers: [(signal) => this.#count(signal)],
      onStop: (reason) => this.#conversation?.fail(reason),
    });
  }

  async #converse(signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    const { software, onProblem } = this.#options;
    const connection = this.#connection;
    const hello = createHello(software, WINDOW_MIN_BYTES);
    const { control, incoming } = await acceptControl({ connection, clock }, { hello, signal });
    const conversation = new Conversation({ connection, clock, control, incoming, onProblem });
    this.#conversation = conversation;
    conversation.track(this.#watch(conversation));
    await conversation.run({
      // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous for real answers
      onControl: async () => {
        throw notForStrangers();
      },
      onStream: (stream) => conversation.track(this.#onStream(conversation, stream)),
    });
  }

  async close(code: number, reason: string): Promise<void> {
    if (this.#conversation === undefined) await this.#connection.close(code, reason);
    else await this.#conversation.close(code, reason);
  }

  async #onStream(conversation: Conversation, stream: ByteStream): Promise<void> {
    const channel = new MessageChannel(stream);
    if (this.#openCount >= STRANGER_REQUESTS_MAX) {
      const what = `more than ${STRANGER_REQUESTS_MAX} requests at a time`;
      channel.interrupt(0, new ProtocolError('DITS_PROTOCOL_RATE_LIMITED', what));
      await channel.settled();
      return;
    }
    this.#openCount++;
    let requestId = 0;
    try {
      const limit = { ms: FIRST_MESSAGE_MAX_MS, what: 'its request' };
      const received = await withDeadline(this.#deps.clock, limit, () => channel.receive());
      if (received === undefined) throw invalidMessage('is missing on a stream opened for one');
      requestId = received.requestId;
      this.#requestIds.use(requestId);
      const { message } = received;
      if (message === undefined || !isLobbyRequest(message)) throw notForStrangers();
      const { lobby, caller } = this.#deps;
      await lobby.answer({ channel, requestId, message }, caller, conversation.signal);
    } catch (error) {
      channel.interrupt(requestId, error);
      await channel.settled();
      throw error;
    } finally {
      this.#openCount--;
      this.#quietSinceMs = this.#deps.clock.now();
    }
  }

  /** Sends a stranger away that wants nothing, or has been here long enough. */
  async #watch(conversation: Conversation): Promise<void> {
    const startedMs = this.#deps.clock.now();
    while (await this.#pause(conversation.signal)) {
      const now = this.#deps.clock.now();
      const isIdle = this.#openCount === 0 && now - this.#quietSinceMs >= STRANGER_IDLE_MAX_MS;
      if (!isIdle && now - startedMs < STRANGER_STAY_MAX_MS) continue;
      conversation.fail(
        new ProtocolError('DITS_PROTOCOL_TIMEOUT', 'peers that are not known here cannot stay'),
      );
      return;
    }
  }

  /** Bounds what a stranger has this side keep of streams that nobody reads, before its HELLO as well. */
  async #count(signal: AbortSignal): Promise<void> {
    while (this.#connection.stats().bytesReceived <= STRANGER_BYTES_MAX) {
      await this.#deps.clock.sleep(STRANGER_COUNT_INTERVAL_MS, signal);
    }
    const what = `a peer that is not known here sent more than ${STRANGER_BYTES_MAX} bytes`;
    throw new ProtocolError('DITS_PROTOCOL_TOO_LARGE', what);
  }

  /** Waits until it is time to look again; false when the connection ended meanwhile. */
  async #pause(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#deps.clock.sleep(STRANGER_IDLE_MAX_MS / 2, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return !signal.aborted;
  }
}

function notForStrangers(): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_PERMISSION_DENIED', 'this peer is not known here', {
    hint: 'pair with it: dits peer pair',
  });
}
