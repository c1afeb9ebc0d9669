/**
 * Makes a connection out of any ordered byte duplex: both sides prove their Ed25519 identities by Noise, and yamux makes
 * many streams of one (docs/adr/0016-tcp-with-noise.md). libp2p's packages are loaded when the first channel is made.
 */
import type { LinkPath } from '../../protocol/index.ts';
import type { Identity } from '../identity/identity.ts';
import { NodeError } from '../node-error.ts';
import { IDLE_TIMEOUT_MS } from '../quic/quic-limits.ts';
import type { ByteDuplex } from './byte-duplex.ts';
import { fillInPromiseWithResolvers } from './libp2p-environment.ts';
import { CHANNEL_HANDSHAKE_MAX_MS } from './noise-limits.ts';
import type { NoiseConnection } from './noise-connection.ts';

export type SecureChannelOptions = {
  readonly role: 'dialler' | 'acceptor';
  readonly identity: Pick<Identity, 'privateKey' | 'publicKey'>;
  /** What the connection says of itself. */
  readonly path: LinkPath;
  readonly remoteAddress: string;
  /** How long the handshake may take, in milliseconds. */
  readonly handshakeMaxMs?: number | undefined;
  /** Silence after which the peer counts as gone, in milliseconds. */
  readonly idleTimeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Proves who both sides are. The caller decides whether it wants that peer (`remotePeerId`) before it uses the connection.
 * Owns the duplex from here on, also on failure.
 * @throws NodeError DITS_NODE_UNREACHABLE when the other side is silent or hangs up, DITS_NODE_PROTOCOL_MISMATCH when it
 *   does not speak libp2p's Noise and yamux, DITS_NODE_IDENTITY_MISMATCH when its proof fails; the signal's reason
 */
export async function secureChannel(
  duplex: ByteDuplex,
  options: SecureChannelOptions,
): Promise<NoiseConnection> {
  const { role, identity, path, remoteAddress, signal } = options;
  const idleTimeoutMs = options.idleTimeoutMs ?? IDLE_TIMEOUT_MS;
  fillInPromiseWithResolvers();
  const timeout = AbortSignal.timeout(options.handshakeMaxMs ?? CHANNEL_HANDSHAKE_MAX_MS);
  const [{ DuplexStream }, { shakeHands }, { NoiseConnection }] = await Promise.all([
    import('./duplex-stream.ts'),
    import('./channel-handshake.ts'),
    import('./noise-connection.ts'),
  ]);
  const link = new DuplexStream(duplex, role === 'dialler' ? 'outbound' : 'inbound');
  const linkOver = link.start();
  try {
    signal?.throwIfAborted();
    const handshake = { role, identity, idleTimeoutMs };
    const limits = { signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]) };
    const handshaken = await shakeHands(link, { ...handshake, ...limits });
    return new NoiseConnection({ link, linkOver }, handshaken, {
      role,
      path,
      remoteAddress,
      idleTimeoutMs,
    });
  } catch (error) {
    link.destroy();
    await link.settled();
    signal?.throwIfAborted();
    throw channelError(error, { remoteAddress, isTimeout: timeout.aborted });
  }
}

/** Errors of libp2p's packages that mean another protocol, and those that mean a bad proof. */
const MISMATCH_ERRORS = [
  'UnsupportedProtocolError',
  'InvalidMessageError',
  'InvalidDataLengthError',
];
const PROOF_ERRORS = ['UnexpectedPeerError', 'InvalidCryptoExchangeError'];

function channelError(
  error: unknown,
  { remoteAddress, isTimeout }: { readonly remoteAddress: string; readonly isTimeout: boolean },
): NodeError {
  const cause = error;
  const name = error instanceof Error ? error.name : '';
  const details = { address: remoteAddress };
  if (isTimeout) {
    return new NodeError(
      'DITS_NODE_UNREACHABLE',
      `${remoteAddress} does not finish the handshake`,
      {
        cause,
        details,
      },
    );
  }
  if (MISMATCH_ERRORS.includes(name)) {
    const what = `${remoteAddress} does not speak this protocol`;
    return new NodeError('DITS_NODE_PROTOCOL_MISMATCH', what, { cause, details });
  }
  if (PROOF_ERRORS.includes(name)) {
    const what = `${remoteAddress} does not prove an identity`;
    return new NodeError('DITS_NODE_IDENTITY_MISMATCH', what, { cause, details });
  }
  const what = `${remoteAddress} hung up during the handshake`;
  return new NodeError('DITS_NODE_UNREACHABLE', what, { cause, details });
}
