/** The protocol layer: bytes on the wire. Everything that other layers may use of it. */

// Errors
export { ProtocolError, type ProtocolErrorCode } from './protocol-error.ts';

// What the protocol needs of the world
export type { Clock } from './clock.ts';
export type {
  ByteSink,
  ByteSource,
  ByteStream,
  CloseReason,
  Connection,
  IncomingStream,
  LinkPath,
  LinkStats,
} from './connection.ts';

// A connection inside one process
export {
  createMemoryPair,
  type MemoryLink,
  type MemoryPair,
  type MemoryPairOptions,
  type Packet,
} from './memory-connection.ts';

// Frames and messages
export {
  FRAME_HEADER_BYTES,
  PAYLOAD_SIZE_MAX_BYTES,
  type FrameHeader,
} from './frames/frame-format.ts';
export { encodeFrameHeader, parseFrameHeader } from './frames/frame-header.ts';
export { FrameReader } from './frames/frame-reader.ts';
export { FrameWriter, type OutgoingFrame } from './frames/frame-writer.ts';
export { MESSAGE_TYPE, messageNameOf, type MessageName } from './frames/message-types.ts';
export {
  decodeMessage,
  encodeMessage,
  type Message,
  type MessageBody,
} from './messages/message.ts';
