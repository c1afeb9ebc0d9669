/**
 * A ticket as text, one line: `ditsticket1` and base64url (RFC 4648) of version 1 of the layout below, with a checksum,
 * so that a line that was cut is told from one that is not good.
 *
 *     offset  size
 *     0       32    public key of the issuer (Ed25519)
 *     32      8     id
 *     40      16    secret
 *     56      6     seconds since 1970 at which it ends, big-endian
 *     62      1     number of addresses, then each as its length in one byte and its text
 *     end-4   4     the first bytes of SHA-256 over all before
 */
import { createHash } from 'node:crypto';
import { TICKET_ID_BYTES, TICKET_SECRET_BYTES } from '../../protocol/index.ts';
import { PUBLIC_KEY_BYTES, peerIdFromPublicKey, publicKeyFromPeerId } from '../identity/peer-id.ts';
import { NodeError } from '../node-error.ts';
import { ADDRESSES_PER_PEER_MAX, addressProblem } from '../trust/peer-rules.ts';

const PREFIX = 'ditsticket1';
const TIME_BYTES = 6;
const CHECKSUM_BYTES = 4;
const HEAD_BYTES = PUBLIC_KEY_BYTES + TICKET_ID_BYTES + TICKET_SECRET_BYTES + TIME_BYTES + 1;
/** Longest text that is looked at: every address of 255 bytes, in base64. */
const TICKET_TEXT_LENGTH_MAX = 4_096;

export type Ticket = {
  /** Who issued it, and has to prove this id. */
  readonly peerId: string;
  /** `TICKET_ID_BYTES` long. */
  readonly id: Uint8Array;
  /** `TICKET_SECRET_BYTES` long. */
  readonly secret: Uint8Array;
  readonly until: Date;
  /** `HOST:PORT` where the issuer's node can be reached. */
  readonly addresses: readonly string[];
};

/** Whether a text is meant as a ticket, good or not. */
export function looksLikeTicket(text: string): boolean {
  return text.trimStart().startsWith(PREFIX);
}

export function formatTicket({ peerId, id, secret, until, addresses }: Ticket): string {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeUIntBE(Math.ceil(until.getTime() / 1_000), 0, TIME_BYTES);
  const texts = addresses.slice(0, ADDRESSES_PER_PEER_MAX).map((address) => Buffer.from(address));
  const body = Buffer.concat([
    publicKeyFromPeerId(peerId)!,
    id,
    secret,
    time,
    Uint8Array.of(texts.length),
    ...texts.flatMap((text) => [Uint8Array.of(text.length), text]),
  ]);
  return PREFIX + Buffer.concat([body, checksum(body)]).toString('base64url');
}

/** Reads a ticket; line breaks and spaces do not matter. @throws NodeError DITS_NODE_TICKET_INVALID */
export function parseTicket(text: string): Ticket {
  if (text.length > TICKET_TEXT_LENGTH_MAX) throw invalidTicket('it is too long');
  const compact = text.replace(/\s/g, '');
  if (!compact.startsWith(PREFIX)) throw invalidTicket(`it does not begin with ${PREFIX}`);
  const encoded = compact.slice(PREFIX.length);
  const bytes = Buffer.from(encoded, 'base64url');
  const body = bytes.subarray(0, Math.max(0, bytes.length - CHECKSUM_BYTES));
  const isWhole = body.length >= HEAD_BYTES && checksum(body).equals(bytes.subarray(body.length));
  if (!isWhole || bytes.toString('base64url') !== encoded) {
    throw invalidTicket('a part of it is missing or mistyped');
  }
  return readBody(body);
}

function readBody(body: Buffer): Ticket {
  let at = 0;
  const take = (length: number): Buffer => body.subarray(at, (at += length));
  const peerId = peerIdFromPublicKey(take(PUBLIC_KEY_BYTES));
  const id = take(TICKET_ID_BYTES);
  const secret = take(TICKET_SECRET_BYTES);
  const until = new Date(take(TIME_BYTES).readUIntBE(0, TIME_BYTES) * 1_000);
  const count = take(1)[0]!;
  const addresses: string[] = [];
  while (addresses.length < count && at < body.length) {
    addresses.push(take(take(1)[0]!).toString());
  }
  const isWhole = at === body.length && addresses.length === count;
  const areAddresses = addresses.every((address) => addressProblem(address) === undefined);
  if (
    !isWhole ||
    !areAddresses ||
    count > ADDRESSES_PER_PEER_MAX ||
    Number.isNaN(until.getTime())
  ) {
    throw invalidTicket('what it says makes no sense');
  }
  return { peerId, id, secret, until, addresses };
}

function checksum(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest().subarray(0, CHECKSUM_BYTES);
}

function invalidTicket(why: string): NodeError {
  return new NodeError('DITS_NODE_TICKET_INVALID', `this is no ticket: ${why}`, {
    hint: 'Copy the whole line that dits peer ticket printed on the other machine.',
  });
}
