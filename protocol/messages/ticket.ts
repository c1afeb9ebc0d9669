/** Redeeming a ticket at the node that issued it: TICKET_REDEEM, TICKET_REDEEMED (docs/protocol.md, "Tickets"). */
import { dits } from '#gen/messages';
import { ACCESS, readAccess, type Access } from './auth.ts';
import {
  PEER_NAME_MAX_BYTES,
  REPOSITORY_NAME_MAX_BYTES,
  TICKET_ID_BYTES,
  TICKET_SECRET_BYTES,
} from './limits.ts';
import {
  decodePayload,
  invalidMessage,
  readCount,
  readName,
  type MessageCodec,
} from './wire-fields.ts';

export type TicketRedeem = {
  /** `TICKET_ID_BYTES` long. */
  readonly ticket: Uint8Array;
  /** `TICKET_SECRET_BYTES` long. */
  readonly secret: Uint8Array;
  /** What the sender calls its machine; as the peer sent it, may be empty. */
  readonly name: string;
};

export type TicketRedeemed = {
  /** `*` for every one. As the peer sent it. */
  readonly repository: string;
  readonly access: Access;
  /** Seconds since 1970 at which the grant ends. */
  readonly until: number;
  /** What the peer calls its machine; as the peer sent it, may be empty. */
  readonly name: string;
};

function readBytes(bytes: Uint8Array, length: number, what: string): Uint8Array {
  if (bytes.length !== length) throw invalidMessage(`has a ${what} of ${bytes.length} bytes`);
  return bytes;
}

export const ticketRedeemCodec: MessageCodec<TicketRedeem> = {
  encode: (request) => [dits.messages.TicketRedeem.encode(request).finish()],
  decode(payload) {
    const value = decodePayload(dits.messages.TicketRedeem, payload);
    return {
      ticket: readBytes(value.ticket, TICKET_ID_BYTES, 'ticket id'),
      secret: readBytes(value.secret, TICKET_SECRET_BYTES, 'ticket secret'),
      name: readName(value.name, PEER_NAME_MAX_BYTES),
    };
  },
};

export const ticketRedeemedCodec: MessageCodec<TicketRedeemed> = {
  encode: (answer) => [
    dits.messages.TicketRedeemed.encode({ ...answer, access: ACCESS[answer.access] }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.TicketRedeemed, payload);
    const repository = readName(value.repository, REPOSITORY_NAME_MAX_BYTES);
    if (repository === '') throw invalidMessage('grants a ticket for no repository');
    return {
      repository,
      access: readAccess(value.access),
      until: readCount(value.until),
      name: readName(value.name, PEER_NAME_MAX_BYTES),
    };
  },
};
