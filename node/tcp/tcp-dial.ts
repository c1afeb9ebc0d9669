/** Opens a connection with Noise over TCP to a literal address: the second choice, for where UDP does not get through. */
import { connect, type Socket } from 'node:net';
import { CLOSE_CODE } from '../close-codes.ts';
import { formatHostPort } from '../address.ts';
import type { PathControl } from '../dial/path-control.ts';
import type { Identity } from '../identity/identity.ts';
import { NodeError } from '../node-error.ts';
import type { NoiseConnection } from '../noise/noise-connection.ts';
import { secureChannel } from '../noise/secure-channel.ts';
import type { SocketAddress } from '../quic/socket-address.ts';
import { tcpDuplex } from './tcp-duplex.ts';
import { TCP_HANDSHAKE_MAX_MS, TCP_SILENCE_MAX_MS } from './tcp-limits.ts';

export type TcpDialOptions = {
  /** Literal IP address and port. */
  readonly remote: SocketAddress;
  readonly identity: Pick<Identity, 'privateKey' | 'publicKey'>;
  /** Decides on the proven identity before anything else happens; throws to refuse. */
  readonly checkPeer: (peerId: string) => void | Promise<void>;
  /** How long the TCP handshake and that of Noise may take, each, in milliseconds. */
  readonly handshakeTimeoutMs?: number | undefined;
  readonly idleTimeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Connects, proves who both sides are, and hands over the connection.
 * @throws NodeError DITS_NODE_UNREACHABLE, DITS_NODE_PROTOCOL_MISMATCH, DITS_NODE_IDENTITY_MISMATCH, what `checkPeer` throws,
 *   and the signal's reason
 */
export async function dialTcp(options: TcpDialOptions): Promise<NoiseConnection> {
  const { remote, identity, checkPeer, idleTimeoutMs, signal } = options;
  const handshakeMaxMs = options.handshakeTimeoutMs ?? TCP_HANDSHAKE_MAX_MS;
  const socket = await connectSocket(remote, { timeoutMs: handshakeMaxMs, signal });
  const connection = await secureChannel(tcpDuplex(socket), {
    role: 'dialler',
    identity,
    path: 'tcp',
    remoteAddress: formatHostPort(remote),
    handshakeMaxMs,
    idleTimeoutMs,
    signal,
  });
  connection.pathControl = pathControl(connection, socket, remote);
  try {
    await checkPeer(connection.remotePeerId);
    return connection;
  } catch (error) {
    const why = 'the dialler does not accept this identity';
    await connection.close(CLOSE_CODE.identityMismatch, why);
    throw error;
  }
}

/** A TCP connection ends with its address. Its silence tells little: an answer waits behind all that is under way. */
function pathControl(
  connection: NoiseConnection,
  { localAddress, localPort }: Socket,
  remote: SocketAddress,
): PathControl {
  const current =
    localAddress === undefined || localPort === undefined
      ? undefined
      : { host: localAddress, port: localPort };
  return {
    heardBytes: () => connection.stats().bytesReceived,
    roundTripMs: 0,
    silenceMaxMs: TCP_SILENCE_MAX_MS,
    probe: () => {
      connection.probe();
    },
    abandon: (reason) => {
      connection.abandon(reason);
    },
    ownAddress: current && { current, remote },
  };
}

/** A connected socket. */
async function connectSocket(
  remote: SocketAddress,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal | undefined },
): Promise<Socket> {
  signal?.throwIfAborted();
  const where = formatHostPort(remote);
  const socket = connect({ host: remote.host, port: remote.port, noDelay: true });
  const timeout = new NodeError('DITS_NODE_UNREACHABLE', `no answer from ${where} (TCP)`, {
    hint: 'Check that the node runs there and that a firewall lets TCP through.',
    details: { ...remote },
  });
  const timer = setTimeout(() => socket.destroy(timeout), timeoutMs);
  const onAbort = (): void => {
    socket.destroy();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('closed')));
    });
    return socket;
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause === timeout) throw timeout;
    const what = `cannot connect to ${where} over TCP: ${wordsOf(cause)}`;
    throw new NodeError('DITS_NODE_UNREACHABLE', what, { cause, details: { ...remote } });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens at the address',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the network',
};

function wordsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return WORDS[code] ?? cause.message;
}
