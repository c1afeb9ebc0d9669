/**
 * How the protocol sees a link to a peer: an authenticated connection of ordered byte streams. Implemented by
 * `node/quic`, by an in-memory pair for tests and local remotes (`protocol/memory-connection.ts`), and by the simulated
 * link of `simulations/`. One contract suite (test/protocol/connection.contract.ts) runs on all of them.
 */

/** How the bytes travel. */
export type LinkPath = 'quic' | 'tcp' | 'relay' | 'local';

/** Totals since the connection began, in bytes on the link, all framing and encryption included. */
export type LinkStats = { readonly bytesSent: number; readonly bytesReceived: number };

/** The writing half of a stream. One writer at a time; a call must settle before the next. */
export interface ByteSink {
  /**
   * Hands bytes to the link, resolving when there is room for more (back-pressure). The buffers may be reused
   * once it resolves.
   * @throws ProtocolError DITS_PROTOCOL_CONNECTION_LOST, DITS_PROTOCOL_STREAM_RESET
   */
  write(parts: readonly Uint8Array[]): Promise<void>;
  /** Ends the stream in good order after everything written. */
  end(): Promise<void>;
  /** Abandons the stream: the reader gets DITS_PROTOCOL_STREAM_RESET. Idempotent. */
  reset(code: number): void;
}

/** The reading half of a stream. One reader at a time. */
export interface ByteSource {
  /**
   * Reads at least 1 byte into `into`, as many as are there, up to its length. Returns the count, 0 at the end.
   * The data is copied once, straight into the caller's buffer.
   * @throws ProtocolError DITS_PROTOCOL_CONNECTION_LOST, DITS_PROTOCOL_STREAM_RESET
   */
  read(into: Uint8Array): Promise<number>;
  /** Tells the writer that nobody reads on. Idempotent. */
  stop(code: number): void;
}

/** A bidirectional stream. */
export interface ByteStream extends ByteSink, ByteSource {
  /** Ascending per connection and opener. */
  readonly streamId: number;
}

/** A stream that the peer opened. */
export type IncomingStream =
  | { readonly kind: 'bidirectional'; readonly stream: ByteStream }
  | { readonly kind: 'unidirectional'; readonly source: ByteSource };

/** Why a connection ended. `code` is an application error code of docs/errors.md; 0 is a normal end. */
export type CloseReason = {
  readonly by: 'local' | 'remote' | 'timeout' | 'transport';
  readonly code: number;
  readonly reason: string;
};

/** Tells the peer the addresses, `HOST:PORT`, that this side may come from; returns those that it may find the peer at. */
export type PunchAsk = (addresses: readonly string[]) => Promise<readonly string[]>;

/** An authenticated connection. */
export interface Connection {
  /** The peer's proven identity (`12D3Koo…`), or a local name for in-process links. */
  readonly remotePeerId: string;
  /** Human-readable address of the other end. */
  readonly remoteAddress: string;
  readonly path: LinkPath;
  /** Why this path was taken, for people, as the dialler has it; undefined when it was the first choice. */
  readonly pathReason?: string | undefined;
  /** Whether bulk streams of this side wait on purpose now: for a limit on bandwidth, or the end of a pause. */
  readonly isHeldBack?: boolean | undefined;
  openStream(): Promise<ByteStream>;
  openSink(): Promise<ByteSink>;
  /** Streams opened by the peer, in order; ends when the connection does. One consumer. */
  incoming(): AsyncIterable<IncomingStream>;
  stats(): LinkStats;
  /**
   * Looks for a direct path, once both ends converse (docs/protocol.md, "Punching"); connections over circuits have it.
   * Resolves when there is one, or will be none. Never rejects.
   */
  readonly upgrade?: ((ask: PunchAsk, signal: AbortSignal) => Promise<void>) | undefined;
  /** Sends what was written, then closes with a code and a reason of at most 1,024 bytes. Idempotent. */
  close(code: number, reason: string): Promise<void>;
  /** Resolves (never rejects) when the connection has ended, with the reason. */
  readonly closed: Promise<CloseReason>;
}
