/** Takes the peer's unidirectional streams and hands each batch to the transfer it belongs to. */
import type { ByteSource } from '../connection.ts';
import { APPLICATION_CODE_CANCELLED, applicationCodeOf, isViolation } from '../error-codes.ts';
import { FrameReader } from '../frames/frame-reader.ts';
import { PayloadPool } from '../frames/payload-pool.ts';
import type { ReceiveShare } from '../flow/receive-memory.ts';
import type { FrameHeader } from '../frames/frame-format.ts';
import { messageNameOf } from '../frames/message-types.ts';
import { recordsCodec } from '../messages/records.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import type { BatchMessage } from '../sync/batch-ledger.ts';
import type { BatchTaker } from '../sync/batch-taker.ts';
import { BULK_STREAMS_MAX, ENDED_SYNCS_KEPT } from './session-limits.ts';
import { checkPayloadLength } from './message-channel.ts';

export class BulkReceiver {
  readonly #share: ReceiveShare;
  readonly #sinks = new Map<number, BatchTaker>();
  /** Bytes taken for batches of each of them. */
  readonly #held = new Map<number, number>();
  /** Streams that are inside a batch, and the transfer it is for. */
  readonly #inside = new Map<ByteSource, number>();
  readonly #ended = new Set<number>();
  readonly #pool = new PayloadPool();
  #streamCount = 0;

  constructor(share: ReceiveShare) {
    this.#share = share;
  }

  /** Lets batches of a transfer in, until `remove`. */
  add(requestId: number, sink: BatchTaker): void {
    this.#sinks.set(requestId, sink);
  }

  /** The transfer is over; what is still under way for it is dropped. */
  remove(requestId: number): void {
    if (!this.#sinks.delete(requestId)) return;
    this.#share.give(this.#held.get(requestId) ?? 0);
    this.#held.delete(requestId);
    // A batch that is still coming in would lie here for as long as the peer likes.
    for (const [source, inside] of this.#inside) {
      if (inside === requestId) source.stop(APPLICATION_CODE_CANCELLED);
    }
    if (this.#sinks.size === 0) this.#pool.clear();
    this.#ended.add(requestId);
    if (this.#ended.size > ENDED_SYNCS_KEPT) this.#ended.delete(this.#ended.values().next().value!);
  }

  /**
   * Reads one stream to its end. A stream that breaks fails its transfer only.
   * @throws ProtocolError when the peer broke a rule
   */
  async receive(source: ByteSource): Promise<void> {
    if (this.#streamCount >= BULK_STREAMS_MAX) {
      throw invalidMessage(`comes on more than ${BULK_STREAMS_MAX} bulk streams at a time`);
    }
    this.#streamCount++;
    const current: { sink?: BatchTaker | undefined } = {};
    try {
      await this.#readFrames(source, current);
    } catch (error) {
      source.stop(applicationCodeOf(error));
      current.sink?.fail(error);
      if (isViolation(error)) throw error;
    } finally {
      this.#inside.delete(source);
      this.#streamCount--;
    }
  }

  async #readFrames(source: ByteSource, current: { sink?: BatchTaker | undefined }): Promise<void> {
    const reader = new FrameReader(source);
    for (;;) {
      const header = await reader.readHeader();
      if (header === undefined) return;
      const message = readMessageName(header);
      const sink = this.#sinks.get(header.requestId);
      if (sink === undefined) {
        if (!this.#ended.has(header.requestId)) {
          throw invalidMessage(`belongs to request ${header.requestId}, which was never made`);
        }
        source.stop(APPLICATION_CODE_CANCELLED);
        return;
      }
      current.sink = sink;
      sink.reserve(header.payloadLength);
      const bytes = header.payloadLength;
      this.#inside.set(source, header.requestId);
      await this.#take(header.requestId, bytes);
      const payload = this.#pool.take(bytes);
      await reader.readPayloadInto(payload);
      this.#inside.delete(source);
      sink.accept(message, recordsCodec.decode(payload), {
        bytes,
        release: () => {
          this.#pool.give(payload);
          this.#give(header.requestId, bytes);
        },
      });
    }
  }

  /** Waits for memory. A transfer that breaks gives back what it has when it is removed. */
  async #take(requestId: number, bytes: number): Promise<void> {
    await this.#share.take(bytes);
    if (this.#sinks.has(requestId)) {
      this.#held.set(requestId, (this.#held.get(requestId) ?? 0) + bytes);
    } else this.#share.give(bytes);
  }

  #give(requestId: number, bytes: number): void {
    const held = this.#held.get(requestId);
    if (held === undefined) return;
    this.#held.set(requestId, held - bytes);
    this.#share.give(bytes);
  }
}

function readMessageName(header: FrameHeader): BatchMessage {
  const name = messageNameOf(header.type);
  if (name !== 'CHUNK_UPLOAD' && name !== 'MANIFEST_PUSH') {
    throw invalidMessage(`of type ${name ?? header.type} has no place on a bulk stream`);
  }
  if (header.isCompressed) throw invalidMessage('is a batch compressed as a whole');
  checkPayloadLength(name, header.payloadLength);
  return name;
}
