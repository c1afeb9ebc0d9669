/** The settings that concern relays: what one keeps and forwards, and which ones a node uses. Part of `node/config.ts`. */
import { parseByteSize } from '../byte-size.ts';
import { readBoolean, readNumber, type Setting } from '../setting.ts';
import { formatRelayAddress, parseRelayAddress } from './relay-address.ts';

/** A rate below this could not move a batch within the time after which a transfer counts as stalled. */
const QUOTA_RATE_MIN_BYTES: number = 64 * 1024;
const QUOTA_REPOSITORIES_MAX = 1_000_000;
/** Circuits of a small box; each holds two pieces in memory, and what the windows of its streams let in. */
const CIRCUITS_MAX = 64;
const CIRCUITS_LIMIT_MAX = 4_096;
const CIRCUITS_PER_PEER_MAX = 16;
/** Under the number of streams that a connection may have. */
const CIRCUITS_PER_PEER_LIMIT_MAX = 60;
/** The ends of a living circuit are never silent for so long: they ask each other for signs of life. */
const CIRCUIT_IDLE_MS = 60_000;
const CIRCUIT_IDLE_MIN_MS = 1_000;
const CIRCUIT_IDLE_MAX_MS = 600_000;
const RELAYS_MAX = 8;

export type RelaySettings = {
  /** Bytes that all kept repositories may take. */
  readonly quotaBytes: number | 'none';
  /** Bytes that one kept repository may take. */
  readonly quotaRepositoryBytes: number | 'none';
  /** Bytes that one peer may store in kept repositories. */
  readonly quotaPeerBytes: number | 'none';
  /** Kept repositories that one peer may make. */
  readonly quotaPeerRepositories: number | 'none';
  /** Bytes a second that one peer may store and fetch, and move over circuits. */
  readonly quotaPeerRate: number | 'none';
  /** Circuits through this node at a time. */
  readonly circuitsMax: number;
  /** Circuits at a time that lead from one peer, and as many that lead to it. */
  readonly circuitsPerPeerMax: number;
  /** Bytes that one circuit may carry. */
  readonly circuitBytes: number | 'none';
  readonly circuitIdleMs: number;
  /** Relays through which this node can be reached, and reaches others: `[PEERID@]HOST[:PORT]`. */
  readonly relays: readonly string[];
  /** Whether peers that met at a relay look for a direct path. */
  readonly holePunching: boolean;
};

export const RELAY_SETTINGS: { readonly [K in keyof RelaySettings]: Setting<RelaySettings[K]> } = {
  quotaBytes: byteQuota('Bytes that all kept repositories may take.'),
  quotaRepositoryBytes: byteQuota('Bytes that one kept repository may take.'),
  quotaPeerBytes: byteQuota('Bytes that one peer may store in kept repositories.'),
  quotaPeerRepositories: {
    default: 'none',
    description: 'Kept repositories that one peer may make.',
    read: (value) => (value === 'none' ? value : readNumber(value, 0, QUOTA_REPOSITORIES_MAX)),
    allowed: `none, or 0 to ${QUOTA_REPOSITORIES_MAX}`,
  },
  quotaPeerRate: byteQuota(
    'Bytes a second that one peer may store in, and fetch from, kept repositories.',
    QUOTA_RATE_MIN_BYTES,
  ),
  circuitsMax: {
    default: CIRCUITS_MAX,
    description: 'Circuits through this node at a time.',
    read: (value) => readNumber(value, 0, CIRCUITS_LIMIT_MAX),
    allowed: `0 to ${CIRCUITS_LIMIT_MAX}`,
  },
  circuitsPerPeerMax: {
    default: CIRCUITS_PER_PEER_MAX,
    description: 'Circuits at a time that lead from one peer, and as many that lead to it.',
    // Each is a stream of the connection that its peer has to the relay.
    read: (value) => readNumber(value, 1, CIRCUITS_PER_PEER_LIMIT_MAX),
    allowed: `1 to ${CIRCUITS_PER_PEER_LIMIT_MAX}`,
  },
  circuitBytes: byteQuota('Bytes that one circuit may carry, both directions together.'),
  circuitIdleMs: {
    default: CIRCUIT_IDLE_MS,
    description: 'Silence that ends a circuit, in milliseconds.',
    read: (value) => readNumber(value, CIRCUIT_IDLE_MIN_MS, CIRCUIT_IDLE_MAX_MS),
    allowed: `${CIRCUIT_IDLE_MIN_MS} to ${CIRCUIT_IDLE_MAX_MS}`,
  },
  relays: {
    default: [],
    description: 'Relays through which this node can be reached, and reaches others.',
    read: readRelays,
    allowed: `up to ${RELAYS_MAX} of [PEERID@]HOST[:PORT], with commas between them`,
  },
  holePunching: {
    default: true,
    description: 'Whether peers that met at a relay look for a direct path.',
    read: readBoolean,
    allowed: 'true, false',
  },
};

function readRelays(value: unknown): readonly string[] | undefined {
  const texts: unknown = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(texts) || texts.length > RELAYS_MAX) return undefined;
  try {
    return texts.map((text) => formatRelayAddress(parseRelayAddress(String(text).trim())));
  } catch {
    // The caller reports every value that is not allowed in one way.
    return undefined;
  }
}

function byteQuota(description: string, min = 0): Setting<number | 'none'> {
  return {
    default: 'none',
    description,
    read: (value) => {
      if (value === 'none') return value;
      const bytes = parseByteSize(value);
      return bytes === undefined || bytes < min ? undefined : bytes;
    },
    allowed: min === 0 ? 'none, or a size such as 500 GiB' : `none, or a size from ${min} on`,
  };
}
