/** What a running node tells about itself. */
import type { LinkPath } from '../protocol/index.ts';
import type { MembershipStatus } from './relay/relay-membership.ts';
import type { CircuitsStatus } from './relay/relay-service.ts';
import type { StorageStatus } from './relay/usage-status.ts';
import type { Limits } from './limits/limits-format.ts';
import type { NearPeer } from './near/near-table.ts';

export type ConnectionStatus = {
  readonly peerId: string;
  /** Name in the peers file, when it has one. */
  readonly name: string | undefined;
  readonly address: string;
  readonly path: LinkPath;
  /** Why the peer came this way, in its own words; undefined when it was its first choice. */
  readonly pathReason: string | undefined;
  /** Bulk lanes over TCP in use (docs/transport.md). */
  readonly bulkLanes: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
};

export type NodeStatus = {
  readonly peerId: string;
  readonly pid: number;
  /** `dits://PEERID@HOST:PORT`, one per address it can be reached at. */
  readonly addresses: readonly string[];
  readonly uptimeMs: number;
  readonly repositories: readonly string[];
  readonly connections: readonly ConnectionStatus[];
  /** What is kept for peers, and the quotas; undefined on a node that keeps nothing. */
  readonly storage: StorageStatus | undefined;
  /** Circuits between peers; undefined on a node that relays none. */
  readonly circuits: CircuitsStatus | undefined;
  /** The relays through which this node can be reached. */
  readonly relays: readonly MembershipStatus[];
  /** How fast its traffic may be, and what is paused; those of single peers apart. */
  readonly limits: Limits | undefined;
  /** Nodes heard of on the same network, unproven; undefined when looking for them is switched off. */
  readonly near: readonly NearPeer[] | undefined;
};
