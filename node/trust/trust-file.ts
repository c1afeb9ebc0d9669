/** The known peers of a home folder, on disk. Changed by whole-file replacement under a lock between processes. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lockPath, replaceFile } from '../../store/index.ts';
import type { Access } from '../../protocol/index.ts';
import { isErrno } from '../errno.ts';
import { isPeerId } from '../identity/peer-id.ts';
import { NodeError } from '../node-error.ts';
import { PeerBook, type KnownPeer } from './peer-book.ts';
import { formatPeers, grantNameProblem, parsePeers, peerNameProblem } from './peers-format.ts';

const PEERS_FILE_NAME = 'peers.toml';
const LOCK_FILE_NAME = 'peers.lock';
const LOCK_TIMEOUT_MS = 10_000;
const OWNER_ONLY_FOLDER = 0o700;
/** Room for `PEERS_COUNT_MAX` peers with a few grants each. */
const PEERS_FILE_SIZE_MAX_BYTES: number = 16 * 1024 * 1024;
/** How stale `last_seen` may get: a write per connection would keep the disk busy for nothing. */
const LAST_SEEN_PRECISION_MS = 3_600_000;

export type Grant = { readonly repository: string; readonly access: Access };

export type NewPeer = {
  readonly peerId: string;
  /** Left out keeps the name it has, or makes one from its id. */
  readonly name?: string | undefined;
  /** Added to the grants it has; the same repository is replaced. */
  readonly grants?: readonly Grant[] | undefined;
};

export class TrustFile {
  readonly path: string;
  readonly #home: string;
  readonly #now: () => Date;

  constructor(home: string, deps: { readonly now: () => Date }) {
    this.#home = home;
    this.path = join(home, PEERS_FILE_NAME);
    this.#now = deps.now;
  }

  /** @throws NodeError DITS_NODE_TRUST_CORRUPT, DITS_NODE_IO */
  async read(): Promise<PeerBook> {
    try {
      const { size } = await stat(this.path);
      if (size > PEERS_FILE_SIZE_MAX_BYTES) {
        throw new NodeError(
          'DITS_NODE_TRUST_CORRUPT',
          `${this.path} is too big to be a peers file`,
        );
      }
      return parsePeers(await readFile(this.path, 'utf8'), this.path);
    } catch (cause) {
      if (isErrno(cause, 'ENOENT')) return new PeerBook([]);
      if (cause instanceof NodeError) throw cause;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new NodeError('DITS_NODE_IO', `cannot read the known peers: ${why}`, {
        cause,
        hint: `Check ${this.path} and its permissions, or point DITS_HOME at another folder.`,
        details: { path: this.path },
      });
    }
  }

  /** Changes when the file does; compared by the watcher. */
  async version(): Promise<string> {
    try {
      const { mtimeMs, ino, size } = await stat(this.path);
      return `${ino}:${size}:${mtimeMs}`;
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return 'absent';
      throw error;
    }
  }

  /**
   * Makes a peer known, or gives a known one more grants or another name.
   * @throws NodeError DITS_NODE_BAD_ADDRESS for an id, name or repository that is not allowed; as `read`
   */
  async add(peer: NewPeer): Promise<KnownPeer> {
    checkNewPeer(peer);
    return await this.#change((book) => {
      const old = book.get(peer.peerId);
      const name = peer.name ?? old?.name ?? defaultName(peer.peerId, book);
      const namesake = book.find(name);
      if (namesake !== undefined && namesake.peerId !== peer.peerId) {
        throw new NodeError('DITS_NODE_BAD_ADDRESS', `another peer is called ${name} already`, {
          hint: 'Choose another name with --name.',
        });
      }
      const added = (peer.grants ?? []).map(({ repository, access }) => [repository, access]);
      const changed: KnownPeer = {
        peerId: peer.peerId,
        name,
        grants: { ...old?.grants, ...(Object.fromEntries(added) as Record<string, Access>) },
        firstSeen: old?.firstSeen ?? this.#now().toISOString(),
        lastSeen: old?.lastSeen,
      };
      const others = book.peers.filter(({ peerId }) => peerId !== peer.peerId);
      return { book: new PeerBook([...others, changed]), result: changed };
    });
  }

  /** Forgets a peer, by id or name, with all its grants. Returns it, or undefined when it was not known. */
  async remove(idOrName: string): Promise<KnownPeer | undefined> {
    return await this.#change((book) => {
      const found = book.find(idOrName);
      if (found === undefined) return { book, result: undefined };
      return { book: new PeerBook(book.peers.filter((peer) => peer !== found)), result: found };
    });
  }

  /** Notes that a known peer was here. */
  async noteSeen(peerId: string): Promise<void> {
    const now = this.#now();
    const isRecent = ({ lastSeen }: KnownPeer): boolean =>
      lastSeen !== undefined && now.getTime() - Date.parse(lastSeen) < LAST_SEEN_PRECISION_MS;
    const known = (await this.read()).get(peerId);
    if (known === undefined || isRecent(known)) return;
    await this.#change((book) => {
      const peers = book.peers.map((peer) =>
        peer.peerId === peerId ? { ...peer, lastSeen: now.toISOString() } : peer,
      );
      return { book: new PeerBook(peers), result: undefined };
    });
  }

  async #change<T>(
    change: (book: PeerBook) => { readonly book: PeerBook; readonly result: T },
  ): Promise<T> {
    await mkdir(this.#home, { recursive: true, mode: OWNER_ONLY_FOLDER });
    const lock = await lockPath(join(this.#home, LOCK_FILE_NAME), 'exclusive', {
      timeoutMs: LOCK_TIMEOUT_MS,
      subject: 'the known peers',
    });
    try {
      const before = await this.read();
      const { book, result } = change(before);
      if (book !== before) await replaceFile(this.path, formatPeers(book));
      return result;
    } finally {
      await lock.release();
    }
  }
}

function checkNewPeer({ peerId, name, grants = [] }: NewPeer): void {
  if (!isPeerId(peerId)) {
    throw new NodeError('DITS_NODE_BAD_ADDRESS', 'this is no peer id', {
      hint: 'A peer id begins with 12D3KooW; `dits id` shows it on the other machine.',
    });
  }
  const nameProblem = name === undefined ? undefined : peerNameProblem(name);
  if (nameProblem !== undefined) {
    throw new NodeError('DITS_NODE_BAD_ADDRESS', `the name of a peer ${nameProblem}`);
  }
  for (const { repository } of grants) {
    const problem = grantNameProblem(repository);
    if (problem !== undefined) {
      throw new NodeError('DITS_NODE_BAD_ADDRESS', `the name of the repository ${problem}`);
    }
  }
}

/** The end of the id, which is what differs between peers; longer when the short form is taken. */
function defaultName(peerId: string, book: PeerBook): string {
  for (let length = 8; length < peerId.length; length++) {
    const name = `peer-${peerId.slice(-length)}`;
    if (book.find(name) === undefined) return name;
  }
  return `peer-${peerId}`;
}
