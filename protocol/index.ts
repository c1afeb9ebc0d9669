/** The protocol layer: bytes on the wire. Everything that other layers may use of it. */

// Errors
export { ProtocolError, type ProtocolErrorCode } from './protocol-error.ts';

// What the protocol needs of the world
export type { Clock } from './clock.ts';
export type { RandomBytes } from './random-bytes.ts';
export type {
  ByteSink,
  ByteSource,
  ByteStream,
  CloseReason,
  Connection,
  IncomingStream,
  LinkPath,
  LinkStats,
  PunchAsk,
} from './connection.ts';
export { IncomingStreams } from './incoming-streams.ts';

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

// Failures and the codes they have on the wire
export {
  APPLICATION_CODE_CANCELLED,
  APPLICATION_CODE_NONE,
  PROTOCOL_ERROR_CODES,
  applicationCodeOf,
  protocolErrorOf,
} from './error-codes.ts';

// Talking to a peer that serves repositories
export {
  connectSession,
  type OpenOptions,
  type Session,
  type SessionDeps,
  type SessionOptions,
} from './session/client-session.ts';
export type {
  PullOptions,
  PushOptions,
  RemoteRefs,
  RemoteRepository,
} from './session/remote-repository.ts';

// Circuits through a relay
export type { Circuit, Reservation } from './session/client-session.ts';
export type { PunchAnswer } from './circuits/punch.ts';
export { PUNCH_ADDRESSES_MAX } from './messages/limits.ts';
export type { OfferedCircuit } from './circuits/offered-circuit.ts';
export {
  CircuitSwitch,
  type CircuitEvent,
  type CircuitLimits,
  type CircuitSwitchDeps,
} from './circuits/circuit-switch.ts';

// Serving repositories to a peer
export {
  serveConnection,
  type LobbyAnswer,
  type ServeDeps,
  type ServedConnection,
  type ServeOptions,
} from './session/server-session.ts';
export type {
  AccessDenial,
  AccessGrant,
  AccessQuestion,
  KeyRegister,
  ServedRepositories,
  ServedRepository,
  SwarmQuestion,
} from './session/served-repository.ts';
export {
  ACCESS,
  AUTH_FAILURE,
  type Access,
  type AuthFailure,
  type RepositoryCustody,
} from './messages/auth.ts';

// Swarms: who else fetches a repository, and a peer's word for another
export { ROTATIONS_MAX } from './messages/limits.ts';
export { rotationSigningBytes, type Rotation, type RotationClaims } from './messages/rotation.ts';
export { passSigningBytes, type Pass, type PassClaims } from './messages/pass.ts';
export type { SwarmMember, SwarmPeers } from './messages/swarm.ts';
export { SWARM_MEMBERS_MAX } from './messages/limits.ts';
// Strangers: meeting by a code, and tickets
export { Lobby, type LobbyCaller, type LobbyDeps } from './meeting/lobby.ts';
export {
  serveStranger,
  type ServedStranger,
  type ServeStrangerDeps,
  type ServeStrangerOptions,
} from './meeting/serve-stranger.ts';
export { MeetingEnded, type Meeting } from './meeting/meeting.ts';
export type { MeetingOffer } from './meeting/standing-offer.ts';
export { visitLobby, type Visit, type VisitOptions } from './meeting/visit.ts';
export { LOBBY_GUESTS_MAX, LOBBY_GUESTS_PER_NETWORK_MAX } from './meeting/meeting-limits.ts';
export { OFFER_LIFETIME_MAX_MS, TICKET_ID_BYTES, TICKET_SECRET_BYTES } from './messages/limits.ts';
export type { MeetingEnd } from './messages/meeting.ts';
export type { TicketRedeem, TicketRedeemed } from './messages/ticket.ts';

// Pairing
export {
  createPairingCode,
  formatPairingCode,
  parsePairingCode,
  type PairingCode,
} from './pairing/pairing-code.ts';
export {
  pairUp,
  type MetPeer,
  type PairingDeps,
  type PairingOptions,
  type PairingPipe,
  type PairingResult,
  type PairingRole,
  type PairingSelf,
} from './pairing/pair-up.ts';
export type { Introduction } from './pairing/pair-step.ts';

export type { SharedRepository } from './messages/repositories.ts';

// Refs and transfers
export type { WireRefMove } from './messages/ref-move.ts';
export {
  REF_RESULT,
  type RefResultKind,
  type WireHead,
  type WireRef,
  type WireRefChange,
  type WireRefResult,
} from './messages/refs.ts';
export {
  completeAndUpdateRefs,
  type RefFacts,
  type RefUpdateDeps,
  type RefUpdateOptions,
  type RefVeto,
  type RefVetoCheck,
  type RequestedChange,
} from './refs/ref-updates.ts';
export {
  sumReports,
  type SyncCounts,
  type SyncPhase,
  type SyncProgress,
  type SyncProgressCallback,
  type SyncReport,
} from './sync/sync-progress.ts';
export type { SyncTotals } from './messages/sync.ts';

// Fetching from many sources: pull the structure, list the chunks, then fetch them from everyone who has them
export { listChunks, type ChunkList } from './swarm/chunk-list.ts';
export {
  SwarmFetch,
  type SwarmFetchDeps,
  type SwarmFetchOptions,
  type SwarmReport,
  type SwarmSourceReport,
} from './swarm/swarm-fetch.ts';
export type { SwarmShare } from './swarm/swarm-share.ts';
export type { DropReason } from './swarm/swarm-source.ts';
export { SendMemory } from './flow/send-memory.ts';
export { ReceiveMemory } from './flow/receive-memory.ts';
export { UploadTurns } from './swarm/upload-turns.ts';
export { SOURCES_MAX } from './swarm/swarm-limits.ts';

// Limits of a conversation
export {
  BULK_STREAMS,
  WINDOW_DEFAULT_BYTES,
  WINDOW_MAX_BYTES,
  WINDOW_MIN_BYTES,
} from './session/session-limits.ts';

// Bloom filters
export { BloomFilter, bloomParameters, type BloomParameters } from './bloom/bloom-filter.ts';
