/** Known peers as people read them, and as programmes do. */
import { ANY_REPOSITORY, isInForce, type Grant, type KnownPeer } from '../../node/index.ts';
import type { Output } from '../output.ts';
import { printable } from './printable.ts';

const NAME_COLUMNS = 16;

/** The fields of a peer in JSON. */
export function peerFields(peer: KnownPeer): Readonly<Record<string, unknown>> {
  return {
    peerId: peer.peerId,
    name: peer.name,
    grants: peer.grants.map((grant) => ({
      repository: grant.repository,
      access: grant.access,
      branches: grant.branches ?? null,
      until: grant.until ?? null,
      ticket: grant.ticket ?? null,
    })),
    addresses: peer.addresses,
    relays: peer.relays,
    formerly: peer.formerly,
    firstSeen: peer.firstSeen ?? null,
    lastSeen: peer.lastSeen ?? null,
  };
}

export function printPeer(output: Output, peer: KnownPeer, now: Date): void {
  const shown = peer.grants.map((grant) => grantText(grant, now));
  const what = shown.length === 0 ? 'nothing' : shown.join(', ');
  output.line(`${printable(peer.name).padEnd(NAME_COLUMNS)} ${peer.peerId}  may: ${what}`);
  const seen = [
    ...(peer.firstSeen === undefined ? [] : [`known since ${dayOf(peer.firstSeen)}`]),
    ...(peer.lastSeen === undefined ? [] : [`last seen ${minuteOf(peer.lastSeen)}`]),
    ...peer.addresses.slice(0, 1).map((address) => `at ${printable(address)}`),
    ...(peer.formerly.length === 0 ? [] : [`formerly ${peer.formerly.join(', ')}`]),
  ];
  if (seen.length > 0) output.line(`${' '.repeat(NAME_COLUMNS)} ${seen.join(', ')}`);
}

function grantText(grant: Grant, now: Date): string {
  const { repository, access, branches, until } = grant;
  const what = repository === ANY_REPOSITORY ? 'everything' : printable(repository);
  const only = branches === undefined ? '' : ` on ${branches.map(printable).join(' and ')}`;
  const word = isInForce(grant, now.getTime()) ? 'until' : 'over since';
  return `${access} ${what}${only}${until === undefined ? '' : ` ${word} ${minuteOf(until)}`}`;
}

/** `2026-01-02`. Times of the peers file are RFC 3339 in UTC. */
function dayOf(time: string): string {
  return time.slice(0, 'yyyy-mm-dd'.length);
}

/** `2026-01-02 03:04Z` */
function minuteOf(time: string): string {
  return `${time.slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ')}Z`;
}
