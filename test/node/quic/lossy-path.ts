/** A path to a listener that loses datagrams of the dialler when it is told to. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import type { SocketAddress } from '../../../node/quic/socket-address.ts';

/** Longer than acknowledgements are held back (RFC 9000 section 18.2, max_ack_delay), with room for a busy machine. */
const QUIET_MS = 100;

export class LossyPath {
  readonly #near = dgram.createSocket('udp4');
  readonly #far = dgram.createSocket('udp4');
  #toDropCount = 0;
  #onMoved: () => void = () => undefined;

  static async open(listener: SocketAddress): Promise<LossyPath> {
    const path = new LossyPath();
    let dialler: dgram.RemoteInfo | undefined;
    path.#near.on('message', (bytes, from) => {
      dialler = from;
      path.#onMoved();
      if (path.#toDropCount > 0) path.#toDropCount--;
      else path.#far.send(bytes, listener.port, listener.host);
    });
    path.#far.on('message', (bytes) => {
      path.#onMoved();
      if (dialler !== undefined) path.#near.send(bytes, dialler.port, dialler.address);
    });
    for (const socket of [path.#near, path.#far]) {
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
    }
    return path;
  }

  /** Where to dial. */
  get address(): SocketAddress {
    const { address, port } = this.#near.address();
    return { host: address, port };
  }

  /** Datagrams of the dialler that are still to be lost. */
  get toDropCount(): number {
    return this.#toDropCount;
  }

  dropNext(count: number): void {
    this.#toDropCount = count;
  }

  /** Waits until nothing has moved for a while: everything is acknowledged. */
  async quiet(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#onMoved = () => undefined;
        resolve();
      }, QUIET_MS);
      this.#onMoved = () => timer.refresh();
    });
  }

  async close(): Promise<void> {
    const closed = [this.#near, this.#far].map((socket) => once(socket, 'close'));
    this.#near.close();
    this.#far.close();
    await Promise.all(closed);
  }
}
