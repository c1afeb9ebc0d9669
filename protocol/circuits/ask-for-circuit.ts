/** The caller's side of a circuit: CIRCUIT_CONNECT on a stream of its own. */
import type { Clock } from '../clock.ts';
import type { ByteStream, Connection } from '../connection.ts';
import { fromErrorMessage } from '../error-codes.ts';
import { runTogether } from '../flow/task-group.ts';
import type { CircuitConnected } from '../messages/circuits.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import { MessageChannel } from '../session/message-channel.ts';
import { FIRST_MESSAGE_MAX_MS } from '../session/session-limits.ts';

export type CircuitRequest = {
  readonly requestId: number;
  readonly peerId: string;
  readonly signal: AbortSignal | undefined;
};

/** Asks, and returns the joined stream. @throws ProtocolError what the relay answers, or DITS_PROTOCOL_TIMEOUT */
export async function askForCircuit(
  { connection, clock }: { readonly connection: Connection; readonly clock: Clock },
  { requestId, peerId, signal }: CircuitRequest,
): Promise<{ readonly stream: ByteStream } & CircuitConnected> {
  const channel = new MessageChannel(await connection.openStream());
  let answer: CircuitConnected | undefined;
  const ask = async (): Promise<void> => {
    await channel.send('CIRCUIT_CONNECT', requestId, { peerId });
    const received = await channel.receive();
    const { message } = received ?? {};
    if (message?.name === 'ERROR') throw fromErrorMessage(message.body);
    if (message?.name !== 'CIRCUIT_CONNECTED' || received?.requestId !== requestId) {
      throw invalidMessage('does not answer the request for a circuit');
    }
    answer = message.body;
  };
  const deadline = async (over: AbortSignal): Promise<void> => {
    await clock.sleep(FIRST_MESSAGE_MAX_MS, over);
    throw new ProtocolError('DITS_PROTOCOL_TIMEOUT', 'the relay does not answer');
  };
  const onStop = (reason: unknown): void => channel.interrupt(requestId, reason);
  await runTogether({ tasks: [ask], watchers: [deadline], onStop }, signal);
  return { stream: channel.takeOver(), ...answer! };
}
