/** Connects to a peer by address and makes sure that it is the right one (docs/cli.md, "Addresses"). */
import type { Connection } from '../../protocol/index.ts';
import { formatHostPort, type PeerAddress } from '../address.ts';
import type { NodeSettings } from '../config.ts';
import type { Identity } from '../identity/identity.ts';
import { NodeError } from '../node-error.ts';
import type { TrustFile } from '../trust/trust-file.ts';
import { directRoutes } from './direct-routes.ts';
import { raceRoutes } from './route-race.ts';
import type { Route } from './route.ts';

export type DialDeps = { readonly identity: Identity; readonly trust: TrustFile };

export type DialOptions = {
  readonly settings: NodeSettings;
  /** Asked about a peer that proved an identity nobody here knows; false, or no callback, refuses it. */
  readonly confirmUnknown?: ((peerId: string) => boolean | Promise<boolean>) | undefined;
  /**
   * Takes whoever answers, and remembers nobody: for a node whose identity does not matter, since it only passes on what
   * it cannot read or alter.
   */
  readonly takesAnyone?: boolean | undefined;
  /** Other ways to the same peer, such as a relay. */
  readonly routes?: readonly Route[] | undefined;
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
};

/**
 * With a peer id in the address, the peer must prove it. Without one it must be known already, or be confirmed; then
 * it is remembered, without any grant. Nothing is exchanged with a peer before that. QUIC is tried first, TCP shortly after.
 * @throws NodeError DITS_NODE_HOST_NOT_FOUND, DITS_NODE_UNREACHABLE, DITS_NODE_PROTOCOL_MISMATCH, DITS_NODE_REFUSED,
 *   DITS_NODE_IDENTITY_MISMATCH, DITS_NODE_UNKNOWN_PEER
 */
export async function dialPeer(
  deps: DialDeps,
  address: Pick<PeerAddress, 'host' | 'port' | 'peerId'>,
  options: DialOptions,
): Promise<Connection> {
  const { settings, timeoutMs, routes = [], signal } = options;
  const direct = await directRoutes(deps.identity, address, {
    settings,
    timeoutMs,
    isOneOfMany: routes.length > 0,
  });
  return await raceRoutes([...direct, ...routes], {
    isRightPeer: (peerId) => checkExpected(address, peerId),
    confirmPeer: (peerId) => checkKnown(deps, address, { peerId, options }),
    signal,
  });
}

function checkExpected(
  address: Pick<PeerAddress, 'host' | 'port' | 'peerId'>,
  peerId: string,
): void {
  const { peerId: expected } = address;
  if (expected === undefined || peerId === expected) return;
  const what = `${formatHostPort(address)} is ${peerId}, not ${expected}`;
  throw new NodeError('DITS_NODE_IDENTITY_MISMATCH', what, {
    hint: 'The machine has a new key, or another machine answers. Ask its owner before you use the new id.',
    details: { expected, proven: peerId },
  });
}

async function checkKnown(
  deps: DialDeps,
  address: Pick<PeerAddress, 'host' | 'port' | 'peerId'>,
  { peerId, options }: { readonly peerId: string; readonly options: DialOptions },
): Promise<void> {
  if (address.peerId !== undefined || peerId === deps.identity.peerId) return;
  if (options.takesAnyone === true) return;
  if ((await deps.trust.read()).get(peerId) !== undefined) return;
  if ((await options.confirmUnknown?.(peerId)) === true) {
    await deps.trust.add({ peerId });
    return;
  }
  const where = formatHostPort(address);
  throw new NodeError('DITS_NODE_UNKNOWN_PEER', `${where} is ${peerId}, which is not known here`, {
    hint: `Compare the id with dits id on that machine, then use dits://${peerId}@${where}/…, or --trust-new.`,
    details: { peerId },
  });
}
