/** Whose signature a commit carries, by the names that are known here. */
import {
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
  /** Whether it is this machine's own key. */
  readonly isOwn?: boolean;
};

export class SignatureReader {
  readonly #book: PeerBook;
  readonly #ownId: string;

  private constructor(book: PeerBook, ownId: string) {
    this.#book = book;
    this.#ownId = ownId;
  }

  static async create({ home }: CommandContext): Promise<SignatureReader> {
    const book = await new TrustFile(home, { now: () => new Date() }).read();
    const { peerId } = await loadOrCreateIdentity(home);
    return new SignatureReader(book, peerId);
  }

  read(commit: Commit): SignatureFields {
    const signature = checkCommitSignature(commit);
    if (signature.state === 'none') return signature;
    const { state, peerId } = signature;
    const isOwn = peerId === this.#ownId;
    return { state, peerId, name: this.#book.nameOf(peerId) ?? null, isOwn };
  }
}
