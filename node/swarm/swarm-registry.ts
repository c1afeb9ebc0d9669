/**
 * Who fetches which repository now: kept by the node that serves it, told to others who do the same. A member is known as
 * long as its connection lasts and it gives signs of life.
 */
import { isIP } from 'node:net';
import {
  ProtocolError,
  SWARM_MEMBERS_MAX,
  type ServedRepositories,
  type SwarmMember,
  type SwarmPeers,
  type SwarmQuestion,
} from '../../protocol/index.ts';
import { parseHostPort } from '../address.ts';
import type { Identity } from '../identity/identity.ts';
import { issuePass } from './pass.ts';
import {
  MEMBERSHIPS_PER_CONNECTION_MAX,
  MEMBERS_PER_REPOSITORY_MAX,
  MEMBER_SILENCE_MAX_MS,
} from './swarm-limits.ts';

export type SwarmRegistryDeps = {
  readonly identity: Identity;
  /** Milliseconds on a clock that never goes back. */
  readonly nowMs: () => number;
  /** Seconds since 1970-01-01 UTC. */
  readonly nowSeconds: () => number;
  /** A whole number from 0 to below `limit`, any as likely as another. */
  readonly randomBelow: (limit: number) => number;
};

/** What the registry needs to know of a connection. */
export type MemberConnection = {
  readonly remotePeerId: string;
  readonly remoteAddress: string;
  readonly closed: Promise<unknown>;
};

type Member = SwarmMember & { readonly heardMs: number };

export class SwarmRegistry {
  readonly #deps: SwarmRegistryDeps;
  /** By repository, then by connection. */
  readonly #swarms = new Map<string, Map<MemberConnection, Member>>();

  constructor(deps: SwarmRegistryDeps) {
    this.#deps = deps;
  }

  /** The host for one connection: as before, and it may join swarms until it ends. */
  hostFor(connection: MemberConnection, host: ServedRepositories): ServedRepositories {
    const joined = new Set<string>();
    void connection.closed.then(() => {
      for (const repository of joined) this.#forget(repository, connection);
    });
    return {
      authorize: (question) => host.authorize(question),
      list: async (peerId) => (await host.list?.(peerId)) ?? [],
      isAllowed: (question) => host.isAllowed?.(question) ?? true,
      joinSwarm: (question) => {
        joined.add(question.repository);
        if (joined.size > MEMBERSHIPS_PER_CONNECTION_MAX) {
          joined.delete(question.repository);
          const limit = `more than ${MEMBERSHIPS_PER_CONNECTION_MAX} swarms at a time`;
          throw new ProtocolError('DITS_PROTOCOL_RATE_LIMITED', limit);
        }
        return this.#join(question, connection);
      },
    };
  }

  /** Peers that fetch a repository now. */
  memberCount(repository: string): number {
    return this.#swarmOf(repository).size;
  }

  #join({ peerId, repository, port }: SwarmQuestion, connection: MemberConnection): SwarmPeers {
    const swarm = this.#swarmOf(repository);
    const host = hostOf(connection.remoteAddress);
    const heardMs = this.#deps.nowMs();
    if (port === 0 || host === undefined) {
      swarm.delete(connection);
    } else if (swarm.has(connection) || swarm.size < MEMBERS_PER_REPOSITORY_MAX) {
      swarm.set(connection, { peerId, host, port, heardMs });
    }
    if (swarm.size === 0) this.#swarms.delete(repository);
    else this.#swarms.set(repository, swarm);
    const now = this.#deps.nowSeconds();
    return {
      members: this.#some([...swarm].filter(([one]) => one !== connection)),
      pass: issuePass(this.#deps.identity, { subject: peerId, repository, now }),
      now,
    };
  }

  /** The members of a repository who were heard of lately. */
  #swarmOf(repository: string): Map<MemberConnection, Member> {
    const swarm = this.#swarms.get(repository) ?? new Map<MemberConnection, Member>();
    const oldestMs = this.#deps.nowMs() - MEMBER_SILENCE_MAX_MS;
    for (const [connection, { heardMs }] of swarm) {
      if (heardMs < oldestMs) swarm.delete(connection);
    }
    return swarm;
  }

  #forget(repository: string, connection: MemberConnection): void {
    const swarm = this.#swarms.get(repository);
    if (swarm?.delete(connection) === true && swarm.size === 0) this.#swarms.delete(repository);
  }

  /** As many as one answer holds, any as likely as another (Fisher-Yates, as far as needed). */
  #some(entries: [MemberConnection, Member][]): SwarmMember[] {
    const count = Math.min(entries.length, SWARM_MEMBERS_MAX);
    for (let at = 0; at < count; at++) {
      const other = at + this.#deps.randomBelow(entries.length - at);
      [entries[at], entries[other]] = [entries[other]!, entries[at]!];
    }
    return entries.slice(0, count).map(([, { peerId, host, port }]) => ({ peerId, host, port }));
  }
}

/** The literal address in what a connection says of its other end; undefined where it says something else. */
function hostOf(remoteAddress: string): string | undefined {
  try {
    const { host } = parseHostPort(remoteAddress, 0);
    return isIP(host) === 0 ? undefined : host;
  } catch {
    // Connections through others have no address of their own: nobody can dial there.
    return undefined;
  }
}
