/**
 * Looks for damage in a file of LevelDB's log format: the write-ahead log and the MANIFEST (leveldb/doc/log_format.md).
 * LevelDB itself skips what it finds damaged there and says nothing, so that entries of the index would be lost.
 */
import { maskedSum } from './masked-sum.ts';

const BLOCK_BYTES: number = 32 * 1024;
const HEADER_BYTES = 7;
const AT = { length: 4, type: 6 } as const;
const TYPE = { full: 1, first: 2, middle: 3, last: 4 } as const;
const LENGTH_BITS = 16;

/**
 * What is wrong with a log, as the rest of a sentence, or undefined. A record that the end of the file cuts short is no
 * damage: that is what a crash leaves, and nobody was told that it was written.
 */
export function findLogDamage(bytes: Buffer): string | undefined {
  let isInside = false;
  let at = 0;
  while (at < bytes.length) {
    const room = BLOCK_BYTES - (at % BLOCK_BYTES);
    if (room < HEADER_BYTES) {
      // What is left of a block when no header fits any more.
      if (!isZero(bytes.subarray(at, at + room))) return `stray bytes at ${at}`;
      at += room;
      continue;
    }
    const record = readRecord(bytes, at, room);
    if (record === 'torn') return undefined;
    if (record === 'damaged') return `a damaged record at byte ${at}`;
    const continues = record.type === TYPE.middle || record.type === TYPE.last;
    if (continues !== isInside) return `a record out of order at byte ${at}`;
    isInside = record.type === TYPE.first || record.type === TYPE.middle;
    at += HEADER_BYTES + record.length;
  }
  return undefined;
}

type LogRecord = { readonly type: number; readonly length: number };

function readRecord(bytes: Buffer, at: number, room: number): LogRecord | 'torn' | 'damaged' {
  const left = bytes.length - at;
  // Space that was given to the file before its bytes arrived.
  if (left < HEADER_BYTES || isZero(bytes.subarray(at))) return 'torn';
  const length = bytes.readUInt16LE(at + AT.length);
  const type = bytes[at + AT.type]!;
  if (HEADER_BYTES + length > room) return 'damaged';
  if (HEADER_BYTES + length > left) return hasOtherLength(bytes, at, length) ? 'damaged' : 'torn';
  if (!isWhole(bytes, at, length) || type < TYPE.full || type > TYPE.last) return 'damaged';
  return { type, length };
}

/** Whether a record that seems cut short is whole, and its length the damaged part: the sum does not cover the length. */
function hasOtherLength(bytes: Buffer, at: number, length: number): boolean {
  for (let bit = 0; bit < LENGTH_BITS; bit++) {
    const other = length ^ (1 << bit);
    if (at + HEADER_BYTES + other <= bytes.length && isWhole(bytes, at, other)) return true;
  }
  return false;
}

function isWhole(bytes: Buffer, at: number, length: number): boolean {
  const summed = bytes.subarray(at + AT.type, at + HEADER_BYTES + length);
  return maskedSum(summed) === bytes.readUInt32LE(at);
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
