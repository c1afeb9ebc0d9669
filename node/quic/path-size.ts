/**
 * How big datagrams may be on a path. QUIC cannot see a path's MTU; loopback and jumbo-frame networks carry packets that
 * are 6 to 12 times as big as the safe size, and are several times faster with them.
 */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { UDP_PAYLOAD_BASE_BYTES, UDP_PAYLOAD_MAX_BYTES } from './quic-limits.ts';

/** IP and UDP headers: 20 + 8 bytes, or 40 + 8. */
const HEADERS_V4_BYTES = 28;
const HEADERS_V6_BYTES = 48;
const IPV4_MAPPED_PREFIX = '::ffff:';
/** Smallest MTU that a QUIC path may have (RFC 9000 section 14). */
const MTU_MIN_BYTES = 1_280;
const INTERFACE_NAME = /^[\w.:-]{1,15}$/;

/** Bits of an address, most significant first. */
function addressBits(address: string): bigint | undefined {
  const version = isIP(address);
  if (version === 4) {
    return address.split('.').reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
  }
  if (version !== 6 || address.includes('.')) return undefined;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [
    ...left,
    ...new Array<string>(8 - left.length - right.length).fill('0'),
    ...right,
  ];
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

function isInSubnet(address: string, cidr: string): boolean {
  const [base = '', prefix = '0'] = cidr.split('/');
  if (isIP(base) !== isIP(address)) return false;
  const left = addressBits(address);
  const right = addressBits(base);
  if (left === undefined || right === undefined) return false;
  const shift = BigInt((isIP(address) === 4 ? 32 : 128) - Number(prefix));
  return left >> shift === right >> shift;
}

/** MTU of an interface in bytes where the system tells (Linux), undefined elsewhere. */
function interfaceMtu(name: string): number | undefined {
  if (!INTERFACE_NAME.test(name)) return undefined;
  try {
    const mtu = Number(readFileSync(`/sys/class/net/${name}/mtu`, 'utf8'));
    return Number.isInteger(mtu) && mtu >= MTU_MIN_BYTES ? mtu : undefined;
  } catch {
    // Another operating system, or an interface that has just gone: the safe size is used.
    return undefined;
  }
}

/** Removes an IPv6 zone (`%eth0`) and the prefix of IPv4 addresses on an IPv6 socket. */
export function plainAddress(host: string): string {
  const [address = ''] = host.split('%');
  return address.startsWith(IPV4_MAPPED_PREFIX)
    ? address.slice(IPV4_MAPPED_PREFIX.length)
    : address;
}

/**
 * Largest UDP payload to use towards `host`, a literal address. Neighbours get what the shared interface carries;
 * whatever is behind a router gets the safe size.
 */
export function pathPayloadBytes(host: string): number {
  const address = plainAddress(host);
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    for (const own of addresses ?? []) {
      if (own.cidr === null || !isInSubnet(address, own.cidr)) continue;
      // An address of this machine is reached through the loopback interface, whichever interface it belongs to.
      const isLocal = own.internal || own.address === address;
      const mtu = isLocal ? UDP_PAYLOAD_MAX_BYTES + HEADERS_V6_BYTES : interfaceMtu(name);
      if (mtu === undefined) continue;
      const payload = mtu - (isIP(address) === 4 ? HEADERS_V4_BYTES : HEADERS_V6_BYTES);
      return Math.min(payload, UDP_PAYLOAD_MAX_BYTES);
    }
  }
  return UDP_PAYLOAD_BASE_BYTES;
}

/** Probe timeouts in a row, with nothing heard in between, after which big datagrams are blamed. */
const SILENT_TIMEOUTS_MAX = 2;
/** Lost datagrams below which no share is computed. */
const LOST_MIN_COUNT = 8;
/** Share of datagrams lost from which on the path is taken not to carry their size. */
const LOST_SHARE_MAX = 0.5;

/** Watches one connection and says when to return to the safe size: interfaces can carry more than the switch behind them. */
export class PathSizeGuard {
  #silentTimeouts = 0;
  #sentAtCheck = 0;
  #lostAtCheck = 0;

  onReceived(): void {
    this.#silentTimeouts = 0;
  }

  /** Whether a probe timeout that has just fired makes big datagrams suspect. */
  isSuspectOnTimeout(): boolean {
    return ++this.#silentTimeouts >= SILENT_TIMEOUTS_MAX;
  }

  /** Whether too large a share was lost since the last check. `sent` and `lost` are totals in packets. */
  isSuspectByLoss(sent: number, lost: number): boolean {
    const newlySent = sent - this.#sentAtCheck;
    const newlyLost = lost - this.#lostAtCheck;
    if (newlyLost < LOST_MIN_COUNT) return false;
    this.#sentAtCheck = sent;
    this.#lostAtCheck = lost;
    return newlyLost > newlySent * LOST_SHARE_MAX;
  }
}
