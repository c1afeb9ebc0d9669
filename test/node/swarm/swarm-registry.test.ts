import assert from 'node:assert/strict';
import { generateIdentity } from '../../../node/index.ts';
import {
  MEMBERSHIPS_PER_CONNECTION_MAX,
  MEMBERS_PER_REPOSITORY_MAX,
  MEMBER_SILENCE_MAX_MS,
} from '../../../node/swarm/swarm-limits.ts';
import { SwarmRegistry, type MemberConnection } from '../../../node/swarm/swarm-registry.ts';
import {
  SWARM_MEMBERS_MAX,
  type ServedRepositories,
  type SwarmPeers,
} from '../../../protocol/index.ts';
import { SeededRandom } from '../../../simulations/index.ts';

const HOST: ServedRepositories = {
  authorize: () => Promise.reject(new Error('not asked here')),
};

class Peer {
  readonly remoteAddress: string;
  readonly remotePeerId: string;
  readonly closed: Promise<void>;
  readonly #host: ServedRepositories;
  close!: () => void;

  constructor(registry: SwarmRegistry, remoteAddress: string, name: string) {
    this.remoteAddress = remoteAddress;
    this.remotePeerId = name;
    this.closed = new Promise((resolve) => {
      this.close = resolve;
    });
    this.#host = registry.hostFor(this satisfies MemberConnection, HOST);
  }

  join(port = 7000, repository = 'film'): SwarmPeers {
    return this.#host.joinSwarm!({ peerId: this.remotePeerId, repository, port });
  }
}

describe('the registry of a swarm', () => {
  const seed = 20_261_120;
  let nowMs: number;
  let registry: SwarmRegistry;

  beforeEach(() => {
    nowMs = 1_000_000;
    const random = new SeededRandom(seed);
    registry = new SwarmRegistry({
      identity: generateIdentity(),
      nowMs: () => nowMs,
      nowSeconds: () => 1_767_323_000,
      randomBelow: (limit) => random.below(limit),
    });
  });

  const peer = (number: number): Peer =>
    new Peer(registry, `198.18.${number >> 8}.${number & 255}:4242`, `peer-${number}`);
  const names = ({ members }: SwarmPeers): string[] => members.map(({ peerId }) => peerId).sort();

  it('tells each member of the others, at the address it sees and the port they name', () => {
    const [a, b] = [peer(1), peer(2)];
    assert.deepEqual(a.join(7001).members, []);
    assert.deepEqual(b.join(7002).members, [{ peerId: 'peer-1', host: '198.18.0.1', port: 7001 }]);
    assert.deepEqual(a.join(7003).members, [{ peerId: 'peer-2', host: '198.18.0.2', port: 7002 }]);
    assert.deepEqual(names(b.join(7002)), ['peer-1']);
    assert.equal(registry.memberCount('film'), 2);
  });

  it('keeps repositories apart', () => {
    const [a, b] = [peer(1), peer(2)];
    a.join(7001, 'film');
    assert.deepEqual(b.join(7002, 'secret').members, []);
  });

  it('does not list who listens nowhere, or has no address', () => {
    const [a, b] = [peer(1), new Peer(registry, 'through a relay', 'circuit')];
    a.join(0);
    assert.deepEqual(names(b.join(7002)), []);
    assert.deepEqual(names(a.join(7001)), []);
    assert.deepEqual(names(b.join(7002)), ['peer-1']);
    a.join(0);
    assert.deepEqual(names(b.join(7002)), []);
  });

  it('forgets who went, and who has gone silent', async () => {
    const [a, b, c] = [peer(1), peer(2), peer(3)];
    for (const one of [a, b, c]) one.join();
    a.close();
    await a.closed;
    assert.deepEqual(names(c.join()), ['peer-2']);
    nowMs += MEMBER_SILENCE_MAX_MS + 1;
    assert.deepEqual(names(c.join()), []);
    assert.equal(registry.memberCount('film'), 1);
    assert.deepEqual(names(b.join()), ['peer-3']);
  });

  it(`answers ${SWARM_MEMBERS_MAX} of many, other ones each time`, () => {
    const peers = Array.from({ length: 200 }, (_, number) => peer(number + 1));
    for (const one of peers) one.join();
    const seen = new Set<string>();
    for (let round = 0; round < 50; round++) {
      const answer = names(peers[0]!.join());
      assert.equal(new Set(answer).size, SWARM_MEMBERS_MAX);
      assert.ok(!answer.includes('peer-1'));
      for (const name of answer) seen.add(name);
    }
    assert.equal(seen.size, 199, `seed ${seed}`);
  });

  it('is bounded, and answers all the same', () => {
    const peers = Array.from({ length: MEMBERS_PER_REPOSITORY_MAX + 5 }, (_, n) => peer(n + 1));
    for (const one of peers) assert.ok(one.join().members.length <= SWARM_MEMBERS_MAX);
    assert.equal(registry.memberCount('film'), MEMBERS_PER_REPOSITORY_MAX);
    const [first] = peers;
    for (let number = 1; number < MEMBERSHIPS_PER_CONNECTION_MAX; number++) {
      first!.join(7000, `other-${number}`);
    }
    assert.throws(() => first!.join(7000, 'one-more'), { code: 'DITS_PROTOCOL_RATE_LIMITED' });
    assert.equal(registry.memberCount('one-more'), 0);
  });
});
