/** Bytes that no codec of ours would write: frame headers and protobuf fields as a case wants them. */
import protobuf from 'protobufjs/minimal.js';

import { FRAME_HEADER_BYTES, MESSAGE_TYPE, type MessageName } from '../../protocol/index.ts';

/** Offsets within a frame's header (docs/protocol.md, "Frames"). */
const HEADER = {
  version: 4,
  type: 5,
  flags: 6,
  reserved: 7,
  length: 8,
  requestId: 12,
} as const;

export type RawFrame = {
  readonly magic?: string;
  readonly version?: number;
  /** A message, or a number that stands for none. */
  readonly type?: MessageName | number;
  readonly flags?: number;
  readonly reserved?: number;
  /** What the header says; the length of the payload where it is left out. */
  readonly length?: number;
  readonly requestId?: number | bigint;
  readonly payload?: Uint8Array;
};

/** A frame with whatever is asked for in its header. */
export function rawFrame(raw: RawFrame): Buffer {
  const { payload = new Uint8Array(), type = 'PING' } = raw;
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  header.write(raw.magic ?? 'DITS', 'latin1');
  header[HEADER.version] = raw.version ?? 1;
  header[HEADER.type] = typeof type === 'number' ? type : MESSAGE_TYPE[type].code;
  header[HEADER.flags] = raw.flags ?? 0;
  header[HEADER.reserved] = raw.reserved ?? 0;
  header.writeUInt32BE(raw.length ?? payload.length, HEADER.length);
  header.writeBigUInt64BE(BigInt(raw.requestId ?? 1), HEADER.requestId);
  return Buffer.concat([header, payload]);
}

/** A protobuf value: a number is a varint, bytes and texts are length-delimited. */
type RawValue = number | bigint | string | Uint8Array | readonly RawField[];
export type RawField = readonly [number: number, value: RawValue];

/** A protobuf message of these fields, in this order, as often as they are named. */
export function fields(...all: readonly RawField[]): Buffer {
  const writer = protobuf.Writer.create();
  for (const [number, value] of all) {
    if (typeof value === 'number' || typeof value === 'bigint') {
      writer.uint32(number << 3).uint64(Number(value));
    } else {
      const bytes = Array.isArray(value) ? fields(...(value as readonly RawField[])) : value;
      const text = typeof bytes === 'string' ? Buffer.from(bytes) : (bytes as Uint8Array);
      writer.uint32((number << 3) | 2).bytes(text);
    }
  }
  return Buffer.from(writer.finish());
}
