/** Exact questions about what a repository holds: CHUNK_CHECK, CHUNK_BATCH_CHECK (docs/protocol.md, "Checks"). */
import type { ObjectId } from '../../store/index.ts';
import { dits } from '#gen/messages';
import { IDS_PER_MESSAGE_MAX } from './limits.ts';
import {
  decodePayload,
  invalidMessage,
  readId,
  readIds,
  readNumber,
  writeIds,
  type MessageCodec,
} from './wire-fields.ts';

export type ChunkCheck = { readonly handle: number; readonly id: ObjectId };
export type ChunkCheckResponse = { readonly present: boolean };

export type BatchCheck = {
  /** 0 inside a sync. */
  readonly handle: number;
  /** From 1 inside a sync; 0 elsewhere. */
  readonly number: number;
  readonly ids: readonly ObjectId[];
};

export type BatchCheckResponse = {
  readonly number: number;
  /** One answer an id, in the order of the question. */
  readonly present: readonly boolean[];
};

export const chunkCheckCodec: MessageCodec<ChunkCheck> = {
  encode: (check) => [
    dits.messages.ChunkCheck.encode({ handle: check.handle, id: writeIds([check.id]) }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.ChunkCheck, payload);
    return { handle: value.handle, id: readId(value.id) };
  },
};

export const chunkCheckResponseCodec: MessageCodec<ChunkCheckResponse> = {
  encode: (answer) => [dits.messages.ChunkCheckResponse.encode(answer).finish()],
  decode: (payload) => ({
    present: decodePayload(dits.messages.ChunkCheckResponse, payload).present,
  }),
};

export const batchCheckCodec: MessageCodec<BatchCheck> = {
  encode: (check) => [
    dits.messages.BatchCheck.encode({
      handle: check.handle,
      number: check.number,
      ids: writeIds(check.ids),
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.BatchCheck, payload);
    const ids = readIds(value.ids, IDS_PER_MESSAGE_MAX);
    if (ids.length === 0) throw invalidMessage('checks no id');
    return { handle: value.handle, number: value.number, ids };
  },
};

export const batchCheckResponseCodec: MessageCodec<BatchCheckResponse> = {
  encode: (answer) => [
    dits.messages.BatchCheckResponse.encode({
      number: answer.number,
      count: answer.present.length,
      present: packBits(answer.present),
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.BatchCheckResponse, payload);
    const count = readNumber(value.count, 1, IDS_PER_MESSAGE_MAX);
    return { number: value.number, present: unpackBits(value.present, count) };
  },
};

/** Bits in input order, lowest bit of each byte first, like the bits of a Bloom filter. */
function packBits(flags: readonly boolean[]): Buffer {
  const bytes = Buffer.alloc(Math.ceil(flags.length / 8));
  flags.forEach((flag, index) => {
    if (flag) bytes[index >> 3]! |= 1 << (index & 7);
  });
  return bytes;
}

function unpackBits(bytes: Uint8Array, count: number): boolean[] {
  if (bytes.length !== Math.ceil(count / 8))
    throw invalidMessage('has a bitmap of the wrong length');
  const spare = bytes.length * 8 - count;
  if (spare > 0 && bytes[bytes.length - 1]! >> (8 - spare) !== 0) {
    throw invalidMessage('has bits set past the end of its bitmap');
  }
  return Array.from(
    { length: count },
    (_, index) => (bytes[index >> 3]! & (1 << (index & 7))) !== 0,
  );
}
