/** Who may come in now, whichever way: known peers, within the limits on connections. */
import type { Connection } from '../../protocol/index.ts';
import { CLOSE_CODE } from '../close-codes.ts';

export type AdmissionLimits = {
  readonly connectionsMax: number;
  readonly connectionsPerPeerMax: number;
};

/** What a peer is told that may not come in. */
export type Refusal = { readonly code: number; readonly reason: string };

export type AdmissionDeps = {
  /** Whether a proven identity may connect at all. */
  readonly admit: (peerId: string) => boolean;
  /** Looks whether a peer was made known a moment ago; left out where that cannot be. */
  readonly refresh?: ((peerId: string) => Promise<void>) | undefined;
};

export class Admission {
  readonly #deps: AdmissionDeps;
  readonly #limits: AdmissionLimits;
  readonly #open = new Set<Connection>();
  #isRefusing = false;

  constructor(deps: AdmissionDeps, limits: AdmissionLimits) {
    this.#deps = deps;
    this.#limits = limits;
  }

  /** Turns newcomers away from now on. */
  refuseNew(): void {
    this.#isRefusing = true;
  }

  /** To be awaited before `refusal`: nobody is taken for a stranger who has just been made known. */
  async consider(peerId: string): Promise<void> {
    await this.#deps.refresh?.(peerId);
  }

  /** Why a peer may not connect now, undefined when it may. */
  refusal(peerId: string): Refusal | undefined {
    if (this.#isRefusing) return { code: CLOSE_CODE.stopping, reason: 'the node is stopping' };
    if (!this.#deps.admit(peerId)) {
      return { code: CLOSE_CODE.permissionDenied, reason: 'this peer is not known here' };
    }
    const { connectionsMax, connectionsPerPeerMax } = this.#limits;
    const ofPeer = [...this.#open].filter((other) => other.remotePeerId === peerId);
    if (this.#open.size >= connectionsMax || ofPeer.length >= connectionsPerPeerMax) {
      return { code: CLOSE_CODE.rateLimited, reason: 'too many connections' };
    }
    return undefined;
  }

  /** Counts a connection until it has ended. */
  enter(connection: Connection): void {
    this.#open.add(connection);
    void connection.closed.then(() => this.#open.delete(connection));
  }
}
