/**
 * Keeps a connection to a relay, so that others can reach this node through it; when it is lost, another one is made.
 * What comes over a circuit is a connection like any other, once the peer at its other end has proven who it is.
 */
import { connectSession, type Connection, type OfferedCircuit } from '../../protocol/index.ts';
import { formatHostPort } from '../address.ts';
import { CLOSE_CODE } from '../close-codes.ts';
import type { NodeSettings } from '../config.ts';
import { dialPeer } from '../dial/dial-peer.ts';
import type { Identity } from '../identity/identity.ts';
import type { Logger } from '../logger.ts';
import { secureChannel } from '../noise/secure-channel.ts';
import { systemClock } from '../system-clock.ts';
import type { TrustFile } from '../trust/trust-file.ts';
import { formatRelayAddress, type RelayAddress } from './relay-address.ts';
import { UpgradableCircuit } from './upgradable-connection.ts';

/** First wait before a relay is tried again; doubled each time, up to the other. */
const RETRY_MIN_MS = 1_000;
const RETRY_MAX_MS = 60_000;
/** A wait is longer or shorter by up to this share, so that a relay that comes back is not met by all at once. */
const RETRY_JITTER = 0.2;
/** Circuits from one relay whose channel is being set up: each waits for a peer that has proven nothing yet. */
const HANDSHAKES_MAX = 16;

export type MembershipDeps = {
  readonly identity: Identity;
  readonly trust: TrustFile;
  readonly logger: Logger;
  readonly settings: NodeSettings;
  readonly software: string;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  /** Whether a proven identity may connect. */
  readonly admit: (peerId: string) => boolean;
  readonly onConnection: (connection: Connection) => void;
};

export type MembershipStatus = {
  /** As in the settings. */
  readonly relay: string;
  readonly isReserved: boolean;
  /** Where the relay sees this node; undefined while there is no reservation. */
  readonly observed: string | undefined;
  /** Why there is no reservation. */
  readonly problem: string | undefined;
};

export class RelayMembership {
  readonly #deps: MembershipDeps;
  readonly #relay: RelayAddress;
  readonly #over = new AbortController();
  readonly #running: Promise<void>;
  readonly #handshakes = new Set<Promise<void>>();
  /** Who the relay has proven to be. */
  #relayPeerId = '';
  #observed: string | undefined;
  #problem: string | undefined;

  constructor(deps: MembershipDeps, relay: RelayAddress) {
    this.#deps = deps;
    this.#relay = relay;
    this.#running = this.#run();
  }

  get status(): MembershipStatus {
    return {
      relay: formatRelayAddress(this.#relay),
      isReserved: this.#observed !== undefined,
      observed: this.#observed,
      problem: this.#problem,
    };
  }

  /** Idempotent. Connections that came over circuits are their owner's to close, before this. */
  async close(): Promise<void> {
    this.#over.abort(new Error('the node is stopping'));
    await this.#running;
    await Promise.all(this.#handshakes);
  }

  async #run(): Promise<void> {
    const { logger, random } = this.#deps;
    const { signal } = this.#over;
    const relay = formatRelayAddress(this.#relay);
    let waitMs = RETRY_MIN_MS;
    for (;;) {
      const hadReservation = await this.#stay();
      if (signal.aborted) return;
      if (hadReservation) waitMs = RETRY_MIN_MS;
      logger.info('relay.lost', { relay, reason: this.#problem, retryMs: waitMs });
      const jitteredMs = waitMs * (1 + RETRY_JITTER * (2 * random() - 1));
      // An abort ends the wait, and with it the loop.
      await systemClock.sleep(jitteredMs, signal).catch(() => undefined);
      waitMs = Math.min(2 * waitMs, RETRY_MAX_MS);
    }
  }

  /** One connection to the relay, for as long as it lasts; whether it brought a reservation. */
  async #stay(): Promise<boolean> {
    const { identity, trust, settings, software, logger } = this.#deps;
    const { signal } = this.#over;
    let hadReservation = false;
    try {
      const link = await dialPeer({ identity, trust }, this.#relay, { settings, signal });
      this.#relayPeerId = link.remotePeerId;
      const session = await connectSession(
        link,
        { clock: systemClock },
        { software, signal, onCircuit: (circuit) => this.#onCircuit(circuit) },
      );
      const leave = (): void => void session.close();
      signal.addEventListener('abort', leave, { once: true });
      try {
        signal.throwIfAborted();
        const { observed } = await session.reserveCircuits(signal);
        hadReservation = true;
        this.#observed = observed;
        this.#problem = undefined;
        logger.info('relay.reserved', { relay: formatRelayAddress(this.#relay), observed });
        const { reason } = await session.closed;
        this.#problem = reason === '' ? 'the connection ended' : reason;
      } finally {
        signal.removeEventListener('abort', leave);
        this.#observed = undefined;
        await session.close();
      }
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
    return hadReservation;
  }

  async #onCircuit(circuit: OfferedCircuit): Promise<void> {
    if (this.#handshakes.size >= HANDSHAKES_MAX) {
      await circuit.refuse('too many circuits begin at a time');
      return;
    }
    const handshake = this.#welcome(circuit)
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        this.#deps.logger.info('circuit.failed', { peerId: circuit.peerId, reason });
      })
      .finally(() => this.#handshakes.delete(handshake));
    this.#handshakes.add(handshake);
  }

  async #welcome(circuit: OfferedCircuit): Promise<void> {
    const { identity, settings, admit, onConnection, logger } = this.#deps;
    const channel = await secureChannel(await circuit.accept(), {
      role: 'acceptor',
      identity,
      path: 'relay',
      remoteAddress: `relay ${formatHostPort(this.#relay)}`,
      idleTimeoutMs: settings.idleTimeoutMs,
      signal: this.#over.signal,
    });
    const peerId = channel.remotePeerId;
    if (!admit(peerId)) {
      logger.warn('peer.refused', { peerId, address: channel.remoteAddress, reason: 'unknown' });
      await channel.close(CLOSE_CODE.permissionDenied, 'this peer is not known here');
      return;
    }
    onConnection(
      new UpgradableCircuit(channel, {
        ...{ identity, settings, logger, peerId },
        relay: { at: this.#relay, peerId: this.#relayPeerId },
      }),
    );
  }
}
