/**
 * What a node tells everybody on its link, and how that is written as DNS records (RFC 6762, RFC 6763;
 * docs/transport.md, "Peers nearby"): its peer id, its port, the protocol's version, and the nameplates of pairing codes
 * that are offered there. Nothing else: no host name, no repository.
 */
import { isIP, isIPv4 } from 'node:net';
import type { HostPort } from '../address.ts';
import { isPeerId } from '../identity/peer-id.ts';

/** The DNS-SD service type of nodes: the protocol's name, over UDP. */
export const SERVICE_NAME = '_dits._udp.local';
/** How long a record stands without being repeated: what RFC 6762 section 10 advises for records of a host. */
export const RECORD_TTL_SECONDS = 120;
/** Version of the protocol that is announced: the one of the frames. */
const ANNOUNCED_VERSION = 1;
/** Records of one packet that are looked at: a dozen nodes behind one responder fit. */
const RECORDS_MAX = 64;
/** Addresses of one node that are believed, the sender's own among them: each costs a dial. */
const ADDRESSES_MAX = 4;
/** Pairing codes that one node may offer at a time. */
export const NAMEPLATES_MAX = 4;
/** Known nodes that a question names: it still fits one packet of an Ethernet. */
const KNOWN_ANSWERS_MAX = 12;
const NAMEPLATE = /^[A-Za-z0-9-]{1,16}$/;
const VERSION = /^\d{1,3}$/;

export type Announcement = {
  readonly peerId: string;
  readonly port: number;
  readonly nameplates: readonly string[];
};

/** One node, as one packet told of it. Nothing of it is proven. */
export type Sighting = {
  readonly peerId: string;
  readonly version: number;
  readonly endpoints: readonly HostPort[];
  readonly nameplates: readonly string[];
  /** 0 when the node says goodbye. */
  readonly ttlSeconds: number;
};

/** A record, as far as this program reads and writes any. */
type DnsRecord =
  | { readonly name: string; readonly type: 'PTR' | 'A' | 'AAAA'; ttl: number; data: string }
  | {
      readonly name: string;
      readonly type: 'SRV';
      ttl: number;
      data: { readonly target: string; readonly port: number };
    }
  | { readonly name: string; readonly type: 'TXT'; ttl: number; data: string[] };

export type DnsPacket =
  | { readonly type: 'response'; answers: DnsRecord[]; additionals: DnsRecord[] }
  | {
      readonly type: 'query';
      questions: { readonly name: string; readonly type: 'PTR' }[];
      answers: DnsRecord[];
    };

/** A packet as it came: decoded, and not looked at. */
export type ReceivedPacket = {
  readonly type?: string | undefined;
  readonly questions?: readonly { readonly name: string; readonly type: string }[] | undefined;
  readonly answers?: readonly ReceivedRecord[] | undefined;
  readonly additionals?: readonly ReceivedRecord[] | undefined;
};
type ReceivedRecord = {
  readonly name: string;
  readonly type: string;
  readonly ttl?: number | undefined;
  readonly data?: unknown;
};

/** Whether `text` may be announced as the nameplate of a pairing code. */
export function isNameplate(text: string): boolean {
  return NAMEPLATE.test(text);
}

/** The answer to a question for nodes, or the announcement of one. */
export function announcementPacket(
  { peerId, port, nameplates }: Announcement,
  { addresses, ttlSeconds }: { readonly addresses: readonly string[]; readonly ttlSeconds: number },
): DnsPacket {
  const name = instanceOf(peerId);
  const target = `${peerId}.local`;
  const ttl = ttlSeconds;
  const texts = [
    `id=${peerId}`,
    `v=${ANNOUNCED_VERSION}`,
    ...nameplates.map((one) => `code=${one}`),
  ];
  return {
    type: 'response',
    answers: [{ name: SERVICE_NAME, type: 'PTR', ttl, data: name }],
    additionals: [
      { name, type: 'SRV', ttl, data: { target, port } },
      { name, type: 'TXT', ttl, data: texts },
      ...addresses.map((data): DnsRecord => ({
        name: target,
        type: isIPv4(data) ? 'A' : 'AAAA',
        ttl,
        data,
      })),
    ],
  };
}

/** The question for nodes, with those that need not answer (RFC 6762 section 7.1). */
export function queryPacket(
  known: readonly { readonly peerId: string; readonly ttlSeconds: number }[],
): DnsPacket {
  return {
    type: 'query',
    questions: [{ name: SERVICE_NAME, type: 'PTR' }],
    answers: known.slice(0, KNOWN_ANSWERS_MAX).map(({ peerId, ttlSeconds }) => ({
      ...{ name: SERVICE_NAME, type: 'PTR', ttl: ttlSeconds, data: instanceOf(peerId) },
    })),
  };
}

/** Whether a packet asks for nodes, and the asker does not know `peerId` well enough already. */
export function asksFor(packet: ReceivedPacket, peerId: string): boolean {
  if (packet.type !== 'query') return false;
  const isAsked = (packet.questions ?? [])
    .slice(0, RECORDS_MAX)
    .some(({ name, type }) => (type === 'PTR' || type === 'ANY') && isSame(name, SERVICE_NAME));
  if (!isAsked) return false;
  const own = instanceOf(peerId);
  return !recordsOf(packet.answers).some(
    ({ type, data, ttl = 0 }) =>
      type === 'PTR' &&
      typeof data === 'string' &&
      isSame(data, own) &&
      ttl >= RECORD_TTL_SECONDS / 2,
  );
}

/** The nodes that a packet tells of. `from` is where it came from. */
export function readSightings(packet: ReceivedPacket, from: string): readonly Sighting[] {
  if (packet.type !== 'response') return [];
  const records = [...recordsOf(packet.answers), ...recordsOf(packet.additionals)];
  return records
    .filter(({ type, name }) => type === 'SRV' && isSame(parentOf(name), SERVICE_NAME))
    .flatMap((service) => readSighting(service, records, from) ?? []);
}

function readSighting(
  { name, data, ttl = 0 }: ReceivedRecord,
  records: readonly ReceivedRecord[],
  from: string,
): Sighting | undefined {
  const service = readService(data);
  const texts = readTexts(records.find((one) => one.type === 'TXT' && isSame(one.name, name)));
  const [peerId = ''] = valuesOf(texts, 'id');
  const [version = ''] = valuesOf(texts, 'v');
  if (service === undefined || !isPeerId(peerId) || !VERSION.test(version)) return undefined;
  const told = records
    .filter((one) => (one.type === 'A' || one.type === 'AAAA') && isSame(one.name, service.target))
    .map((one) => String(one.data))
    .filter((address) => isUsable(address, from));
  const hosts = [...new Set([from, ...told])].slice(0, ADDRESSES_MAX);
  return {
    peerId,
    version: Number(version),
    endpoints: hosts.map((host) => ({ host, port: service.port })),
    nameplates: valuesOf(texts, 'code').filter(isNameplate).slice(0, NAMEPLATES_MAX),
    ttlSeconds: Math.max(0, Math.min(ttl, RECORD_TTL_SECONDS)),
  };
}

function readService(
  data: unknown,
): { readonly target: string; readonly port: number } | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { target, port } = data as { readonly target?: unknown; readonly port?: unknown };
  if (typeof target !== 'string' || typeof port !== 'number' || port < 1) return undefined;
  return { target, port };
}

function readTexts(record: ReceivedRecord | undefined): readonly string[] {
  const data = record?.data;
  const parts: readonly unknown[] = Array.isArray(data) ? data : [data];
  return parts.slice(0, RECORDS_MAX).flatMap((part) => {
    if (typeof part === 'string') return [part];
    return part instanceof Uint8Array ? [Buffer.from(part).toString('utf8')] : [];
  });
}

function valuesOf(texts: readonly string[], key: string): readonly string[] {
  return texts
    .filter((text) => text.startsWith(`${key}=`))
    .map((text) => text.slice(key.length + 1));
}

/** Addresses that can mean the sender: not the reader's own loopback, and none that needs a zone. */
function isUsable(address: string, from: string): boolean {
  if (isIP(address) === 0) return false;
  const isLoopback = (text: string): boolean => text.startsWith('127.') || text === '::1';
  if (isLoopback(address)) return isLoopback(from);
  const isNobody = /^(?:0\.|22[4-9]\.|2[3-5]\d\.|::$|ff|fe[89ab])/i.test(address);
  return !isNobody;
}

function recordsOf(records: readonly ReceivedRecord[] | undefined): readonly ReceivedRecord[] {
  return (records ?? []).slice(0, RECORDS_MAX);
}

function instanceOf(peerId: string): string {
  return `${peerId}.${SERVICE_NAME}`;
}

function parentOf(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

/** DNS names are the same in either case. */
function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
