/** The machine's clock, as the protocol wants it. */
import { setTimeout as delay } from 'node:timers/promises';

import type { Clock } from '../../protocol/index.ts';

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};
