/** Reads the difference of two sets out of their coded symbols (docs/protocol.md, "Sketch"). */
import { CodedSymbols, digestCheck } from './coded-symbols.ts';
import { DIGEST_WORDS } from './keyed-digest.ts';

/** A digest that one of the sets has alone. */
type Found = {
  readonly digest: Uint32Array;
  /** 1: the peer's, -1: ours. */ readonly sign: number;
};

export class SketchDecoder {
  /** The peer's symbols minus ours, without what was found. */
  #left = new CodedSymbols(0, 0);
  readonly #found: Found[] = [];

  /** Symbols taken so far. */
  get symbolCount(): number {
    return this.#left.end;
  }

  /**
   * Takes the next symbols of both sets, the same ones of either, and finds what can be found.
   * @returns whether that was the whole difference
   */
  extend(peer: CodedSymbols, own: CodedSymbols): boolean {
    const left = new CodedSymbols(0, peer.end);
    left.sums.set(this.#left.sums);
    left.checks.set(this.#left.checks);
    left.counts.set(this.#left.counts);
    const fresh = difference(peer, own);
    for (const { digest, sign } of this.#found) fresh.change(digest, -sign);
    left.sums.set(fresh.sums, peer.first * DIGEST_WORDS);
    left.checks.set(fresh.checks, peer.first);
    left.counts.set(fresh.counts, peer.first);
    this.#left = left;
    this.#peel();
    return left.counts.every((count, symbol) => count === 0 && left.checks[symbol] === 0);
  }

  /**
   * About how many differences are left to find: symbol i counts each with probability p = 1 / (1 + i / 2), so that counts scatter
   * around their mean with a variance of p (1 - p) each.
   */
  estimateLeft(): number {
    const { counts, end } = this.#left;
    const surplus = counts[0] ?? 0;
    let sum = 0;
    for (let symbol = 1; symbol < end; symbol++) {
      const share = 1 / (1 + symbol / 2);
      sum += (counts[symbol]! - surplus * share) ** 2 / (share * (1 - share));
    }
    return end > 1 ? sum / (end - 1) : 0;
  }

  /** Digests that we have and the peer lacks, as `digestKey` writes them. */
  missing(): Set<string> {
    const ours = this.#found.filter(({ sign }) => sign < 0);
    return new Set(ours.map(({ digest }) => digestKey(digest)));
  }

  /** How many differences were found, on either side. */
  get foundCount(): number {
    return this.#found.length;
  }

  /** Takes symbols that hold a single digest, which leaves others with a single one. */
  #peel(): void {
    const left = this.#left;
    const isSingle = (symbol: number): boolean => {
      const count = left.counts[symbol];
      if (count !== 1 && count !== -1) return false;
      return left.checks[symbol] === digestCheck(left.sums, symbol * DIGEST_WORDS);
    };
    const open: number[] = [];
    const touched = (symbol: number): void => {
      if (isSingle(symbol)) open.push(symbol);
    };
    for (let symbol = 0; symbol < left.end; symbol++) touched(symbol);
    // True symbols never hold more differences than there are symbols; made-up ones could go round in circles.
    while (this.#found.length < left.end) {
      const symbol = open.pop();
      if (symbol === undefined) return;
      if (!isSingle(symbol)) continue;
      const sign = left.counts[symbol]!;
      const digest = left.sums.slice(symbol * DIGEST_WORDS, (symbol + 1) * DIGEST_WORDS);
      this.#found.push({ digest, sign });
      left.change(digest, -sign, touched);
    }
  }
}

function difference(peer: CodedSymbols, own: CodedSymbols): CodedSymbols {
  const result = new CodedSymbols(peer.first, peer.end);
  for (const [at, sum] of peer.sums.entries()) result.sums[at] = sum ^ own.sums[at]!;
  for (const [at, check] of peer.checks.entries()) {
    result.checks[at] = check ^ own.checks[at]!;
    result.counts[at] = peer.counts[at]! - own.counts[at]!;
  }
  return result;
}

/** A digest as the key of a set. */
export function digestKey(digest: Uint32Array): string {
  return String.fromCharCode(
    ...new Uint16Array(digest.buffer, digest.byteOffset, 2 * DIGEST_WORDS),
  );
}
