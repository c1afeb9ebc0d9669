/** A link with a delay, a rate and losses. A lost packet breaks the connection; streams overtake each other. */
import type { MemoryLink, Packet } from '../protocol/index.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type LinkQuality = {
  /** Milliseconds one way, at least. */
  readonly delayMs: number;
  /** Milliseconds that a packet may take longer than that. */
  readonly jitterMs: number;
  /** Share of packets that are lost, 0 to 1. */
  readonly loss: number;
  /** Bytes a millisecond. */
  readonly bytesPerMs: number;
};

export class LossyLink implements MemoryLink {
  readonly #clock: VirtualClock;
  readonly #random: SeededRandom;
  readonly #quality: LinkQuality;
  /** When each direction has sent what it was given so far. */
  readonly #freeAtMs = { dialler: 0, acceptor: 0 };

  constructor(clock: VirtualClock, random: SeededRandom, quality: LinkQuality) {
    this.#clock = clock;
    this.#random = random;
    this.#quality = quality;
  }

  async transmit(packet: Packet): Promise<'arrived' | 'lost'> {
    const { delayMs, jitterMs, loss, bytesPerMs } = this.#quality;
    const startMs = Math.max(this.#clock.now(), this.#freeAtMs[packet.from]);
    const sentMs = startMs + packet.bytes / bytesPerMs;
    this.#freeAtMs[packet.from] = sentMs;
    const isLost = this.#random.next() < loss;
    const arrivesMs = sentMs + delayMs + this.#random.next() * jitterMs;
    await this.#clock.sleep(arrivesMs - this.#clock.now());
    return isLost ? 'lost' : 'arrived';
  }
}
