/**
 * How big datagrams may be on a path. QUIC cannot see a path's MTU; loopback and jumbo-frame networks carry packets that
 * are 6 to 12 times as big as the safe size, and are several times faster with them.
 */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { UDP_PAYLOAD_BASE_BYTES, UDP_PAYLOAD_MAX_BYTES } from './quic-limits.ts';
import { addressBytes } from './socket-address.ts';

/** IP and UDP headers: 20 + 8 bytes, or 40 + 8. */
const HEADERS_V4_BYTES = 28;
const HEADERS_V6_BYTES = 48;
const IPV4_MAPPED_PREFIX = '::ffff:';
/** Smallest MTU that a QUIC path may have (RFC 9000 section 14). */
const MTU_MIN_BYTES = 1_280;
const INTERFACE_NAME = /^[\w.:-]{1,15}$/;

/** Bits of an address, most significant first. */
function bitsOf(address: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(address).toString('hex')}`);
}

function isInSubnet(address: string, cidr: string): boolean {
  const [base = '', prefix = '0'] = cidr.split('/');
  const left = addressBytes(address);
  const right = addressBytes(base);
  if (left === undefined || left.length !== right?.length) return false;
  const shift = BigInt(left.length * 8 - Number(prefix));
  return bitsOf(left) >> shift === bitsOf(right) >> shift;
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

/** Probe timeouts in a row, with nothing heard in between, after which big datagrams that never got through are blamed. */
const SILENT_TIMEOUTS_MAX = 2;
/**
 * The same once big datagrams have got through: then a silence is nearly always a busy peer. Timeouts double, so that
 * this many mean seconds without a word.
 */
const SILENT_TIMEOUTS_PROVEN_MAX = 7;
/** Lost datagrams below which no share is computed. */
const LOST_MIN_COUNT = 8;
/** Share of datagrams lost from which on the path is taken not to carry their size. */
const LOST_SHARE_MAX = 0.5;
/** Looks at the loss (one every 256 datagrams) after which big datagrams are tried again; doubled each time they fail. */
const CHECKS_BEFORE_RETRY = 8;

/**
 * Watches one connection and says which size to use: interfaces can carry more than the switch behind them. Small
 * datagrams are several times slower, so a path that has carried big ones is given up late, and tried again.
 */
export class PathSizeGuard {
  #isBig = true;
  #isProven = false;
  #silentTimeouts = 0;
  #sentAtCheck = 0;
  #lostAtCheck = 0;
  #checksSinceShrink = 0;
  #checksBeforeRetry = CHECKS_BEFORE_RETRY;

  /** Whether the path's full size is to be used. */
  get isBig(): boolean {
    return this.#isBig;
  }

  onReceived(): void {
    this.#silentTimeouts = 0;
  }

  /** A probe timeout has fired. */
  onTimeout(): void {
    if (!this.#isBig) return;
    this.#silentTimeouts++;
    const limit = this.#isProven ? SILENT_TIMEOUTS_PROVEN_MAX : SILENT_TIMEOUTS_MAX;
    if (this.#silentTimeouts >= limit) this.shrink();
  }

  /** Looks at the packets since the last look. `sent` and `lost` are totals. */
  onCheck(sent: number, lost: number): void {
    const newlySent = sent - this.#sentAtCheck;
    const newlyLost = lost - this.#lostAtCheck;
    this.#sentAtCheck = sent;
    this.#lostAtCheck = lost;
    if (!this.#isBig) {
      if (++this.#checksSinceShrink >= this.#checksBeforeRetry) this.#grow();
      return;
    }
    const isLossy = newlyLost >= LOST_MIN_COUNT && newlyLost > newlySent * LOST_SHARE_MAX;
    if (!isLossy) this.#isProven = true;
    else if (!this.#isProven) this.shrink();
  }

  /** Returns to the safe size: the operating system refused a big datagram, or the guard has its suspicion. */
  shrink(): void {
    this.#isBig = false;
    this.#isProven = false;
    this.#silentTimeouts = 0;
    this.#checksSinceShrink = 0;
  }

  #grow(): void {
    this.#isBig = true;
    this.#checksBeforeRetry *= 2;
  }
}
