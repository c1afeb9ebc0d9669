/** Reads what the shim wrote down: see shim/trace.h for the bytes. */
import { readFileSync } from 'node:fs';

import { operationName } from './fault-report.ts';
import type { OperationName } from './operations.ts';

/** One operation, after it was done. */
export type TraceEvent = {
  readonly operation: OperationName;
  readonly process: number;
  /** Of open and create: the flags of open(2). */
  readonly flags: number;
  /** Names an open file in the whole trace; 0 where there is none. */
  readonly handle: number;
  /** Of write the offset, of truncate the size, of create, mkdir and attributes the mode, of exit the status. */
  readonly value: number;
  /** Absolute. Of rename and link the old name. */
  readonly path: string;
  /** Of rename and link the new name. */
  readonly secondPath: string;
  /** Of write the bytes, of symlink the target, of stdout what was printed. */
  readonly data: Buffer;
};

const HEADER_BYTES = 44;

/**
 * All operations of a trace, in their order. A record that a killed process did not finish ends it.
 *
 * @throws Error for a trace that holds what it cannot tell.
 */
export function readTrace(path: string): TraceEvent[] {
  const bytes = readFileSync(path);
  const events: TraceEvent[] = [];
  for (let at = 0; at + HEADER_BYTES <= bytes.length;) {
    const size = bytes.readUInt32LE(at);
    if (at + size > bytes.length) break;
    events.push(readEvent(bytes.subarray(at, at + size)));
    at += size;
  }
  return events;
}

function readEvent(record: Buffer): TraceEvent {
  const operation = operationName(record.readUInt32LE(4));
  let at = HEADER_BYTES;
  const part = (lengthAt: number): Buffer => {
    const start = at;
    at += record.readUInt32LE(lengthAt);
    return record.subarray(start, at);
  };
  const path = part(32).toString();
  const secondPath = part(36).toString();
  const data = part(40);
  if (operation === undefined || operation === 'unsupported') {
    throw new Error(`the trace cannot tell what was done to ${path} (${secondPath})`);
  }
  return {
    operation,
    process: record.readInt32LE(8),
    flags: record.readUInt32LE(12),
    handle: Number(record.readBigUInt64LE(16)),
    value: Number(record.readBigUInt64LE(24)),
    path,
    secondPath,
    data,
  };
}
