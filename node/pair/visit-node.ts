/** Connects to the lobby of a node: this machine's own, a relay, or whoever offers a code. */
import { ProtocolError, visitLobby, type Visit } from '../../protocol/index.ts';
import { CLOSE_CODE } from '../close-codes.ts';
import type { NodeSettings } from '../config.ts';
import { dialPeer, type DialDeps } from '../dial/dial-peer.ts';
import { NodeError } from '../node-error.ts';
import type { RelayAddress } from '../relay/relay-address.ts';
import { systemClock } from '../system-clock.ts';

export type VisitNodeOptions = {
  readonly settings: NodeSettings;
  /** Name and version of this program. */
  readonly software: string;
  readonly signal?: AbortSignal | undefined;
};

/**
 * `address` may say who has to answer; otherwise whoever does will do.
 * @throws NodeError, ProtocolError when nobody answers, or who answers is another one
 */
export async function visitNode(
  deps: DialDeps,
  address: RelayAddress,
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
