/** A relay and nodes that are reached through it: real nodes on loopback, each with a home of its own. */
import { resolveNodeSettings, systemClock, type RunningNode } from '../../../node/index.ts';
import { dialThroughRelay } from '../../../node/relay/dial-through-relay.ts';
import { parseRelayAddress, type RelayAddress } from '../../../node/relay/relay-address.ts';
import { connectSession, type Connection, type Session } from '../../../protocol/index.ts';
import type { NodeBench, Home } from '../node-bench.ts';

const LOOK_INTERVAL_MS = 10;

/** Settings of a node on a free port of loopback that does not look around, nor for a way past the relay. */
export function settingsWith(
  given: Readonly<Record<string, unknown>> = {},
): ReturnType<typeof resolveNodeSettings> {
  return resolveNodeSettings({
    ...{ listen: '127.0.0.1:0', discovery: false, holePunching: false },
    ...given,
  });
}

export async function startRelay(
  bench: NodeBench,
  home: Home,
  members: Readonly<Record<string, Home>>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly node: RunningNode; readonly address: RelayAddress }> {
  for (const [name, member] of Object.entries(members)) {
    await home.trust.add({ peerId: member.identity.peerId, name });
  }
  const node = await bench.start(home, { settings: settingsWith(settings), isRelay: true });
  return { node, address: relayAddress(node) };
}

export function relayAddress(node: RunningNode): RelayAddress {
  return parseRelayAddress(node.addresses[0]!);
}

/** Waits until a status says what it should. */
export async function until(
  node: RunningNode,
  holds: (status: Awaited<ReturnType<RunningNode['status']>>) => boolean,
): Promise<void> {
  while (!holds(await node.status())) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
  }
}

/** A node that keeps a connection to the relay, and is reachable when this resolves. */
export async function startMember(
  bench: NodeBench,
  home: Home,
  relay: RunningNode,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<RunningNode> {
  const node = await bench.start(home, {
    settings: settingsWith({ relays: relay.addresses[0], ...settings }),
  });
  await until(node, ({ relays }) => relays.every(({ isReserved }) => isReserved));
  return node;
}

export async function dialVia(
  from: Home,
  relay: RelayAddress,
  peerId: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Connection> {
  const deps = { identity: from.identity, trust: from.trust };
  return await dialThroughRelay(deps, { relay, peerId }, { settings: settingsWith(settings) });
}

export async function sessionVia(
  from: Home,
  relay: RelayAddress,
  peerId: string,
): Promise<Session> {
  const connection = await dialVia(from, relay, peerId);
  return await connectSession(connection, { clock: systemClock }, { software: 'test' });
}
