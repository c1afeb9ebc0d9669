/**
 * One stream over yamux as the protocol sees it. Yamux knows only one reset, without a code, for both directions: so the
 * peer is told on the control stream which half ended badly and why, and yamux resets what is over on both.
 */
import type { Stream } from '@libp2p/interface';
import { ProtocolError, type ByteStream } from '../../protocol/index.ts';
import type { ControlRecord } from './control-records.ts';
import { StreamReader } from './stream-reader.ts';
import { StreamWriter } from './stream-writer.ts';

/** What a stream needs of its connection. */
export interface NoiseStreamHost {
  /** The link has enough to send. */
  isLinkFull(): boolean;
  /** Tells the peer on the control stream. */
  tell(record: ControlRecord): void;
  /** The stream is over, and forgotten by yamux. */
  onGone(stream: NoiseStream): void;
}

/** `source`: the peer writes and this side reads; `sink`: the other way round. */
export type StreamKind = 'bidirectional' | 'source' | 'sink';

export class NoiseStream implements ByteStream {
  readonly streamId: number;
  readonly #muxed: Stream;
  readonly #reader: StreamReader;
  readonly #writer: StreamWriter;
  readonly #kind: StreamKind;
  #hasPeerEnded = false;

  constructor(muxed: Stream, kind: StreamKind, host: NoiseStreamHost) {
    this.streamId = Number(muxed.id);
    this.#muxed = muxed;
    this.#kind = kind;
    const tell = (what: 'reset' | 'stop', code: number): void => {
      host.tell({ kind: what, stream: this.streamId, code, text: '' });
    };
    this.#reader = new StreamReader({
      onDemand: (isWanted) => this.#demand(isWanted),
      onStop: (code) => {
        tell('stop', code);
        this.#giveUpIfOver();
      },
    });
    this.#writer = new StreamWriter(muxed, {
      isLinkFull: () => host.isLinkFull(),
      onReset: (code) => tell('reset', code),
      onOver: () => this.#giveUpIfOver(),
    });
    muxed.addEventListener('remoteCloseWrite', () => this.#onRemoteEnd());
    muxed.addEventListener('close', () => {
      if (muxed.status === 'reset') this.#onRemoteReset('the peer gave up the stream');
      // A stream that still waits for something closes with the connection, which will say why.
      if (this.#isOver) host.onGone(this);
    });
    // Yamux counts a stream until both directions have ended.
    if (kind === 'source') void this.#writer.end().catch(ignore);
  }

  read(into: Uint8Array): Promise<number> {
    return this.#reader.read(into);
  }

  stop(code: number): void {
    this.#reader.stop(code);
  }

  write(parts: readonly Uint8Array[]): Promise<void> {
    return this.#writer.write(parts);
  }

  end(): Promise<void> {
    return this.#writer.end();
  }

  reset(code: number): void {
    this.#writer.reset(code);
  }

  get #isOver(): boolean {
    const isReadOver = this.#kind === 'sink' || this.#hasPeerEnded || this.#reader.isOver;
    return isReadOver && this.#writer.isOver;
  }

  /** Takes data of the peer. */
  accept(bytes: Uint8Array): void {
    this.#reader.accept(bytes);
  }

  /** The peer gave up writing: with a code when it said so, or without by a reset of the whole stream. */
  onPeerReset(code: number): void {
    if (this.#hasPeerEnded) return;
    this.#reader.abandon(givenUp(`the peer gave up the stream (code ${code})`, code));
    this.#giveUpIfOver();
  }

  /** The peer does not read any more. */
  onPeerStop(code: number): void {
    this.#writer.fail(givenUp(`the peer does not read the stream any more (code ${code})`, code));
  }

  /** The peer does not know what the stream is for. */
  onRefused(): void {
    this.#onRemoteReset('the peer does not take streams of this protocol');
    this.#muxed.abort(new Error('refused'));
  }

  /** The connection is gone. */
  fail(error: ProtocolError): void {
    // What yamux still holds arrived before the end.
    this.#demand(true);
    if (this.#hasPeerEnded) this.#reader.end();
    this.#reader.fail(error);
    this.#writer.fail(error);
  }

  #onRemoteEnd(): void {
    // Yamux may hold back what came before the end, and it tells of an end before the data in the same frame.
    this.#demand(true);
    this.#hasPeerEnded = true;
    queueMicrotask(() => this.#reader.end());
  }

  #onRemoteReset(what: string): void {
    const error = givenUp(what, undefined);
    if (!this.#hasPeerEnded) this.#reader.abandon(error);
    this.#writer.fail(error);
  }

  #demand(isWanted: boolean): void {
    const { readStatus } = this.#muxed;
    if (readStatus === 'closing' || readStatus === 'closed') return;
    if (!isWanted) {
      if (!this.#hasPeerEnded) this.#muxed.pause();
      return;
    }
    try {
      this.#muxed.resume();
    } catch {
      // What was held back has been handed out; the peer, to which the window would have been opened, is gone.
    }
  }

  /** Ends in yamux what has ended here other than well. */
  #giveUpIfOver(): void {
    if (!this.#writer.isOver) return;
    const hasReader = this.#kind !== 'sink';
    const isReadBadly = hasReader && this.#reader.hasFailed;
    if (this.#writer.hasEndedWell && !isReadBadly) return;
    if (!hasReader || this.#reader.isOver) this.#muxed.abort(new Error('given up'));
    else this.#muxed.close().catch(ignore);
  }
}

function givenUp(what: string, applicationCode: number | undefined): ProtocolError {
  const details = applicationCode === undefined ? {} : { applicationCode };
  return new ProtocolError('DITS_PROTOCOL_STREAM_RESET', what, { details });
}

function ignore(): void {
  // The stream is over in either case.
}
