/** The side that was told a code: finds where it is offered and pairs there. */
import type { MetPeer, PairingCode, PairingSelf, Visit } from '../../protocol/index.ts';
import { NodeError } from '../node-error.ts';
import { agree, confirmBoth } from './meet-peer.ts';

export type JoinPairingOptions<T> = {
  readonly code: PairingCode;
  readonly self: PairingSelf;
  readonly confirm: (peer: MetPeer) => Promise<boolean>;
  /** Writes down the other side once both people have said yes. */
  readonly remember: (peer: MetPeer) => Promise<T>;
  readonly signal: AbortSignal;
};

/**
 * Joins at a place and resolves with what was remembered of the peer that both people have said yes to; undefined when the code is not offered
 * there. The place stays open.
 * @throws NodeError DITS_NODE_WRONG_CODE, DITS_NODE_PAIRING_DECLINED, DITS_NODE_UNREACHABLE; ProtocolError; the
 *   signal's reason
 */
export async function joinPairing<T>(
  place: Visit,
  options: JoinPairingOptions<T>,
): Promise<T | undefined> {
  const { code, signal } = options;
  signal.throwIfAborted();
  const meeting = await place.join(code.nameplate);
  if (meeting === undefined) return undefined;
  const agreed = await agree(meeting, { ...options, role: 'joiner' });
  return await confirmBoth(meeting, agreed, options);
}

export function codeNotFound(where: string): NodeError {
  return new NodeError('DITS_NODE_CODE_NOT_FOUND', `nobody offers this code ${where}`, {
    hint: 'It is good once, for five minutes. Make a new one there: dits peer pair.',
  });
}
