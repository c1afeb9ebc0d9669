/**
 * A connection whose bulk streams keep to rates and pauses (docs/transport.md, "Limits on bandwidth"). The control
 * stream and requests on streams of their own are left alone: they are small, and people wait for them.
 */
import type {
  Connection,
  ByteSink,
  ByteSource,
  ByteStream,
  CloseReason,
  IncomingStream,
  LinkPath,
  LinkStats,
} from '../../protocol/index.ts';
import type { ControlledConnection, PathControl } from '../dial/path-control.ts';
import type { RateGate } from './rate-gate.ts';

/** Bytes that go at a time: small enough that a slow rate is a steady one, big enough to cost nothing. */
const SLICE_MAX_BYTES: number = 64 * 1024;

/** Gates that all bytes of one direction have to pass, in this order. */
export type Gates = readonly RateGate[];

export class LimitedConnection implements ControlledConnection {
  readonly remotePeerId: string;
  readonly closed: Promise<CloseReason>;
  readonly #base: ControlledConnection;
  readonly #up: Passage;
  readonly #down: Passage;

  constructor(base: ControlledConnection, gates: { readonly up: Gates; readonly down: Gates }) {
    this.#base = base;
    this.remotePeerId = base.remotePeerId;
    this.closed = base.closed;
    const controller = new AbortController();
    void base.closed.then(() => {
      controller.abort();
    });
    this.#up = new Passage(gates.up, controller.signal);
    this.#down = new Passage(gates.down, controller.signal);
  }

  get path(): LinkPath {
    return this.#base.path;
  }

  get remoteAddress(): string {
    return this.#base.remoteAddress;
  }

  get pathReason(): string | undefined {
    return this.#base.pathReason;
  }

  get pathControl(): PathControl | undefined {
    return this.#base.pathControl;
  }

  get isHeldBack(): boolean {
    return this.#up.waiterCount + this.#down.waiterCount > 0;
  }

  get upgrade(): Connection['upgrade'] {
    const base = this.#base;
    return base.upgrade === undefined
      ? undefined
      : async (ask, signal) => {
          await base.upgrade?.(ask, signal);
        };
  }

  openStream(): Promise<ByteStream> {
    return this.#base.openStream();
  }

  async openSink(): Promise<ByteSink> {
    return new LimitedSink(await this.#base.openSink(), this.#up);
  }

  async *incoming(): AsyncIterable<IncomingStream> {
    for await (const stream of this.#base.incoming()) {
      if (stream.kind === 'bidirectional') yield stream;
      else yield { ...stream, source: new LimitedSource(stream.source, this.#down) };
    }
  }

  stats(): LinkStats {
    return this.#base.stats();
  }

  close(code: number, reason: string): Promise<void> {
    return this.#base.close(code, reason);
  }
}

/** The gates of one direction, as long as the connection lasts. */
class Passage {
  readonly #gates: Gates;
  readonly #closed: AbortSignal;
  waiterCount = 0;

  constructor(gates: Gates, closed: AbortSignal) {
    this.#gates = gates;
    this.#closed = closed;
  }

  get isOpen(): boolean {
    return this.#gates.every((gate) => gate.isOpen);
  }

  /** Waits for its turn, or for the end of the stream or the connection. */
  async pass(bytes: number, ended: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([this.#closed, ended]);
    this.waiterCount++;
    try {
      for (const gate of this.#gates) await gate.pass(bytes, signal);
    } finally {
      this.waiterCount--;
    }
  }

  charge(bytes: number): void {
    for (const gate of this.#gates) gate.charge(bytes);
  }
}

class LimitedSink implements ByteSink {
  readonly #base: ByteSink;
  readonly #passage: Passage;
  readonly #ended = new AbortController();

  constructor(base: ByteSink, passage: Passage) {
    this.#base = base;
    this.#passage = passage;
  }

  async write(parts: readonly Uint8Array[]): Promise<void> {
    if (this.#passage.isOpen) {
      await this.#base.write(parts);
      return;
    }
    for (const part of parts) {
      for (let at = 0; at < part.length; at += SLICE_MAX_BYTES) {
        const slice = part.subarray(at, at + SLICE_MAX_BYTES);
        await this.#passage.pass(slice.length, this.#ended.signal);
        await this.#base.write([slice]);
      }
    }
  }

  end(): Promise<void> {
    return this.#base.end();
  }

  reset(code: number): void {
    this.#ended.abort();
    this.#base.reset(code);
  }
}

class LimitedSource implements ByteSource {
  readonly #base: ByteSource;
  readonly #passage: Passage;
  readonly #ended = new AbortController();

  constructor(base: ByteSource, passage: Passage) {
    this.#base = base;
    this.#passage = passage;
  }

  async read(into: Uint8Array): Promise<number> {
    if (this.#passage.isOpen) return await this.#base.read(into);
    await this.#passage.pass(0, this.#ended.signal);
    const bytes = await this.#base.read(into.subarray(0, SLICE_MAX_BYTES));
    this.#passage.charge(bytes);
    return bytes;
  }

  stop(code: number): void {
    this.#ended.abort();
    this.#base.stop(code);
  }
}
