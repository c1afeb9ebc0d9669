/** How much a relay keeps for others (docs/relay.md, "Quotas"). Infinity stands for no limit. */
import { formatByteSize } from '../byte-size.ts';
import type { NodeSettings } from '../config.ts';
import { ProtocolError } from '../../protocol/index.ts';

export type RelayQuotas = {
  /** Bytes of all repositories together. */
  readonly bytesMax: number;
  /** Bytes of one repository. */
  readonly repositoryBytesMax: number;
  /** Bytes that one peer has stored, over all repositories. */
  readonly peerBytesMax: number;
  /** Repositories that one peer may make. */
  readonly peerRepositoriesMax: number;
  /** Bytes a second that one peer may store and fetch, over all its connections. */
  readonly peerRateMax: number;
};

/** The quotas among a node's settings. */
export function relayQuotasOf(settings: NodeSettings): RelayQuotas {
  return {
    bytesMax: limitOf(settings.quotaBytes),
    repositoryBytesMax: limitOf(settings.quotaRepositoryBytes),
    peerBytesMax: limitOf(settings.quotaPeerBytes),
    peerRepositoriesMax: limitOf(settings.quotaPeerRepositories),
    peerRateMax: limitOf(settings.quotaPeerRate),
  };
}

/** What a peer is told that has reached a quota. `what` is whose it is: "this relay". */
export function quotaExceeded(what: string, limitBytes: number): ProtocolError {
  return new ProtocolError(
    'DITS_PROTOCOL_QUOTA_EXCEEDED',
    `the quota of ${formatByteSize(limitBytes)} for ${what} is used up`,
    { hint: 'ask the owner of the relay for more room; what arrived is kept' },
  );
}

function limitOf(setting: number | 'none'): number {
  return setting === 'none' ? Infinity : setting;
}
