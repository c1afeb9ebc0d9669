/** Where the peer of a connection is, and was: on which address a packet of quiche's goes out. */
import { plainAddress } from './path-size.ts';
import type { QuicheHost } from './quiche.ts';
import type { SocketAddress } from './socket-address.ts';

export class PeerAddress {
  #current: SocketAddress;
  #quiche: QuicheHost;
  /** Addresses that were left, by their text; no more of them than a connection has ids. */
  readonly #left = new Set<string>();

  constructor(current: SocketAddress) {
    this.#current = current;
    this.#quiche = quicheHost(current);
  }

  /** As the socket names it (with an IPv6 zone where there is one). */
  get current(): SocketAddress {
    return this.#current;
  }

  /** As quiche names it. */
  get quiche(): QuicheHost {
    return this.#quiche;
  }

  /** Whether a packet comes from where the peer is. */
  isCurrent({ host, port }: SocketAddress): boolean {
    return port === this.#current.port && host === this.#current.host;
  }

  /**
   * Where a packet is sent that quiche wants sent to `to`. What it has to say about a path that was left goes where the peer
   * is now: the answer is what matters.
   */
  routeOf(to: QuicheHost): SocketAddress {
    const isCurrent = to.port === this.#quiche.port && to.host === this.#quiche.host;
    return isCurrent || this.#left.has(keyOf(to)) ? this.#current : to;
  }

  moveTo(address: SocketAddress): void {
    this.#left.add(keyOf(this.#quiche));
    this.#current = address;
    this.#quiche = quicheHost(address);
    this.#left.delete(keyOf(this.#quiche));
  }
}

export function quicheHost({ host, port }: SocketAddress): QuicheHost {
  return { host: plainAddress(host), port };
}

function keyOf({ host, port }: QuicheHost): string {
  return `${host} ${port}`;
}
