/** Opens a QUIC connection to a literal address. Each has a socket of its own, so that the network's errors reach it. */
import { randomBytes } from 'node:crypto';
import { CLOSE_CODE } from '../close-codes.ts';
import type { Credentials } from '../identity/certificate.ts';
import { NodeError } from '../node-error.ts';
import { DatagramSocket } from './datagram-socket.ts';
import { DialledPath } from './dialled-path.ts';
import { pathPayloadBytes } from './path-size.ts';
import { createQuicheConfig, fitToPath } from './quic-config.ts';
import { QuicConnection } from './quic-connection.ts';
import { QuicEngine } from './quic-engine.ts';
import { HandshakeFailure, completeHandshake } from './quic-handshake.ts';
import {
  CONGESTION_CONTROL_DEFAULT,
  CONNECTION_ID_BYTES,
  HANDSHAKE_TIMEOUT_MS,
  IDLE_TIMEOUT_MS,
  TRANSPORT_NO_APPLICATION_PROTOCOL,
  type CongestionControlSetting,
} from './quic-limits.ts';
import { quiche } from './quiche.ts';
import type { SocketAddress } from './socket-address.ts';

export type QuicDialOptions = {
  /** Literal IP address and port. */
  readonly remote: SocketAddress;
  /** Undefined dials without a certificate, which every listener turns away; for tests. */
  readonly credentials: Credentials | undefined;
  /** Decides on the proven identity before anything else happens; throws to refuse. */
  readonly checkPeer: (peerId: string) => void | Promise<void>;
  readonly handshakeTimeoutMs?: number | undefined;
  readonly idleTimeoutMs?: number | undefined;
  readonly congestionControl?: CongestionControlSetting | undefined;
  /** Datagram size instead of what the path is known to carry. */
  readonly payloadBytes?: number | undefined;
  /** Bytes that the peer may send before they are read, on a stream and in all; left out, as much as bulk needs. */
  readonly windowBytes?: number | undefined;
  readonly alpn?: string | undefined;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Connects, proves who both sides are, and hands over the connection.
 * @throws NodeError DITS_NODE_UNREACHABLE, DITS_NODE_PROTOCOL_MISMATCH, DITS_NODE_REFUSED, DITS_NODE_IDENTITY_MISMATCH,
 *   and what `checkPeer` throws
 */
export async function dialQuic(options: QuicDialOptions): Promise<QuicConnection> {
  options.signal?.throwIfAborted();
  const socket = await DatagramSocket.connect(options.remote);
  let path: DialledPath;
  try {
    path = startPath(socket, options);
  } catch (error) {
    await socket.close();
    throw error;
  }
  const { engine } = path;
  try {
    const remotePeerId = await completeHandshake(engine, {
      timeoutMs: options.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS,
      signal: options.signal,
    });
    try {
      await options.checkPeer(remotePeerId);
    } catch (error) {
      engine.abort(CLOSE_CODE.identityMismatch, 'the dialler does not accept this identity');
      throw error;
    }
    const connection = new QuicConnection(engine, {
      role: 'client',
      remotePeerId,
      ownAddress: path,
    });
    // The goodbye has been handed to the system by then; nothing that still arrives matters.
    void connection.closed.then(() => {
      engine.destroy({ by: 'local', code: CLOSE_CODE.normal, reason: '' });
    });
    return connection;
  } catch (error) {
    engine.destroy({ by: 'local', code: CLOSE_CODE.normal, reason: '' });
    throw error instanceof HandshakeFailure ? dialError(options.remote, error) : error;
  }
}

function startPath(socket: DatagramSocket, options: QuicDialOptions): DialledPath {
  const { remote } = options;
  const idleTimeoutMs = options.idleTimeoutMs ?? IDLE_TIMEOUT_MS;
  const config = createQuicheConfig(options.credentials, {
    idleTimeoutMs,
    windowBytes: options.windowBytes,
    alpn: options.alpn,
  });
  fitToPath(config, {
    payloadBytes: options.payloadBytes ?? pathPayloadBytes(remote.host),
    congestionControl: options.congestionControl ?? CONGESTION_CONTROL_DEFAULT,
  });
  const local = socket.localAddress;
  const native = quiche.Connection.connect(
    null,
    randomBytes(CONNECTION_ID_BYTES),
    { ...local },
    { host: remote.host.split('%')[0]!, port: remote.port },
    config,
  );
  const engine = new QuicEngine({ native, socket, remote, local, idleTimeoutMs });
  return new DialledPath(engine, socket);
}

/** What a failed handshake means to the one who dialled. */
function dialError({ host, port }: SocketAddress, failure: HandshakeFailure): NodeError {
  const { by, code, reason } = failure.reason;
  const where = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const options = { cause: failure, details: { host, port } };
  if (by === 'timeout') {
    return new NodeError('DITS_NODE_UNREACHABLE', `no answer from ${where} (UDP)`, {
      ...options,
      hint: 'Check that the node runs there and that a firewall lets UDP through.',
    });
  }
  if (code === TRANSPORT_NO_APPLICATION_PROTOCOL || reason === 'UnknownVersion') {
    return new NodeError(
      'DITS_NODE_PROTOCOL_MISMATCH',
      `${where} does not speak this protocol`,
      options,
    );
  }
  if (by === 'remote') {
    return new NodeError('DITS_NODE_REFUSED', `${where} turned the connection away: ${reason}`, {
      cause: failure,
      details: { host, port, closeCode: code },
    });
  }
  return new NodeError('DITS_NODE_UNREACHABLE', `cannot connect to ${where}: ${reason}`, options);
}
