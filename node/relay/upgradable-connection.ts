/**
 * A connection over a circuit that goes on over a direct one when both peers get through to each other. Streams that are
 * open stay where they are; new ones take the direct way. Bulk moves by itself: its streams are short.
 */
import {
  IncomingStreams,
  type ByteSink,
  type ByteStream,
  type CloseReason,
  type Connection,
  type IncomingStream,
  type LinkPath,
  type LinkStats,
  type PunchAsk,
} from '../../protocol/index.ts';
import type { ControlledConnection, PathControl } from '../dial/path-control.ts';
import type { Logger } from '../logger.ts';
import { PunchSocket, type PunchDeps } from './punch-socket.ts';

export type DirectPathDeps = PunchDeps & { readonly logger: Logger };

type Meet = (socket: PunchSocket, signal: AbortSignal) => Promise<Connection>;

const NOTHING: LinkStats = { bytesSent: 0, bytesReceived: 0 };

export class UpgradableCircuit implements ControlledConnection {
  /** That of the circuit, whose end is the end of the connection. */
  readonly pathControl: PathControl | undefined;
  readonly closed: Promise<CloseReason>;
  readonly #base: Connection;
  readonly #deps: DirectPathDeps;
  readonly #incoming = new IncomingStreams();
  readonly #over = new AbortController();
  #direct: Connection | undefined;
  #socket: PunchSocket | undefined;
  /** Of a direct connection that is gone. */
  #past: LinkStats = NOTHING;
  #punching: Promise<void> | undefined;
  #isOver = false;

  constructor(base: ControlledConnection, deps: DirectPathDeps) {
    this.pathControl = base.pathControl;
    this.#base = base;
    this.#deps = deps;
    this.closed = base.closed.then(async (reason) => {
      this.#isOver = true;
      this.#over.abort(new Error('the connection ended'));
      this.#incoming.end();
      await this.#punching;
      await this.#socket?.close();
      return reason;
    });
    void this.#pump(base);
  }

  get remotePeerId(): string {
    return this.#base.remotePeerId;
  }

  get remoteAddress(): string {
    return (this.#direct ?? this.#base).remoteAddress;
  }

  /** The path that new streams take. */
  get path(): LinkPath {
    return (this.#direct ?? this.#base).path;
  }

  /** Why this path was taken. */
  get pathReason(): string | undefined {
    if (this.#direct === undefined) return undefined;
    return `a direct path was found after meeting at ${this.#base.remoteAddress}`;
  }

  openStream(): Promise<ByteStream> {
    return (this.#direct ?? this.#base).openStream();
  }

  openSink(): Promise<ByteSink> {
    return (this.#direct ?? this.#base).openSink();
  }

  incoming(): AsyncIterable<IncomingStream> {
    return this.#incoming.take();
  }

  stats(): LinkStats {
    const base = this.#base.stats();
    const direct = this.#direct?.stats() ?? NOTHING;
    return {
      bytesSent: base.bytesSent + direct.bytesSent + this.#past.bytesSent,
      bytesReceived: base.bytesReceived + direct.bytesReceived + this.#past.bytesReceived,
    };
  }

  async close(code: number, reason: string): Promise<void> {
    await this.#direct?.close(code, reason);
    await this.#base.close(code, reason);
    await this.closed;
  }

  /** For the peer that asked for the circuit. */
  async upgrade(ask: PunchAsk, signal: AbortSignal): Promise<void> {
    await this.#punch(signal, async (socket, either) => {
      const addresses = await ask(socket.addresses);
      return await socket.dial(addresses, either);
    });
  }

  /** For the other peer; returns where to dial, and goes on waiting for the one who asked. */
  async answerPunch(addresses: readonly string[]): Promise<readonly string[]> {
    let tell: (own: readonly string[]) => void = () => undefined;
    const told = new Promise<readonly string[]>((resolve) => {
      tell = resolve;
    });
    const punching = this.#punch(this.#over.signal, async (socket, either) => {
      tell(socket.addresses);
      return await socket.expect(addresses, either);
    });
    // Without a socket there is nowhere to dial: the asker finds that out at once.
    return await Promise.race([told, punching.then(() => [])]);
  }

  /** Once in the life of a connection: what did not work will not. */
  async #punch(signal: AbortSignal, meet: Meet): Promise<void> {
    if (this.#punching !== undefined || this.#isOver || !this.#deps.settings.holePunching) return;
    this.#punching = this.#tryPunching(signal, meet);
    await this.#punching;
  }

  async #tryPunching(signal: AbortSignal, meet: Meet): Promise<void> {
    const either = AbortSignal.any([signal, this.#over.signal]);
    const { peerId, logger } = this.#deps;
    try {
      this.#socket = await PunchSocket.open(this.#deps, either);
      const direct = await meet(this.#socket, either);
      either.throwIfAborted();
      this.#adopt(direct);
      logger.info('circuit.upgraded', { peerId, address: direct.remoteAddress });
    } catch (error) {
      // The circuit goes on.
      await this.#socket?.close();
      const reason = error instanceof Error ? error.message : String(error);
      logger.debug('circuit.not-upgraded', { peerId, reason });
    }
  }

  #adopt(direct: Connection): void {
    this.#direct = direct;
    void this.#pump(direct);
    void direct.closed.then(async () => {
      this.#past = direct.stats();
      this.#direct = undefined;
      await this.#socket?.close();
    });
  }

  async #pump(connection: Connection): Promise<void> {
    for await (const stream of connection.incoming()) {
      this.#incoming.add(stream);
    }
  }
}
