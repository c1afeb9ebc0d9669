/** The half of a QUIC stream that is read: from quiche straight into the reader's buffer (quic-stream.ts). */
import { ProtocolError } from '../../protocol/index.ts';
import { quiche, isUnknownStream, streamErrorCode } from './quiche.ts';
import { asError, type Pending, type StreamCore } from './stream-core.ts';

type PendingRead = Pending<number> & { readonly into: Uint8Array };

/** A bare end of the other half that may be lost. */
type BareEnd = { lostCount: number; readonly timer: NodeJS.Timeout };

/** Looks for losses after a bare end, each after the time that a loss takes to show. */
const BARE_END_LOOKS = 8;

export type ReadingHalfOptions = {
  readonly canRead: boolean;
  /** Called when nothing is left to be read. */
  readonly onDone: () => void;
};

export class ReadingHalf {
  readonly #core: StreamCore;
  readonly #onDone: () => void;
  #read: PendingRead | undefined;
  #isDone: boolean;
  #hasEnd = false;
  /** Set while a bare end may be lost. */
  #bareEnd: BareEnd | undefined;
  #error: ProtocolError | undefined;

  constructor(core: StreamCore, { canRead, onDone }: ReadingHalfOptions) {
    this.#core = core;
    this.#onDone = onDone;
    this.#isDone = !canRead;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  async read(into: Uint8Array): Promise<number> {
    if (this.#error !== undefined) throw this.#error;
    if (this.#hasEnd) return 0;
    if (this.#read !== undefined) throw new TypeError('a read of this stream is under way');
    if (into.length === 0) throw new TypeError('cannot read into an empty buffer');
    const count = this.#receive(into);
    if (count !== undefined) return count;
    const lost = this.#core.host.lostError();
    if (lost !== undefined) throw lost;
    return await new Promise<number>((resolve, reject) => {
      this.#read = { into, resolve, reject };
    });
  }

  stop(code: number): void {
    if (this.#isDone) return;
    this.#error = new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'reading was stopped here');
    this.#core.shutdown(quiche.Shutdown.Read, code);
    this.#finish();
  }

  /** Serves a waiting reader, if there is something for it. */
  pump(): void {
    const read = this.#read;
    if (read === undefined) return;
    try {
      const count = this.#receive(read.into);
      if (count === undefined) return;
      this.#read = undefined;
      read.resolve(count);
    } catch (error) {
      this.#read = undefined;
      read.reject(asError(error));
    }
  }

  /** The connection has ended: nobody waits any longer. */
  fail(error: ProtocolError): void {
    clearTimeout(this.#bareEnd?.timer);
    this.#bareEnd = undefined;
    this.pump();
    this.#read?.reject(error);
    this.#read = undefined;
  }

  /** The other half has ended without data. */
  keepUnread(): void {
    if (!this.#isDone) this.#keepUnreadFor(BARE_END_LOOKS);
  }

  /** Takes bytes out of quiche: their count, 0 at the end, undefined when there are none yet. */
  #receive(into: Uint8Array): number | undefined {
    if (this.#isKeptUnread()) return undefined;
    const { host, streamId } = this.#core;
    let received: [number, boolean] | null;
    try {
      received = host.native.streamRecv(streamId, into);
    } catch (error) {
      if (!isUnknownStream(error)) throw this.#onError(error);
      // Either the peer has opened the stream by opening a later one, and its own data is still on the way; or quiche
      // has forgotten the stream, which it does only after all of it has been read.
      received = null;
    }
    if (received === null) {
      if (!this.#core.hasArrived || !host.native.streamFinished(streamId)) return undefined;
      received = [0, true];
    }
    const [count, isEnd] = received;
    // Reading makes room: the peer is to hear of it.
    host.schedule();
    if (isEnd) {
      this.#hasEnd = true;
      this.#finish();
      return count;
    }
    return count === 0 ? undefined : count;
  }

  #onError(error: unknown): ProtocolError {
    const code = streamErrorCode(error, 'StreamReset');
    if (code === undefined) {
      return new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'the stream cannot be read', {
        cause: error,
      });
    }
    this.#error = new ProtocolError(
      'DITS_PROTOCOL_STREAM_RESET',
      `the peer gave up the stream (code ${code})`,
      { details: { applicationCode: code } },
    );
    this.#finish();
    return this.#error;
  }

  /**
   * Keeps this half unread until a bare end must have arrived. quiche sends a lost one again, but counts it as
   * acknowledged: once this half is read, it forgets the stream, lost end and all.
   */
  #keepUnreadFor(looksLeft: number): void {
    const lostCount = this.#core.host.lostCount();
    const timer = setTimeout(() => {
      if (looksLeft > 1 && this.#core.host.lostCount() !== lostCount) {
        this.#keepUnreadFor(looksLeft - 1);
        return;
      }
      this.#bareEnd = undefined;
      this.pump();
    }, this.#core.host.settleMs());
    this.#bareEnd = { lostCount, timer };
  }

  /** Whether a bare end may still have to be sent again. Settled early when nothing at all is unacknowledged. */
  #isKeptUnread(): boolean {
    const end = this.#bareEnd;
    if (end === undefined) return false;
    const lostCount = this.#core.host.lostCount();
    const hasNewLosses = lostCount !== end.lostCount;
    end.lostCount = lostCount;
    // What has just been found to be lost is sent again in this very step, and unacknowledged from then on.
    if (hasNewLosses || !this.#core.host.isAllAcknowledged()) return true;
    clearTimeout(end.timer);
    this.#bareEnd = undefined;
    return false;
  }

  #finish(): void {
    this.#isDone = true;
    if (this.#error !== undefined) this.#read?.reject(this.#error);
    if (this.#error !== undefined) this.#read = undefined;
    this.#onDone();
  }
}
