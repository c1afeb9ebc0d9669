/** Connects to the lobby of a node: this machine's own, a relay, or whoever offers a code. */
import { ProtocolError, visitLobby, type Visit } from '../../protocol/index.ts';
import { parseHostPort, PORT_DEFAULT, type HostPort } from '../address.ts';
import { CLOSE_CODE } from '../close-codes.ts';
import type { NodeSettings } from '../config.ts';
import { dialPeer, type DialDeps } from '../dial/dial-peer.ts';
import { isPeerId } from '../identity/peer-id.ts';
import { NodeError } from '../node-error.ts';
import { systemClock } from '../system-clock.ts';

/** Where a lobby is, and who has to answer there when that matters. */
export type LobbyAddress = HostPort & { readonly peerId: string | undefined };

export type VisitNodeOptions = {
  readonly settings: NodeSettings;
  /** Name and version of this program. */
  readonly software: string;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Reads `HOST[:PORT]`; `dits://PEERID@HOST:PORT`, as nodes show their addresses, will do as well.
 * @throws NodeError DITS_NODE_BAD_ADDRESS
 */
export function parseLobbyAddress(text: string): LobbyAddress {
  const [, peerId, where = ''] = /^(?:dits:\/\/)?(?:([^@/]*)@)?([^/]*)\/?$/i.exec(text) ?? [];
  if (peerId !== undefined && !isPeerId(peerId)) {
    throw new NodeError(
      'DITS_NODE_BAD_ADDRESS',
      'there is something before the @ that is no peer id',
    );
  }
  const { host, port } = parseHostPort(where, PORT_DEFAULT);
  if (port === 0) throw new NodeError('DITS_NODE_BAD_ADDRESS', 'nobody can listen at port 0');
  return { host, port, peerId };
}

/** @throws NodeError, ProtocolError when nobody answers, or who answers is another one */
export async function visitNode(
  deps: DialDeps,
  address: LobbyAddress,
  { settings, software, signal }: VisitNodeOptions,
): Promise<Visit> {
  const connection = await dialPeer(deps, address, { settings, signal, takesAnyone: true });
  return await visitLobby(connection, { clock: systemClock }, { software, signal });
}

/** Whether a node turned this machine away because it does not know it, and receives no strangers now. */
export function isTurnedAway(error: unknown): boolean {
  if (error instanceof NodeError) {
    return (
      error.code === 'DITS_NODE_REFUSED' &&
      error.details['closeCode'] === CLOSE_CODE.permissionDenied
    );
  }
  return error instanceof ProtocolError && error.code === 'DITS_PROTOCOL_PERMISSION_DENIED';
}
