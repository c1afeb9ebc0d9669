import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { p256 } from '@noble/curves/nist.js';
import { Spake2, scalarFromBytes } from '../../../protocol/pairing/spake2.ts';
import { fixturePath } from '../../support/fixture-path.ts';

type Vector = Readonly<
  Record<
    | 'comment'
    | 'identityA'
    | 'identityB'
    | 'w'
    | 'x'
    | 'y'
    | 'shareA'
    | 'shareB'
    | 'sharedKey'
    | 'confirmationA'
    | 'confirmationB',
    string
  >
>;

const { cases } = JSON.parse(readFileSync(fixturePath('vectors/spake2.json'), 'utf8')) as {
  cases: Vector[];
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const scalar = (text: string): bigint => BigInt(`0x${text}`);
/** RFC 9382 section 6. */
const N = p256.Point.fromHex('03d8bbd6c639c62937b04d997f38c3770719c629d7014d49a24b4f98baa1292b49');
const CONTEXT = {
  identityA: Buffer.from('a'),
  identityB: Buffer.from('b'),
  additional: Buffer.from('test'),
};

describe('SPAKE2', () => {
  for (const vector of cases) {
    it(`gives what RFC 9382 has for ${vector.comment}`, () => {
      const context = {
        identityA: Buffer.from(vector.identityA),
        identityB: Buffer.from(vector.identityB),
        additional: new Uint8Array(),
      };
      const a = new Spake2('a', scalar(vector.w), scalar(vector.x));
      const b = new Spake2('b', scalar(vector.w), scalar(vector.y));
      assert.equal(hex(a.share), vector.shareA);
      assert.equal(hex(b.share), vector.shareB);
      const ofA = a.finish(b.share, context);
      const ofB = b.finish(a.share, context);
      assert.ok(ofA !== undefined && ofB !== undefined);
      for (const { sharedKey } of [ofA, ofB]) assert.equal(hex(sharedKey), vector.sharedKey);
      assert.equal(hex(ofA.ownConfirmation), vector.confirmationA);
      assert.equal(hex(ofB.ownConfirmation), vector.confirmationB);
      assert.ok(ofA.confirms(Buffer.from(vector.confirmationB, 'hex')));
      assert.ok(ofB.confirms(Buffer.from(vector.confirmationA, 'hex')));
    });
  }

  it('confirms nothing when secrets, identities or purposes differ', () => {
    const start = (role: 'a' | 'b', password: bigint): Spake2 =>
      Spake2.start(role, password, randomBytes);
    const runs: readonly [bigint, bigint, typeof CONTEXT][] = [
      [5n, 6n, CONTEXT],
      [5n, 5n, { ...CONTEXT, identityA: Buffer.from('somebody else') }],
      [5n, 5n, { ...CONTEXT, additional: Buffer.from('another nameplate') }],
    ];
    for (const [passwordA, passwordB, contextB] of runs) {
      const a = start('a', passwordA);
      const b = start('b', passwordB);
      const ofA = a.finish(b.share, CONTEXT)!;
      const ofB = b.finish(a.share, contextB)!;
      assert.equal(ofA.confirms(ofB.ownConfirmation), false);
      assert.equal(ofB.confirms(ofA.ownConfirmation), false);
    }
  });

  it('takes no share that is not a point of the curve, or that is the blinding itself', () => {
    const a = Spake2.start('a', 7n, randomBytes);
    const offCurve = Buffer.from(a.share);
    offCurve[64]! ^= 1;
    const blindOnly = new Spake2('b', 7n, 1n);
    for (const share of [offCurve, new Uint8Array(65), new Uint8Array(1), Buffer.alloc(65, 4)]) {
      assert.equal(a.finish(share, CONTEXT), undefined);
    }
    assert.ok(a.finish(blindOnly.share, CONTEXT) !== undefined);
    // w*N alone: what is left after unblinding is the identity, which would make the key the same for everyone.
    assert.equal(a.finish(N.multiply(7n).toBytes(false), CONTEXT), undefined);
  });

  it('reads scalars below the order of the group', () => {
    assert.equal(scalarFromBytes(Uint8Array.of(1, 0)), 256n);
    assert.ok(scalarFromBytes(Buffer.alloc(48, 0xff)) < 1n << 256n);
  });

  it('does not confirm a confirmation of another length', () => {
    const a = Spake2.start('a', 7n, randomBytes);
    const b = Spake2.start('b', 7n, randomBytes);
    const keys = a.finish(b.share, CONTEXT)!;
    assert.equal(keys.confirms(new Uint8Array(31)), false);
  });
});
