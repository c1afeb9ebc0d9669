import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { generateIdentity } from '../../../node/index.ts';
import { issuePass, passProblem, type PassExpectation } from '../../../node/swarm/pass.ts';
import { PASS_LIFETIME_SECONDS } from '../../../node/swarm/swarm-limits.ts';
import type { Pass } from '../../../protocol/index.ts';
import { fixturePath } from '../../support/fixture-path.ts';

const NOW = 1_767_323_000;

describe('a pass', () => {
  const issuer = generateIdentity();
  const subject = generateIdentity();
  const stranger = generateIdentity();
  const pass = issuePass(issuer, { subject: subject.peerId, repository: 'film', now: NOW });
  const expected: PassExpectation = {
    subject: subject.peerId,
    issuer: issuer.peerId,
    repository: 'film',
    now: NOW + 1,
  };

  it('is good for its subject, its repository and its time', () => {
    assert.equal(passProblem(pass, expected), undefined);
  });

  it('is no good for anything else', () => {
    const cases: readonly [Partial<PassExpectation>, RegExp][] = [
      [{ subject: stranger.peerId }, /somebody else/],
      [{ issuer: stranger.peerId }, /not asked/],
      [{ repository: 'secret' }, /another repository/],
      [{ now: NOW + PASS_LIFETIME_SECONDS }, /expired/],
      [{ now: NOW - PASS_LIFETIME_SECONDS - 1 }, /too long/],
    ];
    for (const [change, problem] of cases) {
      assert.match(passProblem(pass, { ...expected, ...change }) ?? '', problem);
    }
  });

  it('cannot be changed, nor signed by somebody else', () => {
    const claims = { subject: subject.peerId, repository: 'film', now: NOW };
    const cases: readonly [Pass, Partial<PassExpectation>][] = [
      [{ ...pass, subject: stranger.peerId }, { subject: stranger.peerId }],
      [{ ...pass, repository: 'secret' }, { repository: 'secret' }],
      [{ ...pass, expiresAt: pass.expiresAt + 1 }, {}],
      [{ ...pass, signature: Buffer.alloc(64) }, {}],
      [{ ...issuePass(stranger, claims), issuer: issuer.peerId }, {}],
      [{ ...pass, issuer: 'abc' }, { issuer: 'abc' }],
    ];
    for (const [changed, change] of cases) {
      assert.match(passProblem(changed, { ...expected, ...change }) ?? '', /not signed/);
    }
  });

  it('is what the vectors show', () => {
    const text = readFileSync(fixturePath('vectors/messages.json'), 'utf8');
    const { cases } = JSON.parse(text) as {
      cases: { name: string; body: { pass: Pass & { signature: string } } }[];
    };
    const shown = cases.find(({ name }) => name === 'SWARM_PEERS')!.body.pass;
    const signature = Buffer.from(shown.signature, 'hex');
    const { subject: peerId, issuer: by, repository, expiresAt } = shown;
    const facts = { subject: peerId, issuer: by, repository, now: expiresAt - 1 };
    assert.equal(passProblem({ ...shown, signature }, facts), undefined);
  });
});
