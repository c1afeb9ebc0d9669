/** The protocol layer: bytes on the wire. Everything that other layers may use of it. */
export { ProtocolError, type ProtocolErrorCode } from './protocol-error.ts';
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
