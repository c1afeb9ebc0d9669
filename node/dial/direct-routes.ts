/** The routes straight to a peer's addresses: QUIC to each, and TCP shortly after. */
import { formatHostPort, type HostPort } from '../address.ts';
import type { NodeSettings } from '../config.ts';
import type { Identity } from '../identity/identity.ts';
import { laneDialler } from '../lanes/lane-dial.ts';
import { LanedConnection } from '../lanes/laned-connection.ts';
import { NodeError } from '../node-error.ts';
import { dialQuic } from '../quic/quic-dial.ts';
import type { SocketAddress } from '../quic/socket-address.ts';
import { dialTcp } from '../tcp/tcp-dial.ts';
import { resolveHost } from './resolve-host.ts';
import type { Route } from './route.ts';

/** How long one attempt may stay silent: two repetitions of QUIC's first packet fit. */
const ATTEMPT_TIMEOUT_MS = 5_000;
/** Head start of one address over the next (RFC 8305 section 5). */
const ADDRESS_DELAY_MS = 250;
/** Head start of QUIC over TCP: on most paths QUIC has shaken hands by then, and TCP is not even tried. */
const TCP_DELAY_MS = 250;

export type DirectRouteOptions = {
  readonly settings: NodeSettings;
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** There are other routes: a name that leads nowhere is no failure. */
  readonly isOneOfMany: boolean;
};

type Attempted = {
  readonly identity: Identity;
  readonly remote: SocketAddress;
  readonly delayMs: number;
  readonly options: DirectRouteOptions;
};

/** @throws NodeError DITS_NODE_HOST_NOT_FOUND when the name leads nowhere and there are no other routes */
export async function directRoutes(
  identity: Identity,
  place: HostPort,
  options: DirectRouteOptions,
): Promise<readonly Route[]> {
  const hosts = await literalHosts(place.host, options);
  const attempts = hosts.map((host, index) => {
    const remote = { host, port: place.port };
    return { identity, remote, delayMs: index * ADDRESS_DELAY_MS, options };
  });
  const { transports } = options.settings;
  const quic = transports === 'tcp' ? [] : attempts.map(quicRoute);
  const tcp = transports === 'quic' ? [] : attempts.map(tcpRoute);
  return [...quic, ...tcp];
}

async function literalHosts(
  name: string,
  { isOneOfMany }: DirectRouteOptions,
): Promise<readonly string[]> {
  try {
    return await resolveHost(name);
  } catch (error) {
    if (isOneOfMany && error instanceof NodeError) return [];
    throw error;
  }
}

function quicRoute({ identity, remote, delayMs, options }: Attempted): Route {
  const { settings, timeoutMs = ATTEMPT_TIMEOUT_MS } = options;
  const { credentials } = identity;
  return {
    path: 'quic',
    means: 'UDP',
    where: formatHostPort(remote),
    delayMs,
    dial: async ({ checkPeer, signal }) => {
      const quic = await dialQuic({
        remote,
        credentials,
        checkPeer,
        handshakeTimeoutMs: timeoutMs,
        idleTimeoutMs: settings.idleTimeoutMs,
        congestionControl: settings.congestionControl,
        payloadBytes: settings.datagramBytes === 'auto' ? undefined : settings.datagramBytes,
        signal,
      });
      return new LanedConnection(quic, laneDialler(credentials, quic, settings.bulkLanes));
    },
  };
}

function tcpRoute({ identity, remote, delayMs, options }: Attempted): Route {
  const { settings, timeoutMs = ATTEMPT_TIMEOUT_MS } = options;
  const headStartMs = settings.transports === 'tcp' ? 0 : TCP_DELAY_MS;
  return {
    path: 'tcp',
    means: 'TCP',
    where: formatHostPort(remote),
    delayMs: delayMs + headStartMs,
    dial: ({ checkPeer, signal }) =>
      dialTcp({
        remote,
        identity,
        checkPeer,
        handshakeTimeoutMs: timeoutMs,
        idleTimeoutMs: settings.idleTimeoutMs,
        signal,
      }),
  };
}
