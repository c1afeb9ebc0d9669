/** Who is of no use to a fetch; pure. */
import { SYNC_STALL_MAX_MS } from '../session/session-limits.ts';
import {
  CRAWL_AFTER_MS,
  CRAWL_MAX_RATE,
  CRAWL_RATIO,
  SOURCE_SILENCE_MAX_MS,
} from './swarm-limits.ts';
import type { DropReason, SwarmSource } from './swarm-source.ts';

const MS_PER_SECOND = 1_000;

/** Why a source should be dropped, if it should. One that nobody can replace is waited for as long as in any transfer. */
export function judgeSource(
  source: SwarmSource,
  all: Iterable<SwarmSource>,
  nowMs: number,
): DropReason | undefined {
  const others = [...all].filter((one) => one !== source);
  const quietMs = silenceOf(source, nowMs);
  if (quietMs > SYNC_STALL_MAX_MS) return 'silent';
  if (quietMs > SOURCE_SILENCE_MAX_MS && others.some((one) => canReplace(one, nowMs))) {
    return 'silent';
  }
  return isCrawl(source, others) ? 'slow' : undefined;
}

/** Time for which it owes an answer and gave none. While its chunks wait for our disk it may be us who hold it up. */
function silenceOf({ asked, arriving, lastMoveMs }: SwarmSource, nowMs: number): number {
  return asked.size > 0 && arriving.size === 0 ? nowMs - lastMoveMs : 0;
}

function canReplace(source: SwarmSource, nowMs: number): boolean {
  const isUseful = source.isComplete || source.chunks > 0;
  return isUseful && silenceOf(source, nowMs) <= SOURCE_SILENCE_MAX_MS;
}

function isCrawl(source: SwarmSource, others: readonly SwarmSource[]): boolean {
  if (source.asked.size === 0 || source.rate.busyMs < CRAWL_AFTER_MS) return false;
  const rate = source.rate.bytesPerMs ?? 0;
  if (rate * MS_PER_SECOND >= CRAWL_MAX_RATE) return false;
  return others.some((other) => (other.rate.bytesPerMs ?? 0) >= CRAWL_RATIO * rate);
}
