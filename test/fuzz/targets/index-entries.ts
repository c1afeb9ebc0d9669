/** Entries of the store's index, and what processes that share it say to each other. The first byte says which. */
import {
  encodeLocation,
  encodeWatermark,
  decodeLocation,
  decodeWatermark,
  LOCATION_BYTES,
  WATERMARK_BYTES,
} from '../../../store/index-db/index-entry.ts';
import {
  FrameSplitter,
  IndexMessageError,
  decodeBatch,
  decodeIds,
  decodeLocations,
  decodePage,
  decodeSegments,
  decodeWatermarks,
  encodeBatch,
  encodeFrame,
  encodeIds,
  encodeLocations,
  encodePage,
  encodeSegments,
  encodeWatermarks,
  type Frame,
} from '../../../store/index-db/index-messages.ts';
import type { Location } from '../../../store/segments/segment-format.ts';
import type { ObjectId } from '../../../store/index.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { behind } from '../mutate/mutation.ts';
import { mustEqual, type FuzzTarget } from '../target.ts';

type Codec = {
  readonly decode: (body: Buffer) => unknown;
  readonly encode: (value: never) => Buffer;
};

function encodeOneLocation(location: Location): Buffer {
  const bytes = Buffer.alloc(LOCATION_BYTES);
  encodeLocation(bytes, 0, location);
  return bytes;
}

/** All frames of a stream that comes in pieces. */
function splitFrames(stream: Buffer, pieceBytes: number): Frame[] {
  const splitter = new FrameSplitter();
  const frames: Frame[] = [];
  for (let at = 0; at < stream.length; at += pieceBytes) {
    splitter.push(stream.subarray(at, at + pieceBytes));
    for (let frame = splitter.next(); frame !== undefined; frame = splitter.next()) {
      frames.push({ ...frame, body: Buffer.from(frame.body) });
    }
  }
  return frames;
}

const CODECS: readonly Codec[] = [
  { decode: decodeIds, encode: encodeIds },
  { decode: decodeLocations, encode: encodeLocations },
  { decode: decodePage, encode: encodePage },
  { decode: decodeSegments, encode: encodeSegments },
  { decode: decodeWatermarks, encode: encodeWatermarks },
  { decode: decodeBatch, encode: encodeBatch },
  {
    decode: (body) => (body.length === LOCATION_BYTES ? decodeLocation(body, 0) : undefined),
    encode: encodeOneLocation,
  },
  {
    decode: (body) => splitFrames(body, 1 + (body[0] ?? 0)),
    encode: (frames: readonly Frame[]) => Buffer.concat(frames.map(encodeFrame)),
  },
];

const ID = 'ab'.repeat(32) as ObjectId;
const LOCATION: Location = {
  ...{ segment: 1, offset: 32, kind: 'chunk', codec: 'zstd', rawSize: 900, storedSize: 400 },
};
const WATERMARK = { segment: 1, bytes: 4096, records: 3, sealed: true };

function seeds(): Uint8Array[] {
  const record = { id: ID, location: LOCATION };
  const bodies = [
    encodeIds([ID, ID]),
    encodeLocations([LOCATION, undefined]),
    encodePage({ more: true, records: [record] }),
    encodeSegments([1, 2]),
    encodeWatermarks([WATERMARK]),
    encodeBatch({ puts: [record], deletes: [ID], watermarks: [WATERMARK], forgotten: [9] }),
    encodeOneLocation(LOCATION),
    Buffer.concat(
      [1, 2].map((request) => encodeFrame({ request, code: 0, body: encodeIds([ID]) })),
    ),
  ];
  return bodies.map((body, codec) => Buffer.concat([Buffer.of(codec), body]));
}

/** What the codec gives, undefined when it refused. */
function decoded(codec: Codec, body: Buffer): unknown {
  try {
    return codec.decode(body);
  } catch (error) {
    if (error instanceof IndexMessageError) return undefined;
    throw error;
  }
}

function checkWatermark(body: Buffer): void {
  if (body.length < WATERMARK_BYTES) return;
  const watermark = decodeWatermark(body, 0, 5);
  const bytes = Buffer.alloc(WATERMARK_BYTES);
  encodeWatermark(bytes, 0, watermark);
  mustEqual(decodeWatermark(bytes, 0, 5), watermark, 'a watermark is the same when written again');
}

export const indexEntriesTarget: FuzzTarget = {
  name: 'index-entries',
  covers: 'locations and watermarks of the index, frames and messages on the index socket',
  seeds,
  mutations: [behind(1, changeBytes)],
  sizeMaxBytes: 2 * 1024,
  run(input) {
    const codec = CODECS[(input[0] ?? 0) % CODECS.length]!;
    const body = input.subarray(1);
    checkWatermark(body);
    const value = decoded(codec, body);
    if (value === undefined) return false;
    const encoded = codec.encode(value as never);
    mustEqual(decoded(codec, encoded), value, 'what was read is the same when written again');
    return true;
  },
};
