/** Where a relay is: `[PEERID@]HOST[:PORT]`, with or without `dits://` before it. */
import { formatHostPort, parseHostPort, PORT_DEFAULT, type HostPort } from '../address.ts';
import { isPeerId } from '../identity/peer-id.ts';
import { NodeError } from '../node-error.ts';

const SCHEME = 'dits://';

export type RelayAddress = HostPort & {
  /** The identity that the relay must prove; without it, it must be a known peer. */
  readonly peerId: string | undefined;
};

/** @throws NodeError DITS_NODE_BAD_ADDRESS */
export function parseRelayAddress(text: string): RelayAddress {
  const plain = text.toLowerCase().startsWith(SCHEME) ? text.slice(SCHEME.length) : text;
  const at = plain.indexOf('@');
  const peerId = at === -1 ? undefined : plain.slice(0, at);
  if (peerId !== undefined && !isPeerId(peerId)) {
    throw new NodeError('DITS_NODE_BAD_ADDRESS', 'the address of a relay has a bad peer id', {
      hint: 'A relay is [PEERID@]HOST[:PORT].',
    });
  }
  const where = parseHostPort(plain.slice(at + 1).replace(/\/$/, ''), PORT_DEFAULT);
  if (where.port === 0) {
    throw new NodeError('DITS_NODE_BAD_ADDRESS', 'a relay has port 0, where nobody can listen');
  }
  return { peerId, ...where };
}

export function formatRelayAddress({ peerId, ...where }: RelayAddress): string {
  return `${peerId === undefined ? '' : `${peerId}@`}${formatHostPort(where)}`;
}
