/** One bulk lane: an authenticated TLS connection over TCP that carries one stream at a time in each direction. */
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { isErrno } from '../errno.ts';
import { ProtocolError, type ByteSink, type ByteSource } from '../../protocol/index.ts';
import { LANE_KEEP_ALIVE_MS, LANE_LOSS_GRACE_MS, LANE_STUCK_MAX_MS } from './lane-limits.ts';
import { encodeRecordHeader } from './lane-format.ts';
import { LaneReceiver } from './lane-receiver.ts';
import { LaneSender } from './lane-sender.ts';

/** A lane's sockets: the TLS one carries the data, the TCP one below it counts the bytes on the network. */
export type LaneSockets = { readonly tls: TLSSocket; readonly tcp: Socket };

export type LaneOwner = {
  /** The peer began a stream. */
  readonly onSource: (source: ByteSource) => void;
  readonly onGone: (lane: Lane) => void;
};

export class Lane {
  readonly #sockets: LaneSockets;
  readonly #receiver: LaneReceiver;
  readonly #sender: LaneSender;
  /** Resolves with the error that the lane ended with. */
  readonly #ended: Promise<ProtocolError>;
  #resolveEnded: (error: ProtocolError) => void = () => undefined;
  #isReading = true;
  #isGone = false;
  #isTimedOut = false;

  /** Takes over sockets whose peer has been checked and greeted. */
  constructor(sockets: LaneSockets, owner: LaneOwner) {
    this.#sockets = sockets;
    const { tls, tcp } = sockets;
    tcp.setKeepAlive(true, LANE_KEEP_ALIVE_MS);
    this.#ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.#sender = new LaneSender(
      (parts) => this.#send(parts),
      (writing) => this.#closeIfStuck(writing),
    );
    this.#receiver = new LaneReceiver({
      onSource: owner.onSource,
      onStopped: (stream, code) => this.#sender.stopped(stream, code),
      onStop: (stream, value) => {
        const stop = encodeRecordHeader({ kind: 'stop', stream, value });
        // A lane that is gone needs no stop any more.
        this.#send([stop]).catch(() => undefined);
      },
      onViolation: (error) => this.close(error),
      onDemand: (isWanted) => this.#demand(isWanted),
    });
    tls.on('data', (bytes: Buffer) => {
      if (!this.#isGone) this.#receiver.accept(bytes);
    });
    tls.on('error', (error) => {
      this.#isTimedOut ||= isErrno(error, 'ETIMEDOUT');
      tls.destroy();
    });
    tls.on('end', () => tls.destroy());
    tls.on('close', () => {
      // A connection that ends takes its lanes along, and their end may be heard of first.
      const timer = setTimeout(() => this.close(broken()), LANE_LOSS_GRACE_MS);
      void this.#ended.then(() => {
        clearTimeout(timer);
        owner.onGone(this);
      });
    });
  }

  /** Whether the other end stopped answering: then it does not know that the lane has ended. */
  get isTimedOut(): boolean {
    return this.#isTimedOut;
  }

  get isFree(): boolean {
    return this.#sender.isFree && !this.#sockets.tls.destroyed;
  }

  get bytesSent(): number {
    return this.#sockets.tcp.bytesWritten;
  }

  get bytesReceived(): number {
    return this.#sockets.tcp.bytesRead;
  }

  openSink(): ByteSink {
    return this.#sender.open();
  }

  /** Ends the lane; streams on it fail with `error`. Idempotent. */
  close(error: ProtocolError): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#resolveEnded(error);
    this.#sender.fail(error);
    this.#receiver.fail(error);
    this.#sockets.tls.destroy();
    this.#sockets.tcp.destroy();
  }

  /** A write for a stream that was given up holds up those that come after it, for as long as the system keeps trying. */
  #closeIfStuck(writing: Promise<void>): void {
    const timer = setTimeout(() => this.close(broken()), LANE_STUCK_MAX_MS);
    const done = (): void => {
      clearTimeout(timer);
    };
    writing.then(done, done);
  }

  #demand(isWanted: boolean): void {
    if (isWanted === this.#isReading) return;
    this.#isReading = isWanted;
    if (isWanted) this.#sockets.tls.resume();
    else this.#sockets.tls.pause();
  }

  /** Hands parts over in one piece: each on its own would become a TLS record and a system call. */
  #send(parts: readonly Uint8Array[]): Promise<void> {
    const { tls } = this.#sockets;
    return new Promise<void>((resolve, reject) => {
      tls.cork();
      const last = parts.length - 1;
      parts.forEach((part, index) => {
        if (index < last) tls.write(part);
        else tls.write(part, (error) => (error ? void this.#ended.then(reject) : resolve()));
      });
      tls.uncork();
    });
  }
}

function broken(): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'a bulk lane broke');
}
