/** Pairs this machine with another, from either side, and remembers the other one (docs/cli.md, "Pairing"). */
import {
  formatPairingCode,
  parsePairingCode,
  type MetPeer,
  type PairingCode,
  type PairingSelf,
  type Visit,
} from '../../protocol/index.ts';
import { formatHostPort } from '../address.ts';
import type { NodeSettings } from '../config.ts';
import type { NodeDeps } from '../create-node.ts';
import { NodeError, type NodeErrorCode } from '../node-error.ts';
import { browse } from '../near/discovery.ts';
import type { Grant, KnownPeer } from '../trust/known-peer.ts';
import { addressProblem } from '../trust/peer-rules.ts';
import { codeNotFound, joinPairing } from './join-pairing.ts';
import { offerPairing } from './offer-pairing.ts';
import { nodeAddresses, openOwnPlace } from './own-place.ts';
import { createPairingSelf } from './pairing-self.ts';
import { freePeerName, ownMachineName } from './peer-names.ts';
import { parseRelayAddress, type RelayAddress } from '../relay/relay-address.ts';
import { isTurnedAway, visitNode } from './visit-node.ts';

/** How long nodes nearby have to say that they offer the code. */
const BROWSE_TIMEOUT_MS = 5_000;
/** Nodes nearby that are tried: whoever announces a nameplate that it does not offer gets one guess at the code. */
const NEARBY_TRIED_MAX = 3;
/** Addresses of one of them: an old one may be remembered beside the new one. */
const ENDPOINTS_TRIED_MAX = 2;
/** What may be the fault of one node nearby, so that the next is tried. */
const PASSED_OVER: ReadonlySet<NodeErrorCode> = new Set<NodeErrorCode>([
  'DITS_NODE_IDENTITY_MISMATCH',
  'DITS_NODE_PROTOCOL_MISMATCH',
  'DITS_NODE_REFUSED',
  'DITS_NODE_UNREACHABLE',
  'DITS_NODE_WRONG_CODE',
]);

export type PairMachinesOptions = {
  readonly home: string;
  readonly settings: NodeSettings;
  /** Name and version of this program. */
  readonly software: string;
  /** `HOST:PORT` of a relay to meet at; for the side that was told the code also of the other side's node. */
  readonly at: string | undefined;
  /** What this machine calls itself; by default its host name. */
  readonly ownName: string | undefined;
  /** What to call the other one here; by default what it calls itself. */
  readonly name: string | undefined;
  /** What the other one may do here. */
  readonly grants: readonly Grant[];
  /** Shows the other side to the person here, and asks. */
  readonly confirm: (peer: ShownPeer) => Promise<boolean>;
  readonly signal: AbortSignal;
};

/** The other side, as the person here sees it. */
export type ShownPeer = {
  readonly peerId: string;
  /** What it is going to be called here. */
  readonly name: string;
};

export type ShownCode = {
  readonly code: string;
  /** `HOST:PORT` of this machine where it can be joined as well. */
  readonly addresses: readonly string[];
};

export type OfferOptions = PairMachinesOptions & {
  readonly onCode: (shown: ShownCode) => Promise<void>;
  readonly onWrongCode: (triesLeft: number) => void;
  readonly lifetimeMs?: number | undefined;
};

/**
 * Shows a code and waits for the other machine.
 * @throws NodeError, ProtocolError as `offerPairing`, and when the meeting point cannot be reached
 */
export async function offerToPair(deps: NodeDeps, options: OfferOptions): Promise<KnownPeer> {
  const own = await openOwnPlace(deps, options);
  const places: Visit[] = [own.visit];
  try {
    if (options.at !== undefined) {
      const relay = await visitNode(deps, parseRelayAddress(options.at), options);
      if (relay.remotePeerId === deps.identity.peerId) await relay.close();
      else places.push(relay);
    }
    return await offerPairing(places, {
      ...options,
      self: await introduceSelf(deps, options),
      onCode: (code) => options.onCode({ code: formatPairingCode(code), addresses: own.addresses }),
      confirm: async (peer) => options.confirm(await shownPeer(deps, options, peer)),
      remember: (met) => remember(deps, options, met),
    });
  } finally {
    await Promise.all(places.slice(1).map((place) => place.close()));
    await own.close();
  }
}

/**
 * Joins the machine that shows this code.
 * @throws NodeError DITS_NODE_CODE_INVALID, DITS_NODE_CODE_NOT_FOUND, and as `joinPairing`
 */
export async function joinToPair(
  deps: NodeDeps,
  codeText: string,
  options: PairMachinesOptions,
): Promise<KnownPeer> {
  const code = parsePairingCode(codeText);
  if (code === undefined) {
    throw new NodeError('DITS_NODE_CODE_INVALID', 'a code has six letters and digits', {
      hint: 'Type the one that dits peer pair shows on the other machine.',
    });
  }
  const self = await introduceSelf(deps, options);
  const { at } = options;
  const joining = { ...options, code, self };
  const peer =
    at === undefined
      ? await joinNearby(deps, joining)
      : await joinAt(deps, parseRelayAddress(at), joining);
  if (peer === undefined) throw codeNotFound(at === undefined ? 'nearby' : `at ${at}`);
  return peer;
}

type JoinOptions = PairMachinesOptions & {
  readonly code: PairingCode;
  readonly self: PairingSelf;
};

/** Undefined when the code is not offered there. */
async function joinAt(
  deps: NodeDeps,
  address: RelayAddress,
  options: JoinOptions,
): Promise<KnownPeer | undefined> {
  let visit: Visit;
  try {
    visit = await visitNode(deps, address, options);
  } catch (error) {
    if (isTurnedAway(error)) return undefined;
    throw error;
  }
  try {
    return await joinPairing(visit, {
      ...options,
      confirm: async (peer) => options.confirm(await shownPeer(deps, options, peer)),
      remember: (met) => {
        const isHost = met.peerId === visit.remotePeerId;
        return remember(deps, options, isHost ? withDirectAddress(met, address) : met);
      },
    });
  } catch (error) {
    if (isTurnedAway(error)) return undefined;
    throw error;
  } finally {
    await visit.close();
  }
}

/**
 * Joins at the nodes nearby that say they offer the code, one after the other: what is announced proves nothing, so one
 * that does not offer it, is not who it says, or knows another code does not keep the others from being tried.
 */
async function joinNearby(deps: NodeDeps, options: JoinOptions): Promise<KnownPeer | undefined> {
  let failure: NodeError | undefined;
  for (const address of await findNearby(deps, options)) {
    try {
      const peer = await joinAt(deps, address, options);
      if (peer !== undefined) return peer;
    } catch (error) {
      if (!(error instanceof NodeError) || !PASSED_OVER.has(error.code)) throw error;
      failure = error;
    }
  }
  if (failure !== undefined) throw failure;
  return undefined;
}

async function findNearby(
  { identity, logger }: NodeDeps,
  { code: { nameplate }, settings, signal }: JoinOptions,
): Promise<readonly RelayAddress[]> {
  if (!settings.discovery) return [];
  const offers = (peer: { readonly nameplates: readonly string[] }): boolean =>
    peer.nameplates.includes(nameplate);
  const { peerId } = identity;
  const found = await browse(
    { logger },
    { peerId, timeoutMs: BROWSE_TIMEOUT_MS, until: offers, signal },
  );
  return found
    .filter(offers)
    .slice(0, NEARBY_TRIED_MAX)
    .flatMap((peer) =>
      peer.endpoints
        .slice(0, ENDPOINTS_TRIED_MAX)
        .map(({ host, port }) => ({ host, port, peerId: peer.peerId })),
    );
}

async function introduceSelf(
  { identity }: NodeDeps,
  { home, settings, ownName }: PairMachinesOptions,
): Promise<PairingSelf> {
  const addresses = await nodeAddresses(home, settings);
  return createPairingSelf(identity, { name: ownName ?? ownMachineName(), addresses });
}

async function shownPeer(
  { trust }: NodeDeps,
  { name }: PairMachinesOptions,
  { peerId, name: wanted }: MetPeer,
): Promise<ShownPeer> {
  const book = await trust.read();
  const shown = name ?? book.get(peerId)?.name ?? freePeerName(book, { peerId, wanted });
  return { peerId, name: shown ?? 'a machine without a name' };
}

/** Makes the other side known, with the addresses of its node so that it is found by name from then on. */
async function remember(
  { trust }: NodeDeps,
  { name, grants }: PairMachinesOptions,
  { peerId, name: wanted, addresses }: MetPeer,
): Promise<KnownPeer> {
  return await trust.add({
    peerId,
    name: name ?? freePeerName(await trust.read(), { peerId, wanted }),
    grants,
    addresses: addresses.filter((address) => addressProblem(address) === undefined),
  });
}

/**
 * The way that led to the other machine's own node comes before those it tells of, when its node stays at this port:
 * one that runs only while the code is offered is gone afterwards.
 */
function withDirectAddress(met: MetPeer, { host, port }: RelayAddress): MetPeer {
  if (!met.addresses.some((address) => address.endsWith(`:${port}`))) return met;
  return { ...met, addresses: [formatHostPort({ host, port }), ...met.addresses] };
}
