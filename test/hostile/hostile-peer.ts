/** A peer without manners on a real connection: any bytes on any stream, or sound messages at the wrong time. */
import assert from 'node:assert/strict';

import {
  PROTOCOL_ERROR_CODES,
  type ByteSink,
  type ByteStream,
  type Connection,
  type MessageBody,
  type MessageName,
  type ProtocolErrorCode,
} from '../../protocol/index.ts';
import type { Hello } from '../../protocol/messages/hello.ts';
import { MessageChannel } from '../../protocol/session/message-channel.ts';
import { createHello } from '../../protocol/session/session-limits.ts';
import type { ObjectId, ObjectRecord } from '../../store/index.ts';
import { RAW_WINDOW_BYTES, batchOf, expectMessage, frame } from '../protocol/support/raw-peer.ts';

/** How long the other side may take to say or do what a case waits for; machines that run tests are busy. */
const PATIENCE_MS = 20_000;

/** An id that no object has. */
export const NOBODYS_ID = 'aa'.repeat(32) as ObjectId;

/** The handle of the repository that `enter` opens. */
export const HANDLE = 1;

export class HostilePeer {
  readonly connection: Connection;
  #control: MessageChannel | undefined;
  #lastRequestId = 0;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  get control(): MessageChannel {
    assert.ok(this.#control !== undefined, 'hello() comes first');
    return this.#control;
  }

  nextRequestId(): number {
    return ++this.#lastRequestId;
  }

  stream(): Promise<ByteStream> {
    return this.connection.openStream();
  }

  sink(): Promise<ByteSink> {
    return this.connection.openSink();
  }

  async channel(): Promise<MessageChannel> {
    return new MessageChannel(await this.stream());
  }

  /** Opens the control stream and says HELLO, with something else in it where `over` says so. */
  async hello(over: Partial<Hello> = {}): Promise<this> {
    this.#control = await this.channel();
    await this.#control.send('HELLO', 0, { ...createHello('rude/1', RAW_WINDOW_BYTES), ...over });
    return this;
  }

  /** HELLO, and the repository open as handle 1. */
  async enter(
    repository: string,
    options: { readonly access?: 'read' | 'write'; readonly create?: boolean } = {},
  ): Promise<this> {
    const { access = 'write', create = false } = options;
    await this.hello();
    await expectMessage(this.control, 'HELLO');
    const answer = await this.ask('AUTH', { repository, access, create }, 'AUTH_OK');
    assert.equal(answer.handle, HANDLE);
    return this;
  }

  /** Says something on the control stream and takes the answer, which must be of this kind. */
  async ask<N extends MessageName, A extends MessageName>(
    name: N,
    body: MessageBody<N>,
    answer: A,
  ): Promise<MessageBody<A>> {
    const requestId = await this.say(name, body);
    for (;;) {
      const received = await within(this.control.receive(), `the answer to ${name}`);
      // On a busy machine it may take until the other side asks for a sign of life.
      if (received?.message?.name === 'PING') continue;
      assert.deepEqual([received?.requestId, received?.message?.name], [requestId, answer]);
      const { body: told }: { readonly body: unknown } = received!.message!;
      return told as MessageBody<A>;
    }
  }

  /** Says something on the control stream, under a new request id. */
  async say<N extends MessageName>(name: N, body: MessageBody<N>): Promise<number> {
    const requestId = this.nextRequestId();
    await this.control.send(name, requestId, body);
    return requestId;
  }

  /** Asks something on a stream of its own. */
  async request<N extends MessageName>(
    name: N,
    body: MessageBody<N>,
  ): Promise<{ readonly channel: MessageChannel; readonly requestId: number }> {
    const channel = await this.channel();
    const requestId = this.nextRequestId();
    await channel.send(name, requestId, body);
    return { channel, requestId };
  }

  /** A push of something that the other side cannot have, ready for batches. */
  async startPush(over: Partial<MessageBody<'SYNC_REQUEST'>> = {}): Promise<HostilePush> {
    const { channel, requestId } = await this.request('SYNC_REQUEST', {
      ...{ handle: HANDLE, direction: 'push', wants: [NOBODYS_ID], haves: [] },
      ...{ heldCount: 0, windowBytes: 0, ...over },
    });
    await expectMessage(channel, 'SYNC_RESPONSE');
    return new HostilePush(await this.sink(), channel, requestId);
  }

  /** A pull of this; the answer has not been taken. */
  async startPull(
    want: ObjectId,
    over: Partial<MessageBody<'SYNC_REQUEST'>> = {},
  ): Promise<{ readonly channel: MessageChannel; readonly requestId: number }> {
    return await this.request('SYNC_REQUEST', {
      ...{ handle: HANDLE, direction: 'pull', wants: [want], haves: [] },
      ...{ heldCount: 0, windowBytes: RAW_WINDOW_BYTES, ...over },
    });
  }

  /** The other side must close the connection with this code, and say why. */
  async isThrownOut(...codes: readonly ProtocolErrorCode[]): Promise<string> {
    const { by, code, reason } = await within(this.connection.closed, 'the end of the connection');
    assert.equal(by, 'remote', reason);
    const expected = codes.map((name) => PROTOCOL_ERROR_CODES[name].applicationCode);
    assert.ok(expected.includes(code), `${code} "${reason}", not ${expected.join(' or ')}`);
    assert.notEqual(reason, '', 'the reason is said');
    return reason;
  }

  /** The connection must be there still: a small question is answered. */
  async isStillServed(): Promise<void> {
    await this.control.send('PING', this.nextRequestId(), { data: Buffer.from('still there?') });
    for (;;) {
      const received = await within(this.control.receive(), 'an answer');
      assert.ok(received !== undefined, 'the control stream has ended');
      if (received.message?.name === 'PONG') return;
    }
  }
}

/** A transfer in which the hostile peer is the source. */
export class HostilePush {
  readonly sink: ByteSink;
  readonly channel: MessageChannel;
  readonly requestId: number;
  #lastBatch = 0;

  constructor(sink: ByteSink, channel: MessageChannel, requestId: number) {
    this.sink = sink;
    this.channel = channel;
    this.requestId = requestId;
  }

  /** Sends records as the next batch: chunks, or everything else. */
  async send(
    records: readonly ObjectRecord[],
    message: 'CHUNK_UPLOAD' | 'MANIFEST_PUSH' = 'CHUNK_UPLOAD',
  ): Promise<void> {
    await this.sink.write([frame(message, this.requestId, batchOf(++this.#lastBatch, records))]);
  }

  /** Sends the payload of a batch as it is. */
  async sendPayload(payload: Uint8Array): Promise<void> {
    const head = frame('CHUNK_UPLOAD', this.requestId, batchOf(0, [])).subarray(0, 20);
    const header = Buffer.from(head);
    header.writeUInt32BE(payload.length, 8);
    await this.sink.write([header, payload]);
  }
}

/** The value, unless it takes too long. */
export async function within<T>(value: Promise<T>, what: string, ms = PATIENCE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what} did not come within ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(timer);
  }
}
