/**
 * The limits file (docs/configuration.md, "limits.toml"): how fast this machine's traffic may be, and what is paused.
 * Rates of single peers are in the peers file.
 */
import { parse, stringify } from 'smol-toml';
import { isPeerId } from '../identity/peer-id.ts';
import { NodeError } from '../node-error.ts';
import { rateProblem } from '../trust/peer-rules.ts';

/** Peers that may be paused one by one. */
const PAUSED_PEERS_MAX = 10_000;

export type Limits = {
  /** Most bytes a second, to all peers together and from them; undefined for no limit. */
  readonly upBytesPerSecondMax: number | undefined;
  readonly downBytesPerSecondMax: number | undefined;
  /** Whether every transfer is paused. */
  readonly isPaused: boolean;
  /** Peer ids of those whose transfers are paused. */
  readonly pausedPeers: readonly string[];
};

export const NO_LIMITS: Limits = {
  upBytesPerSecondMax: undefined,
  downBytesPerSecondMax: undefined,
  isPaused: false,
  pausedPeers: [],
};

/** @throws NodeError DITS_NODE_CONFIG_INVALID */
export function parseLimits(text: string, path: string): Limits {
  try {
    const { up, down, paused = false, paused_peers: pausedPeers = [] } = parse(text);
    if (typeof paused !== 'boolean') throw new Error('paused is neither true nor false');
    if (!Array.isArray(pausedPeers) || pausedPeers.length > PAUSED_PEERS_MAX) {
      throw new Error('paused_peers is not a list of peer ids');
    }
    return {
      upBytesPerSecondMax: readRate(up, 'up'),
      downBytesPerSecondMax: readRate(down, 'down'),
      isPaused: paused,
      pausedPeers: pausedPeers.map((one) => {
        if (typeof one === 'string' && isPeerId(one)) return one;
        throw new Error('paused_peers has something that is no peer id');
      }),
    };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n', 1)[0]! : String(cause);
    throw new NodeError('DITS_NODE_CONFIG_INVALID', `cannot read the limits: ${why}`, {
      cause,
      hint: `Repair ${path}, or remove it to have no limits.`,
      details: { path },
    });
  }
}

export function formatLimits(limits: Limits): string {
  const { upBytesPerSecondMax: up, downBytesPerSecondMax: down, isPaused, pausedPeers } = limits;
  return stringify({
    ...(up === undefined ? {} : { up }),
    ...(down === undefined ? {} : { down }),
    paused: isPaused,
    paused_peers: [...pausedPeers],
  });
}

function readRate(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number') throw new Error(`${name} is not a number of bytes a second`);
  const problem = rateProblem(value);
  if (problem !== undefined) throw new Error(`${name} ${problem}`);
  return value;
}
