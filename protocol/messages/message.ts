/** Every message with its body and codec; the one place that ties a name to both. */
import { MESSAGE_TYPE, type MessageName } from '../frames/message-types.ts';
import { ProtocolError } from '../protocol-error.ts';
import {
  authCodec,
  authFailCodec,
  authOkCodec,
  type AuthFail,
  type AuthOk,
  type AuthRequest,
} from './auth.ts';
import {
  batchCheckCodec,
  batchCheckResponseCodec,
  chunkCheckCodec,
  chunkCheckResponseCodec,
  type BatchCheck,
  type BatchCheckResponse,
  type ChunkCheck,
  type ChunkCheckResponse,
} from './checks.ts';
import {
  circuitAcceptCodec,
  circuitConnectCodec,
  circuitConnectedCodec,
  circuitOfferCodec,
  circuitReserveCodec,
  circuitReservedCodec,
  punchCodec,
  observeCodec,
  observedCodec,
  punchReadyCodec,
  type CircuitConnect,
  type CircuitConnected,
  type CircuitOffer,
  type CircuitReserved,
  type Nothing,
  type PunchAddresses,
  type Observed,
} from './circuits.ts';
import {
  closeCodec,
  errorCodec,
  pingCodec,
  type Close,
  type ErrorMessage,
  type Ping,
} from './control.ts';
import {
  feedAbsentCodec,
  feedCancelCodec,
  feedHaveCodec,
  feedOpenCodec,
  feedOpenedCodec,
  feedWantCodec,
  type FeedHave,
  type FeedIds,
  type FeedOpen,
  type FeedOpened,
  type FeedWant,
} from './feed.ts';
import { helloCodec, type Hello } from './hello.ts';
import {
  meetBeginCodec,
  meetEndCodec,
  meetJoinCodec,
  meetMessageCodec,
  meetOfferCodec,
  meetOfferedCodec,
  type MeetBegin,
  type MeetEndMessage,
  type MeetJoin,
  type MeetMessage,
  type MeetOffer,
  type MeetOffered,
} from './meeting.ts';
import {
  batchAckCodec,
  objectRequestCodec,
  recordsCodec,
  type BatchAck,
  type ObjectRequest,
  type Records,
} from './records.ts';
import {
  refListCodec,
  refListResponseCodec,
  refUpdateCodec,
  refUpdateResultCodec,
  type RefListRequest,
  type RefListResponse,
  type RefUpdateRequest,
  type RefUpdateResponse,
} from './refs.ts';
import {
  repoListCodec,
  repoListResponseCodec,
  type RepoListRequest,
  type RepoListResponse,
} from './repositories.ts';
import {
  identityRotateCodec,
  identityRotatedCodec,
  type IdentityRotate,
  type IdentityRotated,
} from './rotation.ts';
import {
  sketchCodec,
  sketchRequestCodec,
  type SketchMessage,
  type SketchRequest,
} from './sketch.ts';
import {
  bloomFilterCodec,
  syncDoneCodec,
  syncEndCodec,
  syncProgressCodec,
  syncRequestCodec,
  syncResponseCodec,
  type BloomFilterMessage,
  type SyncDone,
  type SyncEnd,
  type SyncProgressMessage,
  type SyncRequest,
  type SyncResponse,
} from './sync.ts';
import { swarmJoinCodec, swarmPeersCodec, type SwarmJoin, type SwarmPeers } from './swarm.ts';
import {
  ticketRedeemCodec,
  ticketRedeemedCodec,
  type TicketRedeem,
  type TicketRedeemed,
} from './ticket.ts';
import type { MessageCodec } from './wire-fields.ts';

interface MessageBodies {
  PING: Ping;
  PONG: Ping;
  AUTH: AuthRequest;
  AUTH_OK: AuthOk;
  AUTH_FAIL: AuthFail;
  CLOSE: Close;
  ERROR: ErrorMessage;
  HELLO: Hello;
  IDENTITY_ROTATE: IdentityRotate;
  IDENTITY_ROTATED: IdentityRotated;
  CHUNK_CHECK: ChunkCheck;
  CHUNK_CHECK_RESP: ChunkCheckResponse;
  CHUNK_UPLOAD: Records;
  CHUNK_UPLOAD_ACK: BatchAck;
  CHUNK_DOWNLOAD: ObjectRequest;
  CHUNK_DATA: Records;
  CHUNK_BATCH_CHECK: BatchCheck;
  CHUNK_BATCH_RESP: BatchCheckResponse;
  MANIFEST_GET: ObjectRequest;
  MANIFEST_DATA: Records;
  MANIFEST_PUSH: Records;
  MANIFEST_ACK: BatchAck;
  REF_LIST: RefListRequest;
  REF_LIST_RESP: RefListResponse;
  REF_UPDATE: RefUpdateRequest;
  REF_UPDATE_RESULT: RefUpdateResponse;
  REPO_LIST: RepoListRequest;
  REPO_LIST_RESP: RepoListResponse;
  SYNC_REQUEST: SyncRequest;
  SYNC_RESPONSE: SyncResponse;
  BLOOM_FILTER: BloomFilterMessage;
  SYNC_END: SyncEnd;
  SYNC_DONE: SyncDone;
  SYNC_PROGRESS: SyncProgressMessage;
  SKETCH_REQUEST: SketchRequest;
  SKETCH: SketchMessage;
  SWARM_JOIN: SwarmJoin;
  SWARM_PEERS: SwarmPeers;
  MEET_OFFER: MeetOffer;
  MEET_OFFERED: MeetOffered;
  MEET_JOIN: MeetJoin;
  MEET_BEGIN: MeetBegin;
  MEET_MESSAGE: MeetMessage;
  MEET_END: MeetEndMessage;
  TICKET_REDEEM: TicketRedeem;
  TICKET_REDEEMED: TicketRedeemed;
  CIRCUIT_RESERVE: Nothing;
  CIRCUIT_RESERVED: CircuitReserved;
  CIRCUIT_CONNECT: CircuitConnect;
  CIRCUIT_CONNECTED: CircuitConnected;
  CIRCUIT_OFFER: CircuitOffer;
  CIRCUIT_ACCEPT: Nothing;
  PUNCH: PunchAddresses;
  PUNCH_READY: PunchAddresses;
  OBSERVE: Nothing;
  OBSERVED: Observed;
  FEED_OPEN: FeedOpen;
  FEED_OPENED: FeedOpened;
  FEED_HAVE: FeedHave;
  FEED_WANT: FeedWant;
  FEED_ABSENT: FeedIds;
  FEED_CANCEL: FeedIds;
}

const CODECS: { readonly [N in MessageName]: MessageCodec<MessageBodies[N]> } = {
  PING: pingCodec,
  PONG: pingCodec,
  AUTH: authCodec,
  AUTH_OK: authOkCodec,
  AUTH_FAIL: authFailCodec,
  CLOSE: closeCodec,
  ERROR: errorCodec,
  HELLO: helloCodec,
  IDENTITY_ROTATE: identityRotateCodec,
  IDENTITY_ROTATED: identityRotatedCodec,
  CHUNK_CHECK: chunkCheckCodec,
  CHUNK_CHECK_RESP: chunkCheckResponseCodec,
  CHUNK_UPLOAD: recordsCodec,
  CHUNK_UPLOAD_ACK: batchAckCodec,
  CHUNK_DOWNLOAD: objectRequestCodec,
  CHUNK_DATA: recordsCodec,
  CHUNK_BATCH_CHECK: batchCheckCodec,
  CHUNK_BATCH_RESP: batchCheckResponseCodec,
  MANIFEST_GET: objectRequestCodec,
  MANIFEST_DATA: recordsCodec,
  MANIFEST_PUSH: recordsCodec,
  MANIFEST_ACK: batchAckCodec,
  REF_LIST: refListCodec,
  REF_LIST_RESP: refListResponseCodec,
  REF_UPDATE: refUpdateCodec,
  REF_UPDATE_RESULT: refUpdateResultCodec,
  REPO_LIST: repoListCodec,
  REPO_LIST_RESP: repoListResponseCodec,
  SYNC_REQUEST: syncRequestCodec,
  SYNC_RESPONSE: syncResponseCodec,
  BLOOM_FILTER: bloomFilterCodec,
  SYNC_END: syncEndCodec,
  SYNC_DONE: syncDoneCodec,
  SYNC_PROGRESS: syncProgressCodec,
  SKETCH_REQUEST: sketchRequestCodec,
  SKETCH: sketchCodec,
  SWARM_JOIN: swarmJoinCodec,
  SWARM_PEERS: swarmPeersCodec,
  MEET_OFFER: meetOfferCodec,
  MEET_OFFERED: meetOfferedCodec,
  MEET_JOIN: meetJoinCodec,
  MEET_BEGIN: meetBeginCodec,
  MEET_MESSAGE: meetMessageCodec,
  MEET_END: meetEndCodec,
  TICKET_REDEEM: ticketRedeemCodec,
  TICKET_REDEEMED: ticketRedeemedCodec,
  CIRCUIT_RESERVE: circuitReserveCodec,
  CIRCUIT_RESERVED: circuitReservedCodec,
  CIRCUIT_CONNECT: circuitConnectCodec,
  CIRCUIT_CONNECTED: circuitConnectedCodec,
  CIRCUIT_OFFER: circuitOfferCodec,
  CIRCUIT_ACCEPT: circuitAcceptCodec,
  PUNCH: punchCodec,
  PUNCH_READY: punchReadyCodec,
  OBSERVE: observeCodec,
  OBSERVED: observedCodec,
  FEED_OPEN: feedOpenCodec,
  FEED_OPENED: feedOpenedCodec,
  FEED_HAVE: feedHaveCodec,
  FEED_WANT: feedWantCodec,
  FEED_ABSENT: feedAbsentCodec,
  FEED_CANCEL: feedCancelCodec,
};

/** The body of a message by its name. */
export type MessageBody<N extends MessageName> = MessageBodies[N];

/** A message with its name: switch on `name`. */
export type Message = {
  [N in MessageName]: { readonly name: N; readonly body: MessageBody<N> };
}[MessageName];

/** The payload of a message, in pieces. */
export function encodeMessage<N extends MessageName>(
  name: N,
  body: MessageBody<N>,
): readonly Uint8Array[] {
  return CODECS[name].encode(body);
}

/**
 * The body in a payload.
 * @throws ProtocolError DITS_PROTOCOL_TOO_LARGE, DITS_PROTOCOL_INVALID_MESSAGE
 */
export function decodeMessage(name: MessageName, payload: Uint8Array): Message {
  const limit = MESSAGE_TYPE[name].payloadMaxBytes;
  if (payload.length > limit) {
    throw new ProtocolError(
      'DITS_PROTOCOL_TOO_LARGE',
      `${name} holds ${payload.length} bytes, the limit is ${limit}`,
    );
  }
  return { name, body: CODECS[name].decode(payload) } as Message;
}
