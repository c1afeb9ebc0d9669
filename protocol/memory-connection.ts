/**
 * Two ends of a connection inside one process: for local remotes, for tests, and, with a link that delays and loses
 * packets, for `simulations/`. Behaves like the QUIC transport; one contract suite runs on both.
 */
import type {
  ByteSink,
  ByteStream,
  CloseReason,
  Connection,
  IncomingStream,
  LinkPath,
  LinkStats,
} from './connection.ts';
import { IncomingStreams } from './incoming-streams.ts';
import { BytePipe, type Transmit } from './memory/byte-pipe.ts';
import { ProtocolError } from './protocol-error.ts';

/** Streams the peer opened and nobody has taken yet; more than this is a peer run wild. */
const INCOMING_STREAMS_MAX = 1_000;
const CLOSE_REASON_MAX_BYTES = 1_024;

/** One packet on the in-memory link. */
export type Packet = {
  /** Who sent it. */ readonly from: 'dialler' | 'acceptor';
  readonly streamId: number;
  /** 0 for an end or a reset. */ readonly bytes: number;
};

/** The link between the two ends. A lost packet breaks the connection, as it would once a transport gave up on it. */
export interface MemoryLink {
  /** Decides the fate of a packet: undefined lets it arrive at once. */
  transmit(packet: Packet): Promise<'arrived' | 'lost'> | undefined;
}

export type MemoryPairOptions = {
  /** Names of the two ends; what each sees as its remote peer is the other's. */
  readonly diallerPeerId?: string | undefined;
  readonly acceptorPeerId?: string | undefined;
  readonly path?: LinkPath | undefined;
  readonly link?: MemoryLink | undefined;
  /** Bytes of a stream under way or unread before a write waits. */
  readonly capacityBytes?: number | undefined;
};

export type MemoryPair = {
  readonly dialler: Connection;
  readonly acceptor: Connection;
  /** Breaks the connection at once for both ends, as a pulled cable would. */
  readonly sever: () => void;
};

/** A connected pair. */
export function createMemoryPair(options: MemoryPairOptions = {}): MemoryPair {
  const { diallerPeerId = 'dialler', acceptorPeerId = 'acceptor', path = 'local' } = options;
  const { link, capacityBytes } = options;
  const dialler = new MemoryConnection({
    role: 'dialler',
    remotePeerId: acceptorPeerId,
    path,
    link,
    capacityBytes,
  });
  const acceptor = new MemoryConnection({
    role: 'acceptor',
    remotePeerId: diallerPeerId,
    path,
    link,
    capacityBytes,
  });
  dialler.join(acceptor);
  acceptor.join(dialler);
  return { dialler, acceptor, sever: () => dialler.sever() };
}

type EndOptions = {
  readonly role: Packet['from'];
  readonly remotePeerId: string;
  readonly path: LinkPath;
  readonly link: MemoryLink | undefined;
  readonly capacityBytes: number | undefined;
};

class MemoryConnection implements Connection {
  readonly remotePeerId: string;
  readonly remoteAddress = 'memory';
  readonly path: LinkPath;
  readonly closed: Promise<CloseReason>;
  readonly #options: EndOptions;
  readonly #pipes = new Set<BytePipe>();
  readonly #incoming = new IncomingStreams();
  #remote: MemoryConnection | undefined;
  #streamCount = 0;
  #sentBytes = 0;
  #receivedBytes = 0;
  #end: CloseReason | undefined;
  #isClosing = false;
  #resolveClosed!: (reason: CloseReason) => void;

  constructor(options: EndOptions) {
    this.#options = options;
    this.remotePeerId = options.remotePeerId;
    this.path = options.path;
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
  }

  join(remote: MemoryConnection): void {
    this.#remote = remote;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous for real links
  async openStream(): Promise<ByteStream> {
    const streamId = this.#nextStreamId('bidirectional');
    const remote = this.#peer();
    const there: { stream?: ByteStream } = {};
    const outward = this.#createPipe(streamId, () =>
      remote.#accept({ kind: 'bidirectional', stream: there.stream! }),
    );
    const inward = remote.#createPipe(streamId, () => undefined);
    there.stream = joinHalves(streamId, inward, outward);
    return joinHalves(streamId, outward, inward);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous for real links
  async openSink(): Promise<ByteSink> {
    const streamId = this.#nextStreamId('unidirectional');
    const remote = this.#peer();
    const pipe: BytePipe = this.#createPipe(streamId, () =>
      remote.#accept({ kind: 'unidirectional', source: pipe }),
    );
    return pipe;
  }

  incoming(): AsyncIterable<IncomingStream> {
    return this.#incoming.take();
  }

  stats(): LinkStats {
    return { bytesSent: this.#sentBytes, bytesReceived: this.#receivedBytes };
  }

  async close(code: number, reason: string): Promise<void> {
    if (this.#isClosing || this.#end !== undefined) {
      await this.closed;
      return;
    }
    this.#isClosing = true;
    await Promise.all([...this.#pipes].map((pipe) => pipe.settled()));
    const text = Buffer.from(reason).subarray(0, CLOSE_REASON_MAX_BYTES).toString();
    this.#finish({ by: 'local', code, reason: text });
    this.#peer().#finish({ by: 'remote', code, reason: text });
  }

  sever(): void {
    const end: CloseReason = { by: 'transport', code: 0, reason: 'the link broke' };
    this.#finish(end);
    this.#peer().#finish(end);
  }

  /** The pipe that this end writes and the other reads. */
  #createPipe(streamId: number, onFirstArrival: () => void): BytePipe {
    const { role, link, capacityBytes } = this.#options;
    const transmit: Transmit = (bytes) => {
      this.#sentBytes += bytes;
      return link?.transmit({ from: role, streamId, bytes });
    };
    const remote = this.#peer();
    const pipe: BytePipe = new BytePipe({
      transmit,
      capacityBytes,
      onFirstArrival,
      onArrival: (bytes) => (remote.#receivedBytes += bytes),
      onFinished: () => this.#pipes.delete(pipe),
      onLost: () => this.sever(),
    });
    this.#pipes.add(pipe);
    return pipe;
  }

  #accept(stream: IncomingStream): void {
    if (this.#incoming.count >= INCOMING_STREAMS_MAX) {
      this.sever();
      return;
    }
    this.#incoming.add(stream);
  }

  #finish(end: CloseReason): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    const error = lostError(end);
    for (const pipe of this.#pipes) pipe.fail(error);
    this.#pipes.clear();
    this.#incoming.end();
    this.#resolveClosed(end);
  }

  /** Numbers as QUIC gives them: bit 0 is the opener, bit 1 the kind (RFC 9000, section 2.1). */
  #nextStreamId(kind: IncomingStream['kind']): number {
    if (this.#end !== undefined) throw lostError(this.#end);
    const opener = this.#options.role === 'dialler' ? 0 : 1;
    return this.#streamCount++ * 4 + (kind === 'unidirectional' ? 2 : 0) + opener;
  }

  #peer(): MemoryConnection {
    return this.#remote!;
  }
}

function joinHalves(streamId: number, outward: BytePipe, inward: BytePipe): ByteStream {
  return {
    streamId,
    write: (parts) => outward.write(parts),
    end: () => outward.end(),
    reset: (code) => outward.reset(code),
    read: (into) => inward.read(into),
    stop: (code) => inward.stop(code),
  };
}

function lostError(end: CloseReason): ProtocolError {
  return new ProtocolError(
    'DITS_PROTOCOL_CONNECTION_LOST',
    `the connection has ended: ${end.reason === '' ? end.by : end.reason}`,
    { details: { by: end.by, applicationCode: end.code } },
  );
}
