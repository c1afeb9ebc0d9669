/** Whose signature a commit carries, by the names that are known here. */
import {
  RotationFile,
  TrustFile,
  checkCommitSignature,
  loadOrCreateIdentity,
  type PeerBook,
} from '../node/index.ts';
import type { Commit } from '../store/index.ts';
import type { CommandContext } from './command-context.ts';

/** `signature` of a commit in JSON. */
export type SignatureFields = {
  readonly state: 'none' | 'good' | 'bad';
  /** Whose key it says it is. */
  readonly peerId?: string;
  /** What that peer is called here; null for one that is not known. */
  readonly name?: string | null;
  /** Whether it is this machine's own key, or was. */
  readonly isOwn?: boolean;
};

export class SignatureReader {
  readonly #book: PeerBook;
  readonly #ownIds: readonly string[];

  private constructor(book: PeerBook, ownIds: readonly string[]) {
    this.#book = book;
    this.#ownIds = ownIds;
  }

  static async create({ home }: CommandContext): Promise<SignatureReader> {
    const book = await new TrustFile(home, { now: () => new Date() }).read();
    const { peerId } = await loadOrCreateIdentity(home);
    const former = (await new RotationFile(home).read()).map(({ rotation }) => rotation.old);
    return new SignatureReader(book, [peerId, ...former]);
  }

  read(commit: Commit): SignatureFields {
    const signature = checkCommitSignature(commit);
    if (signature.state === 'none') return signature;
    const { state, peerId } = signature;
    const isOwn = this.#ownIds.includes(peerId);
    return { state, peerId, name: this.#book.nameOf(peerId) ?? null, isOwn };
  }
}
