/** A connection to a peer over a circuit, with what lies under it: the session with the relay ends when it does. */
import type {
  ByteSink,
  ByteStream,
  CloseReason,
  Connection,
  IncomingStream,
  LinkPath,
  LinkStats,
  Session,
} from '../../protocol/index.ts';
import type { ControlledConnection, PathControl } from '../dial/path-control.ts';

/** What a relayed connection lies on. */
export type RelayedOver = {
  readonly session: Session;
  /** The connection to the relay. */
  readonly link: ControlledConnection;
};

export class RelayedConnection implements ControlledConnection {
  /** That of the way to the relay: what lies behind it is the relay's to watch. */
  readonly pathControl: PathControl | undefined;
  readonly closed: Promise<CloseReason>;
  readonly #inner: Connection;
  readonly #session: Session;
  #closing: Promise<void> | undefined;

  constructor(inner: Connection, { session, link }: RelayedOver) {
    this.pathControl = link.pathControl;
    this.#inner = inner;
    this.#session = session;
    this.closed = inner.closed.then(async (reason) => {
      await session.close();
      return reason;
    });
  }

  get remotePeerId(): string {
    return this.#inner.remotePeerId;
  }

  get remoteAddress(): string {
    return this.#inner.remoteAddress;
  }

  get path(): LinkPath {
    return this.#inner.path;
  }

  openStream(): Promise<ByteStream> {
    return this.#inner.openStream();
  }

  openSink(): Promise<ByteSink> {
    return this.#inner.openSink();
  }

  incoming(): AsyncIterable<IncomingStream> {
    return this.#inner.incoming();
  }

  /** What crossed this machine's link: the circuit's bytes are inside those of the relay's connection. */
  stats(): LinkStats {
    return this.#session.stats();
  }

  close(code: number, reason: string): Promise<void> {
    this.#closing ??= this.#close(code, reason);
    return this.#closing;
  }

  async #close(code: number, reason: string): Promise<void> {
    await this.#inner.close(code, reason);
    await this.#session.close();
  }
}
