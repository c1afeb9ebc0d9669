/** The nodes that were heard of lately, bounded in every way: anybody on the link can announce anything. */
import { formatHostPort, type HostPort } from '../address.ts';
import type { Sighting } from './announcement.ts';

/** Nodes remembered at once: more than any link of a studio has. */
export const NEAR_PEERS_MAX = 256;
/** Nodes that one sender may announce: several homes on one machine, not a flood. */
export const NEAR_PEERS_PER_SENDER_MAX = 32;
/** Places where one node may be: its interfaces, and a few false answers beside them. */
export const NEAR_ENDPOINTS_MAX = 8;

const SECOND_MS = 1_000;

/** A node nearby, as it announces itself. Its identity is proven only by a handshake. */
export type NearPeer = {
  readonly peerId: string;
  /** Version of the protocol that it speaks. */
  readonly version: number;
  /** Where it may be, the latest news first. */
  readonly endpoints: readonly HostPort[];
  /** Nameplates of the pairing codes that it offers. */
  readonly nameplates: readonly string[];
};

type Place = HostPort & {
  /** Who said so. */
  readonly sender: string;
  readonly version: number;
  readonly nameplates: readonly string[];
  readonly untilMs: number;
};

export type NearTableDeps = {
  readonly nowMs: () => number;
  /** Whether a node is one that must not be crowded out by strangers. */
  readonly isKnown: (peerId: string) => boolean;
};

export class NearTable {
  readonly #deps: NearTableDeps;
  /** By peer id, then by address; both in the order of the last news. */
  readonly #places = new Map<string, Map<string, Place>>();

  constructor(deps: NearTableDeps) {
    this.#deps = deps;
  }

  /** Takes in what a packet told. `sender` is where it came from. */
  note(sighting: Sighting, sender: string): void {
    this.#forgetExpired();
    const { peerId, version, nameplates, ttlSeconds } = sighting;
    const old = this.#places.get(peerId);
    if (ttlSeconds === 0) {
      this.#forget(peerId, sender);
      return;
    }
    if (old === undefined && !this.#hasRoom(peerId, sender)) return;
    const places = old ?? new Map<string, Place>();
    const untilMs = this.#deps.nowMs() + ttlSeconds * SECOND_MS;
    for (const endpoint of [...sighting.endpoints].reverse()) {
      const key = formatHostPort(endpoint);
      places.delete(key);
      places.set(key, { ...endpoint, sender, version, nameplates, untilMs });
    }
    for (const key of [...places.keys()].slice(0, -NEAR_ENDPOINTS_MAX)) places.delete(key);
    this.#places.delete(peerId);
    this.#places.set(peerId, places);
  }

  /** Everyone, the latest news first. */
  peers(): readonly NearPeer[] {
    this.#forgetExpired();
    return [...this.#places].reverse().map(([peerId, places]) => toPeer(peerId, places));
  }

  get(peerId: string): NearPeer | undefined {
    this.#forgetExpired();
    const places = this.#places.get(peerId);
    return places === undefined ? undefined : toPeer(peerId, places);
  }

  /** Who need not answer a question, the latest heard first, with the seconds that their records stand for. */
  known(): readonly { readonly peerId: string; readonly ttlSeconds: number }[] {
    const nowMs = this.#deps.nowMs();
    return [...this.#places].reverse().map(([peerId, places]) => {
      const untilMs = Math.max(...[...places.values()].map((place) => place.untilMs));
      return { peerId, ttlSeconds: Math.max(0, Math.floor((untilMs - nowMs) / SECOND_MS)) };
    });
  }

  #forget(peerId: string, sender: string): void {
    const places = this.#places.get(peerId);
    for (const [key, place] of places ?? []) if (place.sender === sender) places?.delete(key);
    if (places?.size === 0) this.#places.delete(peerId);
  }

  #forgetExpired(): void {
    const nowMs = this.#deps.nowMs();
    for (const [peerId, places] of this.#places) {
      for (const [key, { untilMs }] of places) if (untilMs <= nowMs) places.delete(key);
      if (places.size === 0) this.#places.delete(peerId);
    }
  }

  /** Makes room for one more; a stranger makes none by pushing out a known node. */
  #hasRoom(peerId: string, sender: string): boolean {
    const { isKnown } = this.#deps;
    const isStranger = !isKnown(peerId);
    if (isStranger && this.#countFrom(sender) >= NEAR_PEERS_PER_SENDER_MAX) return false;
    if (this.#places.size < NEAR_PEERS_MAX) return true;
    const [oldest] = [...this.#places.keys()].filter((one) => !isKnown(one));
    if (oldest === undefined) return false;
    return this.#places.delete(oldest);
  }

  #countFrom(sender: string): number {
    const isFrom = (place: Place): boolean => place.sender === sender;
    return [...this.#places.values()].filter((places) => [...places.values()].some(isFrom)).length;
  }
}

function toPeer(peerId: string, places: ReadonlyMap<string, Place>): NearPeer {
  const newestFirst = [...places.values()].reverse();
  return {
    peerId,
    version: newestFirst[0]!.version,
    endpoints: newestFirst.map(({ host, port }) => ({ host, port })),
    nameplates: [...new Set(newestFirst.flatMap(({ nameplates }) => nameplates))],
  };
}
