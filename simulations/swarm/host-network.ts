/**
 * Hosts with a rate up and a rate down, shared by all their connections. Bulk queues at both ends; small messages pass it, as they do on
 * a link that queues fairly, but take their share of the rate.
 */
import {
  createMemoryPair,
  type MemoryLink,
  type MemoryPair,
  type Packet,
} from '../../protocol/index.ts';
import type { VirtualClock } from '../virtual-clock.ts';

export type HostRates = {
  /** Bytes a millisecond. */
  readonly up: number;
  readonly down: number;
};

/** One machine's link. */
export class Host {
  readonly name: string;
  readonly rates: HostRates;
  /** Bytes sent and received, chunks at full size. */
  sentBytes = 0;
  receivedBytes = 0;
  /** When what was queued so far will have passed. */
  upFreeAtMs = 0;
  downFreeAtMs = 0;

  constructor(name: string, rates: HostRates) {
    this.name = name;
    this.rates = rates;
  }
}

/** Unread bytes of a stream before a write waits: none, so that a batch counts as handed over when it has passed the link. */
const PIPE_CAPACITY_BYTES = 1;
/** Bit 1 of a stream's number: it is a bulk stream. */
const UNIDIRECTIONAL = 2;

export type HostNetworkDeps = {
  readonly clock: VirtualClock;
  /** What a byte of a bulk stream stands for. */
  readonly bulkWeight: number;
};

/** A connection from one host to another. */
export function connectHosts(
  deps: HostNetworkDeps,
  ends: { readonly dialler: Host; readonly acceptor: Host; readonly delayMs: number },
): MemoryPair {
  return createMemoryPair({
    diallerPeerId: ends.dialler.name,
    acceptorPeerId: ends.acceptor.name,
    link: new HostLink(deps, ends),
    capacityBytes: PIPE_CAPACITY_BYTES,
  });
}

class HostLink implements MemoryLink {
  readonly #deps: HostNetworkDeps;
  readonly #ends: Parameters<typeof connectHosts>[1];

  constructor(deps: HostNetworkDeps, ends: Parameters<typeof connectHosts>[1]) {
    this.#deps = deps;
    this.#ends = ends;
  }

  async transmit({ from, streamId, bytes }: Packet): Promise<'arrived'> {
    const { clock, bulkWeight } = this.#deps;
    const { dialler, acceptor, delayMs } = this.#ends;
    const [sender, receiver] = from === 'dialler' ? [dialler, acceptor] : [acceptor, dialler];
    const isBulk = (streamId & UNIDIRECTIONAL) !== 0;
    const size = isBulk ? bytes * bulkWeight : bytes;
    sender.sentBytes += size;
    receiver.receivedBytes += size;
    const nowMs = clock.now();
    const upMs = size / sender.rates.up;
    const downMs = size / receiver.rates.down;
    const leavesMs = Math.max(nowMs, sender.upFreeAtMs) + upMs;
    sender.upFreeAtMs = leavesMs;
    receiver.downFreeAtMs = Math.max(receiver.downFreeAtMs, nowMs) + downMs;
    const comesMs = Math.max(leavesMs + delayMs, receiver.downFreeAtMs);
    await clock.sleep((isBulk ? comesMs : nowMs + upMs + delayMs) - nowMs);
    return 'arrived';
  }
}
