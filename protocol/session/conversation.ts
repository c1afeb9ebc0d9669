/**
 * What both ends of a connection have in common: the control stream, the bulk streams, the keep-alive, and one way to
 * end, with the reason told to the peer. What a message means is decided by the client or server that owns it.
 */
import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock.ts';
import type { ByteStream, Connection, IncomingStream } from '../connection.ts';
import { APPLICATION_CODE_NONE, fromErrorMessage, isViolation } from '../error-codes.ts';
import { withDeadline } from '../flow/deadline.ts';
import { ReceiveMemory, type ReceiveShare } from '../flow/receive-memory.ts';
import { runTogether } from '../flow/task-group.ts';
import type { MessageName } from '../frames/message-types.ts';
import type { MessageBody } from '../messages/message.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import { BulkReceiver } from './bulk-receiver.ts';
import { KeepAlive } from './keep-alive.ts';
import { explainLoss, refuse, sayLast } from './last-words.ts';
import type { MessageChannel, Received } from './message-channel.ts';
import {
  BULK_STREAMS_MAX,
  CLOSING_MAX_MS,
  COUNTED_PAYLOAD_MIN_BYTES,
  REQUESTS_MAX,
} from './session-limits.ts';

/** Those who wait for the end of a conversation: its requests, transfers and streams, a few listeners each. */
const LISTENERS_MAX: number = 4 * (REQUESTS_MAX + BULK_STREAMS_MAX);

export type ConversationDeps = {
  readonly connection: Connection;
  readonly clock: Clock;
  /** The control stream, after the HELLOs. */
  readonly control: MessageChannel;
  /** Streams that the peer opens from here on. */
  readonly incoming: AsyncIterator<IncomingStream>;
  /** Shared by all connections of a node; left out, this connection is alone. */
  readonly memory?: ReceiveMemory | undefined;
  /** Told of failures that nobody else awaits: of single requests and streams. For logs. */
  readonly onProblem?: ((error: unknown) => void) | undefined;
};

export type ConversationHandlers = {
  /** A message on the control stream other than PING, PONG, CLOSE and ERROR 0. Must not wait for long. */
  readonly onControl: (received: Received) => Promise<void>;
  /** A stream that the peer opened for a request. */
  readonly onStream: (stream: ByteStream) => void;
};

export class Conversation {
  readonly bulk: BulkReceiver;
  /** Counts what the peer has sent and this side is not done with. */
  readonly memory: ReceiveShare;
  /** Aborts when the conversation ends; `reason` says why. */
  readonly signal: AbortSignal;
  readonly #deps: ConversationDeps;
  readonly #controller = new AbortController();
  readonly #keepAlive: KeepAlive;
  readonly #tasks = new Set<Promise<void>>();
  #lastRequestId = 0;
  #end: Promise<void> | undefined;
  #isClosing = false;

  constructor(deps: ConversationDeps) {
    this.#deps = deps;
    const memory = deps.memory ?? new ReceiveMemory(deps.clock);
    this.memory = memory.enter(deps.connection, (reason) => this.fail(reason));
    this.bulk = new BulkReceiver(this.memory);
    this.signal = this.#controller.signal;
    setMaxListeners(LISTENERS_MAX, this.signal);
    this.#keepAlive = new KeepAlive(deps.clock, async () => {
      const requestId = this.nextRequestId();
      await this.send('PING', requestId, { data: new Uint8Array() });
      return requestId;
    });
  }

  nextRequestId(): number {
    return ++this.#lastRequestId;
  }

  /** Sends a message on the control stream. */
  send<N extends MessageName>(name: N, requestId: number, body: MessageBody<N>): Promise<void> {
    return this.#deps.control.send(name, requestId, body);
  }

  /** Ends the connection when the peer broke a rule; other failures concern only who ran into them. */
  failOnViolation(error: unknown): void {
    if (isViolation(error)) this.fail(error);
  }

  /** Runs work that belongs to the conversation: it is awaited before the conversation is over; a violation ends it. */
  track(work: Promise<void>): void {
    const task = work
      .catch((error: unknown) => {
        this.#deps.onProblem?.(error);
        this.failOnViolation(error);
      })
      .finally(() => this.#tasks.delete(task));
    this.#tasks.add(task);
  }

  /** Converses until either side ends it. Resolves after everything it started has ended; rejects with the reason of a bad end. */
  async run(handlers: ConversationHandlers): Promise<void> {
    const { connection } = this.#deps;
    try {
      await runTogether(
        {
          tasks: [() => this.#acceptStreams(handlers), () => this.#receive(handlers)],
          watchers: [(signal) => this.#keepAlive.run(signal)],
          onStop: (reason) => this.fail(reason),
        },
        this.signal,
      );
      await this.close();
    } catch (error) {
      this.fail(error);
      await connection.closed;
      if (!this.#isClosing) throw await explainLoss(connection, error);
    } finally {
      this.#controller.abort();
      this.memory.leave();
      await this.#end;
      await Promise.all(this.#tasks);
    }
  }

  /** Ends the connection because of `error`, telling the peer. Idempotent. */
  fail(error: unknown): void {
    this.#end ??= this.#finish(error);
  }

  /** Ends the connection in good order. Idempotent. */
  async close(code: number = APPLICATION_CODE_NONE, reason = ''): Promise<void> {
    this.#isClosing = true;
    this.#end ??= this.#sayGoodbye(code, reason);
    await this.#end;
  }

  async #sayGoodbye(code: number, reason: string): Promise<void> {
    await sayLast(this.#deps, () => this.send('CLOSE', 0, { code, reason }));
    await this.#deps.connection.close(code, reason);
    this.#controller.abort(
      new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'the session was closed'),
    );
  }

  async #finish(error: unknown): Promise<void> {
    this.#controller.abort(error);
    await refuse(this.#deps, this.#deps.control, error);
  }

  async #acceptStreams(handlers: ConversationHandlers): Promise<void> {
    const { incoming } = this.#deps;
    for (let next = await incoming.next(); next.done !== true; next = await incoming.next()) {
      const { value } = next;
      if (value.kind === 'unidirectional') this.track(this.bulk.receive(value.source));
      else handlers.onStream(value.stream);
    }
  }

  async #receive(handlers: ConversationHandlers): Promise<void> {
    while (!this.#isClosing) {
      let takenBytes = 0;
      const received = await this.#deps.control.receive({
        reserve: async (bytes) => {
          if (bytes < COUNTED_PAYLOAD_MIN_BYTES) return;
          takenBytes = bytes;
          await this.memory.take(bytes);
        },
      });
      if (received === undefined) {
        const what = 'the peer ended the control stream';
        throw new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', what);
      }
      this.#keepAlive.heard();
      await this.#handle(received, handlers);
      this.memory.give(takenBytes);
    }
    const { clock, connection } = this.#deps;
    const limit = { ms: CLOSING_MAX_MS, what: 'the end that it announced' };
    await withDeadline(clock, limit, () => connection.closed);
  }

  async #handle(received: Received, handlers: ConversationHandlers): Promise<void> {
    const { message, requestId } = received;
    switch (message?.name) {
      case 'CLOSE':
        this.#isClosing = true;
        return;
      case 'PING':
        await this.send('PONG', requestId, message.body);
        return;
      case 'PONG':
        this.#keepAlive.pong(requestId);
        return;
      case 'HELLO':
        throw invalidMessage('is a second HELLO');
      case 'ERROR':
        if (requestId === 0) throw fromErrorMessage(message.body);
        await handlers.onControl(received);
        return;
      default:
        await handlers.onControl(received);
    }
  }
}
