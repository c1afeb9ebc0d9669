/**
 * What Linux offers beyond `node:dgram`: one call that sends many datagrams (`UDP_SEGMENT`), and one that receives many
 * (`UDP_GRO`), udp(7). Reached through a foreign-function library that is loaded when a socket has become busy; everywhere
 * else, and wherever a call fails, the sockets of `node:dgram` do all the work (docs/adr/0013-datagrams-in-batches.md).
 */
import { readdirSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import type { SocketAddress } from './socket-address.ts';
import { encodeSocketAddress } from './socket-address.ts';

/** Datagrams in one call (UDP_MAX_SEGMENTS of the kernel; later ones allow 128). */
export const SEGMENTS_MAX = 64;
/**
 * Bytes in one call, each datagram with the headers of its packet: what the length field of IP leaves, and token buckets
 * of 64 KiB let pass in one piece (tc-tbf(8) cuts bigger ones up).
 */
export const BATCH_MAX_BYTES = 65_000;
/** Headers of Ethernet, IPv6 and UDP: 14 + 40 + 8 bytes. */
export const PACKET_HEADERS_BYTES = 62;

const DESCRIPTOR_FOLDER = '/proc/self/fd';
/** Room for any socket address (sockaddr_storage). */
const SOCKET_ADDRESS_MAX_BYTES = 128;
/** Linux's numbers, the same on every architecture that Node runs on. */
const SOL_UDP = 17;
const UDP_SEGMENT = 103;
const UDP_GRO = 104;

/** What became of a batch. */
export type SendOutcome =
  | 'sent'
  /** The socket has no room now. */
  | 'full'
  /** Nothing on the path carries datagrams of this size. */
  | 'too-big'
  /** The network reported that nobody listens. */
  | 'refused'
  /** This path or system cannot do it; single datagrams still work. */
  | 'unsupported'
  /** Dropped for another reason: to QUIC a loss. */
  | 'lost';

/** A socket whose datagrams can be sent in batches. Must not be used once the socket is closed. */
export interface BatchSender {
  /**
   * Sends datagrams that lie back to back in `bytes`, each of `segmentBytes`, the last one perhaps shorter. At most
   * `SEGMENTS_MAX`, and `BATCH_MAX_BYTES` with headers. `to` is left out on a connected socket.
   */
  send(bytes: Uint8Array, segmentBytes: number, to: Uint8Array | undefined): SendOutcome;
  /** Makes single datagrams possible again, of any size and by any other call on the same socket. */
  reset(): void;
}

type Native = {
  readonly getsockname: (fd: number, address: Uint8Array, length: Uint8Array) => number;
  readonly setsockopt: (...args: readonly [number, number, number, Uint8Array, number]) => number;
  readonly sendto: (
    ...args: readonly [number, Uint8Array, number, number, Uint8Array | null, number]
  ) => number;
  readonly errno: () => number;
};

/**
 * Switches batches on for a bound socket, both ways; from then on what it receives may be several datagrams of one sender
 * joined. Undefined where that cannot be done.
 */
export async function openBatchSender(local: SocketAddress): Promise<BatchSender | undefined> {
  if (process.platform !== 'linux') return undefined;
  const address = encodeSocketAddress(local);
  if (address === undefined) return undefined;
  let native: Native;
  let descriptor: number | undefined;
  try {
    native = await loadNative();
    descriptor = findDescriptor(native, address);
  } catch {
    // No build of the library for this machine, or no /proc: that is what the other way is for.
    return undefined;
  }
  if (descriptor === undefined) return undefined;
  if (!setOption(native, descriptor, UDP_SEGMENT, 0)) return undefined;
  if (!setOption(native, descriptor, UDP_GRO, 1)) return undefined;
  return new LinuxBatchSender(native, descriptor);
}

async function loadNative(): Promise<Native> {
  const { default: koffi } = await import('koffi');
  const library = koffi.load(null);
  return {
    getsockname: library.func('int getsockname(int, void *, void *)'),
    setsockopt: library.func('int setsockopt(int, int, int, void *, uint32_t)'),
    sendto: library.func('intptr_t sendto(int, void *, size_t, int, void *, uint32_t)'),
    errno: () => koffi.errno(),
  };
}

/** The descriptor of this process's socket that is bound to an address: `node:dgram` keeps it to itself. */
function findDescriptor(native: Native, address: Uint8Array): number | undefined {
  const bound = Buffer.alloc(SOCKET_ADDRESS_MAX_BYTES);
  const length = Buffer.alloc(4);
  const found = socketDescriptors().filter((descriptor) => {
    length.writeUInt32LE(bound.length);
    if (native.getsockname(descriptor, bound, length) !== 0) return false;
    return bound.subarray(0, address.length).equals(address);
  });
  // TCP may use the same port: only a UDP socket takes the option.
  return found.find((descriptor) => setOption(native, descriptor, UDP_SEGMENT, 0));
}

function socketDescriptors(): number[] {
  return readdirSync(DESCRIPTOR_FOLDER)
    .filter((name) => {
      try {
        return readlinkSync(`${DESCRIPTOR_FOLDER}/${name}`).startsWith('socket:');
      } catch {
        // Closed since the folder was read; the reading itself uses one.
        return false;
      }
    })
    .map(Number);
}

function setOption(native: Native, descriptor: number, option: number, value: number): boolean {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return native.setsockopt(descriptor, SOL_UDP, option, bytes, bytes.length) === 0;
}

class LinuxBatchSender implements BatchSender {
  readonly #native: Native;
  readonly #descriptor: number;
  /** What the socket cuts at now; 0 not at all. */
  #segmentBytes = 0;

  constructor(native: Native, descriptor: number) {
    this.#native = native;
    this.#descriptor = descriptor;
  }

  send(bytes: Uint8Array, segmentBytes: number, to: Uint8Array | undefined): SendOutcome {
    if (bytes.length > segmentBytes && !this.#cutAt(segmentBytes)) return 'unsupported';
    if (bytes.length <= segmentBytes && this.#segmentBytes !== 0 && !this.#cutAt(0)) {
      return 'unsupported';
    }
    const flags = 0;
    const sent = this.#native.sendto(
      this.#descriptor,
      bytes,
      bytes.length,
      flags,
      to ?? null,
      to?.length ?? 0,
    );
    return sent >= 0 ? 'sent' : outcomeOf(this.#native.errno());
  }

  reset(): void {
    if (this.#segmentBytes !== 0) this.#cutAt(0);
  }

  #cutAt(segmentBytes: number): boolean {
    if (this.#segmentBytes === segmentBytes) return true;
    if (!setOption(this.#native, this.#descriptor, UDP_SEGMENT, segmentBytes)) return false;
    this.#segmentBytes = segmentBytes;
    return true;
  }
}

function outcomeOf(errno: number): SendOutcome {
  const { EAGAIN, ECONNREFUSED, EINVAL, EIO, EMSGSIZE, EOPNOTSUPP } = constants.errno;
  switch (errno) {
    case EAGAIN:
      return 'full';
    case ECONNREFUSED:
      return 'refused';
    // Kernels before 6.4 say EINVAL when a segment is bigger than the path's MTU.
    case EMSGSIZE:
    case EINVAL:
      return 'too-big';
    // The interface cannot compute checksums.
    case EIO:
    case EOPNOTSUPP:
      return 'unsupported';
    default:
      return 'lost';
  }
}
