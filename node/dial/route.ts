/** One way to try to reach a peer, and what comes of it. */
import type { Connection, LinkPath } from '../../protocol/index.ts';

/** A connection that can say why its path was taken. */
export interface RoutedConnection extends Connection {
  /** Notes why the path was taken, and tells the peer where the link can. */
  explainPath(text: string): void;
}

export type RouteDialOptions = {
  /**
   * To be called with the peer's proven identity before anything is exchanged. Rejects when the peer is not wanted, or another
   * route was faster: the attempt then closes its connection and throws the same.
   */
  readonly checkPeer: (peerId: string) => Promise<void>;
  readonly signal: AbortSignal;
};

/** One attempt in a race. The race goes by `delayMs`; among those that come at the same time, the first of the list wins. */
export type Route = {
  readonly path: LinkPath;
  /** What it goes over, for people: `UDP`, `TCP`, or `the relay studio`. */
  readonly means: string;
  /** Where it leads, for people: `192.0.2.7:4433`. */
  readonly where: string;
  /** When it begins, in milliseconds after the race did; earlier when all attempts under way have failed. */
  readonly delayMs: number;
  /** Connects and proves identities. Rejects promptly when the signal is aborted, and leaves nothing behind. */
  readonly dial: (options: RouteDialOptions) => Promise<RoutedConnection>;
};
