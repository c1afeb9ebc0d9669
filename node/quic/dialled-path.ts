/**
 * The dialler's end of a path: the socket of one connection, and the way to another one when this machine has got another
 * address (RFC 9000 section 9).
 */
import type { OwnAddress } from '../dial/path-control.ts';
import { NodeError } from '../node-error.ts';
import { DatagramSocket, type DatagramHandlers } from './datagram-socket.ts';
import type { QuicEngine } from './quic-engine.ts';
import type { SocketAddress } from './socket-address.ts';

/** Reports of "nobody listens here", with nothing heard in between, after which an established connection is given up. */
const REFUSALS_MAX = 3;

const DEAF: DatagramHandlers = {
  onDatagrams: () => undefined,
  onRoom: () => undefined,
  onTrouble: () => undefined,
};

export class DialledPath implements OwnAddress {
  readonly engine: QuicEngine;
  #socket: DatagramSocket;
  #current: SocketAddress;
  #changing: Promise<boolean> | undefined;
  #refusals = 0;
  #receivedAtRefusal = 0;

  /** Takes over a connected socket. */
  constructor(engine: QuicEngine, socket: DatagramSocket) {
    this.engine = engine;
    this.#socket = socket;
    this.#current = socket.localAddress;
    this.#listen(socket);
    engine.onGone = () => {
      void this.#socket.close();
    };
  }

  get current(): SocketAddress {
    return this.#current;
  }

  get remote(): SocketAddress {
    return this.engine.remote;
  }

  /** Goes on from a fresh socket; the system chooses its address by the routes it has now. */
  change(): Promise<boolean> {
    this.#changing ??= this.#change().finally(() => {
      this.#changing = undefined;
    });
    return this.#changing;
  }

  async #change(): Promise<boolean> {
    let fresh: DatagramSocket;
    try {
      fresh = await DatagramSocket.connect(this.engine.remote);
    } catch (error) {
      // There is no way to the peer from here, yet.
      if (error instanceof NodeError) return false;
      throw error;
    }
    const before = this.engine.moveTo(fresh, fresh.localAddress);
    if (before === undefined) {
      await fresh.close();
      return false;
    }
    this.#socket = fresh;
    this.#current = fresh.localAddress;
    this.#listen(fresh);
    before.setHandlers(DEAF);
    void before.close();
    return true;
  }

  #listen(socket: DatagramSocket): void {
    socket.setHandlers({
      onDatagrams: (bytes, from) => {
        this.engine.receive(bytes, from);
      },
      onRoom: () => {
        this.engine.onRoom();
      },
      onTrouble: (trouble) => {
        if (trouble === 'too-big') this.engine.onTooBig();
        else this.#onRefused();
      },
    });
  }

  #onRefused(): void {
    const { engine } = this;
    this.#refusals = engine.bytesReceived === this.#receivedAtRefusal ? this.#refusals + 1 : 1;
    this.#receivedAtRefusal = engine.bytesReceived;
    if (!engine.native.isEstablished() || this.#refusals >= REFUSALS_MAX) {
      engine.destroy({ by: 'transport', code: 0, reason: 'nobody listens at the address' });
    } else {
      // One report may be forged or stale; a peer that lives answers before there are enough of them.
      engine.probe();
    }
  }
}
