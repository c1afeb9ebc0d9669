/** Reaches a peer through a relay: asks for a circuit, and makes a secure channel over it, end to end. */
import {
  ProtocolError,
  connectSession,
  type ByteStream,
  type Connection,
  type Session,
} from '../../protocol/index.ts';
import { formatHostPort } from '../address.ts';
import { CLOSE_CODE } from '../close-codes.ts';
import { dialPeer, type DialDeps, type DialOptions } from '../dial/dial-peer.ts';
import { silentLogger } from '../logger.ts';
import { NodeError } from '../node-error.ts';
import { secureChannel } from '../noise/secure-channel.ts';
import { systemClock } from '../system-clock.ts';
import type { RelayAddress } from './relay-address.ts';
import { RelayedConnection } from './relayed-connection.ts';
import { UpgradableCircuit } from './upgradable-connection.ts';

/** What a relay's log shows as the caller's program. */
const SOFTWARE = 'dits';

/**
 * @throws NodeError DITS_NODE_UNREACHABLE when the relay or, at it, the peer is not there, DITS_NODE_REFUSED,
 *   DITS_NODE_IDENTITY_MISMATCH when somebody else answers at the end of the circuit; and as `dialPeer`, for the relay
 */
export async function dialThroughRelay(
  deps: DialDeps,
  { relay, peerId }: { readonly relay: RelayAddress; readonly peerId: string },
  options: DialOptions,
): Promise<Connection> {
  const { signal, settings } = options;
  const where = formatHostPort(relay);
  const link = await dialPeer(deps, relay, { ...options, confirmUnknown: undefined });
  const session = await connectSession(
    link,
    { clock: systemClock },
    { software: SOFTWARE, signal },
  );
  try {
    const stream = await askRelay(session, { peerId, where, signal });
    const channel = await secureChannel(stream, {
      role: 'dialler',
      identity: deps.identity,
      path: 'relay',
      remoteAddress: `relay ${where}`,
      idleTimeoutMs: settings.idleTimeoutMs,
      signal,
    });
    if (channel.remotePeerId !== peerId) {
      await channel.close(CLOSE_CODE.identityMismatch, 'the dialler does not accept this identity');
      throw new NodeError(
        'DITS_NODE_IDENTITY_MISMATCH',
        `the relay ${where} leads to ${channel.remotePeerId}, not ${peerId}`,
        {
          hint: 'Do not use this relay before its owner has explained it.',
          details: { expected: peerId, proven: channel.remotePeerId, relay: link.remotePeerId },
        },
      );
    }
    return new UpgradableCircuit(new RelayedConnection(channel, { session, link }), {
      ...{ identity: deps.identity, settings, peerId, logger: silentLogger },
      relay: { at: relay, peerId: link.remotePeerId },
    });
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function askRelay(
  session: Session,
  facts: {
    readonly peerId: string;
    readonly where: string;
    readonly signal: AbortSignal | undefined;
  },
): Promise<ByteStream> {
  const { peerId, where, signal } = facts;
  try {
    return (await session.connectCircuit(peerId, signal)).stream;
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    const details = { relay: where, peerId };
    switch (cause.code) {
      case 'DITS_PROTOCOL_NOT_FOUND':
        throw new NodeError('DITS_NODE_UNREACHABLE', `${peerId} is not at the relay ${where}`, {
          ...{ cause, details },
          hint: 'Its node must run, with this relay in node.relays.',
        });
      case 'DITS_PROTOCOL_UNSUPPORTED':
        throw new NodeError('DITS_NODE_UNREACHABLE', `${where} relays no connections`, {
          ...{ cause, details },
          hint: 'It must be started with --relay.',
        });
      case 'DITS_PROTOCOL_RATE_LIMITED':
        throw new NodeError('DITS_NODE_REFUSED', `${where} relays too much already`, {
          ...{ cause, details },
          hint: 'Try again later.',
        });
      default:
        throw cause;
    }
  }
}
