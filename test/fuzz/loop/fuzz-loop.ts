/** Searches for inputs that a target does not withstand: keeps what takes new ways through the code, and changes it again. */
import { SeededRandom } from '../../../simulations/seeded-random.ts';
import { oneOf, type MutationContext } from '../mutate/mutation.ts';
import type { FuzzTarget } from '../target.ts';
import { EdgeMap } from './edge-map.ts';
import { execute } from './execution.ts';
import { findingKey, type Finding } from './finding.ts';

/** Different findings after which a run ends. */
const FINDINGS_MAX = 8;
/** Changes to one input, one on top of the other. */
const STACKED_MAX = 6;
/** Inputs between two looks at the clock. */
const CLOCK_INTERVAL = 32;
/** Of so many inputs one is left with the checksums that its changes made wrong. */
const UNREPAIRED_ODDS = 8;

export type FuzzOptions = {
  readonly seed: number;
  /** CPU time of this process, in milliseconds; what `executionsMax` allows may end it sooner. */
  readonly cpuMs: number;
  readonly executionsMax?: number | undefined;
  /** Inputs to begin with, beside the target's own. */
  readonly corpus: readonly Uint8Array[];
  readonly counters: Uint8Array;
  /** Told of every input before it runs. */
  readonly note?: ((input: Buffer) => void) | undefined;
};

export type FuzzReport = {
  readonly executions: number;
  /** Inputs that the decoder accepted. */
  readonly accepted: number;
  readonly cpuMs: number;
  /** Branches taken. */
  readonly edges: number;
  /** Every input that took a new way, those given first. */
  readonly corpus: readonly Buffer[];
  readonly findings: readonly Finding[];
};

export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzReport> {
  const start = process.cpuUsage();
  const search = new Search(target, options);
  for (const input of [...target.seeds(), ...options.corpus]) {
    await search.try(Buffer.from(input).subarray(0, target.sizeMaxBytes));
  }
  const spentMs = (): number => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const { executionsMax = Infinity } = options;
  while (search.findings.size < FINDINGS_MAX && search.executions < executionsMax) {
    if (search.executions % CLOCK_INTERVAL === 0 && spentMs() >= options.cpuMs) break;
    await search.try(search.nextInput());
  }
  return search.report(spentMs());
}

class Search {
  readonly findings = new Map<string, Finding>();
  executions = 0;
  #accepted = 0;
  readonly #target: FuzzTarget;
  readonly #options: FuzzOptions;
  readonly #random: SeededRandom;
  readonly #edges: EdgeMap;
  readonly #corpus: Buffer[] = [];
  readonly #context: MutationContext;

  constructor(target: FuzzTarget, options: FuzzOptions) {
    this.#target = target;
    this.#options = options;
    this.#random = new SeededRandom(options.seed);
    this.#edges = new EdgeMap(options.counters);
    this.#context = {
      random: this.#random,
      other: () => this.#pick(),
      dictionary: (target.dictionary ?? []).map((word) => Buffer.from(word as string)),
    };
  }

  nextInput(): Buffer {
    const { mutations, repair, sizeMaxBytes } = this.#target;
    let input = this.#pick();
    for (let left = 1 + this.#random.below(STACKED_MAX); left > 0; left--) {
      input = oneOf(this.#random, mutations)(input, this.#context).subarray(0, sizeMaxBytes);
    }
    if (repair === undefined || this.#random.below(UNREPAIRED_ODDS) === 0) return input;
    return repair(Buffer.from(input), this.#random).subarray(0, sizeMaxBytes);
  }

  async try(input: Buffer): Promise<void> {
    this.#options.note?.(input);
    this.#edges.reset();
    const { isAccepted, finding } = await execute(this.#target, input);
    this.executions++;
    if (isAccepted) this.#accepted++;
    const isNew = this.#edges.isNew();
    if (finding !== undefined) this.findings.set(findingKey(finding), finding);
    else if (isNew || this.#corpus.length === 0) this.#corpus.push(Buffer.from(input));
  }

  report(cpuMs: number): FuzzReport {
    return {
      executions: this.executions,
      accepted: this.#accepted,
      cpuMs,
      edges: this.#edges.edgeCount,
      corpus: this.#corpus,
      findings: [...this.findings.values()],
    };
  }

  /** Half of the time one of the youngest quarter: what was found last has been changed least. */
  #pick(): Buffer {
    const young = Math.ceil(this.#corpus.length / 4);
    const among = this.#random.below(2) === 0 ? this.#corpus : this.#corpus.slice(-young);
    return among.length === 0 ? Buffer.alloc(0) : oneOf(this.#random, among);
  }
}
