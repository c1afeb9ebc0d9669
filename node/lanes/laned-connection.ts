/**
 * A connection whose bulk streams go over lanes once there are some. Everything else, and bulk until then or without
 * lanes, goes over the connection below; it decides about identity and life, the lanes only carry.
 */
import {
  IncomingStreams,
  ProtocolError,
  type ByteSink,
  type ByteStream,
  type CloseReason,
  type Connection,
  type IncomingStream,
  type LinkPath,
  type LinkStats,
} from '../../protocol/index.ts';
import type { PathControl } from '../dial/path-control.ts';
import { Lane, type LaneSockets } from './lane.ts';
import { LANES_MAX, LANE_DIALS_MAX } from './lane-limits.ts';

/** Opens lanes to the peer, handing over each as it is ready. Resolves when no more will come; never rejects. */
export type LaneDialler = (
  onLane: (sockets: LaneSockets) => void,
  signal: AbortSignal,
) => Promise<void>;

/** The connection below, which may tell that its packets go another way. */
export type LanedBase = Connection & {
  onPathChanged?: () => void;
  readonly pathControl?: PathControl;
};

export class LanedConnection implements Connection {
  readonly remotePeerId: string;
  readonly path: LinkPath;
  readonly closed: Promise<CloseReason>;
  readonly #base: LanedBase;
  readonly #lanes = new Set<Lane>();
  readonly #incoming = new IncomingStreams();
  readonly #controller = new AbortController();
  readonly #dialLanes: LaneDialler | undefined;
  #dialling: Promise<void> = Promise.resolve();
  #dialsLeft: number = LANE_DIALS_MAX;
  /** There were lanes, or nobody has tried yet: bulk asks for them when there are none. */
  #isDialDue = true;
  /** Bytes of lanes that are gone. */
  readonly #past = { bytesSent: 0, bytesReceived: 0 };
  #pathReason: string | undefined;
  #isOver = false;

  /**
   * `dialLanes` is called when bulk data first moves, and when it moves again after all lanes were lost; without it lanes
   * come from the peer (`addLane`).
   */
  constructor(base: LanedBase, dialLanes?: LaneDialler) {
    this.#base = base;
    this.#dialLanes = dialLanes;
    this.remotePeerId = base.remotePeerId;
    this.path = base.path;
    this.closed = base.closed.then(async (reason) => {
      await this.#end();
      return reason;
    });
    base.onPathChanged = () => {
      this.#leaveLanes();
    };
    void this.#pumpIncoming();
  }

  /** The path that decides: lanes come and go with it. */
  get pathControl(): PathControl | undefined {
    return this.#base.pathControl;
  }

  get remoteAddress(): string {
    return this.#base.remoteAddress;
  }

  /** Lanes that are ready, for diagnostics. */
  get laneCount(): number {
    return this.#lanes.size;
  }

  /** Why this path was taken; undefined when it was the first choice. */
  get pathReason(): string | undefined {
    return this.#pathReason;
  }

  explainPath(text: string): void {
    this.#pathReason = text;
  }

  /** Takes a lane whose other end is this connection's peer; false when there are enough. */
  addLane(sockets: LaneSockets): boolean {
    if (this.#isOver || this.#lanes.size >= LANES_MAX) return false;
    const lane = new Lane(sockets, {
      onSource: (source) => this.#incoming.add({ kind: 'unidirectional', source }),
      onGone: (gone) => this.#onGone(gone),
    });
    this.#lanes.add(lane);
    this.#isDialDue = true;
    return true;
  }

  openStream(): Promise<ByteStream> {
    return this.#base.openStream();
  }

  async openSink(): Promise<ByteSink> {
    this.#wantLanes();
    for (const lane of this.#lanes) if (lane.isFree) return lane.openSink();
    return await this.#base.openSink();
  }

  incoming(): AsyncIterable<IncomingStream> {
    return this.#incoming.take();
  }

  stats(): LinkStats {
    const { bytesSent, bytesReceived } = this.#base.stats();
    const total = {
      bytesSent: bytesSent + this.#past.bytesSent,
      bytesReceived: bytesReceived + this.#past.bytesReceived,
    };
    for (const lane of this.#lanes) {
      total.bytesSent += lane.bytesSent;
      total.bytesReceived += lane.bytesReceived;
    }
    return total;
  }

  close(code: number, reason: string): Promise<void> {
    return this.#base.close(code, reason);
  }

  #wantLanes(): void {
    const dial = this.#dialLanes;
    if (dial === undefined || this.#isOver || !this.#isDialDue) return;
    if (this.#lanes.size > 0 || this.#dialsLeft === 0) return;
    this.#isDialDue = false;
    this.#dialsLeft--;
    this.#dialling = dial((sockets) => {
      if (!this.addLane(sockets)) sockets.tls.destroy();
    }, this.#controller.signal);
  }

  /** TCP cannot follow to another address: lanes that were made before lead nowhere, and would only be silent. */
  #leaveLanes(): void {
    const left = new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'the path of a bulk lane changed');
    for (const lane of [...this.#lanes]) {
      lane.close(left);
      this.#forget(lane);
    }
  }

  async #pumpIncoming(): Promise<void> {
    for await (const stream of this.#base.incoming()) {
      if (stream.kind === 'unidirectional') this.#wantLanes();
      this.#incoming.add(stream);
    }
  }

  #onGone(lane: Lane): void {
    if (!this.#lanes.has(lane)) return;
    this.#forget(lane);
    if (!lane.isTimedOut || this.#isOver) return;
    // The other side may go on sending into lanes that lead nowhere. A change of address makes both sides leave them.
    this.#leaveLanes();
    void this.#base.pathControl?.ownAddress?.change?.();
  }

  #forget(lane: Lane): void {
    if (!this.#lanes.delete(lane)) return;
    this.#past.bytesSent += lane.bytesSent;
    this.#past.bytesReceived += lane.bytesReceived;
  }

  async #end(): Promise<void> {
    const lost = new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'the connection ended');
    this.#isOver = true;
    this.#controller.abort();
    for (const lane of this.#lanes) {
      lane.close(lost);
      this.#forget(lane);
    }
    this.#incoming.end();
    await this.#dialling;
  }
}
