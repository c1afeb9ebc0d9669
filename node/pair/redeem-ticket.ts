/** Redeems a ticket at the node that issued it, and remembers that node. */
import type { TicketRedeemed, Visit } from '../../protocol/index.ts';
import { parseHostPort, PORT_DEFAULT } from '../address.ts';
import type { DialDeps } from '../dial/dial-peer.ts';
import { NodeError } from '../node-error.ts';
import type { KnownPeer } from '../trust/known-peer.ts';
import { freePeerName, ownMachineName } from './peer-names.ts';
import type { Ticket } from './ticket-text.ts';
import { isTurnedAway, visitNode, type VisitNodeOptions } from './visit-node.ts';

export type RedeemOptions = VisitNodeOptions & {
  /** What to call the issuer here; by default what it calls itself. */
  readonly name: string | undefined;
};

/** What came of a ticket: the issuer as it is known now, and what it grants. */
export type Redeemed = { readonly peer: KnownPeer; readonly granted: TicketRedeemed };

/**
 * The issuer has to prove the id in the ticket before the secret is sent.
 * @throws NodeError DITS_NODE_UNREACHABLE, DITS_NODE_IDENTITY_MISMATCH, DITS_NODE_NOT_ALLOWED; ProtocolError
 *   DITS_PROTOCOL_PERMISSION_DENIED with the issuer's reason
 */
export async function redeemTicket(
  deps: DialDeps,
  ticket: Ticket,
  options: RedeemOptions,
): Promise<Redeemed> {
  const { peerId, id, secret, addresses } = ticket;
  const { visit, address } = await visitIssuer(deps, ticket, options);
  let granted: TicketRedeemed;
  try {
    granted = await visit.redeem({ ticket: id, secret, name: ownMachineName() });
  } finally {
    await visit.close();
  }
  const book = await deps.trust.read();
  const peer = await deps.trust.add({
    peerId,
    name: options.name ?? freePeerName(book, { peerId, wanted: granted.name }),
    addresses: [address, ...addresses],
  });
  return { peer, granted };
}

/** The first address at which the issuer answers. */
async function visitIssuer(
  deps: DialDeps,
  { peerId, addresses }: Ticket,
  options: RedeemOptions,
): Promise<{ readonly visit: Visit; readonly address: string }> {
  let failure: unknown = new NodeError('DITS_NODE_UNREACHABLE', 'the ticket has no address', {
    hint: 'Ask for a new one, made while the node runs: dits peer ticket.',
  });
  for (const address of addresses) {
    try {
      const where = { ...parseHostPort(address, PORT_DEFAULT), peerId };
      return { visit: await visitNode(deps, where, options), address };
    } catch (error) {
      if (isTurnedAway(error)) {
        throw new NodeError(
          'DITS_NODE_NOT_ALLOWED',
          'the ticket is over, was used, or was revoked',
          {
            cause: error,
            hint: 'Ask for a new one: dits peer ticket.',
          },
        );
      }
      if (!(error instanceof NodeError)) throw error;
      failure = error;
    }
  }
  throw failure;
}
