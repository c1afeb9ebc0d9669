/** Who may come in now, whichever way: known peers, within the limits on connections. */
import type { Connection } from '../../protocol/index.ts';
import { CLOSE_CODE } from '../close-codes.ts';

export type AdmissionLimits = {
  readonly connectionsMax: number;
  readonly connectionsPerPeerMax: number;
};

/** What a peer is told that may not come in. */
export type Refusal = { readonly code: number; readonly reason: string };

export class Admission {
  readonly #admit: (peerId: string) => boolean;
  readonly #limits: AdmissionLimits;
  readonly #open = new Set<Connection>();
  #isRefusing = false;

  /** `admit`: whether a proven identity may connect at all. */
  constructor(admit: (peerId: string) => boolean, limits: AdmissionLimits) {
    this.#admit = admit;
    this.#limits = limits;
  }

  /** Turns newcomers away from now on. */
  refuseNew(): void {
    this.#isRefusing = true;
  }

  /** Why a peer may not connect now, undefined when it may. */
  refusal(peerId: string): Refusal | undefined {
    if (this.#isRefusing) return { code: CLOSE_CODE.stopping, reason: 'the node is stopping' };
    if (!this.#admit(peerId)) {
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
