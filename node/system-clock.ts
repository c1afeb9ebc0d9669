/** The machine's clock, for the protocol. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../protocol/index.ts';

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (ms, signal) => {
    signal.throwIfAborted();
    try {
      await delay(ms, undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};
