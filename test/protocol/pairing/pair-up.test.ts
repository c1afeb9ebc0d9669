import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, sign, verify, type KeyObject } from 'node:crypto';
import {
  pairUp,
  type PairingCode,
  type PairingDeps,
  type PairingPipe,
  type PairingResult,
  type PairingRole,
  type PairingSelf,
} from '../../../protocol/index.ts';
import { AsyncQueue } from '../../../protocol/flow/async-queue.ts';
import { decodeStep, encodeStep } from '../../../protocol/pairing/pair-step.ts';

const CODE: PairingCode = { nameplate: 'K7', secret: 'QM2X' };
const keys = new Map<string, KeyObject>();

function createSelf(peerId: string, name = peerId): PairingSelf {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  keys.set(peerId, publicKey);
  return {
    peerId,
    introduction: { name, addresses: [`${name}.local:4433`] },
    sign: (data) => sign(null, data, privateKey),
  };
}

const DEPS: PairingDeps = {
  random: randomBytes,
  verify: (peerId, data, signature) => {
    const key = keys.get(peerId);
    return key !== undefined && verify(null, data, key, signature);
  },
};

const ANN = createSelf('ann');
const BOB = createSelf('bob');
/** Messages of each side that a pairing takes up to the verdicts. */
const MESSAGES_BEFORE_VERDICT = 3;

/** What happens to a message on its way: the same, another one, or undefined for its end. */
type Interference = (data: Uint8Array, from: PairingRole, index: number) => Uint8Array;

function createPipes(interfere: Interference = (data) => data): {
  readonly offerer: PairingPipe;
  readonly joiner: PairingPipe;
  readonly close: () => void;
  readonly seen: Uint8Array[];
} {
  const toOfferer = new AsyncQueue<Uint8Array>(Infinity);
  const toJoiner = new AsyncQueue<Uint8Array>(Infinity);
  const seen: Uint8Array[] = [];
  const pipe = (
    from: PairingRole,
    out: AsyncQueue<Uint8Array>,
    into: AsyncQueue<Uint8Array>,
  ): PairingPipe => {
    let index = 0;
    return {
      send: async (data) => {
        seen.push(data);
        await out.push(interfere(data, from, index++));
      },
      receive: async () => {
        const next = await into.next();
        if (next === undefined) throw new Error('the other side has gone');
        return next;
      },
    };
  };
  return {
    offerer: pipe('offerer', toJoiner, toOfferer),
    joiner: pipe('joiner', toOfferer, toJoiner),
    close: () => {
      toOfferer.close();
      toJoiner.close();
    },
    seen,
  };
}

type Outcome = PairingResult | { readonly kind: 'failed'; readonly error: unknown };

/** Both sides over one pair of pipes; a side that is done for takes the other with it. */
async function runBoth(
  pipes: ReturnType<typeof createPipes>,
  given: {
    readonly offerer?: PairingSelf;
    readonly joinerCode?: PairingCode;
    readonly joiner?: PairingSelf;
  } = {},
): Promise<readonly [Outcome, Outcome]> {
  const run = async (role: PairingRole, self: PairingSelf, code: PairingCode): Promise<Outcome> => {
    let outcome: Outcome;
    try {
      outcome = await pairUp(pipes[role], DEPS, { role, code, self });
    } catch (error) {
      outcome = { kind: 'failed', error };
    }
    if (outcome.kind !== 'met') pipes.close();
    return outcome;
  };
  return await Promise.all([
    run('offerer', given.offerer ?? ANN, CODE),
    run('joiner', given.joiner ?? BOB, given.joinerCode ?? CODE),
  ]);
}

function assertMet(outcome: Outcome): Extract<PairingResult, { kind: 'met' }> {
  assert.equal(outcome.kind, 'met', JSON.stringify(outcome));
  return outcome;
}

describe('pairing', () => {
  it('tells each side who the other is, and what it says', async () => {
    const [first, second] = (await runBoth(createPipes())).map(assertMet);
    assert.deepEqual(first?.peer, { peerId: 'bob', name: 'bob', addresses: ['bob.local:4433'] });
    assert.deepEqual(second?.peer, { peerId: 'ann', name: 'ann', addresses: ['ann.local:4433'] });
    const [ofFirst, ofSecond] = await Promise.all([first.conclude(true), second.conclude(false)]);
    assert.deepEqual([ofFirst, ofSecond], [false, true]);
  });

  it('shows neither the secret nor a name to whoever carries it', async () => {
    const pipes = createPipes();
    await runBoth(pipes);
    const all = Buffer.concat(pipes.seen);
    for (const hidden of [CODE.secret, 'bob.local', 'ann.local']) {
      assert.equal(all.includes(hidden), false, hidden);
    }
  });

  it('fails for another secret, and for another nameplate', async () => {
    for (const joinerCode of [
      { ...CODE, secret: 'QM2Y' },
      { ...CODE, nameplate: 'K8' },
    ]) {
      const [offerer] = await runBoth(createPipes(), { joinerCode });
      assert.equal(offerer.kind, 'wrong-code');
    }
  });

  it('gives a joiner with a wrong secret nothing to check guesses against', async () => {
    const pipes = createPipes();
    await runBoth(pipes, { joinerCode: { ...CODE, secret: 'QM2Y' } });
    const steps = pipes.seen.map((data) => decodeStep(data).kind);
    // Both shares and the joiner's own confirmation: the offerer has confirmed nothing.
    assert.deepEqual(steps.sort(), ['confirmation', 'share', 'share']);
  });

  it('fails whichever message somebody in between alters', async () => {
    for (const from of ['offerer', 'joiner'] as const) {
      for (let index = 0; index < MESSAGES_BEFORE_VERDICT; index++) {
        const pipes = createPipes((data, sender, at) => {
          if (sender !== from || at !== index) return data;
          const altered = Buffer.from(data);
          altered[altered.length - 1]! ^= 1;
          return altered;
        });
        const outcomes = await runBoth(pipes);
        const message = `${from} ${index}`;
        const victim = outcomes[from === 'offerer' ? 1 : 0];
        assert.notEqual(victim.kind, 'met', message);
      }
    }
  });

  it('fails when somebody in between puts another peer id in', async () => {
    const eve = createSelf('eve');
    const pipes = createPipes((data, from, index) => {
      const step = decodeStep(data);
      if (from !== 'offerer' || index !== 0 || step.kind !== 'share') return data;
      return encodeStep({ kind: 'share', share: { ...step.share, peerId: eve.peerId } });
    });
    const [offerer, joiner] = await runBoth(pipes);
    assert.equal(offerer.kind, 'wrong-code');
    assert.notEqual(joiner.kind, 'met');
  });

  it('fails for somebody in between who talks to each side as the other, with guesses', async () => {
    const eve = createSelf('eve');
    const guess = { ...CODE, secret: '2222' };
    const toAnn = createPipes();
    const toBob = createPipes();
    const run = async (
      pipes: ReturnType<typeof createPipes>,
      role: PairingRole,
      who: { readonly self: PairingSelf; readonly code: PairingCode },
    ): Promise<string> => {
      try {
        const { kind } = await pairUp(pipes[role], DEPS, { role, ...who });
        if (kind !== 'met') pipes.close();
        return kind;
      } catch {
        return 'failed';
      }
    };
    const [ann, , , bob] = await Promise.all([
      run(toAnn, 'offerer', { self: ANN, code: CODE }),
      run(toAnn, 'joiner', { self: eve, code: guess }),
      run(toBob, 'offerer', { self: eve, code: guess }),
      run(toBob, 'joiner', { self: BOB, code: CODE }),
    ]);
    assert.deepEqual([ann, bob], ['wrong-code', 'failed']);
  });

  it('refuses somebody who knows the code and claims an id without holding its key', async () => {
    const thief: PairingSelf = { ...createSelf('thief'), peerId: 'bob' };
    const [offerer] = await runBoth(createPipes(), { joiner: thief });
    assert.equal(offerer.kind, 'failed');
    assert.match(String(offerer.error), /whose key its sender does not hold/);
  });

  it('refuses messages that are altered, repeated or out of turn after the key is agreed', async () => {
    const kinds: readonly Interference[] = [
      (data) => {
        const step = decodeStep(data);
        assert.ok(step.kind === 'sealed');
        return encodeStep({ ...step, sealed: Buffer.concat([step.sealed, step.sealed]) });
      },
      () => encodeStep({ kind: 'confirmation', confirmation: new Uint8Array(32) }),
      () => new Uint8Array(),
    ];
    for (const spoil of kinds) {
      const pipes = createPipes((data, from, index) =>
        from === 'joiner' && index === 2 ? spoil(data, from, index) : data,
      );
      const [offerer] = await runBoth(pipes);
      assert.equal(offerer.kind, 'failed');
      assert.equal((offerer.error as { code?: string }).code, 'DITS_PROTOCOL_INVALID_MESSAGE');
    }
  });

  it('does not take one verdict for the other', async () => {
    const pipes = createPipes();
    const [first, second] = (await runBoth(pipes)).map(assertMet);
    await pipes.offerer.send(pipes.seen.at(-1)!);
    await assert.rejects(second!.conclude(true), { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    pipes.close();
    assert.ok(first !== undefined);
  });
});
