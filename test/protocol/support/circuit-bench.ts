/** A relay in memory and the peers connected to it. */
import { randomBytes } from 'node:crypto';
import {
  CircuitSwitch,
  connectSession,
  createMemoryPair,
  serveConnection,
  type ByteStream,
  type CircuitEvent,
  type CircuitLimits,
  type Connection,
  type LinkPath,
  type OfferedCircuit,
  type Session,
} from '../../../protocol/index.ts';
import { ManualClock } from './manual-clock.ts';
import { openHost } from './session-pair.ts';

const LIMITS: CircuitLimits = {
  circuitsMax: 4,
  circuitsPerPeerMax: 2,
  bytesMax: Infinity,
  idleMs: 60_000,
};

export class CircuitBench {
  readonly clock = new ManualClock();
  readonly circuits: CircuitSwitch;
  readonly events: CircuitEvent[] = [];
  /** What each peer has paid for. */
  readonly paid = new Map<string, number>();
  readonly #closers: (() => Promise<void>)[] = [];

  constructor(limits: Partial<CircuitLimits> = {}) {
    this.circuits = new CircuitSwitch(
      {
        clock: this.clock,
        pay: (peerId, bytes) => {
          this.paid.set(peerId, (this.paid.get(peerId) ?? 0) + bytes);
          return Promise.resolve();
        },
        onEvent: (event) => this.events.push(event),
      },
      { ...LIMITS, ...limits },
    );
  }

  /** A peer's session with the relay. */
  async join(
    peerId: string,
    options: {
      readonly onCircuit?: (circuit: OfferedCircuit) => Promise<void>;
      readonly path?: LinkPath;
      readonly isRelay?: boolean;
    } = {},
  ): Promise<{ readonly session: Session; readonly connection: Connection }> {
    const { clock } = this;
    const pair = createMemoryPair({
      diallerPeerId: peerId,
      acceptorPeerId: 'relay',
      path: options.path,
    });
    const circuits = options.isRelay === false ? undefined : this.circuits;
    const served = serveConnection(
      pair.acceptor,
      { clock, host: openHost({}), random: randomBytes, circuits },
      { software: 'relay/1' },
    );
    const session = await connectSession(
      pair.dialler,
      { clock },
      { software: peerId, onCircuit: options.onCircuit },
    );
    this.#closers.push(async () => {
      await session.close();
      await served.done.catch(() => undefined);
    });
    return { session, connection: pair.dialler };
  }

  /** A reachable peer whose end of each circuit comes out of `accepted`, in order. */
  async reachable(peerId: string): Promise<{
    readonly session: Session;
    readonly accepted: () => Promise<ByteStream>;
  }> {
    const waiting: ((stream: ByteStream) => void)[] = [];
    const streams: ByteStream[] = [];
    const { session } = await this.join(peerId, {
      onCircuit: async (circuit) => {
        const stream = await circuit.accept();
        const taker = waiting.shift();
        if (taker === undefined) streams.push(stream);
        else taker(stream);
      },
    });
    await session.reserveCircuits();
    const accepted = (): Promise<ByteStream> =>
      new Promise((resolve) => {
        const stream = streams.shift();
        if (stream === undefined) waiting.push(resolve);
        else resolve(stream);
      });
    return { session, accepted };
  }

  async close(): Promise<void> {
    await Promise.all(this.#closers.map((close) => close()));
  }
}
