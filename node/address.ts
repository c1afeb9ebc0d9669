/** Addresses of repositories on peers: `dits://[PEERID@]HOST[:PORT]/REPO` (docs/cli.md, "Addresses"). */
import { isIP, isIPv6 } from 'node:net';
import { isPeerId } from './identity/peer-id.ts';
import { NodeError } from './node-error.ts';
import { repositoryNameProblem } from './repository-name.ts';

/** UDP and TCP port of a node that was told no other. */
export const PORT_DEFAULT = 4433;
const PORT_MAX = 65_535;
/** Longest text that is looked at: peer id, the longest host name (253, RFC 1035), port and repository name fit. */
const ADDRESS_LENGTH_MAX = 512;
const HOST_NAME_LENGTH_MAX = 253;
const SCHEME = 'dits://';
/** A peer id where a host would be; no host name that people use has 52 letters of this kind. */
const WHEREVER = /^dits:\/\/([1-9A-HJ-NP-Za-km-z]{52})\/(.{1,255})$/i;
/** Between an address and the relay that leads there. */
const VIA_MARK = '?via=';
const HOST_LABEL = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
/** An IPv6 zone: the name or number of an interface. */
const ZONE = /^[A-Za-z0-9._-]{1,32}$/;

/** Where a peer listens. */
export type HostPort = {
  /** Host name or literal address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
};

/** A repository on a peer. */
export type PeerAddress = HostPort & {
  /** The identity that the peer must prove, when the address says one. */
  readonly peerId: string | undefined;
  readonly repository: string;
};

/** A repository on a peer that may be anywhere: `dits://PEERID/REPO`, or an address where it was. */
export type PeerTarget = {
  readonly peerId: string | undefined;
  /** Undefined only where the peer is named, and is to be found by its id. */
  readonly at: HostPort | undefined;
  readonly repository: string;
  /** The relay that leads to it, and the only way there: `?via=[PEERID@]HOST[:PORT]` at the end of the address. */
  readonly via?: string | undefined;
};

/** @throws NodeError DITS_NODE_BAD_ADDRESS */
export function parsePeerTarget(text: string): PeerTarget {
  const mark = text.indexOf(VIA_MARK);
  if (mark === -1) return parseDirectTarget(text);
  const via = text.slice(mark + VIA_MARK.length);
  const target = parseDirectTarget(text.slice(0, mark));
  if (target.peerId === undefined) {
    throw badAddress(text, 'goes through a relay and must say the id of the peer behind it');
  }
  return { ...target, via };
}

/** The address of the same repository through a relay. */
export function addressVia(text: string, relay: string): string {
  const mark = text.indexOf(VIA_MARK);
  return `${mark === -1 ? text : text.slice(0, mark)}${VIA_MARK}${relay}`;
}

function parseDirectTarget(text: string): PeerTarget {
  const wherever = WHEREVER.exec(text);
  if (wherever !== null && isPeerId(wherever[1]!)) {
    const repository = wherever[2]!;
    const problem = repositoryNameProblem(repository);
    if (problem !== undefined) throw badAddress(text, `names a repository that ${problem}`);
    return { peerId: wherever[1]!, at: undefined, repository };
  }
  const { peerId, host, port, repository } = parsePeerAddress(text);
  return { peerId, at: { host, port }, repository };
}

/** @throws NodeError DITS_NODE_BAD_ADDRESS */
export function parsePeerAddress(text: string): PeerAddress {
  if (text.length > ADDRESS_LENGTH_MAX) throw badAddress('the address', 'is too long');
  if (text.slice(0, SCHEME.length).toLowerCase() !== SCHEME) {
    throw badAddress(text, `does not begin with ${SCHEME}`);
  }
  const rest = text.slice(SCHEME.length);
  const slash = rest.indexOf('/');
  if (slash === -1) throw badAddress(text, 'names no repository');
  const repository = rest.slice(slash + 1);
  const problem = repositoryNameProblem(repository);
  if (problem !== undefined) throw badAddress(text, `names a repository that ${problem}`);
  const authority = rest.slice(0, slash);
  const at = authority.indexOf('@');
  const peerId = at === -1 ? undefined : authority.slice(0, at);
  if (peerId !== undefined && !isPeerId(peerId)) {
    throw badAddress(text, 'has something before the @ that is no peer id');
  }
  const where = parseHostPort(authority.slice(at + 1), PORT_DEFAULT);
  if (where.port === 0) throw badAddress(text, 'has port 0, where nobody can listen');
  return { peerId, ...where, repository };
}

/** The text of an address; the port is left out when it is the usual one. */
export function formatPeerAddress({ peerId, host, port, repository }: PeerAddress): string {
  const identity = peerId === undefined ? '' : `${peerId}@`;
  const where = port === PORT_DEFAULT ? bracketed(host) : formatHostPort({ host, port });
  return `${SCHEME}${identity}${where}/${repository}`;
}

export function formatHostPort({ host, port }: HostPort): string {
  return `${bracketed(host)}:${port}`;
}

/**
 * Parses `HOST`, `HOST:PORT`, `[V6]` or `[V6]:PORT`. Port 0 is let through: a listener may ask for any free one.
 * @throws NodeError DITS_NODE_BAD_ADDRESS
 */
export function parseHostPort(text: string, portDefault: number): HostPort {
  if (text.length > ADDRESS_LENGTH_MAX) throw badAddress('the address', 'is too long');
  const isBracketed = text.startsWith('[');
  const { hostText, portText } = splitHostPort(text, isBracketed);
  const host = isBracketed ? hostText.slice(1, -1) : hostText;
  if (isBracketed ? !isIpv6WithZone(host) : !isHost(host)) {
    throw badAddress(
      text,
      'has a host that is neither a name nor an address (IPv6 needs brackets)',
    );
  }
  if (portText === '') return { host, port: portDefault };
  if (!/^:\d{1,5}$/.test(portText) || Number(portText.slice(1)) > PORT_MAX) {
    throw badAddress(text, `has a port that is not a number up to ${PORT_MAX}`);
  }
  return { host, port: Number(portText.slice(1)) };
}

function splitHostPort(
  text: string,
  isBracketed: boolean,
): { readonly hostText: string; readonly portText: string } {
  const hostEnd = isBracketed ? text.indexOf(']') + 1 : text.indexOf(':');
  if (isBracketed && hostEnd === 0) throw badAddress(text, 'has no closing bracket');
  if (hostEnd === -1) return { hostText: text, portText: '' };
  return { hostText: text.slice(0, hostEnd), portText: text.slice(hostEnd) };
}

function isIpv6WithZone(text: string): boolean {
  const [address = '', ...zone] = text.split('%');
  return isIPv6(address) && (zone.length === 0 || (zone.length === 1 && ZONE.test(zone[0]!)));
}

function isHost(text: string): boolean {
  if (isIP(text) === 4) return true;
  if (text.length === 0 || text.length > HOST_NAME_LENGTH_MAX) return false;
  const labels = text.split('.');
  // All digits and dots is a mistyped address, which some resolvers read in surprising ways.
  return labels.every((label) => HOST_LABEL.test(label)) && !/^[\d.]+$/.test(text);
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function badAddress(text: string, problem: string): NodeError {
  return new NodeError('DITS_NODE_BAD_ADDRESS', `${text.replace(/\p{C}/gu, '\uFFFD')} ${problem}`, {
    hint: 'An address is dits://[PEERID@]HOST[:PORT]/REPOSITORY.',
  });
}
