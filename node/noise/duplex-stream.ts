/** A byte duplex in the shape that libp2p's packages want: messages as they come, and a sign when there is room again. */
import { AbstractMessageStream } from '@libp2p/utils';
import type { ByteDuplex } from './byte-duplex.ts';
import { silentLibp2pLog } from './libp2p-environment.ts';
import {
  READ_ROOM_MIN_BYTES,
  READ_SLAB_BYTES,
  BACKLOG_MAX_BYTES,
  UNSENT_MAX_BYTES,
} from './noise-limits.ts';

/** Bytes as libp2p passes them on: in one piece, or as a list of pieces. */
export type Libp2pBytes = Parameters<AbstractMessageStream['send']>[0];

/** The pieces of what libp2p passes on. */
export function piecesOf(bytes: Libp2pBytes): Iterable<Uint8Array> {
  return bytes instanceof Uint8Array ? [bytes] : bytes;
}

export class DuplexStream extends AbstractMessageStream {
  readonly #duplex: ByteDuplex;
  #unsent: Uint8Array[] = [];
  #unsentBytes = 0;
  #writing: Promise<void> | undefined;
  #reading: Promise<void> | undefined;
  /** Why the link was given up, when it was not the other side that did. */
  #failure: unknown;
  #isDestroyed = false;
  /** Nothing is sent any more; what is handed over still, is dropped. */
  #isEnded = false;
  #bytesSent = 0;
  #bytesReceived = 0;
  #lastReceivedMs: number = performance.now();

  constructor(duplex: ByteDuplex, direction: 'inbound' | 'outbound') {
    super({ log: silentLibp2pLog, direction, maxWriteBufferLength: BACKLOG_MAX_BYTES });
    this.#duplex = duplex;
  }

  get bytesSent(): number {
    return this.#bytesSent;
  }

  get bytesReceived(): number {
    return this.#bytesReceived;
  }

  /** When something came last, on the clock of `performance.now()`. */
  get lastReceivedMs(): number {
    return this.#lastReceivedMs;
  }

  /** Starts reading. Resolves when nothing more will come: with `undefined` at a good end, else with what went wrong. */
  start(): Promise<unknown> {
    const reading = this.#readAll();
    this.#reading = reading.then(() => undefined);
    return reading;
  }

  override sendData(data: Libp2pBytes): { sentBytes: number; canSendMore: boolean } {
    if (this.#isEnded) return { sentBytes: data.byteLength, canSendMore: true };
    for (const piece of piecesOf(data)) this.#unsent.push(piece);
    this.#unsentBytes += data.byteLength;
    this.#bytesSent += data.byteLength;
    this.#writing ??= this.#writeAll();
    return { sentBytes: data.byteLength, canSendMore: this.#unsentBytes < UNSENT_MAX_BYTES };
  }

  override sendReset(error: Error): void {
    this.#failure ??= new Error(`what came was altered or makes no sense: ${error.message}`, {
      cause: error,
    });
    this.destroy();
  }

  override sendPause(): void {
    // Never asked for: the windows of the streams bound what comes in.
  }

  override sendResume(): void {
    // As above.
  }

  /** Sends what was handed over, then ends the writing half. Resolves when the link has taken it, or is gone. */
  override async close(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
    if (this.#isEnded) return;
    this.#isEnded = true;
    try {
      await this.#duplex.end();
    } catch {
      // The link is gone; whoever reads from it says why.
    }
  }

  /** Gives the link up at once. Idempotent. */
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#isEnded = true;
    this.#unsent = [];
    this.#duplex.reset(0);
    this.#duplex.stop(0);
  }

  /** Resolves when nothing reads or writes any more. */
  async settled(): Promise<void> {
    await this.#reading;
    await this.#writing;
  }

  async #readAll(): Promise<unknown> {
    let slab = Buffer.allocUnsafe(READ_SLAB_BYTES);
    try {
      for (;;) {
        const count = await this.#duplex.read(slab);
        if (count === 0 || this.#isDestroyed) return this.#failure;
        this.#bytesReceived += count;
        this.#lastReceivedMs = performance.now();
        this.onData(slab.subarray(0, count));
        // What came is kept and decrypted in place, so the next bytes go behind it.
        slab = slab.subarray(count);
        if (slab.length < READ_ROOM_MIN_BYTES) slab = Buffer.allocUnsafe(READ_SLAB_BYTES);
      }
    } catch (error) {
      return this.#failure ?? error;
    } finally {
      this.onTransportClosed();
    }
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#unsent.length > 0) {
        const parts = this.#unsent;
        const bytes = this.#unsentBytes;
        this.#unsent = [];
        await this.#duplex.write(parts);
        this.#unsentBytes -= bytes;
        if (this.#unsentBytes < UNSENT_MAX_BYTES) this.safeDispatchEvent('drain');
      }
    } catch (error) {
      this.#unsent = [];
      this.#failure ??= error;
      this.abort(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.#writing = undefined;
    }
  }
}
