/** What the two halves of a QUIC stream have in common: its id, its connection, and whether quiche knows it. */
import type { ProtocolError } from '../../protocol/index.ts';
import { isUnknownStream, type QuicheConnection } from './quiche.ts';

/** A writer that keeps back the last byte it was given. */
export interface HoldingWriter {
  /** Hands over the byte that was kept back; false when it has to be tried again. */
  flushHeld(): boolean;
}

/** What a stream needs of its connection. */
export interface StreamHost {
  readonly native: QuicheConnection;
  /** There is something to send. */
  schedule(): void;
  /** Sends what is to be sent at once, before anything is read. */
  sendNow(): void;
  /** Calls `flushHeld` before the next packets leave. */
  holds(writer: HoldingWriter): void;
  /** How long data takes to be acknowledged, a loss included, in milliseconds. */
  settleMs(): number;
  /** Packets lost so far. */
  lostCount(): number;
  /** Whether everything that has left has been acknowledged. */
  isAllAcknowledged(): boolean;
  /** The error for calls after the end, undefined while the connection lasts. */
  lostError(): ProtocolError | undefined;
  /** Both directions are done: the stream can be forgotten. */
  onStreamDone(streamId: number): void;
}

/** Of a call that waits. */
export type Pending<T> = {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
};

export class StreamCore {
  readonly streamId: number;
  readonly host: StreamHost;
  /** False for a stream of the peer of which quiche has seen nothing yet. */
  hasArrived: boolean;

  constructor(
    streamId: number,
    { host, opener }: { readonly host: StreamHost; readonly opener: 'local' | 'peer' },
  ) {
    this.streamId = streamId;
    this.host = host;
    this.hasArrived = opener === 'local';
  }

  /** Gives up one direction, unless it is over. */
  shutdown(direction: Parameters<QuicheConnection['streamShutdown']>[1], code: number): void {
    if (this.host.lostError() !== undefined) return;
    try {
      this.host.native.streamShutdown(this.streamId, direction, code);
    } catch (error) {
      // The stream had ended already, on this side or on the other: there is nothing left to give up.
      if (!isUnknownStream(error) && !(error instanceof Error)) throw error;
    }
    this.host.schedule();
  }
}

export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
