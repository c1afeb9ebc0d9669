/** What to add to the environment of a process, and of all it starts, to have it run under the shim. */
import { ACTIONS, operationMask, type Fault } from './operations.ts';
import { shimLibrary } from './shim-library.ts';

export type ShimOptions = {
  /** Absolute folders, without links in them, whose files are watched. */
  readonly roots: readonly string[];
  /** Names of files that are not watched: LevelDB's log for people, unless something else is given. */
  readonly exclude?: readonly string[];
  /** File to which operations are appended. */
  readonly trace?: string;
  /** A fault to arm at the start. */
  readonly fault?: Fault;
  /** File through which processes share the fault and the order of operations; readFaultReport reads it. */
  readonly state?: string;
  /** Seconds by which the wall clock is ahead; behind when negative. */
  readonly clockShiftSeconds?: number;
};

const LEVELDB_LOGS = ['LOG', 'LOG.old'];

/** The variables of the environment. */
export function shimEnvironment(options: ShimOptions): Record<string, string> {
  const { roots, exclude = LEVELDB_LOGS, trace, fault, state, clockShiftSeconds } = options;
  return {
    LD_PRELOAD: shimLibrary(),
    SYSCALLS_ROOTS: roots.join(':'),
    SYSCALLS_EXCLUDE: exclude.join(':'),
    ...(trace === undefined ? {} : { SYSCALLS_TRACE: trace }),
    ...(fault === undefined ? {} : { SYSCALLS_FAULT: faultText(fault) }),
    ...(state === undefined ? {} : { SYSCALLS_STATE: state }),
    ...(clockShiftSeconds === undefined ? {} : { SYSCALLS_CLOCK_SHIFT: `${clockShiftSeconds}` }),
  };
}

function faultText({ operations, at = 1, times = 1, action, errno = 0, path = '' }: Fault): string {
  return [operationMask(operations), at, times, ACTIONS[action], errno, path].join(' ');
}
