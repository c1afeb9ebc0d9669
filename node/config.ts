/** The only definition of a node's settings: names, types, defaults, and what is allowed. Files and flags are read in cli/. */
import { PORT_DEFAULT, formatHostPort, parseHostPort } from './address.ts';
import { NodeError } from './node-error.ts';
import { RELAY_SETTINGS, type RelaySettings } from './relay/relay-settings.ts';
import { readBoolean, readNumber, type Setting } from './setting.ts';
import {
  CONGESTION_CONTROL_DEFAULT,
  CONNECTIONS_MAX,
  CONNECTIONS_PER_PEER_MAX,
  IDLE_TIMEOUT_MS,
  UDP_PAYLOAD_MAX_BYTES,
  type CongestionControlSetting,
} from './quic/quic-limits.ts';

/** Smallest datagram every QUIC path carries (RFC 9000 section 14). */
const DATAGRAM_MIN_BYTES = 1_200;
const IDLE_TIMEOUT_MIN_MS = 1_000;
const IDLE_TIMEOUT_MAX_MS = 600_000;
/** A dock, a lease, a router that starts again: most of what takes a path away gives it back within this time. */
const RECONNECT_DEFAULT_MS = 15_000;
const RECONNECT_MAX_MS = 3_600_000;
const CONNECTIONS_LIMIT_MAX = 65_536;
const CONGESTION_CONTROLS: readonly CongestionControlSetting[] = ['auto', 'bbr', 'cubic', 'reno'];
const BULK_LANES = ['auto', 'always', 'never'] as const;
const TRANSPORTS = ['both', 'quic', 'tcp'] as const;
const SWARM = ['auto', 'always', 'never'] as const;

/** When bulk data uses lanes (docs/transport.md, "Bulk lanes"). */
export type BulkLanes = (typeof BULK_LANES)[number];

/** The ways to and from other peers: QUIC over UDP, Noise over TCP. */
type Transports = (typeof TRANSPORTS)[number];

/** When a fetch joins others who fetch the same (docs/protocol.md, "Swarms"). */
type SwarmUse = (typeof SWARM)[number];

export type NodeSettings = RelaySettings & {
  /** `HOST:PORT` to listen on; port 0 picks a free one. */
  readonly listen: string;
  readonly congestionControl: CongestionControlSetting;
  /** UDP payload for every path, or `auto`: what each path is known to carry. */
  readonly datagramBytes: number | 'auto';
  /** Whether bulk data may use TCP beside a QUIC connection: `auto` on local networks. */
  readonly bulkLanes: BulkLanes;
  /** Over what peers are dialled and may come in. */
  readonly transports: Transports;
  /** Whether a fetch takes from others who fetch the same, and gives to them: `auto` when much is missing. */
  readonly swarm: SwarmUse;
  /** Whether this machine announces itself on its links, and looks for others there. */
  readonly discovery: boolean;
  readonly idleTimeoutMs: number;
  /** How long a transfer that lost its peer tries to reach it again; 0 gives up at once. */
  readonly reconnectMs: number;
  readonly connectionsMax: number;
  readonly connectionsPerPeerMax: number;
};

export type SettingName = keyof NodeSettings;

export const NODE_SETTINGS: { readonly [K in SettingName]: Setting<NodeSettings[K]> } = {
  ...RELAY_SETTINGS,
  listen: {
    default: formatHostPort({ host: '0.0.0.0', port: PORT_DEFAULT }),
    description: 'Address and port that the node listens on, UDP and TCP.',
    read: (value) => {
      if (typeof value !== 'string') return undefined;
      try {
        return formatHostPort(parseHostPort(value, PORT_DEFAULT));
      } catch {
        // The caller reports every value that is not allowed in one way.
        return undefined;
      }
    },
    allowed: 'HOST:PORT',
  },
  congestionControl: {
    default: CONGESTION_CONTROL_DEFAULT,
    description: 'How fast data is sent when the network is busy.',
    read: (value) => CONGESTION_CONTROLS.find((name) => name === value),
    allowed: CONGESTION_CONTROLS.join(', '),
  },
  datagramBytes: {
    default: 'auto',
    description: 'Bytes of data in one UDP packet; set it when a network drops big packets.',
    read: (value) =>
      value === 'auto' ? value : readNumber(value, DATAGRAM_MIN_BYTES, UDP_PAYLOAD_MAX_BYTES),
    allowed: `auto, or ${DATAGRAM_MIN_BYTES} to ${UDP_PAYLOAD_MAX_BYTES}`,
  },
  bulkLanes: {
    default: 'auto',
    description:
      'Whether bulk data may use TCP beside QUIC: on local networks, everywhere, nowhere.',
    read: (value) => BULK_LANES.find((name) => name === value),
    allowed: BULK_LANES.join(', '),
  },
  transports: {
    default: 'both',
    description:
      'How peers are reached and may come in: QUIC and, where UDP does not get through, TCP; or one of them.',
    read: (value) => TRANSPORTS.find((name) => name === value),
    allowed: TRANSPORTS.join(', '),
  },
  swarm: {
    default: 'auto',
    description:
      'Whether a fetch takes from others who fetch the same, and gives to them: of much data, always, never.',
    read: (value) => SWARM.find((name) => name === value),
    allowed: SWARM.join(', '),
  },
  discovery: {
    default: true,
    description: 'Whether the machines of the same network can find each other.',
    read: readBoolean,
    allowed: 'true, false',
  },
  idleTimeoutMs: {
    default: IDLE_TIMEOUT_MS,
    description: 'Silence after which a peer counts as gone, in milliseconds.',
    read: (value) => readNumber(value, IDLE_TIMEOUT_MIN_MS, IDLE_TIMEOUT_MAX_MS),
    allowed: `${IDLE_TIMEOUT_MIN_MS} to ${IDLE_TIMEOUT_MAX_MS}`,
  },
  reconnectMs: {
    default: RECONNECT_DEFAULT_MS,
    description:
      'How long a transfer that lost its peer tries to reach it again, in milliseconds; 0 gives up at once.',
    read: (value) => readNumber(value, 0, RECONNECT_MAX_MS),
    allowed: `0 to ${RECONNECT_MAX_MS}`,
  },
  connectionsMax: {
    default: CONNECTIONS_MAX,
    description: 'Connections that the node holds at once.',
    read: (value) => readNumber(value, 1, CONNECTIONS_LIMIT_MAX),
    allowed: `1 to ${CONNECTIONS_LIMIT_MAX}`,
  },
  connectionsPerPeerMax: {
    default: CONNECTIONS_PER_PEER_MAX,
    description: 'Connections that one peer may hold at once.',
    read: (value) => readNumber(value, 1, CONNECTIONS_LIMIT_MAX),
    allowed: `1 to ${CONNECTIONS_LIMIT_MAX}`,
  },
};

/**
 * All settings from the ones given, which may be texts; the rest by default.
 * @throws NodeError DITS_NODE_CONFIG_INVALID for an unknown name or a value that is not allowed
 */
export function resolveNodeSettings(given: Readonly<Record<string, unknown>> = {}): NodeSettings {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(NODE_SETTINGS, name)) {
      throw new NodeError('DITS_NODE_CONFIG_INVALID', `there is no setting called node.${name}`, {
        hint: `Settings are: ${Object.keys(NODE_SETTINGS).join(', ')}.`,
      });
    }
  }
  return {
    listen: resolve('listen', given),
    congestionControl: resolve('congestionControl', given),
    datagramBytes: resolve('datagramBytes', given),
    bulkLanes: resolve('bulkLanes', given),
    transports: resolve('transports', given),
    swarm: resolve('swarm', given),
    discovery: resolve('discovery', given),
    idleTimeoutMs: resolve('idleTimeoutMs', given),
    reconnectMs: resolve('reconnectMs', given),
    connectionsMax: resolve('connectionsMax', given),
    connectionsPerPeerMax: resolve('connectionsPerPeerMax', given),
    quotaBytes: resolve('quotaBytes', given),
    quotaRepositoryBytes: resolve('quotaRepositoryBytes', given),
    quotaPeerBytes: resolve('quotaPeerBytes', given),
    quotaPeerRepositories: resolve('quotaPeerRepositories', given),
    quotaPeerRate: resolve('quotaPeerRate', given),
    circuitsMax: resolve('circuitsMax', given),
    circuitsPerPeerMax: resolve('circuitsPerPeerMax', given),
    circuitBytes: resolve('circuitBytes', given),
    circuitIdleMs: resolve('circuitIdleMs', given),
    relays: resolve('relays', given),
    holePunching: resolve('holePunching', given),
  };
}

function resolve<K extends SettingName>(
  name: K,
  given: Readonly<Record<string, unknown>>,
): NodeSettings[K] {
  const setting: Setting<NodeSettings[K]> = NODE_SETTINGS[name];
  const value = given[name];
  if (value === undefined) return setting.default;
  const read = setting.read(value);
  if (read !== undefined) return read;
  throw new NodeError(
    'DITS_NODE_CONFIG_INVALID',
    `the setting node.${name} has a value that is not allowed`,
    { hint: `Allowed: ${setting.allowed}.`, details: { name } },
  );
}
