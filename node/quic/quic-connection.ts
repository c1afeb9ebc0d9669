/** An authenticated QUIC connection as the protocol sees it (protocol/connection.ts), on top of the engine. */
import {
  IncomingStreams,
  ProtocolError,
  type ByteSink,
  type ByteStream,
  type CloseReason,
  type IncomingStream,
  type LinkPath,
  type LinkStats,
} from '../../protocol/index.ts';
import { CLOSE_CODE } from '../close-codes.ts';
import type { ControlledConnection, OwnAddress, PathControl } from '../dial/path-control.ts';
import type { SocketAddress } from './socket-address.ts';
import type { EngineOwner, QuicEngine } from './quic-engine.ts';
import { QuicStream } from './quic-stream.ts';
import { isStreamLimit, type QuicheConnection } from './quiche.ts';
import type { HoldingWriter, StreamHost } from './stream-core.ts';

/** The two low bits of a stream id (RFC 9000 section 2.1). */
const SERVER_BIT = 0b01;
const UNIDIRECTIONAL_BIT = 0b10;
const STREAM_ID_STEP = 4;
/** Requests and control go before bulk data; quiche's default urgency is 127, and less is more urgent. */
const URGENCY_BIDIRECTIONAL = 100;
const URGENCY_UNIDIRECTIONAL = 127;

/** Time for data to be lost, sent again and acknowledged: round trips, and the fixed parts of timers (RFC 9002 section 6.2). */
const SETTLE_ROUND_TRIPS = 4;
const SETTLE_MIN_MS = 50;

const NOTHING = new Uint8Array(0);

type Opener = {
  readonly isUnidirectional: boolean;
  readonly resolve: (stream: QuicStream) => void;
  readonly reject: (error: Error) => void;
};

export type QuicConnectionOptions = {
  readonly role: 'client' | 'server';
  readonly remotePeerId: string;
  /** Undefined for the side that was dialled: its address is the one it listens on. */
  readonly ownAddress?: OwnAddress | undefined;
};

export class QuicConnection implements ControlledConnection, PathControl, EngineOwner, StreamHost {
  readonly remotePeerId: string;
  readonly path: LinkPath = 'quic';
  readonly closed: Promise<CloseReason>;
  readonly native: QuicheConnection;
  readonly ownAddress: OwnAddress | undefined;
  /** Called when packets go another way from now on: either side has another address. */
  onPathChanged: () => void = () => undefined;
  /** The id that the listener gave the connection: both ends know it, nobody can guess it. `CONNECTION_ID_BYTES` long. */
  readonly connectionId: Uint8Array;
  readonly #engine: QuicEngine;
  readonly #streams = new Map<number, QuicStream>();
  readonly #openers: Opener[] = [];
  readonly #incoming = new IncomingStreams();
  readonly #ownBit: number;
  /** Next ids, by the unidirectional bit: opened here, and expected from the peer. */
  readonly #nextOwn = [0, 0];
  readonly #nextPeer = [0, 0];
  #resolveClosed: (reason: CloseReason) => void = () => undefined;
  #lost: ProtocolError | undefined;
  #firstWriter = 0;
  /** Streams that keep back the last byte of a write. */
  readonly #holding = new Set<HoldingWriter>();

  constructor(engine: QuicEngine, options: QuicConnectionOptions) {
    this.#engine = engine;
    this.native = engine.native;
    this.remotePeerId = options.remotePeerId;
    this.ownAddress = options.ownAddress;
    engine.onPathChanged = () => {
      this.onPathChanged();
    };
    const isServer = options.role === 'server';
    this.connectionId = isServer ? engine.native.sourceId() : engine.native.destinationId();
    this.#ownBit = isServer ? SERVER_BIT : 0;
    for (const bit of [0, 1]) {
      this.#nextOwn[bit] = this.#ownBit | (bit * UNIDIRECTIONAL_BIT);
      this.#nextPeer[bit] = (this.#ownBit ^ SERVER_BIT) | (bit * UNIDIRECTIONAL_BIT);
    }
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    engine.setOwner(this);
  }

  /** Where the peer's packets come from. */
  get remote(): SocketAddress {
    return this.#engine.remote;
  }

  get remoteAddress(): string {
    const { host, port } = this.#engine.remote;
    return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  }

  async openStream(): Promise<ByteStream> {
    return await this.#open(false);
  }

  async openSink(): Promise<ByteSink> {
    return await this.#open(true);
  }

  incoming(): AsyncIterable<IncomingStream> {
    return this.#incoming.take();
  }

  stats(): LinkStats {
    return { bytesSent: this.#engine.bytesSent, bytesReceived: this.#engine.bytesReceived };
  }

  /** Datagram size in use towards the peer, for diagnostics. */
  get datagramBytes(): number {
    return this.#engine.payloadBytes;
  }

  async close(code: number, reason: string): Promise<void> {
    await this.#engine.close(code, reason);
  }

  /** Closes at once, without waiting for what was written. */
  abort(code: number, reason: string): void {
    this.#engine.abort(code, reason);
  }

  get pathControl(): PathControl {
    return this;
  }

  heardBytes(): number {
    return this.#engine.bytesReceived;
  }

  /** Asks the peer for a sign of life, now. */
  probe(): void {
    this.#engine.probe();
  }

  /** Ends here and now. The peer is told, in case it still hears us; everybody who waits learns that the connection is lost. */
  abandon(reason: string): void {
    this.abort(CLOSE_CODE.normal, reason);
  }

  /** Disappears without a word, as a crash or a pulled cable would. For tests. */
  vanish(): void {
    this.#engine.destroy({ by: 'local', code: 0, reason: 'vanished' });
  }

  schedule(): void {
    this.#engine.schedule();
  }

  sendNow(): void {
    this.#engine.sendNow();
  }

  lostError(): ProtocolError | undefined {
    return this.#lost;
  }

  holds(writer: HoldingWriter): void {
    this.#holding.add(writer);
  }

  /** Smoothed round trip of the path, in milliseconds. */
  get roundTripMs(): number {
    return this.native.pathStats().find((path) => path.active)?.rtt ?? 0;
  }

  settleMs(): number {
    return SETTLE_MIN_MS + SETTLE_ROUND_TRIPS * this.roundTripMs;
  }

  lostCount(): number {
    return this.native.stats().lost;
  }

  isAllAcknowledged(): boolean {
    return this.#engine.isAllAcknowledged;
  }

  onStreamDone(streamId: number): void {
    this.#streams.delete(streamId);
  }

  hasPendingWrites(): boolean {
    for (const stream of this.#streams.values()) if (stream.hasPendingWrite) return true;
    return false;
  }

  onReceived(): void {
    this.#pumpReads();
  }

  onProgress(): void {
    // What a write leaves behind in this step stays until the next one: its caller may be about to end the stream.
    this.#flushHeld();
    this.#pumpWrites();
    this.#serveOpeners();
    if (this.#holding.size > 0) this.schedule();
  }

  onEnded(reason: CloseReason): void {
    this.#pumpReads();
    const why = reason.reason === '' ? '' : `: ${reason.reason}`;
    this.#lost = new ProtocolError(
      'DITS_PROTOCOL_CONNECTION_LOST',
      `the connection to ${this.remoteAddress} ended${why}`,
      { details: { by: reason.by, code: reason.code } },
    );
    for (const stream of this.#streams.values()) stream.fail(this.#lost);
    for (const opener of this.#openers.splice(0)) opener.reject(this.#lost);
    this.#incoming.end();
    this.#resolveClosed(reason);
  }

  #pumpReads(): void {
    for (const streamId of this.native.readable()) {
      const stream = this.#streams.get(streamId) ?? this.#arrive(streamId);
      stream?.onReadable();
    }
    for (const stream of this.#streams.values()) stream.pumpRead();
  }

  /** Lets waiting writers go on: requests first, then bulk streams, beginning with another one each time. */
  #pumpWrites(): void {
    const bulk: QuicStream[] = [];
    for (const [streamId, stream] of this.#streams) {
      if (!stream.hasPendingWrite) continue;
      if ((streamId & UNIDIRECTIONAL_BIT) === 0) stream.pumpWrite();
      else bulk.push(stream);
    }
    if (bulk.length === 0) return;
    this.#firstWriter = (this.#firstWriter + 1) % bulk.length;
    for (let index = 0; index < bulk.length; index++) {
      bulk[(this.#firstWriter + index) % bulk.length]!.pumpWrite();
    }
  }

  #flushHeld(): void {
    for (const writer of this.#holding) {
      if (writer.flushHeld()) this.#holding.delete(writer);
    }
  }

  /** Registers a stream of the peer. A stream opens all streams of its kind with lower ids (RFC 9000 section 2.1). */
  #arrive(streamId: number): QuicStream | undefined {
    if ((streamId & SERVER_BIT) === this.#ownBit) return undefined;
    const isUnidirectional = (streamId & UNIDIRECTIONAL_BIT) !== 0;
    const kindIndex = Number(isUnidirectional);
    let newest: QuicStream | undefined;
    while (this.#nextPeer[kindIndex]! <= streamId) {
      const id = this.#nextPeer[kindIndex]!;
      this.#nextPeer[kindIndex] = id + STREAM_ID_STEP;
      newest = new QuicStream(id, this, {
        canRead: true,
        canWrite: !isUnidirectional,
        opener: 'peer',
      });
      this.#streams.set(id, newest);
      this.#incoming.add(
        isUnidirectional
          ? { kind: 'unidirectional', source: newest }
          : { kind: 'bidirectional', stream: newest },
      );
    }
    return newest;
  }

  async #open(isUnidirectional: boolean): Promise<QuicStream> {
    if (this.#lost !== undefined) throw this.#lost;
    return await new Promise<QuicStream>((resolve, reject) => {
      this.#openers.push({ isUnidirectional, resolve, reject });
      this.#serveOpeners();
    });
  }

  /** Opens what the peer's limits allow; the rest waits for streams to end. Each kind has its own limit. */
  #serveOpeners(): void {
    const isFull = [false, false];
    for (let index = 0; index < this.#openers.length;) {
      const opener = this.#openers[index]!;
      const kindIndex = Number(opener.isUnidirectional);
      const stream =
        isFull[kindIndex] === true ? undefined : this.#tryOpen(opener.isUnidirectional);
      if (stream === undefined) {
        isFull[kindIndex] = true;
        index++;
        continue;
      }
      this.#openers.splice(index, 1);
      opener.resolve(stream);
    }
  }

  #tryOpen(isUnidirectional: boolean): QuicStream | undefined {
    const kindIndex = Number(isUnidirectional);
    const left = isUnidirectional
      ? this.native.peerStreamsLeftUni()
      : this.native.peerStreamsLeftBidi();
    if (left === 0) return undefined;
    const id = this.#nextOwn[kindIndex]!;
    try {
      this.native.streamSend(id, NOTHING, false);
    } catch (error) {
      if (isStreamLimit(error)) return undefined;
      throw error;
    }
    this.#nextOwn[kindIndex] = id + STREAM_ID_STEP;
    const urgency = isUnidirectional ? URGENCY_UNIDIRECTIONAL : URGENCY_BIDIRECTIONAL;
    this.native.streamPriority(id, urgency, true);
    const stream = new QuicStream(id, this, {
      canRead: !isUnidirectional,
      canWrite: true,
      opener: 'local',
    });
    this.#streams.set(id, stream);
    return stream;
  }
}
