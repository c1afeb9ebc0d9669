/**
 * Range-based set reconciliation (Meyer: "Range-Based Set Reconciliation", 2023; as in negentropy): ids in order, a fingerprint for
 * each of 16 ranges; ranges that differ are cut again until their ids are cheaper to list.
 */
import { ID_BYTES } from '../../../store/ids.ts';
import type { Method } from './method.ts';

const RANGES = 16;
/** A range of up to so many ids is listed instead of cut. */
const LISTED_MAX = 32;
const FINGERPRINT_BYTES = 16;
/** A range's bound, cut to what tells it from its neighbours, its mode and the count. */
const BOUND_BYTES = 8;

/** Ids in order by their first 52 bits, with running sums, so that any range's fingerprint is two subtractions. */
type Sorted = { readonly keys: Float64Array; readonly sums: readonly [Uint32Array, Uint32Array] };

function sorted(ids: Buffer): Sorted {
  const keys = new Float64Array(ids.length / ID_BYTES);
  for (let index = 0; index < keys.length; index++) {
    const at = index * ID_BYTES;
    keys[index] = ids.readUInt32BE(at) * 2 ** 20 + (ids.readUInt32BE(at + 4) >>> 12);
  }
  keys.sort();
  const sums = [new Uint32Array(keys.length + 1), new Uint32Array(keys.length + 1)] as const;
  for (const [index, key] of keys.entries()) {
    sums[0][index + 1] = sums[0][index]! + Math.floor(key / 2 ** 20);
    sums[1][index + 1] = sums[1][index]! + Math.imul(key % 2 ** 32, 0x9e3779b1);
  }
  return { keys, sums };
}

/** Index of the first key that is not below `key`. */
function lowerBound(keys: Float64Array, key: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Range = { readonly from: number; readonly to: number };

function isSame(a: Sorted, b: Sorted, { from, to }: Range): boolean {
  const [aFrom, aTo] = [lowerBound(a.keys, from), lowerBound(a.keys, to)];
  const [bFrom, bTo] = [lowerBound(b.keys, from), lowerBound(b.keys, to)];
  if (aTo - aFrom !== bTo - bFrom) return false;
  return a.sums.every((sum, lane) => {
    const other = b.sums[lane]!;
    return (sum[aTo]! - sum[aFrom]!) >>> 0 === (other[bTo]! - other[bFrom]!) >>> 0;
  });
}

/** The ranges that one side cuts a range of its own into, by count. */
function cut({ keys }: Sorted, { from, to }: Range): Range[] {
  const [low, high] = [lowerBound(keys, from), lowerBound(keys, to)];
  const bounds = Array.from({ length: RANGES - 1 }, (_, index) => {
    return keys[low + Math.floor(((high - low) * (index + 1)) / RANGES)]!;
  });
  return [from, ...bounds].map((start, index) => ({ from: start, to: bounds[index] ?? to }));
}

/** Ids that are in `a` and not in `b`, of one range. */
function missingIn(a: Sorted, b: Sorted, { from, to }: Range): number {
  let count = 0;
  for (let at = lowerBound(a.keys, from); at < a.keys.length && a.keys[at]! < to; at++) {
    if (b.keys[lowerBound(b.keys, a.keys[at]!)] !== a.keys[at]) count++;
  }
  return count;
}

export const rangeReconciliation: Method = ({ wanted, held }) => {
  const [source, sink] = [sorted(wanted), sorted(held)];
  const bytes = { toSinkBytes: FINGERPRINT_BYTES + BOUND_BYTES, toSourceBytes: 0 };
  let open: Range[] = [{ from: 0, to: Infinity }];
  let missingCount = 0;
  let messages = 1;
  for (; open.length > 0; messages++) {
    // Whose turn it is answers each range that differs: with its ids, or with finer fingerprints.
    const isSinkTurn = messages % 2 === 1;
    const turn = isSinkTurn ? sink : source;
    const next: Range[] = [];
    let sent = 0;
    for (const range of open.filter((each) => !isSame(source, sink, each))) {
      const count = lowerBound(turn.keys, range.to) - lowerBound(turn.keys, range.from);
      if (count > LISTED_MAX) {
        const finer = cut(turn, range);
        sent += finer.length * (FINGERPRINT_BYTES + BOUND_BYTES);
        next.push(...finer);
        continue;
      }
      sent += BOUND_BYTES + count * ID_BYTES;
      // Ids listed by the source are answered by one bit each, those of the sink need no answer.
      if (!isSinkTurn) bytes.toSourceBytes += BOUND_BYTES + Math.ceil(count / 8);
      missingCount += missingIn(source, sink, range);
    }
    bytes[isSinkTurn ? 'toSourceBytes' : 'toSinkBytes'] += sent;
    open = next;
  }
  return { ...bytes, missingCount, isDone: true };
};
