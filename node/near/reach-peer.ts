/**
 * Connects to a peer wherever it is now: where the address says, where it was before, and where it announces itself on
 * this network (docs/transport.md, "Peers nearby"). A place that turns out to be somebody else is named and left.
 */
import type { Connection } from '../../protocol/index.ts';
import { PORT_DEFAULT, formatHostPort, parseHostPort, type HostPort } from '../address.ts';
import { CLOSE_CODE } from '../close-codes.ts';
import { dialPeer, type DialDeps, type DialOptions } from '../dial/dial-peer.ts';
import { NodeError } from '../node-error.ts';
import { dialThroughRelay } from '../relay/dial-through-relay.ts';
import { parseRelayAddress, type RelayAddress } from '../relay/relay-address.ts';
import { nearPeers, type NearPeersDeps } from './near-peers.ts';
import type { NearPeer } from './near-table.ts';

/** Head start of each place over the next one: an answer on a local network, or from another continent, is back by then. */
const STAGGER_MS = 250;
/** Head start of every direct way over relays: a relay is slower, and its owner pays for the bytes. */
const RELAY_HEAD_START_MS = 1_500;
/** Places that are tried for one connection. */
const PLACES_MAX = 16;
/** Failures that say nothing about the peer itself: it may be somewhere else. */
const ELSEWHERE_CODES: readonly string[] = [
  'DITS_NODE_UNREACHABLE',
  'DITS_NODE_HOST_NOT_FOUND',
  'DITS_NODE_IDENTITY_MISMATCH',
  'DITS_NODE_PROTOCOL_MISMATCH',
];

/** How it is known that a peer may be at a place. */
type PlaceSource = 'address' | 'remembered' | 'near' | 'relay';
/** With `relay`: not the peer's own place, but a relay that may lead to it. */
export type Place = HostPort & { readonly source: PlaceSource; readonly relay?: RelayAddress };

/** Which peer, and where it was said to be. Without a peer id, `at` alone counts. */
export type ReachTarget = {
  readonly peerId: string | undefined;
  readonly at: HostPort | undefined;
  /** The relay to go through, and nowhere else; `[PEERID@]HOST[:PORT]`. */
  readonly via?: string | undefined;
};

/** May tell of the same places again and again, and of false ones. */
export type LookUp = (
  peerId: string,
  found: (endpoints: readonly HostPort[]) => void,
  signal: AbortSignal,
) => Promise<void>;

export type ReachDeps = DialDeps & {
  /** Limits that the connection is held to; none, if left out. */
  readonly limits?: { wrap(connection: Connection): Connection } | undefined;
  /** Tells where a peer announces itself, as long as it takes or until it is aborted; left out, nobody is looked for. */
  readonly lookUp?: LookUp | undefined;
  readonly dial?: typeof dialPeer | undefined;
  readonly dialRelay?: typeof dialThroughRelay | undefined;
};

export type ReachOptions = DialOptions & {
  /** Told of a place where the peer is not, although something said so. */
  readonly onFalsePlace?: ((place: Place, error: Error) => void) | undefined;
};

/** `at` is undefined where the peer was reached through a relay. */
export type Reached = { readonly connection: Connection; readonly at: HostPort | undefined };

/** `ReachDeps.lookUp` for a home folder. */
export function nearLookUp(deps: NearPeersDeps): LookUp {
  return async (peerId, found, signal) => {
    const onHeard = (peer: NearPeer): boolean => {
      if (peer.peerId === peerId) found(peer.endpoints);
      // The first to answer to a name need not be the right one.
      return false;
    };
    await nearPeers(deps, { onHeard, signal });
  };
}

/**
 * Connects, and notes where a known peer was reached.
 * @throws NodeError as `dialPeer`
 */
export async function reachPeer(
  deps: ReachDeps,
  target: ReachTarget,
  options: ReachOptions,
): Promise<Reached> {
  const reached = await reach(deps, target, options);
  const connection = deps.limits?.wrap(reached.connection) ?? reached.connection;
  const { at } = reached;
  try {
    const address = at === undefined ? undefined : formatHostPort(at);
    await deps.trust.noteSeen(connection.remotePeerId, address);
  } catch {
    // A home that cannot be written to makes the next connection slower, and must not end this one.
  }
  return { connection, at };
}

async function reach(
  deps: ReachDeps,
  { peerId, at, via }: ReachTarget,
  options: ReachOptions,
): Promise<Reached> {
  if (peerId !== undefined && via !== undefined) {
    return await new Race(deps, peerId, options).run([relayPlace(via)]);
  }
  if (peerId === undefined) {
    if (at === undefined) throw new RangeError('neither a peer nor a place is named');
    const dial = deps.dial ?? dialPeer;
    return { connection: await dial(deps, { ...at, peerId }, options), at };
  }
  const remembered = (await deps.trust.read()).get(peerId)?.addresses ?? [];
  const places: Place[] = [
    ...(at === undefined ? [] : [{ ...at, source: 'address' as const }]),
    ...remembered.map((text) => ({
      ...parseHostPort(text, PORT_DEFAULT),
      source: 'remembered' as const,
    })),
  ];
  const relays = options.settings.relays.map(relayPlace);
  return await new Race(deps, peerId, options).run(places, { relays, lookUp: deps.lookUp });
}

function relayPlace(text: string): Place {
  const relay = parseRelayAddress(text);
  return { host: relay.host, port: relay.port, source: 'relay', relay };
}

type Settle = {
  readonly resolve: (reached: Reached) => void;
  readonly reject: (error: unknown) => void;
};

/** Several places at once, each a little after the one before; the first that proves to be the peer wins. */
class Race {
  readonly #deps: ReachDeps;
  readonly #peerId: string;
  readonly #options: ReachOptions;
  readonly #controller = new AbortController();
  readonly #waiting: Place[] = [];
  /** Tried when nothing else has led to the peer for a while. */
  #relays: readonly Place[] = [];
  #relayTimer: NodeJS.Timeout | undefined;
  #lookUpPlaces: LookUp | undefined;
  readonly #tried = new Set<string>();
  readonly #failures: { readonly place: Place; readonly error: Error }[] = [];
  #runningCount = 0;
  #hasLookedUp = false;
  #timer: NodeJS.Timeout | undefined;
  #settle: Settle | undefined;

  constructor(deps: ReachDeps, peerId: string, options: ReachOptions) {
    this.#deps = deps;
    this.#peerId = peerId;
    this.#options = options;
  }

  async run(
    places: readonly Place[],
    last: { readonly relays: readonly Place[]; readonly lookUp: LookUp | undefined } = {
      relays: [],
      lookUp: undefined,
    },
  ): Promise<Reached> {
    const { signal } = this.#options;
    signal?.throwIfAborted();
    this.#relays = last.relays;
    this.#lookUpPlaces = last.lookUp;
    this.#relayTimer = setTimeout(() => {
      this.#addRelays();
    }, RELAY_HEAD_START_MS);
    const onAbort = (): void => this.#end()?.reject(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await new Promise<Reached>((resolve, reject) => {
        this.#settle = { resolve, reject };
        this.#add(places);
        this.#advance();
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #add(places: readonly Place[]): void {
    for (const place of places) {
      const key = `${place.relay === undefined ? '' : 'relay '}${formatHostPort(place)}`;
      if (this.#tried.has(key) || this.#tried.size >= PLACES_MAX) continue;
      this.#tried.add(key);
      this.#waiting.push(place);
    }
  }

  /** Starts the next place; after the last one, looks around; after that, waits for what is under way. */
  #advance(): void {
    if (this.#settle === undefined) return;
    clearTimeout(this.#timer);
    const place = this.#waiting.shift();
    if (place !== undefined) this.#start(this.#try(place));
    else if (!this.#hasLookedUp) this.#start(this.#lookUp());
    else if (this.#runningCount > 0) return;
    else if (this.#relays.length > 0) this.#addRelays();
    else this.#end()?.reject(this.#failure());
    this.#timer = setTimeout(() => {
      this.#advance();
    }, STAGGER_MS);
  }

  #addRelays(): void {
    const relays = this.#relays;
    this.#relays = [];
    this.#add(relays);
    this.#advance();
  }

  #start(work: Promise<void>): void {
    this.#runningCount++;
    void work.finally(() => {
      this.#runningCount--;
      this.#advance();
    });
  }

  async #lookUp(): Promise<void> {
    this.#hasLookedUp = true;
    const found = (endpoints: readonly HostPort[]): void => {
      this.#add(endpoints.map((endpoint) => ({ ...endpoint, source: 'near' })));
      if (this.#waiting.length > 0) this.#advance();
    };
    try {
      await this.#lookUpPlaces?.(this.#peerId, found, this.#controller.signal);
    } catch (error) {
      if (!this.#controller.signal.aborted) this.#end()?.reject(error);
    }
  }

  async #try(place: Place): Promise<void> {
    const { signal } = this.#controller;
    const { host, port, relay } = place;
    try {
      const connection = await this.#dial(place, signal);
      const settle = this.#end();
      if (settle === undefined) await connection.close(CLOSE_CODE.normal, 'reached elsewhere');
      else settle.resolve({ connection, at: relay === undefined ? { host, port } : undefined });
    } catch (error) {
      this.#failed(place, error);
    }
  }

  async #dial({ host, port, relay }: Place, signal: AbortSignal): Promise<Connection> {
    const peerId = this.#peerId;
    const options = { ...this.#options, signal };
    if (relay === undefined) {
      const dial = this.#deps.dial ?? dialPeer;
      return await dial(this.#deps, { host, port, peerId }, options);
    }
    const dialRelay = this.#deps.dialRelay ?? dialThroughRelay;
    return await dialRelay(this.#deps, { relay, peerId }, options);
  }

  #failed(place: Place, error: unknown): void {
    if (this.#settle === undefined) return;
    if (!(error instanceof Error)) {
      this.#end()?.reject(error);
      return;
    }
    const code = 'code' in error ? String(error.code) : '';
    // Who answers for a place that was only announced has no say in what becomes of the others.
    if (place.source !== 'near' && !ELSEWHERE_CODES.includes(code)) {
      this.#end()?.reject(error);
      return;
    }
    this.#failures.push({ place, error });
    if (code === 'DITS_NODE_IDENTITY_MISMATCH') this.#options.onFalsePlace?.(place, error);
  }

  /** The most telling failure: somebody else answered, then anything else, then silence. */
  #failure(): Error {
    const isSilence = ({ error }: { readonly error: Error }): boolean =>
      'code' in error && error.code === 'DITS_NODE_UNREACHABLE';
    const telling = this.#failures.find((one) => !isSilence(one));
    if (telling !== undefined) return telling.error;
    const [first] = this.#failures;
    if (this.#failures.length === 1) return first!.error;
    const where = this.#failures.map(({ place }) => formatHostPort(place)).join(', ');
    const message =
      where === ''
        ? `${this.#peerId} is not on this network, and nobody knows where else it is`
        : `${this.#peerId} was reached at none of ${where}`;
    return new NodeError('DITS_NODE_UNREACHABLE', message, {
      cause: first?.error,
      hint: 'Check that its node runs, and use its address: dits://PEERID@HOST[:PORT]/REPOSITORY.',
      details: { peerId: this.#peerId },
    });
  }

  /** Ends the race once: whoever gets the result settles it. */
  #end(): Settle | undefined {
    const settle = this.#settle;
    this.#settle = undefined;
    clearTimeout(this.#timer);
    clearTimeout(this.#relayTimer);
    this.#controller.abort(new NodeError('DITS_NODE_CLOSED', 'the peer was reached elsewhere'));
    return settle;
  }
}
