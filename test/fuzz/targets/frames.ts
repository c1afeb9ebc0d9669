/** Streams of frames, as a session reads them: headers, compressed payloads, messages. */
import { FrameWriter, MESSAGE_TYPE, encodeMessage, type Message } from '../../../protocol/index.ts';
import { encodeFrameHeader, parseFrameHeader } from '../../../protocol/frames/frame-header.ts';
import { FRAME_HEADER_BYTES, FRAME_OFFSET } from '../../../protocol/frames/frame-format.ts';
import { MessageChannel } from '../../../protocol/session/message-channel.ts';
import type { SeededRandom } from '../../../simulations/seeded-random.ts';
import { collectingSink, sourceOf } from '../../protocol/support/byte-streams.ts';
import { changeBytes, interestingInteger } from '../mutate/byte-mutations.ts';
import { behind, oneOf, type Mutation } from '../mutate/mutation.ts';
import { changeFields } from '../mutate/protobuf-mutations.ts';
import { acceptedBy, checkRefusal, mustEqual, type FuzzTarget } from '../target.ts';
import { messageVectors } from './vectors.ts';

const HEADER_CODES = [
  'DITS_PROTOCOL_INVALID_MESSAGE',
  'DITS_PROTOCOL_TOO_LARGE',
  'DITS_PROTOCOL_UNSUPPORTED_VERSION',
];

/** Cuts a stream where its headers say; what is left at the end is the last piece. */
function framesOf(stream: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  let at = 0;
  while (at + FRAME_HEADER_BYTES <= stream.length) {
    const end = at + FRAME_HEADER_BYTES + stream.readUInt32BE(at + FRAME_OFFSET.payloadLength);
    frames.push(stream.subarray(at, end));
    at = end;
  }
  if (at < stream.length) frames.push(stream.subarray(at));
  return frames;
}

function withPayload(frame: Buffer, payload: Buffer): Buffer {
  const header = Buffer.from(frame.subarray(0, FRAME_HEADER_BYTES));
  header.writeUInt32BE(payload.length, FRAME_OFFSET.payloadLength);
  return Buffer.concat([header, payload]);
}

function changeHeader(frame: Buffer, random: SeededRandom): Buffer {
  const changed = Buffer.from(frame);
  const at = oneOf(random, Object.values(FRAME_OFFSET));
  if (random.below(2) === 0) changed[at] = random.below(256);
  else changed.writeUInt32BE(Number(interestingInteger(random) & 0xffff_ffffn), Math.min(at, 16));
  return changed;
}

/** Drops, doubles, moves or takes over whole frames, or changes one in its header or payload. */
const changeFrames: Mutation = (input, context) => {
  const { random, other } = context;
  const frames = framesOf(input);
  if (frames.length === 0) return changeBytes(input, context);
  const at = random.below(frames.length);
  const frame = frames[at]!;
  const isWhole = frame.length >= FRAME_HEADER_BYTES;
  switch (random.below(6)) {
    case 0:
      frames.splice(at, 1);
      break;
    case 1:
      frames.splice(random.below(frames.length + 1), 0, frame);
      break;
    case 2:
      frames.splice(at, 0, ...framesOf(other()).slice(0, 1));
      break;
    case 3:
      if (isWhole) frames[at] = changeHeader(frame, random);
      break;
    default:
      if (isWhole) {
        const payload = changeFields(frame.subarray(FRAME_HEADER_BYTES), context);
        frames[at] = withPayload(frame, payload);
      }
  }
  return Buffer.concat(frames);
};

function checkHeader(stream: Buffer): void {
  if (stream.length < FRAME_HEADER_BYTES) return;
  const header = acceptedBy(HEADER_CODES, () => parseFrameHeader(stream));
  if (header === undefined) return;
  mustEqual(
    encodeFrameHeader(header),
    stream.subarray(0, FRAME_HEADER_BYTES),
    'a header has one encoding',
  );
}

/** Reads all messages, undefined when one is refused. */
async function readAll(stream: Buffer, pieceBytes: number): Promise<Message[] | undefined> {
  const duplex = { streamId: 0, ...sourceOf(stream, pieceBytes), ...collectingSink() };
  const channel = new MessageChannel(duplex);
  const messages: Message[] = [];
  try {
    for (;;) {
      const received = await channel.receive();
      if (received === undefined) return messages;
      if (received.message !== undefined) messages.push(received.message);
    }
  } catch (error) {
    checkRefusal(error, HEADER_CODES);
    return undefined;
  }
}

async function write(messages: readonly Message[]): Promise<Buffer> {
  const sink = collectingSink();
  const writer = new FrameWriter(sink);
  for (const { name, body } of messages) {
    const parts = encodeMessage(name, body);
    await writer.write({ type: MESSAGE_TYPE[name].code, requestId: 1, parts, compress: true });
  }
  return sink.bytes();
}

export const framesTarget: FuzzTarget = {
  name: 'frames',
  covers: 'frame headers, streams of frames in pieces of any size, compressed payloads',
  seeds: () => {
    const frames = messageVectors().map(({ frame }) => Buffer.from(frame, 'hex'));
    const piece = Buffer.of(0);
    return [
      ...frames.map((frame) => Buffer.concat([piece, frame])),
      Buffer.concat([piece, ...frames.slice(0, 5)]),
    ];
  },
  mutations: [changeFrames, changeFrames, changeBytes].map((mutation) => behind(1, mutation)),
  dictionary: ['DITS', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  sizeMaxBytes: 8 * 1024,
  async run(input) {
    const stream = input.subarray(1);
    checkHeader(stream);
    const messages = await readAll(stream, (input[0] ?? 0) || stream.length);
    if (messages === undefined) return false;
    const again = await readAll(await write(messages), stream.length);
    mustEqual(again, messages, 'messages that were read are the same when they are sent on');
    return messages.length > 0;
  },
};
