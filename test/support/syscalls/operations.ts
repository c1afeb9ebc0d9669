/** Operations that the shim tells apart (shared-state.h has the same list), and what it can do at one of them. */

export const OPERATIONS = {
  /** Opening for reading. */
  open: 1,
  /** Opening for writing, whether the file is made by it or not. */
  create: 2,
  read: 3,
  write: 4,
  truncate: 5,
  rename: 6,
  link: 7,
  symlink: 8,
  unlink: 9,
  mkdir: 10,
  rmdir: 11,
  fsync: 12,
  fdatasync: 13,
  /** Mode and times. */
  attributes: 14,
  stat: 15,
  list: 16,
  map: 17,
  lock: 18,
  close: 19,
  /** A mark in a trace: the process printed something. */
  stdout: 20,
  /** A mark in a trace: the process ended by itself. */
  exit: 21,
  /** Something that changes files and that a trace cannot tell. */
  unsupported: 22,
} as const;

export type OperationName = keyof typeof OPERATIONS;

/** Operations that change what is on the disk, or say when it is there. */
export const CHANGING_OPERATIONS: readonly OperationName[] = [
  'create',
  'write',
  'truncate',
  'rename',
  'link',
  'symlink',
  'unlink',
  'mkdir',
  'rmdir',
  'fsync',
  'fdatasync',
  'attributes',
];

/** What happens at the operation that a fault hits. */
export const ACTIONS = {
  /** Nothing is done and the call fails. */
  fail: 0,
  /** A write writes its first half and fails; another call fails. */
  half: 1,
  /** A write writes its first half and says so. */
  short: 2,
  /** The process is killed before the operation. */
  'kill-before': 3,
  /** The process is killed after it. */
  'kill-after': 4,
  /** The process is killed after half of a write; after another operation. */
  'kill-halfway': 5,
} as const;

export type ActionName = keyof typeof ACTIONS;

export type Fault = {
  readonly operations: readonly OperationName[];
  /** Which of them is hit, counted from 1. Left out: the first. */
  readonly at?: number;
  /** How many are hit from there on; 0: all. Left out: one. */
  readonly times?: number;
  readonly action: ActionName;
  /** For calls that fail: the number from `os.constants.errno`. */
  readonly errno?: number;
  /** Only operations on paths that contain this. */
  readonly path?: string;
};

/** The operations as the bits that the shim takes. */
export function operationMask(names: readonly OperationName[]): bigint {
  return names.reduce((mask, name) => mask | (1n << BigInt(OPERATIONS[name])), 0n);
}
