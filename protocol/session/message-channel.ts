/** Messages over a bidirectional stream: frames in, typed messages out, and back. */
import { DitsError } from '../../store/index.ts';
import type { ByteStream } from '../connection.ts';
import { applicationCodeOf, toErrorMessage } from '../error-codes.ts';
import { FrameReader } from '../frames/frame-reader.ts';
import { FrameWriter } from '../frames/frame-writer.ts';
import { MESSAGE_TYPE, messageNameOf, type MessageName } from '../frames/message-types.ts';
import {
  decodeMessage,
  encodeMessage,
  type Message,
  type MessageBody,
} from '../messages/message.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';

/** A message as it came in, or the number of one that this program does not speak (its payload was dropped). */
export type Received =
  | { readonly requestId: number; readonly message: Message }
  | { readonly requestId: number; readonly message: undefined; readonly type: number };

export type ReceiveLimits = {
  /** Longest payload taken here, where that is less than the message may have elsewhere. */
  readonly payloadMaxBytes?: number | undefined;
  /** Waits until there is memory for a payload of this length. */
  readonly reserve?: ((bytes: number) => Promise<void>) | undefined;
};

/** Messages whose payload shrinks: names and flags, not ids and objects. */
const COMPRESSED_MESSAGES: ReadonlySet<MessageName> = new Set<MessageName>([
  'AUTH_OK',
  'CHUNK_BATCH_RESP',
  'CHUNK_UPLOAD_ACK',
  'MANIFEST_ACK',
  'REF_LIST_RESP',
  'REF_UPDATE',
  'REF_UPDATE_RESULT',
  'REPO_LIST_RESP',
]);

export class MessageChannel {
  readonly #stream: ByteStream;
  readonly #reader: FrameReader;
  readonly #writer: FrameWriter;
  #writesUnderWay = 0;
  /** Whether our half is over, or somebody else's to write to. */
  #isPassedOn = false;
  #interruption: Promise<void> | undefined;

  constructor(stream: ByteStream) {
    this.#stream = stream;
    this.#reader = new FrameReader(stream);
    this.#writer = new FrameWriter(stream);
  }

  /** Sends a message after the ones before it; resolves when the link has room for more. */
  async send<N extends MessageName>(
    name: N,
    requestId: number,
    body: MessageBody<N>,
  ): Promise<void> {
    const type = MESSAGE_TYPE[name].code;
    const parts = encodeMessage(name, body);
    const compress = COMPRESSED_MESSAGES.has(name);
    this.#writesUnderWay++;
    try {
      await this.#writer.write({ type, requestId, parts, compress });
    } finally {
      this.#writesUnderWay--;
    }
  }

  /**
   * The next message, or undefined when the peer ended the stream.
   * @throws ProtocolError for frames and payloads that break a rule, and as `ByteSource.read`
   */
  async receive(limits: ReceiveLimits = {}): Promise<Received | undefined> {
    const header = await this.#reader.readHeader();
    if (header === undefined) return undefined;
    const { requestId, type } = header;
    const name = messageNameOf(type);
    if (name === undefined) {
      await this.#reader.skipPayload(header);
      return { requestId, message: undefined, type };
    }
    checkPayloadLength(name, header.payloadLength, limits.payloadMaxBytes);
    await limits.reserve?.(header.payloadLength);
    const limit = MESSAGE_TYPE[name].payloadMaxBytes;
    const payload = await this.#reader.readPayload(header, limit);
    return { requestId, message: decodeMessage(name, payload) };
  }

  /** Ends our half in good order. */
  end(): Promise<void> {
    this.#isPassedOn = true;
    return this.#writer.end();
  }

  /**
   * Breaks the exchange off because of `error`, waking whoever reads or writes here. The peer is told by an ERROR where
   * the stream takes one at once, by a reset otherwise. Idempotent.
   */
  interrupt(requestId: number, error: unknown): void {
    if (this.#interruption !== undefined) return;
    const code = applicationCodeOf(error);
    const isFree = this.#writesUnderWay === 0 && !this.#isPassedOn;
    const tellsPeer = isFree && error instanceof DitsError;
    this.#interruption = tellsPeer ? this.#sayWhy(requestId, error) : this.#reset(code);
  }

  /** Reads on to the peer's end of the stream, after the last message. @throws ProtocolError when another one comes */
  async drain(): Promise<void> {
    const received = await this.receive();
    if (received !== undefined) throw invalidMessage('comes after the last one of its request');
  }

  /** The stream after the last message in either direction, for bytes that are no messages. The channel must not be used after that. */
  takeOver(): ByteStream {
    this.#isPassedOn = true;
    const rest = this.#reader.rest();
    return rest.length === 0 ? this.#stream : new RestOfStream(rest, this.#stream);
  }

  /** Resolves when an interruption, if there was one, has been sent. */
  async settled(): Promise<void> {
    await this.#interruption;
  }

  async #sayWhy(requestId: number, error: unknown): Promise<void> {
    try {
      await this.send('ERROR', requestId, toErrorMessage(error));
      await this.end();
    } catch (failure) {
      // The stream broke meanwhile, so that nobody is left to tell; anything else is a mistake here.
      if (!(failure instanceof ProtocolError)) throw failure;
    }
    this.#stream.stop(applicationCodeOf(error));
  }

  #reset(applicationCode: number): Promise<void> {
    this.#stream.reset(applicationCode);
    this.#stream.stop(applicationCode);
    return Promise.resolve();
  }
}

/** A stream of which some bytes were read ahead. */
class RestOfStream implements ByteStream {
  readonly streamId: number;
  readonly #stream: ByteStream;
  #rest: Uint8Array;

  constructor(rest: Uint8Array, stream: ByteStream) {
    this.streamId = stream.streamId;
    this.#rest = rest;
    this.#stream = stream;
  }

  read(into: Uint8Array): Promise<number> {
    if (this.#rest.length === 0) return this.#stream.read(into);
    const piece = this.#rest.subarray(0, into.length);
    into.set(piece);
    this.#rest = this.#rest.subarray(piece.length);
    return Promise.resolve(piece.length);
  }

  write(parts: readonly Uint8Array[]): Promise<void> {
    return this.#stream.write(parts);
  }

  end(): Promise<void> {
    return this.#stream.end();
  }

  reset(code: number): void {
    this.#stream.reset(code);
  }

  stop(code: number): void {
    this.#stream.stop(code);
  }
}

/** Refuses a payload above its type's limit before it is read. */
export function checkPayloadLength(name: MessageName, length: number, lengthMax = Infinity): void {
  const limit = Math.min(MESSAGE_TYPE[name].payloadMaxBytes, lengthMax);
  if (length > limit) {
    throw new ProtocolError(
      'DITS_PROTOCOL_TOO_LARGE',
      `${name} announces ${length} bytes, the limit is ${limit}`,
    );
  }
}
