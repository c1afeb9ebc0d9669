/** What can be seen of the path under a connection, and done about it. */
import type { Connection } from '../../protocol/index.ts';

/** A literal IP address that packets are sent from, and the way to another one. */
export interface OwnAddress {
  /** The address in use; where the peer is, as seen from here. */
  readonly current: { readonly host: string; readonly port: number };
  readonly remote: { readonly host: string; readonly port: number };
  /**
   * Goes on from a fresh socket, whose address the system chooses; false where that cannot be done. Undefined where a connection
   * ends with its address.
   */
  readonly change?: (() => Promise<boolean>) | undefined;
}

export interface PathControl {
  /** Bytes that have come from the peer on the path that decides about the connection's life. */
  heardBytes(): number;
  /** Smoothed round trip, in milliseconds. */
  readonly roundTripMs: number;
  /** Silence that tells something, in milliseconds, where it takes longer than on others. */
  readonly silenceMaxMs?: number | undefined;
  /** Asks the peer for a sign of life, which any peer answers whose process runs. */
  probe(): void;
  /** Ends the connection here and now: nothing is waited for. Idempotent. */
  abandon(reason: string): void;
  /** Undefined where it is not known, as on a circuit. */
  readonly ownAddress?: OwnAddress | undefined;
}

/** A connection whose path may be watched. */
export interface ControlledConnection extends Connection {
  readonly pathControl?: PathControl | undefined;
}
