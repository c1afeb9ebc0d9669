/** How a connection ends: the reason is told if the peer listens, and found out if the peer told it. */
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import { applicationCodeOf, protocolErrorOf, toErrorMessage } from '../error-codes.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { MessageChannel } from './message-channel.ts';

type LinkDeps = { readonly connection: Connection; readonly clock: Clock };

/** How long a last message may take: a peer that does not read must not keep a connection open. */
const LAST_WORDS_MAX_MS = 1_000;

/** Waits for a last message to be sent, as long as that makes sense. Never rejects for what the link does. */
export async function sayLast(deps: LinkDeps, send: () => Promise<void>): Promise<void> {
  const timer = new AbortController();
  const tell = async (): Promise<void> => {
    try {
      await send();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
    }
  };
  const giveUp = async (): Promise<void> => {
    try {
      await deps.clock.sleep(LAST_WORDS_MAX_MS, timer.signal);
    } catch (error) {
      if (!timer.signal.aborted) throw error;
    }
  };
  try {
    await Promise.race([tell(), deps.connection.closed, giveUp()]);
  } finally {
    timer.abort();
  }
}

/** Tells the peer what it, or we, did wrong, and closes the connection with the matching code. */
export async function refuse(
  deps: LinkDeps,
  control: MessageChannel | undefined,
  error: unknown,
): Promise<void> {
  const message = toErrorMessage(error);
  if (control !== undefined && !isLoss(error)) {
    await sayLast(deps, () => control.send('ERROR', 0, message));
  }
  await deps.connection.close(applicationCodeOf(error), message.message);
}

/** The failure behind a lost connection, when the peer closed it with a code that says one; else the error as it is. */
export async function explainLoss(connection: Connection, error: unknown): Promise<unknown> {
  if (!isLoss(error)) return error;
  const { by, code, reason } = await connection.closed;
  const told = by === 'remote' ? protocolErrorOf(code) : undefined;
  if (told === undefined) return error;
  return new ProtocolError(told, `the peer closed the connection: ${reason}`, {
    cause: error,
    details: { reportedByPeer: true },
  });
}

function isLoss(error: unknown): boolean {
  return error instanceof ProtocolError && error.code === 'DITS_PROTOCOL_CONNECTION_LOST';
}
