/** The dialler's questions on the control stream, matched with their answers by request id. */
import { fromErrorMessage } from '../error-codes.ts';
import type { MessageName } from '../frames/message-types.ts';
import type { Message, MessageBody } from '../messages/message.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import type { Received } from './message-channel.ts';

type Pending = {
  readonly answers: readonly MessageName[];
  readonly resolve: (message: Message) => void;
  readonly reject: (error: unknown) => void;
};

export type SendRequest = <N extends MessageName>(
  name: N,
  requestId: number,
  body: MessageBody<N>,
) => Promise<void>;

export class ControlRequests {
  readonly #pending = new Map<number, Pending>();
  readonly #send: SendRequest;

  constructor(send: SendRequest) {
    this.#send = send;
  }

  /**
   * Asks, and resolves with the answer, one of `answers`.
   * @throws ProtocolError what the peer's ERROR says
   */
  async ask<N extends MessageName, A extends MessageName>(
    request: { readonly name: N; readonly requestId: number; readonly body: MessageBody<N> },
    answers: readonly A[],
    signal?: AbortSignal,
  ): Promise<Extract<Message, { name: A }>> {
    signal?.throwIfAborted();
    const { name, requestId, body } = request;
    const answer = new Promise<Message>((resolve, reject) => {
      this.#pending.set(requestId, { answers, resolve, reject });
    });
    // The entry stays after an abort: the answer will come, and must not look like one to no question.
    const onAbort = (): void => this.#pending.get(requestId)?.reject(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const [message] = await Promise.all([answer, this.#send(name, requestId, body)]);
      return message as Extract<Message, { name: A }>;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Takes a message from the control stream. @throws ProtocolError for an answer to no question */
  answered(received: Received): void {
    const { requestId, message } = received;
    const pending = this.#pending.get(requestId);
    if (pending === undefined || message === undefined) {
      throw invalidMessage(`answers request ${requestId}, which is not open`);
    }
    this.#pending.delete(requestId);
    if (message.name === 'ERROR') pending.reject(fromErrorMessage(message.body));
    else if (pending.answers.includes(message.name)) pending.resolve(message);
    else {
      const error = invalidMessage(`of type ${message.name} does not answer request ${requestId}`);
      pending.reject(error);
      throw error;
    }
  }

  /** The conversation is over. */
  fail(error: unknown): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
