/**
 * Accepts QUIC connections on one UDP socket. Packets find their connection by its id, which this side has chosen at
 * random. State for newcomers is bounded: past a threshold they must prove their address first (retry), past a limit
 * their packets are dropped.
 */
import { randomBytes } from 'node:crypto';
import { CLOSE_CODE } from '../close-codes.ts';
import type { Credentials } from '../identity/certificate.ts';
import { Admission, type Refusal } from '../listen/admission.ts';
import type { Logger } from '../logger.ts';
import { DatagramSocket, type SocketBuffers } from './datagram-socket.ts';
import { pathPayloadBytes } from './path-size.ts';
import { createQuicheConfig, fitToPath } from './quic-config.ts';
import { QuicConnection } from './quic-connection.ts';
import { QuicEngine } from './quic-engine.ts';
import { completeHandshake } from './quic-handshake.ts';
import {
  CONGESTION_CONTROL_DEFAULT,
  CONNECTIONS_MAX,
  CONNECTIONS_PER_PEER_MAX,
  CONNECTION_ID_BYTES,
  HALF_OPEN_MAX,
  HALF_OPEN_RETRY_THRESHOLD,
  HANDSHAKE_TIMEOUT_MS,
  IDLE_TIMEOUT_MS,
  type CongestionControlSetting,
} from './quic-limits.ts';
import { quiche, type QuicheConfig, type QuicheConnection, type QuicheHeader } from './quiche.ts';
import { RetryTokens } from './retry-tokens.ts';
import type { SocketAddress } from './socket-address.ts';

/** First bit of a long header (RFC 8999 section 5.1). */
const LONG_HEADER_BIT = 0x80;
/** Room for the answers that need no connection: retry and version negotiation. */
const STATELESS_ANSWER_MAX_BYTES = 512;

export type QuicListenerLimits = {
  readonly connectionsMax: number;
  readonly connectionsPerPeerMax: number;
  readonly halfOpenMax: number;
  readonly halfOpenRetryThreshold: number;
  readonly handshakeTimeoutMs: number;
};

export type QuicListenerOptions = {
  /** Literal address; port 0 picks a free one. */
  readonly address: SocketAddress;
  readonly credentials: Credentials;
  readonly idleTimeoutMs?: number | undefined;
  readonly congestionControl?: CongestionControlSetting | undefined;
  /** Datagram size instead of what each path is known to carry. */
  readonly payloadBytes?: number | undefined;
  /** Bytes that a peer may send before they are read, on a stream and in all; left out, as much as bulk needs. */
  readonly windowBytes?: number | undefined;
  readonly limits?: Partial<QuicListenerLimits> | undefined;
};

export type ListenerDialOptions = {
  /** Literal IP address and port. */
  readonly remote: SocketAddress;
  /** Decides on the proven identity; throws to refuse. */
  readonly checkPeer: (peerId: string) => void;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

export type QuicListenerDeps = {
  readonly logger: Logger;
  /** Milliseconds on a clock that never goes back. */
  readonly nowMs: () => number;
  /** Whether a proven identity may connect at all. */
  readonly admit: (peerId: string) => boolean;
  /** Counts connections together with those that come in another way; by default this listener counts alone. */
  readonly admission?: Admission | undefined;
  /** Takes an authenticated, admitted connection. */
  readonly onConnection: (connection: QuicConnection) => void;
};

const LIMITS: QuicListenerLimits = {
  connectionsMax: CONNECTIONS_MAX,
  connectionsPerPeerMax: CONNECTIONS_PER_PEER_MAX,
  halfOpenMax: HALF_OPEN_MAX,
  halfOpenRetryThreshold: HALF_OPEN_RETRY_THRESHOLD,
  handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
};

export class QuicListener {
  readonly #deps: QuicListenerDeps;
  readonly #socket: DatagramSocket;
  readonly #congestionControl: CongestionControlSetting;
  readonly #config: QuicheConfig;
  readonly #idleTimeoutMs: number;
  readonly #payloadBytes: number | undefined;
  readonly #limits: QuicListenerLimits;
  readonly #admission: Admission;
  readonly #tokens: RetryTokens;
  readonly #local: SocketAddress;
  /** Engines by every connection id that leads to them: the client's first choice, and ours. */
  readonly #routes = new Map<string, QuicEngine>();
  readonly #engines = new Set<QuicEngine>();
  readonly #open = new Map<QuicConnection, QuicEngine>();
  readonly #handshakes = new Set<Promise<void>>();
  #halfOpenCount = 0;
  /** What newcomers are told once this listener closes. */
  #closing: Refusal | undefined;

  private constructor(
    socket: DatagramSocket,
    deps: QuicListenerDeps,
    options: QuicListenerOptions,
  ) {
    this.#socket = socket;
    this.#deps = deps;
    this.#local = socket.localAddress;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#admission = deps.admission ?? new Admission(deps, this.#limits);
    this.#idleTimeoutMs = options.idleTimeoutMs ?? IDLE_TIMEOUT_MS;
    this.#payloadBytes = options.payloadBytes;
    this.#tokens = new RetryTokens(deps);
    this.#congestionControl = options.congestionControl ?? CONGESTION_CONTROL_DEFAULT;
    this.#config = createQuicheConfig(options.credentials, {
      idleTimeoutMs: this.#idleTimeoutMs,
      windowBytes: options.windowBytes,
    });
    socket.setHandlers({
      onDatagrams: (bytes, from) => {
        this.#onDatagrams(bytes, from);
      },
      onRoom: () => {
        for (const engine of this.#engines) engine.onRoom();
      },
      onTrouble: (trouble) => {
        // Which connection it was is not told, so all of them take the safe size.
        if (trouble === 'too-big') for (const engine of this.#engines) engine.onTooBig();
      },
    });
  }

  /** @throws NodeError DITS_NODE_PORT_BUSY, DITS_NODE_LISTEN_FAILED */
  static async open(deps: QuicListenerDeps, options: QuicListenerOptions): Promise<QuicListener> {
    const socket = await DatagramSocket.bind(options.address);
    return new QuicListener(socket, deps, options);
  }

  /** Where it listens, with the port the system has chosen. */
  get address(): SocketAddress {
    return this.#local;
  }

  get buffers(): SocketBuffers {
    return this.#socket.buffers;
  }

  /** Handshakes under way. */
  get halfOpenCount(): number {
    return this.#halfOpenCount;
  }

  get connections(): readonly QuicConnection[] {
    return [...this.#open.keys()];
  }

  /** Turns newcomers away from now on; connections that exist go on. */
  refuseNew(): void {
    this.#admission.refuseNew();
  }

  /** Closes every connection with this reason, then the socket. An admission that others share stays as it is. */
  async close(code: number, reason: string): Promise<void> {
    this.#closing = { code, reason };
    await Promise.all([...this.#open.keys()].map((connection) => connection.close(code, reason)));
    for (const engine of this.#engines) engine.destroy({ by: 'local', code, reason });
    await Promise.all(this.#handshakes);
    await this.#socket.close();
  }

  /**
   * Dials from this very socket, so that a router on the way takes it for what it has let through before.
   * @throws HandshakeFailure, NodeError DITS_NODE_IDENTITY_MISMATCH, what `checkPeer` throws, the signal's reason
   */
  async dial({
    remote,
    checkPeer,
    timeoutMs,
    signal,
  }: ListenerDialOptions): Promise<QuicConnection> {
    const ownId = randomBytes(CONNECTION_ID_BYTES);
    fitToPath(this.#config, {
      payloadBytes: this.#payloadBytes ?? pathPayloadBytes(remote.host),
      congestionControl: this.#congestionControl,
    });
    const host = { host: remote.host.split('%')[0]!, port: remote.port };
    const native = quiche.Connection.connect(null, ownId, { ...this.#local }, host, this.#config);
    const engine = this.#startEngine(native, remote, [ownId]);
    try {
      const remotePeerId = await completeHandshake(engine, { timeoutMs, signal });
      checkPeer(remotePeerId);
      const connection = new QuicConnection(engine, { role: 'client', remotePeerId });
      this.#open.set(connection, engine);
      void connection.closed.then(() => this.#open.delete(connection));
      return connection;
    } catch (error) {
      engine.destroy({ by: 'local', code: CLOSE_CODE.normal, reason: '' });
      throw error;
    }
  }

  /** Sends a byte that means nothing: it tells a router on the way that answers from there are wanted. */
  knock(remote: SocketAddress): void {
    this.#answer(remote, (out) => {
      out[0] = 0;
      return 1;
    });
  }

  #onDatagrams(bytes: Uint8Array, from: SocketAddress): void {
    const first = bytes[0];
    if (first === undefined) return;
    if ((first & LONG_HEADER_BIT) === 0) {
      // The id of a short header has the length that this side chose (RFC 8999 section 5.2).
      this.#routes.get(routeKey(bytes.subarray(1, 1 + CONNECTION_ID_BYTES)))?.receive(bytes, from);
      return;
    }
    let header: QuicheHeader;
    try {
      header = quiche.Header.fromSlice(bytes, CONNECTION_ID_BYTES);
    } catch {
      // Not QUIC: nothing to answer to.
      return;
    }
    const engine = this.#routes.get(routeKey(header.dcid));
    if (engine !== undefined) engine.receive(bytes, from);
    else this.#onNewcomer(bytes, header, from);
  }

  #onNewcomer(bytes: Uint8Array, header: QuicheHeader, from: SocketAddress): void {
    // Shorter than a client may send (RFC 9000 section 14.1): an answer would amplify a forged packet.
    if (bytes.length < quiche.MIN_CLIENT_INITIAL_LEN) return;
    if (!quiche.versionIsSupported(header.version)) {
      if (header.version === 0) return;
      this.#answer(from, (out) => quiche.negotiateVersion(header.scid, header.dcid, out));
      return;
    }
    if (header.ty !== quiche.Type.Initial || this.#halfOpenCount >= this.#limits.halfOpenMax)
      return;
    const token = header.token ?? new Uint8Array(0);
    if (token.length > 0) {
      const firstId = this.#tokens.open(token, from, header.dcid);
      if (firstId !== undefined) this.#accept({ bytes, header, from, firstId });
      return;
    }
    if (this.#halfOpenCount < this.#limits.halfOpenRetryThreshold) {
      this.#accept({ bytes, header, from, firstId: undefined });
      return;
    }
    const newId = randomBytes(CONNECTION_ID_BYTES);
    const { scid, dcid, version } = header;
    const minted = this.#tokens.mint(from, dcid, newId);
    this.#answer(from, (out) => quiche.retry(scid, dcid, newId, minted, version, out));
  }

  #answer(to: SocketAddress, fill: (out: Uint8Array) => number): void {
    const buffer = this.#socket.acquire();
    if (buffer === undefined) return;
    let length = 0;
    try {
      length = fill(buffer.subarray(0, STATELESS_ANSWER_MAX_BYTES));
    } catch (error) {
      this.#deps.logger.debug('quic.no-answer', { reason: String(error) });
    }
    if (length === 0) {
      this.#socket.release(buffer);
      return;
    }
    this.#socket.send(buffer, length, to);
    this.#socket.flush();
  }

  #accept(newcomer: {
    readonly bytes: Uint8Array;
    readonly header: QuicheHeader;
    readonly from: SocketAddress;
    readonly firstId: Uint8Array | undefined;
  }): void {
    const { bytes, header, from, firstId } = newcomer;
    // After a retry the client calls this side by the id it was given.
    const ownId = firstId === undefined ? randomBytes(CONNECTION_ID_BYTES) : header.dcid;
    fitToPath(this.#config, {
      payloadBytes: this.#payloadBytes ?? pathPayloadBytes(from.host),
      congestionControl: this.#congestionControl,
    });
    const native = quiche.Connection.accept(
      ownId,
      firstId ?? null,
      { ...this.#local },
      { host: from.host.split('%')[0]!, port: from.port },
      this.#config,
    );
    const engine = this.#startEngine(native, from, [ownId, header.dcid]);
    engine.receive(bytes, from);
    this.#halfOpenCount++;
    const handshake = this.#shakeHands(engine).finally(() => {
      this.#halfOpenCount--;
      this.#handshakes.delete(handshake);
    });
    this.#handshakes.add(handshake);
  }

  /** An engine on this socket, which packets to these ids of this side reach. */
  #startEngine(
    native: QuicheConnection,
    remote: SocketAddress,
    ids: readonly Uint8Array[],
  ): QuicEngine {
    const routes = new Set<string>();
    const addRoute = (id: Uint8Array): void => {
      const route = routeKey(id);
      routes.add(route);
      this.#routes.set(route, engine);
    };
    const engine = new QuicEngine({
      native,
      socket: this.#socket,
      remote,
      local: this.#local,
      idleTimeoutMs: this.#idleTimeoutMs,
      ids: {
        onNew: addRoute,
        onRetired: (id) => {
          const route = routeKey(id);
          if (routes.delete(route)) this.#routes.delete(route);
        },
      },
    });
    for (const id of ids) addRoute(id);
    this.#engines.add(engine);
    engine.onGone = () => {
      for (const route of routes) this.#routes.delete(route);
      this.#engines.delete(engine);
    };
    return engine;
  }

  async #shakeHands(engine: QuicEngine): Promise<void> {
    const { logger } = this.#deps;
    const address = `${engine.remote.host}:${engine.remote.port}`;
    let remotePeerId: string;
    try {
      remotePeerId = await completeHandshake(engine, {
        timeoutMs: this.#limits.handshakeTimeoutMs,
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.info('quic.handshake-failed', { address, reason });
      return;
    }
    await this.#admission.consider(remotePeerId);
    const refusal = this.#closing ?? this.#admission.refusal(remotePeerId);
    if (refusal !== undefined) {
      logger.warn('peer.refused', { peerId: remotePeerId, address, reason: refusal.reason });
      engine.abort(refusal.code, refusal.reason);
      return;
    }
    const connection = new QuicConnection(engine, { role: 'server', remotePeerId });
    this.#admission.enter(connection);
    this.#open.set(connection, engine);
    void connection.closed.then(() => this.#open.delete(connection));
    this.#deps.onConnection(connection);
  }
}

/** Map key of a connection id. */
function routeKey(id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('latin1');
}
