/** The limits of a relay's circuits among a node's settings (docs/relay.md, "Circuits"). */
import type { CircuitLimits } from '../../protocol/index.ts';
import type { NodeSettings } from '../config.ts';

export function circuitLimitsOf(settings: NodeSettings): CircuitLimits {
  const { circuitsMax, circuitsPerPeerMax, circuitBytes, circuitIdleMs } = settings;
  return {
    ...{ circuitsMax, circuitsPerPeerMax },
    bytesMax: circuitBytes === 'none' ? Infinity : circuitBytes,
    idleMs: circuitIdleMs,
  };
}
