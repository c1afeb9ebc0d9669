/** Work that must be done within a time. */
import type { Clock } from '../clock.ts';
import { ProtocolError } from '../protocol-error.ts';

/**
 * Resolves with what the work does, or rejects with DITS_PROTOCOL_TIMEOUT. The work itself is not stopped: the caller
 * breaks off the stream it waits on.
 */
export async function withDeadline<T>(
  clock: Clock,
  limit: { readonly ms: number; readonly what: string },
  work: () => Promise<T>,
): Promise<T> {
  const timer = new AbortController();
  const expire = async (): Promise<never> => {
    await clock.sleep(limit.ms, timer.signal);
    throw new ProtocolError('DITS_PROTOCOL_TIMEOUT', `the peer did not send ${limit.what} in time`);
  };
  const expired = expire();
  // Aborting the timer rejects it, which is of interest to nobody once the work is done.
  expired.catch(() => undefined);
  const working = work();
  // The same holds for work that fails after its time was up.
  working.catch(() => undefined);
  try {
    return await Promise.race([working, expired]);
  } finally {
    timer.abort();
  }
}
