/**
 * A UDP socket for one direct connection: learns from a relay where it is seen from outside, lets answers from the peer
 * through the routers on the way by sending first, and dials or is dialled (docs/protocol.md, "Punching").
 */
import { isIP } from 'node:net';
import { connectSession, PUNCH_ADDRESSES_MAX, type Connection } from '../../protocol/index.ts';
import { formatHostPort, parseHostPort, type HostPort } from '../address.ts';
import type { NodeSettings } from '../config.ts';
import { resolveHost } from '../dial/resolve-host.ts';
import type { Identity } from '../identity/identity.ts';
import { silentLogger } from '../logger.ts';
import { NodeError } from '../node-error.ts';
import { QuicListener } from '../quic/quic-listener.ts';
import { reachableAt } from '../reachable-addresses.ts';
import { isLoopbackLiteral, isMachineLiteral } from '../reachable-literal.ts';
import { systemClock } from '../system-clock.ts';

/** Time for all of it: three tries of QUIC's first packet fit, and a relay on another continent. */
const PUNCH_MAX_MS = 5_000;
/** A knock may meet a router that does not let it in yet; the next one finds the door that the peer has opened meanwhile. */
const KNOCK_DELAYS_MS: readonly number[] = [0, 50, 100, 200, 400, 800, 1_600];
/** Addresses of this machine that are told: a few interfaces, beside what the relay sees. */
const OWN_ADDRESSES_MAX: number = PUNCH_ADDRESSES_MAX - 1;
const SOFTWARE = 'dits';

/** The relay that both peers use, as it was reached. */
type PunchRelay = { readonly at: HostPort; readonly peerId: string };

export type PunchDeps = {
  readonly identity: Identity;
  readonly settings: NodeSettings;
  readonly relay: PunchRelay;
  /** The only peer that may come, or be reached. */
  readonly peerId: string;
};

export class PunchSocket {
  /** `HOST:PORT` where the peer may find this socket. */
  readonly addresses: readonly string[];
  readonly #deps: PunchDeps;
  readonly #listener: QuicListener;
  readonly #accepted: Promise<Connection>;
  /** Whether the relay is on this very machine, so that the peer may be as well. */
  readonly #isAtHome: boolean;

  private constructor(
    deps: PunchDeps,
    parts: {
      readonly listener: QuicListener;
      readonly accepted: Promise<Connection>;
      readonly observed: string;
      readonly isAtHome: boolean;
    },
  ) {
    this.#deps = deps;
    this.#listener = parts.listener;
    this.#accepted = parts.accepted;
    this.#isAtHome = parts.isAtHome;
    const { port, host } = parts.listener.address;
    const own = reachableAt({ host, port }).filter((one) => !isLoopbackLiteral(one.host));
    const texts = own.slice(0, OWN_ADDRESSES_MAX).map(formatHostPort);
    this.addresses = [...new Set([parts.observed, ...texts])];
  }

  /** Binds a socket, and asks the relay where it sees it. @throws NodeError, ProtocolError when that fails */
  static async open(deps: PunchDeps, signal: AbortSignal): Promise<PunchSocket> {
    const { identity, settings, relay, peerId } = deps;
    const [literal = relay.at.host] = await resolveHost(relay.at.host);
    let accept: (connection: Connection) => void = () => undefined;
    const accepted = new Promise<Connection>((resolve) => {
      accept = resolve;
    });
    const listener = await QuicListener.open(
      {
        logger: silentLogger,
        nowMs: () => performance.now(),
        admit: (other) => other === peerId,
        onConnection: accept,
      },
      {
        address: { host: isIP(literal.split('%')[0]!) === 6 ? '::' : '0.0.0.0', port: 0 },
        credentials: identity.credentials,
        idleTimeoutMs: settings.idleTimeoutMs,
        congestionControl: settings.congestionControl,
        payloadBytes: settings.datagramBytes === 'auto' ? undefined : settings.datagramBytes,
        limits: { connectionsMax: 1, connectionsPerPeerMax: 1 },
      },
    );
    try {
      const observed = await observe(
        listener,
        { host: literal, port: relay.at.port },
        {
          peerId: relay.peerId,
          signal,
        },
      );
      const isAtHome = isLoopbackLiteral(literal);
      return new PunchSocket(deps, { listener, accepted, observed, isAtHome });
    } catch (error) {
      await listener.close(0, '');
      throw error;
    }
  }

  /** Dials the peer at all of these addresses; the first that proves to be it wins. */
  async dial(addresses: readonly string[], signal: AbortSignal): Promise<Connection> {
    const { peerId } = this.#deps;
    const race = new AbortController();
    const either = AbortSignal.any([signal, race.signal]);
    const attempts = placesOf(addresses, this.#isAtHome).map((remote) =>
      this.#listener.dial({
        remote,
        checkPeer: (proven) => {
          refuseOther(proven, peerId);
        },
        timeoutMs: PUNCH_MAX_MS,
        signal: either,
      }),
    );
    try {
      const winner = await Promise.any(attempts);
      for (const attempt of attempts) void closeUnless(winner, attempt);
      return winner;
    } finally {
      race.abort(new NodeError('DITS_NODE_CLOSED', 'another address was faster'));
    }
  }

  /** Knocks at all of these addresses and waits for the peer. Rejects when it does not come in time. */
  async expect(addresses: readonly string[], signal: AbortSignal): Promise<Connection> {
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const knocking = this.#knock(placesOf(addresses, this.#isAtHome), either).catch(
      () => undefined,
    );
    try {
      return await Promise.race([this.#accepted, rejectAfter(PUNCH_MAX_MS, either)]);
    } finally {
      over.abort(new NodeError('DITS_NODE_CLOSED', 'punching is over'));
      await knocking;
    }
  }

  /** With it go its connections. Idempotent. */
  async close(): Promise<void> {
    await this.#listener.close(0, '');
  }

  async #knock(remotes: readonly HostPort[], signal: AbortSignal): Promise<void> {
    for (const delayMs of KNOCK_DELAYS_MS) {
      await systemClock.sleep(delayMs, signal);
      for (const remote of remotes) this.#listener.knock(remote);
    }
  }
}

async function observe(
  listener: QuicListener,
  remote: HostPort,
  { peerId, signal }: { readonly peerId: string; readonly signal: AbortSignal },
): Promise<string> {
  const link = await listener.dial({
    remote,
    checkPeer: (proven) => {
      refuseOther(proven, peerId);
    },
    timeoutMs: PUNCH_MAX_MS,
    signal,
  });
  const session = await connectSession(
    link,
    { clock: systemClock },
    { software: SOFTWARE, signal },
  );
  try {
    return await session.observe(signal);
  } finally {
    await session.close();
  }
}

/**
 * What a peer wrote, as far as it can mean the peer: nobody is made to look up names, or to send to groups. Loopback only counts for who
 * is `isAtHome`, on one machine with the relay.
 */
export function placesOf(addresses: readonly string[], isAtHome: boolean): readonly HostPort[] {
  return addresses.slice(0, PUNCH_ADDRESSES_MAX).flatMap((text) => {
    try {
      const { host, port } = parseHostPort(text, 0);
      const isPeers = isMachineLiteral(host) && (isAtHome || !isLoopbackLiteral(host));
      return isPeers && port > 0 ? [{ host, port }] : [];
    } catch {
      // Not an address: there is nothing to send to.
      return [];
    }
  });
}

function refuseOther(proven: string, expected: string): void {
  if (proven === expected) return;
  throw new NodeError('DITS_NODE_IDENTITY_MISMATCH', `somebody else answers: ${proven}`, {
    details: { expected, proven },
  });
}

async function closeUnless(winner: Connection, attempt: Promise<Connection>): Promise<void> {
  try {
    const connection = await attempt;
    if (connection !== winner) await connection.close(0, 'another address was faster');
  } catch {
    // It lost, which is what it was told.
  }
}

async function rejectAfter(ms: number, signal: AbortSignal): Promise<never> {
  await systemClock.sleep(ms, signal);
  throw new NodeError('DITS_NODE_UNREACHABLE', 'the peer did not come through');
}
