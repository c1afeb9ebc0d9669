/** Who can reach whom, and how well. Links lose, delay and overtake; they break, and machines vanish behind them. */
import {
  ProtocolError,
  createMemoryPair,
  type Connection,
  type MemoryLink,
  type MemoryPair,
  type Packet,
} from '../../protocol/index.ts';
import { LossyLink, type LinkQuality } from '../lossy-link.ts';
import type { SimulatedProcess } from '../machine/simulated-process.ts';
import type { World } from '../world.ts';

/** Time after which a transport gives up on a peer that says nothing: QUIC's idle timeout here. */
const SILENCE_MAX_MS = 30_000;
/** Time after which nobody waits for an answer to a dial any more. */
const DIAL_MAX_MS = 10_000;

/** A process that takes connections. */
export type Listener = {
  readonly process: SimulatedProcess;
  readonly accept: (connection: Connection) => void;
};

type Link = {
  readonly pair: MemoryPair;
  readonly wire: WatchedLink;
  readonly ends: readonly [string, string];
};

export class Network {
  readonly #world: World;
  readonly #listeners = new Map<string, Listener>();
  readonly #links = new Set<Link>();
  /** Pairs of machines between which nothing passes, in the order of their names. */
  readonly #cuts = new Set<string>();
  /** Draws what a new link is like. */
  quality: () => LinkQuality;

  constructor(world: World, quality: () => LinkQuality) {
    this.#world = world;
    this.quality = quality;
  }

  /** The process that answers at this machine from now on. */
  listen(machine: string, listener: Listener): void {
    this.#listeners.set(machine, listener);
    listener.process.onEnd(() => {
      if (this.#listeners.get(machine) === listener) this.#listeners.delete(machine);
    });
  }

  /** @throws ProtocolError DITS_PROTOCOL_CONNECTION_LOST when nobody answers */
  async dial(
    process: SimulatedProcess,
    ends: { readonly from: string; readonly to: string },
  ): Promise<Connection> {
    const { from, to } = ends;
    const quality = this.quality();
    await process.step({ what: `dial ${to}`, ms: 2 * quality.delayMs }, () => undefined);
    const listener = this.#listeners.get(to);
    if (listener === undefined || this.#isCut(from, to)) {
      await process.step({ what: `hear nothing of ${to}`, ms: DIAL_MAX_MS }, () => undefined);
      throw new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', `${to} does not answer`);
    }
    const wire = new WatchedLink(
      new LossyLink(this.#world.clock, this.#world.random, quality),
      () => process.isAlive && listener.process.isAlive,
    );
    const pair = createMemoryPair({ link: wire, diallerPeerId: from, acceptorPeerId: to });
    this.#watch({ pair, wire, ends: [from, to] }, [process, listener.process]);
    listener.accept(pair.acceptor);
    return pair.dialler;
  }

  /** Nothing passes between the two any more. */
  cut(a: string, b: string): void {
    this.#world.trace.say(`the link between ${a} and ${b} is cut`);
    this.#cuts.add(keyOf(a, b));
    for (const link of this.#links) {
      if (keyOf(...link.ends) === keyOf(a, b)) this.#sever(link);
    }
  }

  mend(a: string, b: string): void {
    if (this.#cuts.delete(keyOf(a, b))) this.#world.trace.say(`${a} and ${b} can talk again`);
  }

  #isCut(a: string, b: string): boolean {
    return this.#cuts.has(keyOf(a, b));
  }

  /** When a process is gone, the other end hears of it from the system there, or after a long silence. */
  #watch(link: Link, processes: readonly SimulatedProcess[]): void {
    const { clock, random } = this.#world;
    this.#links.add(link);
    for (const process of processes) {
      void process.ended.then(async () => {
        await clock.sleep(random.below(2) === 0 ? 1 : SILENCE_MAX_MS);
        this.#sever(link);
      });
    }
    void link.pair.dialler.closed.then(() => this.#forget(link));
  }

  #sever(link: Link): void {
    link.pair.sever();
    this.#forget(link);
  }

  #forget(link: Link): void {
    this.#links.delete(link);
    link.wire.giveUp();
  }
}

function keyOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** A link on which nothing arrives once one of its ends is dead, until the other end gives up. */
class WatchedLink implements MemoryLink {
  readonly #link: LossyLink;
  readonly #isAlive: () => boolean;
  #giveUp!: () => void;
  readonly #isOver: Promise<'lost'>;

  constructor(link: LossyLink, isAlive: () => boolean) {
    this.#link = link;
    this.#isAlive = isAlive;
    this.#isOver = new Promise((resolve) => (this.#giveUp = () => resolve('lost')));
  }

  giveUp(): void {
    this.#giveUp();
  }

  async transmit(packet: Packet): Promise<'arrived' | 'lost'> {
    const fate = await this.#link.transmit(packet);
    return this.#isAlive() ? fate : this.#isOver;
  }
}
