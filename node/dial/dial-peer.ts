/** Connects to a peer by address and makes sure that it is the right one (docs/cli.md, "Addresses"). */
import type { Connection } from '../../protocol/index.ts';
import { formatHostPort, type PeerAddress } from '../address.ts';
import type { NodeSettings } from '../config.ts';
import type { Identity } from '../identity/identity.ts';
import { NodeError } from '../node-error.ts';
import { laneDialler } from '../lanes/lane-dial.ts';
import { LanedConnection } from '../lanes/laned-connection.ts';
import { dialQuic } from '../quic/quic-dial.ts';
import type { TrustFile } from '../trust/trust-file.ts';
import { resolveHost } from './resolve-host.ts';

/** How long one address may stay silent: two repetitions of the first packet fit. */
const DIAL_TIMEOUT_MS = 5_000;

export type DialDeps = { readonly identity: Identity; readonly trust: TrustFile };

export type DialOptions = {
  readonly settings: NodeSettings;
  /** Asked about a peer that proved an identity nobody here knows; false, or no callback, refuses it. */
  readonly confirmUnknown?: ((peerId: string) => boolean | Promise<boolean>) | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
};

/**
 * With a peer id in the address, the peer must prove it. Without one it must be known already, or be confirmed; then
 * it is remembered, without any grant. Nothing is exchanged with a peer before that.
 * @throws NodeError DITS_NODE_HOST_NOT_FOUND, DITS_NODE_UNREACHABLE, DITS_NODE_PROTOCOL_MISMATCH, DITS_NODE_REFUSED,
 *   DITS_NODE_IDENTITY_MISMATCH, DITS_NODE_UNKNOWN_PEER
 */
export async function dialPeer(
  deps: DialDeps,
  address: Pick<PeerAddress, 'host' | 'port' | 'peerId'>,
  options: DialOptions,
): Promise<Connection> {
  const { settings } = options;
  const hosts = await resolveHost(address.host);
  let failure: unknown;
  for (const host of hosts) {
    try {
      const connection = await dialQuic({
        remote: { host, port: address.port },
        credentials: deps.identity.credentials,
        checkPeer: (peerId) => checkPeer(deps, address, { peerId, options }),
        handshakeTimeoutMs: options.timeoutMs ?? DIAL_TIMEOUT_MS,
        idleTimeoutMs: settings.idleTimeoutMs,
        congestionControl: settings.congestionControl,
        payloadBytes: settings.datagramBytes === 'auto' ? undefined : settings.datagramBytes,
        signal: options.signal,
      });
      return new LanedConnection(
        connection,
        laneDialler(deps.identity.credentials, connection, settings.bulkLanes),
      );
    } catch (error) {
      // Another address of the same name may lead to the peer; one that answered has the last word.
      if (!(error instanceof NodeError) || error.code !== 'DITS_NODE_UNREACHABLE') throw error;
      failure = error;
    }
  }
  throw failure;
}

async function checkPeer(
  deps: DialDeps,
  address: Pick<PeerAddress, 'host' | 'port' | 'peerId'>,
  { peerId, options }: { readonly peerId: string; readonly options: DialOptions },
): Promise<void> {
  const where = formatHostPort(address);
  if (address.peerId !== undefined) {
    if (peerId === address.peerId) return;
    throw new NodeError(
      'DITS_NODE_IDENTITY_MISMATCH',
      `${where} is ${peerId}, not ${address.peerId}`,
      {
        hint: 'The machine has a new key, or another machine answers. Ask its owner before you use the new id.',
        details: { expected: address.peerId, proven: peerId },
      },
    );
  }
  if (peerId === deps.identity.peerId) return;
  if ((await deps.trust.read()).get(peerId) !== undefined) return;
  if ((await options.confirmUnknown?.(peerId)) === true) {
    await deps.trust.add({ peerId });
    return;
  }
  throw new NodeError('DITS_NODE_UNKNOWN_PEER', `${where} is ${peerId}, which is not known here`, {
    hint: `Compare the id with dits id on that machine, then use dits://${peerId}@${where}/…, or --trust-new.`,
    details: { peerId },
  });
}
