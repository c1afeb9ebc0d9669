/**
 * Counts what the repositories of a relay take, and whose it is, against the quotas. Room is taken before bytes are
 * written, so that concurrent pushes cannot pass a quota together. Pure arithmetic: measuring and saving are done elsewhere.
 */
import { NOBODY, type RepositoryUsage } from './usage-file.ts';
import { quotaExceeded, type RelayQuotas } from './relay-quotas.ts';

/** Whose bytes, and where. */
export type Account = { readonly peerId: string; readonly repository: string };

type Entry = { readonly madeBy: string; readonly bytesByPeer: Map<string, number>; bytes: number };

export type LedgerTotals = { readonly bytes: number; readonly repositories: number };

export class UsageLedger {
  readonly quotas: RelayQuotas;
  /** Not bound by the quotas of a peer: the relay is its own. */
  readonly #ownPeerId: string;
  readonly #entries = new Map<string, Entry>();
  readonly #bytesByPeer = new Map<string, number>();
  readonly #madeByPeer = new Map<string, number>();
  #bytes = 0;

  constructor(quotas: RelayQuotas, ownPeerId: string) {
    this.quotas = quotas;
    this.#ownPeerId = ownPeerId;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get usage(): ReadonlyMap<string, RepositoryUsage & { readonly bytes: number }> {
    return this.#entries;
  }

  /** What a peer has stored and made. */
  totalsOf(peerId: string): LedgerTotals {
    const bytes = this.#bytesByPeer.get(peerId) ?? 0;
    return { bytes, repositories: this.#madeByPeer.get(peerId) ?? 0 };
  }

  get peerIds(): readonly string[] {
    return [...new Set([...this.#bytesByPeer.keys(), ...this.#madeByPeer.keys()])];
  }

  /** Whether a peer may make one more repository. */
  canMake(peerId: string): boolean {
    if (peerId === this.#ownPeerId) return true;
    return this.totalsOf(peerId).repositories < this.quotas.peerRepositoriesMax;
  }

  /** Notes a repository, with what is known of it. One that is there already stays as it is. */
  add(repository: string, { madeBy, bytesByPeer }: RepositoryUsage): void {
    if (this.#entries.has(repository)) return;
    this.#entries.set(repository, { madeBy, bytesByPeer: new Map(), bytes: 0 });
    addTo(this.#madeByPeer, madeBy, 1);
    for (const [peerId, bytes] of bytesByPeer) this.#change({ peerId, repository }, bytes);
  }

  /**
   * Takes room, all or nothing.
   * @throws ProtocolError DITS_PROTOCOL_QUOTA_EXCEEDED
   */
  take(account: Account, bytes: number): void {
    const { peerId, repository } = account;
    const { bytesMax, repositoryBytesMax, peerBytesMax } = this.quotas;
    const held = this.#entries.get(repository)?.bytes ?? 0;
    if (this.#bytes + bytes > bytesMax) throw quotaExceeded('this relay', bytesMax);
    if (held + bytes > repositoryBytesMax) throw quotaExceeded(repository, repositoryBytesMax);
    if (peerId !== this.#ownPeerId && this.totalsOf(peerId).bytes + bytes > peerBytesMax) {
      throw quotaExceeded(`what ${peerId} stores on this relay`, peerBytesMax);
    }
    this.#change(account, bytes);
  }

  /** Gives room back that was taken and not used. */
  giveBack(account: Account, bytes: number): void {
    this.#change(account, -bytes);
  }

  /**
   * Corrects a repository to what it takes on the disk: what is gone, gc has removed, from everyone in proportion; what
   * is there and not accounted for is its maker's.
   */
  measured(repository: string, bytes: number): void {
    const entry = this.#entries.get(repository);
    if (entry === undefined) return;
    if (bytes > entry.bytes) {
      this.#change({ peerId: entry.madeBy, repository }, bytes - entry.bytes);
      return;
    }
    const share = entry.bytes === 0 ? 0 : bytes / entry.bytes;
    for (const [peerId, held] of [...entry.bytesByPeer]) {
      this.#change({ peerId, repository }, Math.floor(held * share) - held);
    }
  }

  #change({ peerId, repository }: Account, bytes: number): void {
    const entry = this.#entries.get(repository);
    if (entry === undefined) {
      this.add(repository, { madeBy: NOBODY, bytesByPeer: new Map([[peerId, bytes]]) });
      return;
    }
    entry.bytes += bytes;
    this.#bytes += bytes;
    addTo(entry.bytesByPeer, peerId, bytes);
    addTo(this.#bytesByPeer, peerId, bytes);
  }
}

/** Adds to a count, and keeps none that is zero. */
function addTo(counts: Map<string, number>, key: string, amount: number): void {
  const count = (counts.get(key) ?? 0) + amount;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
