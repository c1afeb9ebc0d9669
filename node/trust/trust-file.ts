/** The known peers of a home folder, on disk. */
import type { Rotation } from '../../protocol/index.ts';
import { HomeFile } from '../home-file.ts';
import type { KnownPeer } from './known-peer.ts';
import { PeerBook } from './peer-book.ts';
import {
  addPeer,
  removePeer,
  renamePeer,
  rotatePeer,
  seePeer,
  setPeerRates,
  withdrawTicket,
  type Changed,
  type NewPeer,
  type PeerRates,
} from './peer-changes.ts';
import { formatPeers, parsePeers } from './peers-format.ts';

/** Room for `PEERS_COUNT_MAX` peers with a few grants each. */
const PEERS_FILE_SIZE_MAX_BYTES: number = 16 * 1024 * 1024;
/** How stale `last_seen` may get: a write per connection would keep the disk busy for nothing. */
const LAST_SEEN_PRECISION_MS = 3_600_000;

export class TrustFile {
  readonly #file: HomeFile<PeerBook>;
  readonly #now: () => Date;
  /** Peers that are to be noted as seen, each with its address where that is known. */
  readonly #sightings = new Map<string, string | undefined>();
  #noting: Promise<void> | undefined;

  constructor(home: string, deps: { readonly now: () => Date }) {
    this.#file = new HomeFile(home, {
      fileName: 'peers.toml',
      lockName: 'peers.lock',
      subject: 'the known peers',
      sizeMaxBytes: PEERS_FILE_SIZE_MAX_BYTES,
      tooBigCode: 'DITS_NODE_TRUST_CORRUPT',
      absent: new PeerBook([]),
      parse: parsePeers,
      format: formatPeers,
    });
    this.#now = deps.now;
  }

  get path(): string {
    return this.#file.path;
  }

  /** @throws NodeError DITS_NODE_TRUST_CORRUPT, DITS_NODE_IO */
  read(): Promise<PeerBook> {
    return this.#file.read();
  }

  /** Changes when the file does; compared by the watcher. */
  version(): Promise<string> {
    return this.#file.version();
  }

  /**
   * Makes a peer known, or gives a known one more grants, addresses or another name.
   * @throws NodeError DITS_NODE_BAD_ADDRESS for an id, name, grant or address that is not allowed; as `read`
   */
  async add(peer: NewPeer): Promise<KnownPeer> {
    return await this.#change((book) => addPeer(book, peer, this.#now()));
  }

  /** Gives a peer, by id or name, another name. Undefined when it is not known. @throws as `add` */
  async rename(idOrName: string, name: string): Promise<KnownPeer | undefined> {
    return await this.#change((book) => renamePeer(book, idOrName, name));
  }

  /** Forgets a peer, by id or name, with all its grants. Returns it, or undefined when it was not known. */
  async remove(idOrName: string): Promise<KnownPeer | undefined> {
    return await this.#change((book) => removePeer(book, idOrName));
  }

  /**
   * Gives a peer the new id of a statement that was checked, and notes the old one.
   * @throws NodeError DITS_NODE_NOT_ALLOWED for a peer that is not known, and a new id that somebody has or had
   */
  async rotate(rotation: Pick<Rotation, 'old' | 'new'>): Promise<KnownPeer> {
    return await this.#change((book) => rotatePeer(book, rotation));
  }

  /** Takes back every grant that came with a ticket. The peers stay known; returns those it concerned. */
  async withdrawTicket(ticket: string): Promise<readonly KnownPeer[]> {
    return await this.#change((book) => withdrawTicket(book, ticket));
  }

  /** Limits the traffic with a peer, by id or name. Undefined when it is not known. @throws as `add` */
  async setRates(idOrName: string, rates: PeerRates): Promise<KnownPeer | undefined> {
    return await this.#change((book) => setPeerRates(book, idOrName, rates));
  }

  /**
   * Notes that a known peer was here, and the `HOST:PORT` where it listens, when it was reached there. Peers that come
   * while a note is being written share the next one: a thousand at once must not queue up for the lock.
   */
  noteSeen(peerId: string, address?: string): Promise<void> {
    this.#sightings.set(peerId, address ?? this.#sightings.get(peerId));
    this.#noting ??= this.#noteSightings();
    return this.#noting;
  }

  async #noteSightings(): Promise<void> {
    try {
      while (this.#sightings.size > 0) {
        const book = await this.read();
        const now = this.#now();
        const news = [...this.#sightings].filter(([peerId, address]) =>
          isNews(book.get(peerId), { now, address }),
        );
        this.#sightings.clear();
        if (news.length === 0) continue;
        await this.#change((before) => ({
          book: news.reduce(
            (seen, [peerId, address]) => seePeer(seen, peerId, { now, address }).book,
            before,
          ),
          result: undefined,
        }));
      }
    } finally {
      this.#sightings.clear();
      this.#noting = undefined;
    }
  }

  #change<T>(change: (book: PeerBook) => Changed<T>): Promise<T> {
    return this.#file.change((before) => {
      const { book, result } = change(before);
      return { value: book, result };
    });
  }
}

/** Whether a sighting tells more than the file does: of a known peer, at another address or after some time. */
function isNews(
  known: KnownPeer | undefined,
  seen: { readonly now: Date; readonly address: string | undefined },
): boolean {
  if (known === undefined) return false;
  const { lastSeen, addresses } = known;
  if (seen.address !== undefined && addresses[0] !== seen.address) return true;
  return (
    lastSeen === undefined || seen.now.getTime() - Date.parse(lastSeen) >= LAST_SEEN_PRECISION_MS
  );
}
