/** What a hostile case is: an attack, how it has to end, and what it may cost the node that is attacked. */
import type { Arena } from './arena.ts';

const KIB = 1024;
const MIB: number = 1024 * KIB;

/** What one case may cost the victim. Each allowance has a part that is always there and one for what was sent. */
export type Budget = {
  /** Resident memory at its highest, above what it was before. */
  readonly memoryBytes: number;
  readonly cpuMs: number;
  readonly cpuMsPerMib: number;
  /** Bytes on disk that stay, beside one for each byte that was sent. */
  readonly diskBytes: number;
};

/** Of every case that does not say otherwise. */
const BUDGET: Budget = {
  // The collector of a small heap lets some 50 MB gather before it looks.
  memoryBytes: 96 * MIB,
  // Handshakes are the most expensive thing that a single hostile connection can ask for: some 3 ms each.
  cpuMs: 1_000,
  cpuMsPerMib: 150,
  // Logs of refs, the time at which a peer was seen, pages of the index.
  diskBytes: 256 * KIB,
};

/** Resident memory of a node under any attack (issue: "RSS of a node under attack"). */
const MEMORY_UNDER_ATTACK_MAX_BYTES: number = 512 * MIB;

export type HostileCase = {
  /** What is done, as the end of "a node before a peer that …". */
  readonly title: string;
  /** Does it, and asserts how it ends. */
  readonly attack: (arena: Arena) => Promise<void>;
  readonly budget?: Partial<Budget> | undefined;
  /** Takes seconds of waiting: run together with others of its kind, and measured with them. */
  readonly waits?: boolean | undefined;
};

/** Cases of one kind of peer. */
export type CaseGroup = { readonly who: string; readonly cases: readonly HostileCase[] };

/** What a case did cost. */
export type Cost = {
  readonly sentBytes: number;
  readonly memoryBytes: number;
  readonly peakBytes: number;
  readonly cpuMs: number;
  readonly diskBytes: number;
  readonly handles: number;
};

/** The allowances that were not kept to, in words. */
export function overruns(cost: Cost, given: Partial<Budget> = {}): readonly string[] {
  const budget = { ...BUDGET, ...given };
  const sentMib = cost.sentBytes / MIB;
  const limits: readonly (readonly [string, number, number])[] = [
    ['bytes of memory', cost.memoryBytes, budget.memoryBytes],
    ['bytes of memory in all', cost.peakBytes, MEMORY_UNDER_ATTACK_MAX_BYTES],
    ['ms of processor time', cost.cpuMs, budget.cpuMs + sentMib * budget.cpuMsPerMib],
    ['bytes on disk', cost.diskBytes, budget.diskBytes + cost.sentBytes],
  ];
  return limits
    .filter(([, spent, allowed]) => spent > allowed)
    .map(
      ([what, spent, allowed]) => `${Math.round(spent)} ${what}, ${Math.round(allowed)} allowed`,
    );
}
