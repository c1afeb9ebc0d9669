/** The frame of a transfer: SYNC_REQUEST to SYNC_DONE, and BLOOM_FILTER (docs/protocol.md, "Sync"). */
import type { ObjectId } from '../../store/index.ts';
import { dits } from '#gen/messages';
import { SKETCH_KEY_BYTES } from '../sketch/keyed-digest.ts';
import { SYNC_TIPS_MAX } from './limits.ts';
import {
  decodePayload,
  invalidMessage,
  readCount,
  readIds,
  readNumber,
  writeIds,
  type MessageCodec,
} from './wire-fields.ts';

/** Which way the objects go, seen from the side that asks. */
const SYNC_DIRECTION = { push: 1, pull: 2 } as const;
type SyncDirection = keyof typeof SYNC_DIRECTION;

export type SyncRequest = {
  readonly handle: number;
  readonly direction: SyncDirection;
  /** Objects whose closure the sink shall have. */
  readonly wants: readonly ObjectId[];
  /** Push: what the source knows the sink to have. Pull: what the sink has, complete. */
  readonly haves: readonly ObjectId[];
  /** Objects the sender holds, exact or an upper bound; in a push 0 means that it does not say. */
  readonly heldCount: number;
  /** Pull: most unacknowledged bulk bytes the sink accepts. */
  readonly windowBytes: number;
  /** Pull: everything but chunks is wanted; those come from feeds. */
  readonly structure?: boolean | undefined;
};

export type SyncResponse = {
  /** Haves that both sides hold, complete at the sink. */
  readonly common: readonly ObjectId[];
  /** Push: objects the sink holds. */
  readonly heldCount: number;
  /** Push: most unacknowledged bulk bytes the sink accepts. */
  readonly windowBytes: number;
  /** The sink sends a BLOOM_FILTER next. */
  readonly filter: boolean;
  /** `SKETCH_KEY_BYTES` bytes: the source sends SKETCH_REQUEST next. Never with `filter`. */
  readonly sketchKey?: Uint8Array | undefined;
};

/** A filter as it travels; `bloom/bloom-filter.ts` judges whether it makes sense. */
export type BloomFilterMessage = {
  readonly bitCount: number;
  readonly hashCount: number;
  readonly idCount: number;
  readonly bits: Uint8Array;
};

/** What a source has found and sent so far. */
export type SyncTotals = {
  /** Every object of the transfer, chunks among them. */
  readonly objects: number;
  readonly chunks: number;
  readonly objectsSent: number;
  readonly chunksSent: number;
  /** Raw bytes of all chunks. */
  readonly logicalBytes: number;
  /** Payload bytes sent, in stored form. */
  readonly sentBytes: number;
};

export type SyncProgressMessage = { readonly totals: SyncTotals };
export type SyncEnd = {
  /** Number of the last batch, 0 for none. */ readonly batches: number;
  readonly totals: SyncTotals;
};
export type SyncDone = {
  readonly stored: number;
  readonly duplicates: number;
  readonly bytes: number;
};

export const syncRequestCodec: MessageCodec<SyncRequest> = {
  encode: (request) => [
    dits.messages.SyncRequest.encode({
      handle: request.handle,
      direction: SYNC_DIRECTION[request.direction],
      wants: writeIds(request.wants),
      haves: writeIds(request.haves),
      held: request.heldCount,
      window_bytes: request.windowBytes,
      ...(request.structure === true ? { structure: true } : {}),
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.SyncRequest, payload);
    const wants = readIds(value.wants, SYNC_TIPS_MAX);
    if (wants.length === 0) throw invalidMessage('wants nothing');
    const direction = readNumber(value.direction, 1, 2) === SYNC_DIRECTION.push ? 'push' : 'pull';
    if (value.structure && direction === 'push') throw invalidMessage('pushes without chunks');
    return {
      handle: value.handle,
      direction,
      wants,
      haves: readIds(value.haves, SYNC_TIPS_MAX),
      heldCount: readCount(value.held),
      windowBytes: value.window_bytes,
      ...(value.structure ? { structure: true } : {}),
    };
  },
};

export const syncResponseCodec: MessageCodec<SyncResponse> = {
  encode: (response) => [
    dits.messages.SyncResponse.encode({
      common: writeIds(response.common),
      held: response.heldCount,
      window_bytes: response.windowBytes,
      filter: response.filter,
      ...(response.sketchKey === undefined ? {} : { sketch_key: response.sketchKey }),
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.SyncResponse, payload);
    const { sketch_key: key, filter } = value;
    if (key.length > 0 && (key.length !== SKETCH_KEY_BYTES || filter)) {
      throw invalidMessage('has a sketch key that makes no sense');
    }
    return {
      common: readIds(value.common, SYNC_TIPS_MAX),
      heldCount: readCount(value.held),
      windowBytes: value.window_bytes,
      filter,
      ...(key.length === 0 ? {} : { sketchKey: key }),
    };
  },
};

export const bloomFilterCodec: MessageCodec<BloomFilterMessage> = {
  encode: (filter) => [
    dits.messages.BloomFilter.encode({
      bit_count: filter.bitCount,
      hash_count: filter.hashCount,
      id_count: filter.idCount,
      bits: filter.bits,
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.BloomFilter, payload);
    return {
      bitCount: value.bit_count,
      hashCount: value.hash_count,
      idCount: value.id_count,
      bits: value.bits,
    };
  },
};

type Uint64Value = Parameters<typeof readCount>[0] | null;
type TotalsValue = {
  objects?: Uint64Value;
  chunks?: Uint64Value;
  objects_sent?: Uint64Value;
  chunks_sent?: Uint64Value;
  logical_bytes?: Uint64Value;
  sent_bytes?: Uint64Value;
};

function encodeTotals(totals: SyncTotals): Record<keyof TotalsValue, number> {
  return {
    objects: totals.objects,
    chunks: totals.chunks,
    objects_sent: totals.objectsSent,
    chunks_sent: totals.chunksSent,
    logical_bytes: totals.logicalBytes,
    sent_bytes: totals.sentBytes,
  };
}

function decodeTotals(value: TotalsValue | null | undefined): SyncTotals {
  const totals = value ?? {};
  const count = (field: keyof typeof totals): number => readCount(totals[field] ?? 0);
  return {
    objects: count('objects'),
    chunks: count('chunks'),
    objectsSent: count('objects_sent'),
    chunksSent: count('chunks_sent'),
    logicalBytes: count('logical_bytes'),
    sentBytes: count('sent_bytes'),
  };
}

export const syncProgressCodec: MessageCodec<SyncProgressMessage> = {
  encode: (progress) => [
    dits.messages.SyncProgress.encode({ totals: encodeTotals(progress.totals) }).finish(),
  ],
  decode: (payload) => ({
    totals: decodeTotals(decodePayload(dits.messages.SyncProgress, payload).totals),
  }),
};

export const syncEndCodec: MessageCodec<SyncEnd> = {
  encode: (end) => [
    dits.messages.SyncEnd.encode({
      batches: end.batches,
      totals: encodeTotals(end.totals),
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.SyncEnd, payload);
    return { batches: value.batches, totals: decodeTotals(value.totals) };
  },
};

export const syncDoneCodec: MessageCodec<SyncDone> = {
  encode: (done) => [dits.messages.SyncDone.encode(done).finish()],
  decode(payload) {
    const value = decodePayload(dits.messages.SyncDone, payload);
    return {
      stored: readCount(value.stored),
      duplicates: readCount(value.duplicates),
      bytes: readCount(value.bytes),
    };
  },
};
