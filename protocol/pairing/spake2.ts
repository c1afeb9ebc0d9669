/**
 * SPAKE2 over P-256 with SHA-256, HKDF and HMAC, as RFC 9382 has it: two sides that know the same short secret get a
 * strong key, and whoever does not know the secret can try one guess per run and learns nothing from what was sent.
 * Loaded only when somebody pairs.
 */
import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import type { RandomBytes } from '../random-bytes.ts';

type Point = InstanceType<typeof p256.Point>;

/** RFC 9382 section 6: the points of P-256 that nobody knows the discrete logarithms of. */
const M: Point = p256.Point.fromHex(
  '02886e2f97ace46e55ba9dd7242579f2993b64e16ef3dcab95afd497333d8fa12f',
);
const N: Point = p256.Point.fromHex(
  '03d8bbd6c639c62937b04d997f38c3770719c629d7014d49a24b4f98baa1292b49',
);
const { ORDER } = p256.Point.Fn;
const SCALAR_BYTES = 32;
/** Bytes drawn for a scalar: 128 bits more than it has, so that the remainder is fair (FIPS 186-5, A.2.1). */
const SCALAR_SEED_BYTES = 48;
const KEY_BYTES = 16;
/** Lengths in the transcript are little-endian (RFC 9382 section 3.3). */
const LENGTH_BYTES = 8;

/** `a` goes first in the transcript. The two sides must not take the same. */
export type SpakeRole = 'a' | 'b';

export type SpakeContext = {
  readonly identityA: Uint8Array;
  readonly identityB: Uint8Array;
  /** Must be the same on both sides: what the run is for. */
  readonly additional: Uint8Array;
};

export type SpakeKeys = {
  /** 16 bytes, known to both sides and nobody else once the confirmations have been compared. */
  readonly sharedKey: Uint8Array;
  /** 32 bytes to send: proof that this side knows the secret. */
  readonly ownConfirmation: Uint8Array;
  /** Whether the other side knows the secret too, and saw the same exchange. */
  readonly confirms: (confirmation: Uint8Array) => boolean;
};

/** A number below the order of the group from at least `SCALAR_SEED_BYTES` bytes. */
export function scalarFromBytes(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`) % ORDER;
}

export class Spake2 {
  /** 65 bytes to send: a point, uncompressed. */
  readonly share: Uint8Array;
  readonly #role: SpakeRole;
  readonly #password: bigint;
  readonly #scalar: bigint;

  /** `password`: the secret as a scalar, not 0. */
  constructor(role: SpakeRole, password: bigint, scalar: bigint) {
    this.#role = role;
    this.#password = password;
    this.#scalar = scalar;
    const blind = (role === 'a' ? M : N).multiply(password);
    this.share = p256.Point.BASE.multiply(scalar).add(blind).toBytes(false);
  }

  static start(role: SpakeRole, password: bigint, random: RandomBytes): Spake2 {
    let scalar = 0n;
    while (scalar === 0n) scalar = scalarFromBytes(random(SCALAR_SEED_BYTES));
    return new Spake2(role, password, scalar);
  }

  /** The keys from the other side's share; undefined when that is no point of the curve, or one that must not be used. */
  finish(theirShare: Uint8Array, context: SpakeContext): SpakeKeys | undefined {
    const shared = this.#sharedPoint(theirShare);
    if (shared === undefined) return undefined;
    const [shareA, shareB] =
      this.#role === 'a' ? [this.share, theirShare] : [theirShare, this.share];
    const transcript = Buffer.concat(
      [
        context.identityA,
        context.identityB,
        shareA,
        shareB,
        shared.toBytes(false),
        scalarBytes(this.#password),
      ].flatMap((part) => [lengthOf(part), part]),
    );
    const hash = createHash('sha256').update(transcript).digest();
    const info = Buffer.concat([Buffer.from('ConfirmationKeys'), context.additional]);
    const keys = Buffer.from(
      hkdfSync('sha256', hash.subarray(KEY_BYTES), new Uint8Array(), info, 2 * KEY_BYTES),
    );
    const ofA = confirmationOf(keys.subarray(0, KEY_BYTES), transcript);
    const ofB = confirmationOf(keys.subarray(KEY_BYTES), transcript);
    const [own, theirs] = this.#role === 'a' ? [ofA, ofB] : [ofB, ofA];
    return {
      sharedKey: hash.subarray(0, KEY_BYTES),
      ownConfirmation: own,
      confirms: (given) => given.length === theirs.length && timingSafeEqual(given, theirs),
    };
  }

  #sharedPoint(theirShare: Uint8Array): Point | undefined {
    const blind = (this.#role === 'a' ? N : M).multiply(this.#password);
    try {
      // Checks that it lies on the curve. The cofactor is 1, so every point but the identity is of the right order.
      const theirs = p256.Point.fromBytes(theirShare);
      const unblinded = theirs.subtract(blind);
      if (unblinded.is0()) return undefined;
      return unblinded.multiply(this.#scalar);
    } catch {
      // What the other side sent is no point: said by the undefined.
      return undefined;
    }
  }
}

function confirmationOf(key: Uint8Array, transcript: Uint8Array): Buffer {
  return createHmac('sha256', key).update(transcript).digest();
}

function scalarBytes(scalar: bigint): Buffer {
  return Buffer.from(scalar.toString(16).padStart(2 * SCALAR_BYTES, '0'), 'hex');
}

function lengthOf(part: Uint8Array): Buffer {
  const bytes = Buffer.alloc(LENGTH_BYTES);
  bytes.writeBigUInt64LE(BigInt(part.length));
  return bytes;
}
