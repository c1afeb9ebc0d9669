import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { NodeError, generateIdentity, silentLogger } from '../../../node/index.ts';
import {
  MemberSeeker,
  type Introduction,
  type MemberEnd,
  type Seed,
} from '../../../node/swarm/member-seeker.ts';
import { issuePass } from '../../../node/swarm/pass.ts';
import {
  DIALS_MAX,
  JOIN_INTERVAL_FIRST_MS,
  JOIN_INTERVAL_MS,
  MEMBERS_IN_USE_MAX,
  MEMBER_RETRY_MS,
  MEMBER_TRIES_MAX,
} from '../../../node/swarm/swarm-limits.ts';
import { ProtocolError, type SwarmMember } from '../../../protocol/index.ts';
import { ManualClock } from '../../protocol/support/manual-clock.ts';

const OWN = { peerId: 'own', port: 7000 };

/** A dial that the test lets succeed or fail, and a use that it ends. */
type Dialled = Introduction & {
  answer: () => void;
  fail: () => void;
  end: (how: MemberEnd) => void;
};

describe('the seeker of members', () => {
  const identity = generateIdentity();
  const pass = issuePass(identity, { subject: 'own', repository: 'film', now: 1 });
  let clock: ManualClock;
  let members: SwarmMember[];
  let joined: number;
  let joinError: ProtocolError | undefined;
  let dialled: Dialled[];
  let stop: AbortController;
  let seeker: MemberSeeker;
  let running: Promise<void>;

  beforeEach(() => {
    clock = new ManualClock();
    members = [];
    joined = 0;
    joinError = undefined;
    dialled = [];
    stop = new AbortController();
  });

  afterEach(async () => {
    stop.abort(new Error('test is over'));
    for (const one of dialled) {
      one.fail();
      one.end('again');
    }
    await running;
  });

  const member = (number: number): SwarmMember => ({
    ...{ peerId: `peer-${number}`, host: '198.18.0.1', port: 7000 + number },
  });

  async function start(): Promise<void> {
    seeker = new MemberSeeker({
      clock,
      logger: silentLogger,
      own: OWN,
      onSeed: () => undefined,
      dial: (introduction) =>
        new Promise((resolve, reject) => {
          let end!: (how: MemberEnd) => void;
          const over = new Promise<MemberEnd>((done) => {
            end = done;
          });
          dialled.push({
            ...introduction,
            answer: () => resolve({ over }),
            fail: () => reject(new NodeError('DITS_NODE_UNREACHABLE', 'nobody there')),
            end,
          });
        }),
    });
    const seed: Seed = {
      peerId: identity.peerId,
      repository: 'film',
      join: (port) => {
        assert.equal(port, OWN.port);
        joined++;
        if (joinError !== undefined) return Promise.reject(joinError);
        return Promise.resolve({ members, pass, now: 1 });
      },
    };
    running = seeker.run(seed, stop.signal);
    await settle();
  }

  async function settle(): Promise<void> {
    for (let round = 0; round < 5; round++) await turn();
  }

  async function advance(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= JOIN_INTERVAL_FIRST_MS) {
      clock.advance(Math.min(left, JOIN_INTERVAL_FIRST_MS));
      await settle();
    }
  }

  it('looks up no names, and dials no groups, that a seed calls members', async () => {
    const hosts = ['db.internal', '224.0.0.251', '255.255.255.255', '0.0.0.0', '::', 'ff02::fb'];
    members = [...hosts.map((host, index) => ({ ...member(index), host })), member(9)];
    await start();
    assert.deepEqual(
      dialled.map((one) => one.member.peerId),
      ['peer-9'],
    );
  });

  it('joins at once, then less and less often', async () => {
    await start();
    assert.equal(joined, 1);
    await advance(JOIN_INTERVAL_FIRST_MS * (1 + 2 + 4));
    assert.equal(joined, 4);
    await advance(JOIN_INTERVAL_MS * 3);
    assert.equal(joined, 7);
  });

  it('dials who is new, once, with the pass of the seed', async () => {
    members = [member(1), { ...OWN, host: '127.0.0.1' }];
    await start();
    members = [member(1), member(2)];
    await advance(JOIN_INTERVAL_MS * 2);
    assert.deepEqual(
      dialled.map(({ member: { peerId } }) => peerId),
      ['peer-1', 'peer-2'],
    );
    assert.equal(dialled[0]!.pass, pass);
    assert.equal(dialled[0]!.repository, 'film');
  });

  it('joins again soon when it is in a hurry, but does not flood the seed', async () => {
    await start();
    await advance(JOIN_INTERVAL_MS * 3);
    const before = joined;
    for (let call = 0; call < 100; call++) seeker.hurry();
    await advance(JOIN_INTERVAL_FIRST_MS);
    for (let call = 0; call < 100; call++) seeker.hurry();
    await settle();
    assert.ok(joined - before <= 2, `${joined - before} times`);
    assert.ok(joined > before);
  });

  it('tries a member that does not answer again, some times', async () => {
    members = [member(1)];
    await start();
    for (let round = 0; round < 10; round++) {
      dialled.at(-1)!.fail();
      await advance(MEMBER_RETRY_MS * MEMBER_TRIES_MAX + JOIN_INTERVAL_MS);
    }
    assert.equal(dialled.length, MEMBER_TRIES_MAX);
  });

  it('leaves a member alone that is not wanted any more', async () => {
    members = [member(1)];
    await start();
    dialled[0]!.answer();
    dialled[0]!.end('never');
    await advance(MEMBER_RETRY_MS * 10);
    assert.equal(dialled.length, 1);
  });

  it('keeps to its bounds, whatever a seed names', async () => {
    members = Array.from({ length: 32 }, (_, number) => member(number));
    await start();
    assert.equal(dialled.length, DIALS_MAX);
    // More are dialled as these answer: the list grows under the loop.
    for (const one of dialled) {
      one.answer();
      await settle();
    }
    assert.equal(dialled.length, MEMBERS_IN_USE_MAX);
    let next = 32;
    for (let round = 0; round < 50; round++) {
      members = Array.from({ length: 32 }, () => member(next++));
      await advance(JOIN_INTERVAL_MS);
      const open = dialled.at(-1)!;
      open.answer();
      open.end('never');
      await settle();
    }
    assert.ok(dialled.length < 300, 'too many are dialled');
  });

  it('stops asking a peer that keeps no swarms, and goes on with one that stumbles', async () => {
    joinError = new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'gone');
    await start();
    await advance(JOIN_INTERVAL_MS * 4);
    assert.ok(joined > 3);
    joinError = new ProtocolError('DITS_PROTOCOL_UNSUPPORTED', 'no swarms here');
    await advance(JOIN_INTERVAL_MS);
    const before = joined;
    await running;
    assert.equal(joined, before);
  });
});
