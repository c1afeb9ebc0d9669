/** A circuit that a relay offers to a peer that asked to be reachable. */
import type { Clock } from '../clock.ts';
import type { ByteStream } from '../connection.ts';
import { withDeadline } from '../flow/deadline.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import { MessageChannel } from '../session/message-channel.ts';
import { FIRST_MESSAGE_MAX_MS } from '../session/session-limits.ts';

export type OfferedCircuit = {
  /** Who wants to come, by the relay's word. The channel that runs over the circuit proves who it is. */
  readonly peerId: string;
  /** Takes it; what is read and written from here on is the other peer's. */
  accept(): Promise<ByteStream>;
  refuse(reason: string): Promise<void>;
};

/** Reads what a stream that a relay has opened is for. @throws ProtocolError */
export async function receiveOffer(clock: Clock, stream: ByteStream): Promise<OfferedCircuit> {
  const channel = new MessageChannel(stream);
  const limit = { ms: FIRST_MESSAGE_MAX_MS, what: 'what a stream is for' };
  let requestId = 0;
  try {
    const received = await withDeadline(clock, limit, () => channel.receive());
    requestId = received?.requestId ?? 0;
    if (received?.message?.name !== 'CIRCUIT_OFFER') {
      throw invalidMessage('comes on a stream that is for circuits only');
    }
    return {
      peerId: received.message.body.peerId,
      accept: async () => {
        await channel.send('CIRCUIT_ACCEPT', requestId, {});
        return channel.takeOver();
      },
      refuse: async (reason) => {
        channel.interrupt(requestId, new ProtocolError('DITS_PROTOCOL_PERMISSION_DENIED', reason));
        await channel.settled();
      },
    };
  } catch (error) {
    channel.interrupt(requestId, error);
    await channel.settled();
    throw error;
  }
}
