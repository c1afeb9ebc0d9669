/** Literal addresses as bytes, and as the system calls of Linux want them: ip(7), ipv6(7). */
import { isIP } from 'node:net';

export type SocketAddress = { readonly host: string; readonly port: number };

const FAMILY_V4 = 2;
const FAMILY_V6 = 10;
const STRUCTURE_V4_BYTES = 16;
const STRUCTURE_V6_BYTES = 28;
const V6_GROUPS = 8;

/** The 4 or 16 bytes of a literal address, network order; undefined when it is none, or has a zone. */
export function addressBytes(host: string): Uint8Array | undefined {
  const version = host.includes('%') ? 0 : isIP(host);
  if (version === 0) return undefined;
  if (version === 4) return Uint8Array.from(host.split('.'), Number);
  const [head = [], tail] = host.split('::').map(groupsOf);
  const missing = V6_GROUPS - head.length - (tail?.length ?? 0);
  const groups = [...head, ...new Array<number>(missing).fill(0), ...(tail ?? [])];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

/** Groups of 16 bits in a part of an IPv6 address; the last two may be written as an IPv4 address. */
function groupsOf(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [(a << 8) | b, (c << 8) | d];
  });
}

/** `sockaddr_in` or `sockaddr_in6` of little-endian Linux; undefined for addresses with a zone. */
export function encodeSocketAddress({ host, port }: SocketAddress): Uint8Array | undefined {
  const address = addressBytes(host);
  if (address === undefined) return undefined;
  const isV4 = address.length === 4;
  const structure = Buffer.alloc(isV4 ? STRUCTURE_V4_BYTES : STRUCTURE_V6_BYTES);
  structure.writeUInt16LE(isV4 ? FAMILY_V4 : FAMILY_V6, 0);
  structure.writeUInt16BE(port, 2);
  // An IPv6 address comes after four bytes of flow information.
  structure.set(address, isV4 ? 4 : 8);
  return structure;
}
