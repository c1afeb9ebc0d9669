/** The node layer: a running peer, and the way to others. Everything that other layers may use of it. */

// Errors and logs
export { NodeError, type NodeErrorCode } from './node-error.ts';
export { CLOSE_CODE } from './close-codes.ts';
export { silentLogger, type LogFields, type Logger } from './logger.ts';

// Settings
export {
  NODE_SETTINGS,
  resolveNodeSettings,
  type NodeSettings,
  type SettingName,
} from './config.ts';

// Identity
export { reachRotated } from './rotation/reach-rotated.ts';
export { rotateIdentity } from './rotation/rotate-identity.ts';
export { RotationFile, type RotationRecord } from './rotation/rotation-file.ts';
export { leadsFromTo, rotationProblem, signRotation } from './rotation/rotation-statement.ts';
export { tellRotations, type TellDeps } from './rotation/tell-rotations.ts';
export { loadOrCreateIdentity } from './identity/identity-file.ts';
export { generateIdentity, type Identity } from './identity/identity.ts';
export { isPeerId } from './identity/peer-id.ts';

// Trust
export { ANY_REPOSITORY, type Grant, type KnownPeer } from './trust/known-peer.ts';
export { PeerBook, includesAccess, isInForce } from './trust/peer-book.ts';
export { isAccess } from './trust/peer-rules.ts';
export type { NewPeer, PeerRates } from './trust/peer-changes.ts';
export { TrustFile } from './trust/trust-file.ts';
export {
  checkCommitSignature,
  signCommit,
  type CommitSignature,
} from './trust/commit-signatures.ts';
export {
  disbeliefOf,
  mayGoBack,
  shownName,
  type Disbelief,
  type MoverPolicy,
  type RememberedRef,
  type ShowingPeer,
  type ShownRef,
} from './trust/shown-refs.ts';
export { isGenuineMove, moverOf, signMove, type MoveToSign } from './trust/ref-moves.ts';

// Pairing and tickets
export {
  joinToPair,
  offerToPair,
  type OfferOptions,
  type PairMachinesOptions,
  type ShownCode,
  type ShownPeer,
} from './pair/pair-machines.ts';
export { nodeAddresses } from './pair/own-place.ts';
export { redeemTicket, type Redeemed } from './pair/redeem-ticket.ts';
export { TicketFile, isOutstanding } from './pair/ticket-file.ts';
export type { IssuedTicket } from './pair/ticket-format.ts';
export { formatTicket, looksLikeTicket, parseTicket, type Ticket } from './pair/ticket-text.ts';

// Addresses
export {
  PORT_DEFAULT,
  formatHostPort,
  formatPeerAddress,
  parseHostPort,
  parsePeerAddress,
  addressVia,
  parsePeerTarget,
  type HostPort,
  type PeerAddress,
  type PeerTarget,
} from './address.ts';
export { repositoryNameProblem } from './repository-name.ts';

// Other peers
export type { ControlledConnection } from './dial/path-control.ts';
export { PathWatch, type PathFinding } from './dial/path-watch.ts';
export { dialPeer, type DialDeps, type DialOptions } from './dial/dial-peer.ts';
export type { Route, RoutedConnection } from './dial/route.ts';
export { systemClock } from './system-clock.ts';

// Peers nearby
export { Discovery, browse, type DiscoveryDeps, type DiscoveryOptions } from './near/discovery.ts';
export { nearPeers, type NearPeersDeps, type NearPeersOptions } from './near/near-peers.ts';
export type { NearPeer } from './near/near-table.ts';
export {
  nearLookUp,
  reachPeer,
  type LookUp,
  type Place,
  type Reached,
  type ReachDeps,
  type ReachOptions,
  type ReachTarget,
} from './near/reach-peer.ts';

// Limits on bandwidth, and pauses
export { parseByteSize } from './byte-size.ts';
export { BandwidthLimits, type BandwidthLimitsDeps } from './limits/bandwidth-limits.ts';
export { LimitsFile } from './limits/limits-file.ts';
export type { Limits } from './limits/limits-format.ts';

// Fetching together with others
export type { MemberEnd, Seed } from './swarm/member-seeker.ts';
export { SwarmNeighbours, type Neighbour } from './swarm/swarm-neighbours.ts';

// A running node, and talking to it
export { createNode, type NodeDeps, type NodeOptions, type RunningNode } from './create-node.ts';
export { queryNode, stopNode } from './control/control-client.ts';
export type { ConnectionStatus, NodeStatus } from './node-status.ts';

// Relays
export { parseRelayAddress, formatRelayAddress, type RelayAddress } from './relay/relay-address.ts';
