/**
 * The exchange that precedes a direct connection between two peers that have met over a circuit (docs/protocol.md, "Punching").
 * Sockets are the node's business: what is exchanged here are the addresses at which each may be seen.
 */
import type { Connection } from '../connection.ts';
import { fromErrorMessage } from '../error-codes.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { MessageChannel } from '../session/message-channel.ts';

/** Gets ready for a peer that may come from `addresses`; returns the addresses at which it may find this side. */
export type PunchAnswer = (addresses: readonly string[]) => Promise<readonly string[]>;

/** The side that asked for the circuit. @throws ProtocolError what the peer answers */
export async function askPunch(
  connection: Connection,
  requestId: number,
  addresses: readonly string[],
): Promise<readonly string[]> {
  const channel = new MessageChannel(await connection.openStream());
  await channel.send('PUNCH', requestId, { addresses });
  await channel.end();
  const received = await channel.receive();
  const { message } = received ?? {};
  if (message?.name === 'ERROR') throw fromErrorMessage(message.body);
  if (message?.name !== 'PUNCH_READY') throw invalidMessage('does not answer a request to punch');
  await channel.drain();
  return message.body.addresses;
}

/** The other side. */
export async function answerPunch(
  request: {
    readonly channel: MessageChannel;
    readonly requestId: number;
    readonly addresses: readonly string[];
  },
  answer: PunchAnswer,
): Promise<void> {
  const { channel, requestId } = request;
  const addresses = await answer(request.addresses);
  await channel.send('PUNCH_READY', requestId, { addresses });
  await channel.end();
  await channel.drain();
}
