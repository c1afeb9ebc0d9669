/**
 * The ids by which the two sides of a connection call each other (RFC 9000 section 5.1). Each keeps some ready for the other,
 * so that a side whose address changes can go on under an id that nobody on the old path has seen.
 */
import { randomBytes } from 'node:crypto';
import { CONNECTION_ID_BYTES } from './quic-limits.ts';
import type { QuicheConnection, QuicheHost } from './quiche.ts';
import type { SocketAddress } from './socket-address.ts';

const RESET_TOKEN_BYTES = 16;

/** Called with an id that leads to the connection from now on, or no longer. */
export type IdHandlers = {
  readonly onNew: (id: Uint8Array) => void;
  readonly onRetired: (id: Uint8Array) => void;
};

export class ConnectionIds {
  readonly #native: QuicheConnection;
  readonly #handlers: IdHandlers | undefined;

  constructor(native: QuicheConnection, handlers: IdHandlers | undefined) {
    this.#native = native;
    this.#handlers = handlers;
  }

  /** Forgets the ids that the peer does not use any more, and gives it others. To be called after packets came in. */
  replaceRetired(): void {
    let retired = this.#native.retiredScidNext();
    if (retired === null) return;
    for (; retired !== null; retired = this.#native.retiredScidNext()) {
      this.#handlers?.onRetired(retired);
    }
    this.supply();
  }

  /** Gives the peer as many ids as it keeps. To be called when the connection is established. */
  supply(): void {
    while (this.#native.sourceCidsLeft() > 0) {
      const id = randomBytes(CONNECTION_ID_BYTES);
      this.#native.newSourceCid(id, resetToken(), false);
      this.#handlers?.onNew(id);
    }
  }

  /**
   * Goes on from another address of this side; false when the connection has used up its ids. quiche keeps the paths that
   * were left, and gives them any id that becomes free, so there are only so many changes to a connection.
   */
  migrate(local: SocketAddress, remote: QuicheHost): boolean {
    try {
      this.#native.migrate({ ...local }, remote);
      return true;
    } catch {
      // Out of ids: the connection stays where it is, and whoever wanted this makes another one.
      return false;
    }
  }

  /**
   * Sends a question on a path that has been left. quiche looks for what got lost on a path only when something that was sent
   * there is acknowledged, and retransmits next to nothing of what was under way on it otherwise; the answer to this is that
   * acknowledgement.
   */
  askOnLeftPath(local: SocketAddress, remote: QuicheHost): void {
    try {
      this.#native.probePath({ ...local }, remote);
    } catch {
      // The path has been dropped, and with it what was under way there.
    }
  }

  /** Where the peer's packets come from now, when that has changed since the last call. */
  peerMovedTo(): SocketAddress | undefined {
    let moved: SocketAddress | undefined;
    for (let event = this.#nextEvent(); event !== null; event = this.#nextEvent()) {
      // The binding calls the addresses of the path "old" and "new"; they are its own and the peer's.
      if (event.type === 'PeerMigrated') moved = event.new;
    }
    return moved;
  }

  #nextEvent(): ReturnType<QuicheConnection['pathEventNext']> | null {
    // The binding's type leaves out that there may be none.
    return this.#native.pathEventNext();
  }
}

/** Nobody here sends stateless resets, so nobody may know the token. */
function resetToken(): bigint {
  return BigInt(`0x${randomBytes(RESET_TOKEN_BYTES).toString('hex')}`);
}
