/** Faults armed from within a process that was started under the shim: thousands of rounds without a new process for each. */
import koffi from 'koffi';

import { ACTIONS, operationMask, type Fault } from './operations.ts';

/** Faults of this process. Made once; the process must run under the shim. */
export class ArmedFault {
  readonly #arm: ReturnType<ReturnType<typeof koffi.load>['func']>;
  readonly #disarm: ReturnType<ReturnType<typeof koffi.load>['func']>;
  readonly #matched: ReturnType<ReturnType<typeof koffi.load>['func']>;
  readonly #fired: ReturnType<ReturnType<typeof koffi.load>['func']>;

  constructor() {
    const path = process.env['LD_PRELOAD'];
    if (path === undefined) throw new Error('this process does not run under the shim');
    const library = koffi.load(path);
    this.#arm = library.func(
      'void syscalls_arm(uint64_t operations, uint64_t at, uint64_t times, uint32_t action, int32_t error, const char *path)',
    );
    this.#disarm = library.func('void syscalls_disarm()');
    this.#matched = library.func('uint64_t syscalls_matched()');
    this.#fired = library.func('uint64_t syscalls_fired()');
  }

  /** From now on this fault is the one that happens; operations are counted from 0 again. */
  arm({ operations, at = 1, times = 1, action, errno = 0, path = '' }: Fault): void {
    this.#arm(operationMask(operations), at, times, ACTIONS[action], errno, path);
  }

  /** Nothing happens any more, and nothing is counted. */
  disarm(): void {
    this.#disarm();
  }

  /** Operations that the fault was for, since it was armed. */
  get matched(): number {
    return Number(this.#matched());
  }

  /** How many of them it hit. */
  get fired(): number {
    return Number(this.#fired());
  }
}
