/** Meeting somebody by a nameplate at a node in between: MEET_* (docs/protocol.md, "Meeting"). */
import { dits } from '#gen/messages';
import { isNameplate } from '../pairing/pairing-code.ts';
import { MEET_DATA_MAX_BYTES, OFFER_LIFETIME_MAX_MS } from './limits.ts';
import { decodePayload, invalidMessage, readNumber, type MessageCodec } from './wire-fields.ts';

/** Why a meeting ended. Numbers are the wire's. */
const MEETING_END = {
  done: 1,
  'wrong-code': 2,
  declined: 3,
  /** The other side's connection or stream has ended. */
  gone: 4,
  /** Nobody offers this nameplate. */
  'no-offer': 5,
  /** Too many or too long messages, or ones that do not belong here. */
  'rules-broken': 6,
  /** Somebody else offers this nameplate already. */
  taken: 7,
} as const;
export type MeetingEnd = keyof typeof MEETING_END;

const MEETING_ENDS = Object.keys(MEETING_END) as MeetingEnd[];

export type MeetOffer = { readonly nameplate: string };
export type MeetOffered = { readonly lifetimeMs: number };
export type MeetJoin = { readonly nameplate: string };
export type MeetBegin = Readonly<Record<string, never>>;
export type MeetMessage = { readonly data: Uint8Array };
export type MeetEndMessage = { readonly reason: MeetingEnd };

function readNameplate(text: string): string {
  if (!isNameplate(text)) throw invalidMessage('has a nameplate that is none');
  return text;
}

export const meetOfferCodec: MessageCodec<MeetOffer> = {
  encode: (offer) => [dits.messages.MeetOffer.encode(offer).finish()],
  decode: (payload) => ({
    nameplate: readNameplate(decodePayload(dits.messages.MeetOffer, payload).nameplate),
  }),
};

export const meetOfferedCodec: MessageCodec<MeetOffered> = {
  encode: ({ lifetimeMs }) => [
    dits.messages.MeetOffered.encode({ lifetime_ms: lifetimeMs }).finish(),
  ],
  decode(payload) {
    const { lifetime_ms: lifetimeMs } = decodePayload(dits.messages.MeetOffered, payload);
    return { lifetimeMs: readNumber(lifetimeMs, 1, OFFER_LIFETIME_MAX_MS) };
  },
};

export const meetJoinCodec: MessageCodec<MeetJoin> = {
  encode: (join) => [dits.messages.MeetJoin.encode(join).finish()],
  decode: (payload) => ({
    nameplate: readNameplate(decodePayload(dits.messages.MeetJoin, payload).nameplate),
  }),
};

export const meetBeginCodec: MessageCodec<MeetBegin> = {
  encode: () => [dits.messages.MeetBegin.encode({}).finish()],
  decode(payload) {
    decodePayload(dits.messages.MeetBegin, payload);
    return {};
  },
};

export const meetMessageCodec: MessageCodec<MeetMessage> = {
  encode: (message) => [dits.messages.MeetMessage.encode(message).finish()],
  decode(payload) {
    const { data } = decodePayload(dits.messages.MeetMessage, payload);
    readNumber(data.length, 1, MEET_DATA_MAX_BYTES);
    return { data };
  },
};

export const meetEndCodec: MessageCodec<MeetEndMessage> = {
  encode: ({ reason }) => [dits.messages.MeetEnd.encode({ reason: MEETING_END[reason] }).finish()],
  decode(payload) {
    const { reason } = decodePayload(dits.messages.MeetEnd, payload);
    return { reason: MEETING_ENDS[readNumber(reason, 1, MEETING_ENDS.length) - 1]! };
  },
};
