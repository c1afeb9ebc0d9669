/** `dits peers`: who is on the same network, whether they are known, and what they share. */
import {
  formatHostPort,
  nearPeers,
  reachPeer,
  silentLogger,
  type KnownPeer,
  type LookUp,
  type NearPeer,
  type NodeSettings,
  type ReachDeps,
} from '../../node/index.ts';
import { connectSession, type SharedRepository } from '../../protocol/index.ts';
import type { CommandContext } from '../command-context.ts';
import { readReach } from '../remote/reach-deps.ts';
import { systemClock } from '../remote/system-clock.ts';
import { printable } from '../terminal/printable.ts';
import { formatCount } from '../terminal/quantities.ts';
import type { LeafVerb } from '../verb.ts';

/** Peers that are asked at the same time. */
const ASKED_AT_ONCE_MAX = 8;
/** How long one peer may take to say what it shares. */
const ASK_TIMEOUT_MS = 3_000;
const NAME_COLUMNS = 16;

/** Someone nearby, as the result shows it. */
type Neighbour = {
  readonly peerId: string;
  /** Null for a stranger. */
  readonly name: string | null;
  readonly isKnown: boolean;
  /** `HOST:PORT`; where it was reached comes first. */
  readonly addresses: readonly string[];
  readonly offersCode: boolean;
  /** What it lets this machine read; null when it was not asked, or did not say. */
  readonly repositories: readonly SharedRepository[] | null;
  /** Why it did not say; null for nobody's fault. */
  readonly problem: string | null;
};

export const peers: LeafVerb = {
  configure: () => undefined,
  run: async (context) => {
    const { deps, settings } = await readReach(context);
    if (!settings.discovery) {
      context.output.note('Peers are not looked for: dits config set node.discovery true');
      return { fields: { discovery: false, peers: [] } };
    }
    const { home, signal } = context;
    const { peerId } = deps.identity;
    context.progress({ phase: 'listening for peers' });
    const near = await nearPeers({ home, peerId, logger: silentLogger }, { signal });
    context.progress({ phase: `asking ${formatCount(near.length, 'peer')}` });
    const neighbours = await askAll(context, { deps, settings, near });
    for (const neighbour of neighbours) print(context, neighbour);
    if (neighbours.length === 0) context.output.note('Nobody is on this network');
    return { fields: { discovery: true, peers: neighbours } };
  },
};

type Asking = {
  readonly deps: ReachDeps;
  readonly settings: NodeSettings;
  readonly near: readonly NearPeer[];
};

/** Everyone, the known ones first, by name. */
async function askAll(
  context: CommandContext,
  { deps, settings, near }: Asking,
): Promise<readonly Neighbour[]> {
  const book = await deps.trust.read();
  const waiting = [...near];
  const neighbours: Neighbour[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const known = book.get(next.peerId);
      const asked = known === undefined ? {} : await ask(context, { deps, settings, peer: next });
      neighbours.push({ ...neighbourOf(next, known), ...asked });
    }
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE_MAX }, work));
  const keyOf = ({ name, peerId }: Neighbour): string =>
    name === null ? `1${peerId}` : `0${name}`;
  return neighbours.sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

function neighbourOf(near: NearPeer, known: KnownPeer | undefined): Neighbour {
  return {
    peerId: near.peerId,
    name: known?.name ?? null,
    isKnown: known !== undefined,
    addresses: near.endpoints.map(formatHostPort),
    offersCode: near.nameplates.length > 0,
    repositories: null,
    problem: null,
  };
}

/** Asks a known peer over a connection, on which it proves who it is. */
async function ask(
  context: CommandContext,
  facts: { readonly deps: ReachDeps; readonly settings: NodeSettings; readonly peer: NearPeer },
): Promise<Partial<Neighbour>> {
  const { deps, settings, peer } = facts;
  const { peerId, endpoints } = peer;
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(ASK_TIMEOUT_MS)]);
  const impostors: string[] = [];
  const lookUp: LookUp = (_, found) => {
    found(endpoints);
    return Promise.resolve();
  };
  try {
    const { connection, at } = await reachPeer(
      { ...deps, lookUp },
      { peerId, at: endpoints[0] },
      { settings, signal, onFalsePlace: (_, { message }) => impostors.push(message) },
    );
    const session = await connectSession(
      connection,
      { clock: systemClock },
      { software: `dits/${context.version}`, signal },
    );
    try {
      const repositories = await session.listRepositories({ signal });
      const first = at === undefined ? [] : [formatHostPort(at)];
      const others = endpoints.map(formatHostPort).filter((one) => !first.includes(one));
      return {
        addresses: [...first, ...others],
        repositories,
        problem: impostors[0] ?? null,
      };
    } finally {
      await session.close();
    }
  } catch (error) {
    context.signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    return { problem: impostors[0] ?? why };
  }
}

function print({ output }: CommandContext, neighbour: Neighbour): void {
  const { peerId, name, addresses, repositories, problem, offersCode } = neighbour;
  const shared = (repositories ?? []).map((one) => `${printable(one.name)} (${one.access})`);
  const what =
    name === null
      ? `${peerId}, not known${offersCode ? ', offers a pairing code' : ''}`
      : repositories === null
        ? 'did not say what it shares'
        : `shares ${shared.join(', ') || 'nothing with you'}`;
  output.line(`${printable(name ?? '?').padEnd(NAME_COLUMNS)} ${addresses[0] ?? ''}  ${what}`);
  if (problem !== null) output.warn(printable(problem));
}
