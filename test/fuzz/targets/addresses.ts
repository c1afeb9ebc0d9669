/** What people type and copy: addresses, relays, tickets, pairing codes, peer ids, sizes, revisions. The first byte says which. */
import { createHash } from 'node:crypto';
import {
  PORT_DEFAULT,
  formatHostPort,
  formatPeerAddress,
  parseHostPort,
  parsePeerAddress,
  parsePeerTarget,
} from '../../../node/address.ts';
import { parseByteSize } from '../../../node/byte-size.ts';
import { decodeBase58, encodeBase58 } from '../../../node/identity/base58.ts';
import {
  isPeerId,
  peerIdFromPublicKey,
  publicKeyFromPeerId,
} from '../../../node/identity/peer-id.ts';
import { formatTicket, parseTicket } from '../../../node/pair/ticket-text.ts';
import { formatRelayAddress, parseRelayAddress } from '../../../node/relay/relay-address.ts';
import { formatPairingCode, parsePairingCode } from '../../../protocol/pairing/pairing-code.ts';
import { parseRevision } from '../../../repo/revisions/revision-grammar.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { behind } from '../mutate/mutation.ts';
import { changeText } from '../mutate/text-mutations.ts';
import { acceptedBy, mustEqual, mustHold, type FuzzTarget } from '../target.ts';

const BAD_ADDRESS = ['DITS_NODE_BAD_ADDRESS'];
const KEY = Buffer.alloc(32, 9);
const PEER = peerIdFromPublicKey(KEY);
const TICKET_PREFIX = 'ditsticket1';
const TICKET_CHECK = 6;
const TICKET_SUM_BYTES = 4;
/** Base58 takes time with the square of the length; its callers look at the length first. */
const BASE58_LENGTH_MAX = 64;

type Check = (text: string) => boolean;

/** Accepted or refused as documented, and when accepted the same once it is printed. */
function printed<T>(
  codes: readonly string[],
  parse: (text: string) => T | undefined,
  print: (value: T) => string,
): Check {
  return (text) => {
    const value = acceptedBy(codes, () => parse(text));
    if (value === undefined) return false;
    mustEqual(parse(print(value)), value, 'what was read is the same when it is printed');
    return true;
  };
}

const checkTarget: Check = (text) => {
  const target = acceptedBy(BAD_ADDRESS, () => parsePeerTarget(text));
  if (target === undefined) return false;
  mustHold(target.at !== undefined || target.peerId !== undefined, 'somebody or somewhere');
  if (target.via !== undefined) acceptedBy(BAD_ADDRESS, () => parseRelayAddress(target.via!));
  return true;
};

const checkPeerId: Check = (text) => {
  if (text.length <= BASE58_LENGTH_MAX) {
    const bytes = decodeBase58(text);
    if (bytes !== undefined) mustEqual(encodeBase58(bytes), text, 'base58 has one encoding');
  }
  const key = publicKeyFromPeerId(text);
  mustEqual(isPeerId(text), key !== undefined, 'a peer id has a key');
  if (key === undefined) return false;
  mustEqual(peerIdFromPublicKey(key), text, 'a key has one peer id');
  return true;
};

const checkSize: Check = (text) => {
  const size = parseByteSize(text);
  mustHold(size === undefined || (Number.isSafeInteger(size) && size >= 0), 'whole bytes');
  return size !== undefined;
};

const checkRevision: Check = (text) => {
  const revision = acceptedBy(['DITS_REPO_REVISION_NOT_FOUND'], () => parseRevision(text));
  mustHold(revision?.base !== '', 'a revision begins with a name');
  return revision !== undefined;
};

const CHECKS: readonly Check[] = [
  printed(BAD_ADDRESS, (text) => parseHostPort(text, PORT_DEFAULT), formatHostPort),
  printed(BAD_ADDRESS, parsePeerAddress, formatPeerAddress),
  checkTarget,
  printed(BAD_ADDRESS, parseRelayAddress, formatRelayAddress),
  printed([], parsePairingCode, formatPairingCode),
  checkPeerId,
  printed(['DITS_NODE_TICKET_INVALID'], parseTicket, formatTicket),
  checkSize,
  checkRevision,
];

const TICKET = formatTicket({
  ...{ peerId: PEER, id: Buffer.alloc(8, 1), secret: Buffer.alloc(16, 2) },
  until: new Date(1_800_000_000_000),
  addresses: ['192.0.2.7:4433', '[2001:db8::7]:4433'],
});

const SEEDS: readonly (readonly [number, string])[] = [
  [0, 'edit.example.org:4433'],
  [0, '[2001:db8::7%eth0]:0'],
  [1, `dits://${PEER}@192.0.2.7:1234/film`],
  [1, 'dits://edit/film'],
  [2, `dits://${PEER}/film?via=${PEER}@relay.example.org`],
  [2, `dits://${PEER}/film`],
  [3, `dits://${PEER}@relay.example.org:4433/`],
  [4, '2A-3c 4D'],
  [5, PEER],
  [TICKET_CHECK, TICKET],
  [7, '1.5 GiB'],
  [8, 'origin/main^2~3'],
];

export const addressesTarget: FuzzTarget = {
  name: 'addresses',
  covers: 'addresses, relays, tickets, pairing codes, peer ids, sizes, revisions',
  seeds: () => SEEDS.map(([check, text]) => Buffer.concat([Buffer.of(check), Buffer.from(text)])),
  mutations: [changeText, changeText, changeBytes].map((mutation) => behind(1, mutation)),
  dictionary: [
    PEER,
    'dits://',
    '?via=',
    '@',
    ':4433',
    '[::1]',
    '::ffff:1.2.3.4',
    '%25',
    '0x7f.1',
    'ſ',
    'K',
    '١',
  ],
  sizeMaxBytes: 4 * 1024,
  repair: repairTicket,
  run: (input) => CHECKS[(input[0] ?? 0) % CHECKS.length]!(input.toString('utf8', 1)),
};

/** Changes the bytes of a ticket behind their text form, and makes its checksum right. */
function repairTicket(
  input: Buffer,
  random: Parameters<NonNullable<FuzzTarget['repair']>>[1],
): Buffer {
  const text = input.toString('latin1', 1);
  if (input[0] !== TICKET_CHECK || !text.startsWith(TICKET_PREFIX)) return input;
  const bytes = Buffer.from(text.slice(TICKET_PREFIX.length), 'base64url');
  if (bytes.length <= TICKET_SUM_BYTES) return input;
  const context = { random, other: () => bytes, dictionary: [Buffer.from(':4433')] };
  const body = changeBytes(bytes.subarray(0, -TICKET_SUM_BYTES), context);
  const sum = createHash('sha256').update(body).digest().subarray(0, TICKET_SUM_BYTES);
  const whole = TICKET_PREFIX + Buffer.concat([body, sum]).toString('base64url');
  return Buffer.concat([input.subarray(0, 1), Buffer.from(whole)]);
}
