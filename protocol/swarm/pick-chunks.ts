/** Which chunks to ask a source for next; pure but for the random numbers. */
import type { ChunkClaims } from './chunk-claims.ts';
import type { ChunkList } from './chunk-list.ts';
import type { RandomNumbers } from './random-numbers.ts';
import {
  ASKERS_MAX,
  PICK_SAMPLE_COUNT,
  SOURCE_AHEAD_MS,
  SOURCE_AHEAD_START_BYTES,
  SPARE_MS,
} from './swarm-limits.ts';
import type { SwarmSource } from './swarm-source.ts';

/** What a choice is made from. */
export type PickState = {
  readonly list: ChunkList;
  readonly claims: ChunkClaims;
  /** How many sources that are fetching themselves hold each chunk. */
  readonly holders: Uint16Array;
  readonly sources: Iterable<SwarmSource>;
  readonly random: RandomNumbers;
};

/** How much may be asked for. */
export type PickRoom = { readonly bytes: number; readonly count: number };

/** A random order among chunks that are equally rare. */
const TIE_RANGE = 0x10_0000;
/** A second source is asked only if it will have answered in this share of the time that the first one needs. */
const AGAIN_SHARE_MAX = 0.5;

/** In the order of files, when every source has everything: whoever writes the files reads along. */
export function pickInOrder(state: PickState, source: SwarmSource, room: PickRoom): number[] {
  return takeWithin(state, room, withGivable(source, state.claims.inOrder()));
}

/**
 * The rarest first, so that no chunk is lost with a single peer, at random among equals, so that neighbours ask for different ones. What
 * peers that are fetching themselves can give soon is left to them.
 */
export function pickRarest(state: PickState, source: SwarmSource, room: PickRoom): number[] {
  const { holders, random } = state;
  const keys = new Map<number, number>();
  for (const index of sample(state, source)) {
    keys.set(index, holders[index]! * TIE_RANGE + random.below(TIE_RANGE));
  }
  const sorted = [...keys.keys()].sort((a, b) => keys.get(a)! - keys.get(b)!);
  if (!source.isComplete) return takeWithin(state, room, sorted);
  const rare = sorted.filter((index) => holders[index] === 0);
  if (rare.length > 0) return takeWithin(state, room, rare);
  return isLeftToPartial(state) ? [] : takeWithin(state, room, sorted);
}

/** The endgame: what others will be longest about, asked for a second time where this source has it sooner. */
export function pickAgain(state: PickState, source: SwarmSource, room: PickRoom): number[] {
  const { list, claims, sources } = state;
  const picked: number[] = [];
  let bytes = 0;
  const ownRate = rateOf(source);
  const slowest = [...sources].filter((one) => one !== source);
  slowest.sort((a, b) => b.askedBytes / rateOf(b) - a.askedBytes / rateOf(a));
  for (const other of slowest) {
    let aheadBytes = other.askedBytes;
    for (const index of [...other.asked.keys()].reverse()) {
      const size = list.sizeAt(index);
      const theirMs = aheadBytes / rateOf(other);
      const ourMs = (source.askedBytes + bytes + size) / ownRate;
      if (ourMs > theirMs * AGAIN_SHARE_MAX || picked.length >= room.count) break;
      aheadBytes -= size;
      if (claims.askers(index) >= ASKERS_MAX || !source.canGive(index)) continue;
      picked.push(index);
      bytes += size;
      if (bytes >= room.bytes) return picked;
    }
  }
  return picked;
}

/** Bytes a millisecond, measured or assumed. */
function rateOf(source: SwarmSource): number {
  const assumed = SOURCE_AHEAD_START_BYTES / SOURCE_AHEAD_MS;
  return Math.max(Number.MIN_VALUE, source.rate.bytesPerMs ?? assumed);
}

/** Whether everything that is open is held by peers that are fetching, too, and these need no help with it. */
function isLeftToPartial({ sources, claims }: PickState): boolean {
  let bytes = 0;
  for (const { isComplete, rate } of sources) {
    if (!isComplete) bytes += (rate.bytesPerMs ?? 0) * SPARE_MS;
  }
  return claims.openBytes <= bytes;
}

/** Open chunks that the source can give, some of them where there are many. */
function sample(state: PickState, source: SwarmSource): Iterable<number> {
  return withGivable(source, source.isComplete ? sampleOpen(state) : sampleOffered(state, source));
}

function* sampleOpen({ claims, random }: PickState): Iterable<number> {
  const isAll = claims.openCount <= PICK_SAMPLE_COUNT;
  const count = Math.min(PICK_SAMPLE_COUNT, claims.openCount);
  for (let at = 0; at < count; at++) {
    yield claims.openAt(isAll ? at : random.below(claims.openCount));
  }
}

/** Drops on the way what is held here by now. */
function* sampleOffered({ claims, random }: PickState, { offered }: SwarmSource): Iterable<number> {
  const isAll = offered.length <= PICK_SAMPLE_COUNT;
  for (let left = Math.min(PICK_SAMPLE_COUNT, offered.length); left > 0; left--) {
    const place = isAll ? left - 1 : random.below(offered.length);
    const index = offered[place];
    if (index === undefined) continue;
    if (claims.isOpen(index)) yield index;
    else if (claims.askers(index) === 0) {
      const last = offered.pop()!;
      if (place < offered.length) offered[place] = last;
    }
  }
}

function* withGivable(source: SwarmSource, indexes: Iterable<number>): Iterable<number> {
  for (const index of indexes) if (source.canGive(index)) yield index;
}

/** At least one, as long as there is any room. */
function takeWithin({ list }: PickState, room: PickRoom, indexes: Iterable<number>): number[] {
  const taken: number[] = [];
  let bytes = 0;
  for (const index of indexes) {
    if (bytes >= room.bytes || taken.length >= room.count) break;
    taken.push(index);
    bytes += list.sizeAt(index);
  }
  return taken;
}
