/** Who is of no use to a fetch; pure. */
import { SYNC_STALL_MAX_MS } from '../session/session-limits.ts';
import {
  CRAWL_AFTER_MS,
  CRAWL_MAX_RATE,
  CRAWL_RATIO,
  SOURCE_PAUSE_MAX_MS,
  SOURCE_SILENCE_MAX_MS,
} from './swarm-limits.ts';
import type { DropReason, SwarmSource } from './swarm-source.ts';

const MS_PER_SECOND = 1_000;

/** Why a source should be dropped, if it should. One that nobody can replace is waited for as long as in any transfer, longer if it says that it pauses. */
export function judgeSource(
  source: SwarmSource,
  all: Iterable<SwarmSource>,
  nowMs: number,
): DropReason | undefined {
  const others = [...all].filter((one) => one !== source);
  const quietMs = silenceOf(source, nowMs);
  const isPaused = nowMs - source.heldBackMs <= SYNC_STALL_MAX_MS;
  if (quietMs > (isPaused ? SOURCE_PAUSE_MAX_MS : SYNC_STALL_MAX_MS)) return 'silent';
  const isSilent = quietMs > SOURCE_SILENCE_MAX_MS;
  if (!isSilent && !isCrawl(source, others)) return undefined;
  if (!isReplaceable(source, others, nowMs)) return undefined;
  return isSilent ? 'silent' : 'slow';
}

/** Time for which it owes an answer and gave none. While its chunks wait for our disk it may be us who hold it up. */
function silenceOf({ asked, arriving, lastMoveMs }: SwarmSource, nowMs: number): number {
  return asked.size > 0 && arriving.size === 0 ? nowMs - lastMoveMs : 0;
}

/**
 * Whether everything that it owes can come from others who answer. A seed in a crowd may be long about its first answer, and nobody else
 * has what it is asked for.
 */
function isReplaceable(
  source: SwarmSource,
  others: readonly SwarmSource[],
  nowMs: number,
): boolean {
  const useful = others.filter((one) => silenceOf(one, nowMs) <= SOURCE_SILENCE_MAX_MS);
  return [...source.asked.keys()].every((index) => useful.some((one) => one.holds(index)));
}

function isCrawl(source: SwarmSource, others: readonly SwarmSource[]): boolean {
  if (source.asked.size === 0 || source.rate.busyMs < CRAWL_AFTER_MS) return false;
  const rate = source.rate.bytesPerMs ?? 0;
  if (rate * MS_PER_SECOND >= CRAWL_MAX_RATE) return false;
  return others.some((other) => (other.rate.bytesPerMs ?? 0) >= CRAWL_RATIO * rate);
}
