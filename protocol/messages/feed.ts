/**
 * Chunks that the sink asks for by name, from one of many sources: FEED_OPEN to FEED_CANCEL (docs/protocol.md, "Feeds"). The
 * chunks themselves travel as in a sync.
 */
import type { ChunkId, ObjectId } from '../../store/index.ts';
import { dits } from '#gen/messages';
import {
  ID_PREFIX_BYTES,
  IDS_PER_MESSAGE_MAX,
  PREFIXES_PER_MESSAGE_MAX,
  SYNC_TIPS_MAX,
} from './limits.ts';
import {
  decodePayload,
  invalidMessage,
  readIds,
  writeIds,
  type MessageCodec,
} from './wire-fields.ts';

export type FeedOpen = {
  readonly handle: number;
  /** Tips of what the sink fetches. */
  readonly wants: readonly ObjectId[];
  /** Most unacknowledged bulk bytes the sink accepts. */
  readonly windowBytes: number;
  /** Most prefixes that the sink accepts in all FEED_HAVE of the feed. */
  readonly announcedMax: number;
};

export type FeedOpened = {
  /** Whether the source holds everything that the tips lead to. */
  readonly complete: boolean;
};

export type FeedHave = {
  /** The first `ID_PREFIX_BYTES` of the id of each chunk that the source holds, too, back to back. */
  readonly prefixes: Uint8Array;
  /** Whether the source holds everything that the tips lead to by now. */
  readonly complete: boolean;
};

export type FeedWant = {
  readonly ids: readonly ChunkId[];
  /** Nothing more will be wanted. */
  readonly last: boolean;
};

/** FEED_ABSENT: will not come. FEED_CANCEL: wanted no more. */
export type FeedIds = { readonly ids: readonly ChunkId[] };

export const feedOpenCodec: MessageCodec<FeedOpen> = {
  encode: (open) => [
    dits.messages.FeedOpen.encode({
      handle: open.handle,
      wants: writeIds(open.wants),
      window_bytes: open.windowBytes,
      announced_max: open.announcedMax,
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.FeedOpen, payload);
    const wants = readIds(value.wants, SYNC_TIPS_MAX);
    if (wants.length === 0) throw invalidMessage('opens a feed of nothing');
    return {
      handle: value.handle,
      wants,
      windowBytes: value.window_bytes,
      announcedMax: value.announced_max,
    };
  },
};

export const feedOpenedCodec: MessageCodec<FeedOpened> = {
  encode: (opened) => [dits.messages.FeedOpened.encode(opened).finish()],
  decode: (payload) => ({ complete: decodePayload(dits.messages.FeedOpened, payload).complete }),
};

export const feedHaveCodec: MessageCodec<FeedHave> = {
  encode: (have) => [dits.messages.FeedHave.encode(have).finish()],
  decode(payload) {
    const { prefixes, complete } = decodePayload(dits.messages.FeedHave, payload);
    const count = prefixes.length / ID_PREFIX_BYTES;
    if (!Number.isInteger(count)) throw invalidMessage('holds a list that is not whole prefixes');
    if (count > PREFIXES_PER_MESSAGE_MAX) throw invalidMessage(`announces ${count} chunks at once`);
    if (count === 0 && !complete) throw invalidMessage('announces nothing');
    return { prefixes, complete };
  },
};

export const feedWantCodec: MessageCodec<FeedWant> = {
  encode: (want) => [
    dits.messages.FeedWant.encode({ ids: writeIds(want.ids), last: want.last }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.FeedWant, payload);
    const ids = value.ids.length === 0 && value.last ? [] : readChunkIds(value.ids);
    return { ids, last: value.last };
  },
};

export const feedAbsentCodec: MessageCodec<FeedIds> = {
  encode: ({ ids }) => [dits.messages.FeedAbsent.encode({ ids: writeIds(ids) }).finish()],
  decode: (payload) => ({
    ids: readChunkIds(decodePayload(dits.messages.FeedAbsent, payload).ids),
  }),
};

export const feedCancelCodec: MessageCodec<FeedIds> = {
  encode: ({ ids }) => [dits.messages.FeedCancel.encode({ ids: writeIds(ids) }).finish()],
  decode: (payload) => ({
    ids: readChunkIds(decodePayload(dits.messages.FeedCancel, payload).ids),
  }),
};

/** At least one id, none twice. */
function readChunkIds(bytes: Uint8Array): ChunkId[] {
  const ids = readIds<ChunkId>(bytes, IDS_PER_MESSAGE_MAX);
  if (ids.length === 0) throw invalidMessage('names no chunk');
  if (new Set(ids).size !== ids.length) throw invalidMessage('names one chunk twice');
  return ids;
}
