/**
 * What a run is like, drawn from its seed. Every fault is on in some runs and off in others: a fault that is always on hides what only
 * shows without it ("swarm testing", Groce et al., ISSTA 2012; FoundationDB swizzles alike).
 */
import type { LinkQuality } from '../lossy-link.ts';
import type { SeededRandom } from '../seeded-random.ts';

export type Plan = {
  readonly studios: number;
  /** Machines that only keep what others send. */
  readonly relays: number;
  /** Things that are begun or happen. */
  readonly turns: number;
  /** Clocks differ by at most so many milliseconds. */
  readonly clockRangeMs: number;
  readonly isJournalled: boolean;
  readonly isLossy: boolean;
  readonly hasSlowLinks: boolean;
  readonly hasCuts: boolean;
  readonly hasKills: boolean;
  readonly hasPowerFailures: boolean;
  readonly hasFullDisks: boolean;
  readonly hasFailingDisks: boolean;
  /** Syncs take long, so that more happens while one is under way. */
  readonly hasSlowDisks: boolean;
  /** Machines flip bits of what they send, after it was read. */
  readonly hasBadMemory: boolean;
  /** Some ask for refs to be moved before they have sent anything. */
  readonly hasHastyPushes: boolean;
  readonly losesIndexes: boolean;
  readonly hasGc: boolean;
  /** gc without grace, as `dits gc --grace-minutes 0 --expire-reflog` does. */
  readonly hasHardGc: boolean;
  readonly hasFsck: boolean;
  /** The same push twice at the same time, as by someone impatient. */
  readonly hasDoubles: boolean;
  /** Hours pass at times, so that things get old. */
  readonly hasPauses: boolean;
};

const TURNS_MIN = 20;
const TURNS_RANGE = 40;
const CLOCK_RANGE_MAX_MS = 120_000;

export function drawPlan(random: SeededRandom): Plan {
  const isOn = (): boolean => random.below(2) === 0;
  const relays = 1 + random.below(2);
  return {
    relays,
    studios: 2 + random.below(4 - (relays - 1)),
    turns: TURNS_MIN + random.below(TURNS_RANGE),
    clockRangeMs: random.below(3) === 0 ? CLOCK_RANGE_MAX_MS : 0,
    isJournalled: isOn(),
    isLossy: isOn(),
    hasSlowLinks: isOn(),
    hasCuts: isOn(),
    hasKills: isOn(),
    hasPowerFailures: isOn(),
    hasFullDisks: random.below(3) === 0,
    hasFailingDisks: random.below(3) === 0,
    hasSlowDisks: isOn(),
    hasBadMemory: random.below(4) === 0,
    hasHastyPushes: isOn(),
    losesIndexes: random.below(3) === 0,
    hasGc: isOn(),
    hasHardGc: isOn(),
    hasFsck: isOn(),
    hasDoubles: isOn(),
    hasPauses: isOn(),
  };
}

/** Links on which everything arrives. */
export const GOOD_LINK: LinkQuality = { delayMs: 1, jitterMs: 2, loss: 0, bytesPerMs: 100_000 };

export function drawLink(plan: Plan, random: SeededRandom): LinkQuality {
  return {
    delayMs: random.below(80),
    jitterMs: random.below(40),
    loss: plan.isLossy ? random.below(4) * 0.01 : 0,
    bytesPerMs: plan.hasSlowLinks ? 5 + random.below(500) : 2_000 + random.below(20_000),
  };
}
