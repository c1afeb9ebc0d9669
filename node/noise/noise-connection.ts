/** An authenticated connection over Noise and yamux as the protocol sees it (protocol/connection.ts). */
import type { MessageStream, Stream } from '@libp2p/interface';
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
import type { ControlledConnection, PathControl } from '../dial/path-control.ts';
import type { ChannelMuxer, ChannelRole, Handshaken } from './channel-handshake.ts';
import { ControlChannel } from './control-channel.ts';
import type { ControlRecord } from './control-records.ts';
import { piecesOf, type DuplexStream } from './duplex-stream.ts';
import { FrameGuard } from './frame-guard.ts';
import { CLOSE_LINGER_MAX_MS, OWN_STREAMS_MAX, UNTAKEN_STREAMS_MAX } from './noise-limits.ts';
import { NoiseStream, type NoiseStreamHost, type StreamKind } from './noise-stream.ts';
import { SilenceWatch } from './silence-watch.ts';
import { acceptStream, offerStream, type TakeBytes } from './stream-intake.ts';

export type NoiseConnectionOptions = {
  readonly role: ChannelRole;
  readonly path: LinkPath;
  readonly remoteAddress: string;
  /** Silence after which the peer counts as gone, in milliseconds. */
  readonly idleTimeoutMs: number;
};

type Opener = { readonly resolve: () => void; readonly reject: (error: Error) => void };

export class NoiseConnection implements ControlledConnection, NoiseStreamHost {
  readonly remotePeerId: string;
  readonly remoteAddress: string;
  readonly path: LinkPath;
  readonly closed: Promise<CloseReason>;
  /** Set by whoever knows the link below. */
  pathControl: PathControl | undefined;
  readonly #link: DuplexStream;
  readonly #secured: MessageStream;
  readonly #muxer: ChannelMuxer;
  readonly #control: ControlChannel;
  readonly #silence: SilenceWatch;
  readonly #streams = new Map<number, NoiseStream>();
  readonly #incoming = new IncomingStreams();
  readonly #openers: Opener[] = [];
  readonly #ownIdRemainder: number;
  #ownCount = 0;
  #pathReason: string | undefined;
  #resolveClosed: (reason: CloseReason) => void = () => undefined;
  #closing: Promise<void> | undefined;
  #lost: ProtocolError | undefined;

  /** Takes over a link whose handshake is done. `linkOver` resolves when nothing more comes from it. */
  constructor(
    { link, linkOver }: { readonly link: DuplexStream; readonly linkOver: Promise<unknown> },
    handshaken: Handshaken,
    options: NoiseConnectionOptions,
  ) {
    this.#link = link;
    this.#secured = handshaken.secured;
    this.remotePeerId = handshaken.remotePeerId;
    this.remoteAddress = options.remoteAddress;
    this.path = options.path;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    const guard = new FrameGuard(() => this.isLinkFull());
    handshaken.secured.addEventListener('message', ({ data }) => {
      for (const piece of piecesOf(data)) {
        if (!guard.isHarmless(piece)) link.abort(new Error('frames beyond all bounds'));
      }
    });
    this.#muxer = handshaken.createMuxer();
    // Yamux numbers the dialler's streams oddly, the other side's evenly.
    this.#ownIdRemainder = options.role === 'dialler' ? 1 : 0;
    this.#muxer.addEventListener('stream', ({ detail }) => this.#onStream(detail));
    this.#control = new ControlChannel(this.#muxer, () => this.#violated());
    this.#silence = new SilenceWatch(options.idleTimeoutMs, {
      lastHeardMs: () => link.lastReceivedMs,
      onSilent: () => {
        this.#finish({ by: 'timeout', code: 0, reason: 'nothing came for too long' });
        link.destroy();
      },
    });
    void linkOver.then((error) => {
      const reason = error instanceof Error ? error.message : 'the peer hung up';
      this.#finish({ by: 'transport', code: 0, reason });
      link.destroy();
    });
  }

  /** Why this path was taken, as the dialler has it; undefined when it has not said. */
  get pathReason(): string | undefined {
    return this.#pathReason;
  }

  async openStream(): Promise<ByteStream> {
    return await this.#open('bidirectional');
  }

  async openSink(): Promise<ByteSink> {
    return await this.#open('sink');
  }

  incoming(): AsyncIterable<IncomingStream> {
    return this.#incoming.take();
  }

  stats(): LinkStats {
    return { bytesSent: this.#link.bytesSent, bytesReceived: this.#link.bytesReceived };
  }

  close(code: number, reason: string): Promise<void> {
    this.#closing ??= this.#close(code, reason);
    return this.#closing;
  }

  /** Notes why this path was taken, and tells the peer, for people to read. */
  explainPath(text: string): void {
    this.#pathReason = text;
    this.tell({ kind: 'path-reason', stream: 0, code: 0, text });
  }

  /** Asks the peer for a sign of life. */
  probe(): void {
    // A question without an answer ends with the connection, which says why.
    this.#muxer.ping().catch(() => undefined);
  }

  /** Ends the connection here and now. Idempotent. */
  abandon(reason: string): void {
    this.#finish({ by: 'local', code: 0, reason });
    this.#link.destroy();
  }

  tell(record: ControlRecord): void {
    if (this.#lost === undefined) this.#control.send(record);
  }

  isLinkFull(): boolean {
    return this.#secured.writableNeedsDrain;
  }

  onGone(stream: NoiseStream): void {
    if (!this.#streams.delete(stream.streamId) || !this.#isOwn(stream.streamId)) return;
    // Whoever waits gets this place, and nobody slips in before.
    const next = this.#openers.shift();
    if (next === undefined) this.#ownCount--;
    else next.resolve();
  }

  async #close(code: number, reason: string): Promise<void> {
    if (this.#lost === undefined) {
      this.#control.send({ kind: 'close', stream: 0, code, text: reason });
      await within(CLOSE_LINGER_MAX_MS, this.#control.flushed());
      this.#finish({ by: 'local', code, reason });
      // What still arrives is read until the peer hangs up: a socket closed over unread bytes takes the last words along.
      await within(
        CLOSE_LINGER_MAX_MS,
        this.#link.close().then(() => this.#link.settled()),
      );
    }
    this.#link.destroy();
    await this.#link.settled();
  }

  async #open(kind: 'bidirectional' | 'sink'): Promise<NoiseStream> {
    this.#checkOpen();
    if (this.#ownCount < OWN_STREAMS_MAX) this.#ownCount++;
    else await new Promise<void>((resolve, reject) => this.#openers.push({ resolve, reject }));
    this.#checkOpen();
    let muxed: Stream;
    try {
      muxed = await this.#muxer.createStream();
    } catch (cause) {
      this.#ownCount--;
      const what = 'no more streams can be opened';
      throw new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', what, { cause });
    }
    const stream = this.#register(muxed, kind);
    offerStream(muxed, kind === 'sink' ? 'unidirectional' : 'bidirectional', {
      take: (bytes) => {
        if (kind === 'bidirectional') stream.accept(bytes);
      },
      onRefused: () => stream.onRefused(),
    });
    return stream;
  }

  #checkOpen(): void {
    if (this.#lost !== undefined) throw this.#lost;
  }

  #register(muxed: Stream, kind: StreamKind): NoiseStream {
    const stream = new NoiseStream(muxed, kind, this);
    this.#streams.set(stream.streamId, stream);
    if (this.#lost !== undefined) stream.fail(this.#lost);
    return stream;
  }

  #onStream(muxed: Stream): void {
    acceptStream(muxed, (protocol): TakeBytes => {
      if (protocol === 'control') {
        return this.#control.listen((record) => this.#onRecord(record));
      }
      if (this.#incoming.count >= UNTAKEN_STREAMS_MAX) {
        this.#violated();
        return () => undefined;
      }
      const kind = protocol === 'bidirectional' ? protocol : 'source';
      const stream = this.#register(muxed, kind);
      this.#incoming.add(
        kind === 'source' ? { kind: 'unidirectional', source: stream } : { kind, stream },
      );
      return (bytes) => stream.accept(bytes);
    });
  }

  #onRecord({ kind, stream, code, text }: ControlRecord): void {
    if (kind === 'reset') this.#streams.get(stream)?.onPeerReset(code);
    if (kind === 'stop') this.#streams.get(stream)?.onPeerStop(code);
    if (kind === 'path-reason') this.#pathReason = text;
    if (kind !== 'close') return;
    this.#finish({ by: 'remote', code, reason: text });
    this.#link.destroy();
  }

  #violated(): void {
    this.#finish({ by: 'local', code: 0, reason: 'the peer broke the rules of the connection' });
    this.#link.destroy();
  }

  #finish(end: CloseReason): void {
    if (this.#lost !== undefined) return;
    const lost = new ProtocolError(
      'DITS_PROTOCOL_CONNECTION_LOST',
      `the connection has ended: ${end.reason === '' ? end.by : end.reason}`,
      { details: { by: end.by, applicationCode: end.code } },
    );
    this.#lost = lost;
    this.#silence.stop();
    for (const stream of [...this.#streams.values()]) stream.fail(lost);
    for (const { reject } of this.#openers.splice(0)) reject(lost);
    this.#incoming.end();
    this.#resolveClosed(end);
  }

  #isOwn(streamId: number): boolean {
    return streamId % 2 === this.#ownIdRemainder;
  }
}

/** Resolves with the work, or when the time is over. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
