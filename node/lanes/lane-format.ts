/**
 * Records on a lane (docs/transport.md, "Bulk lanes"): 8 bytes, integers big-endian, and after `data` as many bytes as
 * the value says. A lane carries one stream at a time in each direction, numbered from 0 and modulo 2^24.
 *
 * | offset | size | field                                                                              |
 * | ------ | ---- | ---------------------------------------------------------------------------------- |
 * | 0      | 1    | kind: 0 data, 1 end, 2 reset by the writer, 3 stop by the reader                   |
 * | 1      | 3    | number of the stream; of `stop`, that of the stream in the other direction         |
 * | 4      | 4    | data: length; reset and stop: application code; end: 0                              |
 */
import { ProtocolError } from '../../protocol/index.ts';

export const RECORD_HEADER_BYTES = 8;
/** Stream numbers begin again after this many. */
export const STREAM_NUMBERS = 0x100_0000;
const VALUE_MAX = 0xffff_ffff;

const KINDS = ['data', 'end', 'reset', 'stop'] as const;
type RecordKind = (typeof KINDS)[number];

export type LaneRecord = {
  readonly kind: RecordKind;
  /** 0 to 2^24 - 1. */
  readonly stream: number;
  /** 0 to 2^32 - 1. */
  readonly value: number;
};

export function encodeRecordHeader({ kind, stream, value }: LaneRecord): Buffer {
  const header = Buffer.allocUnsafe(RECORD_HEADER_BYTES);
  header.writeUInt32BE(KINDS.indexOf(kind) * STREAM_NUMBERS + stream, 0);
  header.writeUInt32BE(Math.min(value, VALUE_MAX), 4);
  return header;
}

/** @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE for a kind that does not exist */
export function parseRecordHeader(header: Buffer): LaneRecord {
  const kind = KINDS[header[0]!];
  if (kind === undefined) {
    const what = `a record of kind ${header[0]!} came on a bulk lane`;
    throw new ProtocolError('DITS_PROTOCOL_INVALID_MESSAGE', what);
  }
  return { kind, stream: header.readUIntBE(1, 3), value: header.readUInt32BE(4) };
}
