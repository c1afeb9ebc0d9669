/**
 * Objects on the wire in their stored form, and their acknowledgement: CHUNK_UPLOAD, MANIFEST_PUSH, CHUNK_DATA,
 * MANIFEST_DATA, CHUNK_UPLOAD_ACK, MANIFEST_ACK, CHUNK_DOWNLOAD, MANIFEST_GET (docs/protocol.md, "Objects").
 */
import {
  CODEC,
  OBJECT_KIND,
  OBJECT_SIZE_MAX_BYTES,
  objectKindOf,
  type Codec,
  type ObjectId,
  type ObjectKind,
  type ObjectRecord,
} from '../../store/index.ts';
import { dits } from '#gen/messages';
import {
  BATCH_RESULTS_MAX,
  IDS_PER_MESSAGE_MAX,
  RECORDS_PER_BATCH_MAX,
  TEXT_MAX_BYTES,
} from './limits.ts';
import {
  decodePayload,
  fitText,
  invalidMessage,
  readIds,
  readNumber,
  readText,
  writeIds,
  type MessageCodec,
} from './wire-fields.ts';

export type Records = {
  /** From 1 inside a sync, over all its streams; 0 in an answer. */
  readonly batch: number;
  readonly records: readonly ObjectRecord[];
  /** Answers only: ids asked for that are not held. */
  readonly absent: readonly ObjectId[];
  /** Answers only: nothing follows. */
  readonly last: boolean;
};

export type ObjectRequest = { readonly handle: number; readonly ids: readonly ObjectId[] };

/** What became of one record. Documented numbers. */
export const RECORD_STATUS = {
  accepted: 0,
  duplicate: 1,
  hashMismatch: 2,
  tooLarge: 3,
  quota: 4,
} as const;

export type BatchResult = {
  readonly batch: number;
  /** One `RECORD_STATUS` a record, in the order of the batch. */
  readonly statuses: Uint8Array;
};

export type BatchAck = {
  readonly results: readonly BatchResult[];
  /** Why records were refused, for people, where the sink has more to say than the status. */
  readonly reason?: string | undefined;
};

const CODEC_SHIFT = 4;
const CODEC_NAMES: readonly Codec[] = ['none', 'zstd'];
/** Protobuf tag of `Records.data`: field 15, length-delimited. */
const DATA_TAG: number = (15 << 3) | 2;

export const recordsCodec: MessageCodec<Records> = {
  encode(value) {
    const { records } = value;
    const writer = dits.messages.Records.encode({
      batch: value.batch,
      ids: writeIds(records.map((record) => record.id)),
      forms: Uint8Array.from(records, (r) => OBJECT_KIND[r.kind] | (CODEC[r.codec] << CODEC_SHIFT)),
      raw_sizes: records.map((record) => record.rawSize),
      stored_sizes: records.map((record) => record.stored.length),
      absent: writeIds(value.absent),
      last: value.last,
    });
    // The data field is written by hand, so that the payloads go to the link without being joined first.
    const dataBytes = records.reduce((sum, record) => sum + record.stored.length, 0);
    if (dataBytes === 0) return [writer.finish()];
    const head = writer.uint32(DATA_TAG).uint32(dataBytes).finish();
    return [head, ...records.map((record) => record.stored)];
  },
  decode(payload) {
    const value = decodePayload(dits.messages.Records, payload, {
      4: { max: RECORDS_PER_BATCH_MAX, isPacked: true },
      5: { max: RECORDS_PER_BATCH_MAX, isPacked: true },
    });
    const ids = readIds(value.ids, RECORDS_PER_BATCH_MAX);
    const { forms, raw_sizes: rawSizes, stored_sizes: storedSizes, data } = value;
    if ([forms.length, rawSizes.length, storedSizes.length].some((n) => n !== ids.length)) {
      throw invalidMessage('describes its records in lists of different lengths');
    }
    let offset = 0;
    const records = ids.map((id, index): ObjectRecord => {
      const end = offset + storedSizes[index]!;
      if (end > data.length) throw invalidMessage('announces more record bytes than it holds');
      const stored = data.subarray(offset, end);
      offset = end;
      return {
        id,
        ...readForm(forms[index]!),
        ...readSizes(rawSizes[index]!, forms[index]!, stored),
      };
    });
    if (offset !== data.length) throw invalidMessage('holds bytes that belong to no record');
    const absent = readIds(value.absent, IDS_PER_MESSAGE_MAX);
    return { batch: value.batch, records, absent, last: value.last };
  },
};

function readForm(form: number): { kind: ObjectKind; codec: Codec } {
  const kind = objectKindOf(form & 0x0f);
  const codec = CODEC_NAMES[form >> CODEC_SHIFT];
  if (kind === undefined) throw invalidMessage('holds a record of an unknown kind');
  if (codec === undefined) throw invalidMessage('holds a record in an unknown compression');
  return { kind, codec };
}

function readSizes(
  rawSize: number,
  form: number,
  stored: Uint8Array,
): { rawSize: number; stored: Uint8Array } {
  readNumber(rawSize, 0, OBJECT_SIZE_MAX_BYTES);
  const isPlain = form >> CODEC_SHIFT === CODEC.none;
  if (isPlain ? stored.length !== rawSize : stored.length >= rawSize) {
    throw invalidMessage('holds a record whose sizes do not fit its compression');
  }
  return { rawSize, stored };
}

export const objectRequestCodec: MessageCodec<ObjectRequest> = {
  encode: (request) => [
    dits.messages.ObjectRequest.encode({
      handle: request.handle,
      ids: writeIds(request.ids),
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.ObjectRequest, payload);
    const ids = readIds(value.ids, IDS_PER_MESSAGE_MAX);
    if (ids.length === 0) throw invalidMessage('asks for no object');
    if (new Set(ids).size !== ids.length) throw invalidMessage('asks for one object twice');
    return { handle: value.handle, ids };
  },
};

export const batchAckCodec: MessageCodec<BatchAck> = {
  encode: (ack) => [
    dits.messages.BatchAck.encode({
      results: ack.results.map(({ batch, statuses }) => ({ batch, statuses })),
      reason: fitText(ack.reason ?? '', TEXT_MAX_BYTES),
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.BatchAck, payload, { 1: { max: BATCH_RESULTS_MAX } });
    const reason = readText(value.reason, TEXT_MAX_BYTES);
    return {
      ...(reason === '' ? {} : { reason }),
      results: value.results.map(({ batch, statuses }) => {
        readNumber(statuses.length, 1, RECORDS_PER_BATCH_MAX);
        if (statuses.some((status) => status > RECORD_STATUS.quota)) {
          throw invalidMessage('reports an unknown status');
        }
        return { batch: readNumber(batch, 1, 0xffff_ffff), statuses };
      }),
    };
  },
};
