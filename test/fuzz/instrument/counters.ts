/** The counters of all modules that were loaded with some, in one array. */
import { COUNTERS_SYMBOL } from './counters-symbol.ts';

/** All layers together have some 20,000 branches. */
const COUNTERS_MAX = 65_536;

const all = new Uint8Array(COUNTERS_MAX);
let used = 0;

/** Makes counters for the modules that are loaded from now on. */
export function provideCounters(): void {
  Object.assign(globalThis, {
    [Symbol.for(COUNTERS_SYMBOL)]: (count: number): Uint8Array => {
      if (used + count > COUNTERS_MAX) throw new Error('more branches than counters');
      used += count;
      return all.subarray(used - count, used);
    },
  });
}

/** The counters so far, a view; none when modules were loaded without. Its length is rounded up to whole words. */
export function countersInUse(): Uint8Array {
  return all.subarray(0, Math.ceil(used / 4) * 4);
}
