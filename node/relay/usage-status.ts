/** What a relay's owner sees of its quotas in `dits node status`. */
import { NOBODY } from './usage-file.ts';
import type { UsageLedger } from './usage-ledger.ts';

/** The biggest repositories and peers that a status names; the answer must stay a line that can be read. */
const LISTED_MAX = 100;

/** A count and its quota, null for none. */
type Usage = { readonly bytes: number; readonly bytesMax: number | null };

export type StorageStatus = Usage & {
  readonly repositoryCount: number;
  /** The biggest ones, biggest first. */
  readonly repositories: readonly (Usage & {
    readonly name: string;
    /** Peer id; null when it is not known. */
    readonly madeBy: string | null;
  })[];
  /** Those who store most, first. */
  readonly peers: readonly (Usage & {
    readonly peerId: string;
    readonly name: string | undefined;
    readonly repositories: number;
    readonly repositoriesMax: number | null;
  })[];
};

export function usageStatus(
  ledger: UsageLedger,
  nameOf: (peerId: string) => string | undefined,
): StorageStatus {
  const { bytesMax, repositoryBytesMax, peerBytesMax, peerRepositoriesMax } = ledger.quotas;
  const repositories = [...ledger.usage].map(([name, { bytes, madeBy }]) => ({
    ...{ name, bytes, bytesMax: finite(repositoryBytesMax) },
    madeBy: madeBy === NOBODY ? null : madeBy,
  }));
  const peers = ledger.peerIds
    .filter((peerId) => peerId !== NOBODY)
    .map((peerId) => ({
      ...{ peerId, name: nameOf(peerId), bytesMax: finite(peerBytesMax) },
      ...{ ...ledger.totalsOf(peerId), repositoriesMax: finite(peerRepositoriesMax) },
    }));
  return {
    bytes: ledger.bytes,
    bytesMax: finite(bytesMax),
    repositoryCount: repositories.length,
    repositories: biggest(repositories),
    peers: biggest(peers),
  };
}

function biggest<T extends Usage>(all: readonly T[]): readonly T[] {
  return [...all].sort((left, right) => right.bytes - left.bytes).slice(0, LISTED_MAX);
}

function finite(limit: number): number | null {
  return limit === Infinity ? null : limit;
}
