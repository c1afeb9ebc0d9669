/**
 * Finds the other members of a swarm: joins at a peer that serves the repository, gives signs of life, dials who is new and
 * hands over those who answer. What a member is then used for is the business of whoever takes it.
 */
import {
  ProtocolError,
  type Clock,
  type Pass,
  type SwarmMember,
  type SwarmPeers,
} from '../../protocol/index.ts';
import { DitsError } from '../../store/index.ts';
import type { Logger } from '../logger.ts';
import { isMachineLiteral } from '../reachable-literal.ts';
import {
  DIALS_MAX,
  JOIN_INTERVAL_FIRST_MS,
  JOIN_INTERVAL_MS,
  MEMBERS_IN_USE_MAX,
  MEMBER_RETRY_MS,
  MEMBER_TRIES_MAX,
} from './swarm-limits.ts';

/** A peer that serves the repository and brings those together who fetch it. */
export interface Seed {
  readonly peerId: string;
  /** What the repository is called there. */
  readonly repository: string;
  /** Says that this side listens at a port, and asks for the others. */
  join(port: number, signal: AbortSignal): Promise<SwarmPeers>;
}

/** What it takes to be let in by a member. */
export type Introduction = {
  readonly member: SwarmMember;
  readonly repository: string;
  readonly pass: Pass;
};

/** What became of a member: `again` when it may be tried later, `never` when it is not wanted any more. */
export type MemberEnd = 'again' | 'never';

export type MemberSeekerDeps = {
  readonly clock: Clock;
  readonly logger: Logger;
  /** This side's peer id and the port it listens at, so that it does not dial itself; port 0 when it does not listen. */
  readonly own: { readonly peerId: string; readonly port: number };
  /** Told whose passes count here, and what its clock says. */
  readonly onSeed: (seed: Pick<Seed, 'peerId' | 'repository'>, now: number) => void;
  /**
   * Dials a member; the result uses it until it is over. A rejection counts as a try that failed.
   */
  readonly dial: (
    introduction: Introduction,
    signal: AbortSignal,
  ) => Promise<{ readonly over: Promise<MemberEnd> }>;
};

type Candidate = {
  introduction: Introduction;
  tries: number;
  state: 'waiting' | 'busy' | 'never';
  notBeforeMs: number;
};

/** Addresses remembered at a time; a seed that names other ones in each answer gets no more than that. */
const CANDIDATES_MAX = 256;

export class MemberSeeker {
  readonly #deps: MemberSeekerDeps;
  readonly #candidates = new Map<string, Candidate>();
  readonly #tasks = new Set<Promise<void>>();
  #dialCount = 0;
  #useCount = 0;
  /** Ends the pauses that may end early. */
  readonly #wakes = new Set<() => void>();

  constructor(deps: MemberSeekerDeps) {
    this.#deps = deps;
  }

  /** Joins sooner than planned, because somebody new was seen. */
  readonly hurry = (): void => {
    for (const wake of this.#wakes) wake();
  };

  /** Joins at a seed until the signal fires, or until the seed keeps no swarms. Never rejects for what others do. */
  async run(seed: Seed, signal: AbortSignal): Promise<void> {
    let intervalMs = JOIN_INTERVAL_FIRST_MS;
    while (!isOver(signal)) {
      try {
        const answer = await seed.join(this.#deps.own.port, signal);
        this.#deps.onSeed(seed, answer.now);
        this.#learn(seed, answer);
      } catch (error) {
        if (!(error instanceof ProtocolError)) {
          if (isOver(signal)) break;
          throw error;
        }
        this.#deps.logger.debug('swarm.not-joined', { peerId: seed.peerId, reason: error.message });
        if (error.code === 'DITS_PROTOCOL_UNSUPPORTED') break;
      }
      this.#dialSome(signal);
      await this.#pause(intervalMs, signal);
      intervalMs = Math.min(2 * intervalMs, JOIN_INTERVAL_MS);
    }
    await Promise.all(this.#tasks);
  }

  #learn(seed: Seed, { members, pass }: SwarmPeers): void {
    const { own } = this.#deps;
    for (const member of members) {
      if (member.peerId === own.peerId && member.port === own.port) continue;
      if (!isMachineLiteral(member.host)) continue;
      const key = `${member.peerId} ${member.host} ${member.port}`;
      const introduction = { member, repository: seed.repository, pass };
      const known = this.#candidates.get(key);
      if (known !== undefined) known.introduction = introduction;
      else if (this.#candidates.size < CANDIDATES_MAX) {
        this.#candidates.set(key, { introduction, tries: 0, state: 'waiting', notBeforeMs: 0 });
      }
    }
  }

  #dialSome(signal: AbortSignal): void {
    const nowMs = this.#deps.clock.now();
    for (const candidate of this.#candidates.values()) {
      if (this.#dialCount >= DIALS_MAX || this.#useCount >= MEMBERS_IN_USE_MAX) return;
      if (candidate.state !== 'waiting' || candidate.notBeforeMs > nowMs) continue;
      const task = this.#use(candidate, signal).finally(() => this.#tasks.delete(task));
      this.#tasks.add(task);
    }
  }

  async #use(candidate: Candidate, signal: AbortSignal): Promise<void> {
    candidate.state = 'busy';
    candidate.tries++;
    this.#useCount++;
    let end: MemberEnd = 'again';
    try {
      const { over } = await this.#dial(candidate, signal);
      end = await over;
    } catch (error) {
      if (!(error instanceof DitsError) && !signal.aborted) throw error;
      const { peerId } = candidate.introduction.member;
      const reason = error instanceof Error ? error.message : String(error);
      this.#deps.logger.debug('swarm.member-not-used', { peerId, reason });
    } finally {
      this.#useCount--;
    }
    const isOver = end === 'never' || candidate.tries >= MEMBER_TRIES_MAX;
    candidate.state = isOver ? 'never' : 'waiting';
    candidate.notBeforeMs = this.#deps.clock.now() + MEMBER_RETRY_MS * candidate.tries;
  }

  async #dial(
    { introduction }: Candidate,
    signal: AbortSignal,
  ): ReturnType<MemberSeekerDeps['dial']> {
    this.#dialCount++;
    try {
      return await this.#deps.dial(introduction, signal);
    } finally {
      this.#dialCount--;
      this.#dialSome(signal);
    }
  }

  /** Until the time has passed, the signal fires, or somebody is in a hurry, but never so short that it floods the seed. */
  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    const timer = new AbortController();
    const cancel = (): void => timer.abort();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      await clock.sleep(Math.min(ms, JOIN_INTERVAL_FIRST_MS), timer.signal);
      this.#wakes.add(cancel);
      const restMs = ms - JOIN_INTERVAL_FIRST_MS;
      if (restMs > 0) await clock.sleep(restMs, timer.signal);
    } catch (error) {
      if (!timer.signal.aborted) throw error;
    } finally {
      this.#wakes.delete(cancel);
      signal.removeEventListener('abort', cancel);
    }
  }
}

/** Asked anew: the signal may have fired during an await. */
function isOver({ aborted }: AbortSignal): boolean {
  return aborted;
}
