/**
 * What a fetching process lets strangers do: with a pass of a peer that it fetches from itself, take part in that fetch,
 * and nothing else (docs/security.md, "Fetching together").
 */
import type {
  AccessDenial,
  AccessGrant,
  AccessQuestion,
  Pass,
  ServedRepositories,
  ServedRepository,
  SwarmPeers,
} from '../../protocol/index.ts';
import { passProblem } from './pass.ts';
import { ISSUERS_MAX } from './swarm-limits.ts';

export type StrangerHostDeps = {
  /** What is open to them, for feeds only. */
  readonly shared: ServedRepository & { readonly isFeedOnly: true };
  /** Seconds since 1970-01-01 UTC here. */
  readonly nowSeconds: () => number;
};

/** A peer whose passes count. */
type Issuer = {
  readonly repository: string;
  /** What its clock is ahead of ours. */
  readonly aheadSeconds: number;
};

export class StrangerHost implements ServedRepositories {
  readonly #deps: StrangerHostDeps;
  readonly #issuers = new Map<string, Issuer>();

  constructor(deps: StrangerHostDeps) {
    this.#deps = deps;
  }

  /** Passes of this peer for its repository of this name count from now on, by the clock it just told. */
  trust(issuer: string, repository: string, { now }: Pick<SwarmPeers, 'now'>): void {
    if (!this.#issuers.has(issuer) && this.#issuers.size >= ISSUERS_MAX) return;
    const aheadSeconds = now - this.#deps.nowSeconds();
    this.#issuers.set(issuer, { repository, aheadSeconds });
  }

  authorize(question: AccessQuestion): Promise<AccessGrant | AccessDenial> {
    const problem = this.#problemWith(question);
    if (problem !== undefined) {
      const failure = 'insufficient-permission';
      return Promise.resolve({ isGranted: false, failure, message: problem });
    }
    return Promise.resolve({ isGranted: true, access: 'read', repository: this.#deps.shared });
  }

  #problemWith({ peerId, repository, access, pass }: AccessQuestion): string | undefined {
    if (pass === undefined) return 'only peers with a pass are served here';
    if (access !== 'read') return 'nothing can be written here';
    const issuer = this.#issuers.get(pass.issuer);
    if (issuer?.repository !== repository) return 'this is not being fetched from that peer';
    return passProblem(pass, this.#expected(pass, { peerId, repository, issuer }));
  }

  #expected(
    { issuer }: Pass,
    facts: { readonly peerId: string; readonly repository: string; readonly issuer: Issuer },
  ): Parameters<typeof passProblem>[1] {
    const now = this.#deps.nowSeconds() + facts.issuer.aheadSeconds;
    return { issuer, subject: facts.peerId, repository: facts.repository, now };
  }
}
