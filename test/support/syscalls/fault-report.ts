/** What became of a fault, read from the file that processes under the shim share. */
import { readFileSync } from 'node:fs';

import { OPERATIONS, type OperationName } from './operations.ts';

export type FaultReport = {
  /** How many operations the fault was for. */
  readonly matched: number;
  /** How many of them it hit. */
  readonly fired: number;
  /** The first one that was hit. */
  readonly first?: { readonly operation: OperationName; readonly path: string };
};

const OPERATION_OFFSET = 16;
const PATH_OFFSET = 24;
const PATH_BYTES_MAX = 1024;

/** Reads the file given as `state`. */
export function readFaultReport(path: string): FaultReport {
  const state = readFileSync(path);
  const matched = Number(state.readBigUInt64LE(0));
  const fired = Number(state.readBigUInt64LE(8));
  const name = operationName(state.readUInt32LE(OPERATION_OFFSET));
  if (fired === 0 || name === undefined) return { matched, fired };
  const text = state.subarray(PATH_OFFSET, PATH_OFFSET + PATH_BYTES_MAX);
  const first = { operation: name, path: text.subarray(0, text.indexOf(0)).toString() };
  return { matched, fired, first };
}

/** The name that belongs to a number of the shim. */
export function operationName(number: number): OperationName | undefined {
  return (Object.keys(OPERATIONS) as OperationName[]).find((name) => OPERATIONS[name] === number);
}
