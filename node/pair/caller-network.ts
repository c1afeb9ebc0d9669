/** What the tries of strangers are counted by: an address, or the network that one household has. */
import { isIPv4 } from 'node:net';
import { plainAddress } from '../quic/path-size.ts';

const GROUPS = 8;
/** A household gets at least a /64 of IPv6 (RFC 6177), so addresses within one cost nothing. */
const GROUPS_OF_A_NETWORK = 4;

/** From `HOST:PORT` or `[HOST]:PORT`, as a connection shows its other end. */
export function callerNetwork(remoteAddress: string): string {
  const host = remoteAddress.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  const plain = plainAddress(host);
  if (isIPv4(plain) || !plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('%')[0]!.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from(
    { length: Math.max(0, GROUPS - before.length - after.length) },
    () => '0',
  );
  const groups = [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
  return `${groups
    .slice(0, GROUPS_OF_A_NETWORK)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}
