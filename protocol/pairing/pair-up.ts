/**
 * Two sides that know the same code agree on who they are (docs/protocol.md, "Pairing"): SPAKE2 bound to both peer ids
 * and the nameplate, confirmation of the key, introductions under it, and the two verdicts. Whatever carries the
 * messages learns nothing and can only make the pairing fail.
 */
import { scrypt } from 'node:crypto';
import { INTRODUCED_ADDRESSES_MAX } from '../messages/limits.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import type { RandomBytes } from '../random-bytes.ts';
import {
  decodeIntroduction,
  decodeStep,
  decodeVerdict,
  encodeIntroduction,
  encodeStep,
  encodeVerdict,
  type Introduction,
  type PairStep,
} from './pair-step.ts';
import type { PairingCode } from './pairing-code.ts';
import { SealedPipe } from './sealed-pipe.ts';
import type { SpakeKeys, SpakeRole } from './spake2.ts';

/** Names this protocol in every key and signature, so that none of them means anything elsewhere. */
const DOMAIN = 'dits pairing 1';
/**
 * Cost of making a scalar from the code, as RFC 9382 asks for: 16 MiB and some 50 ms. Only the two sides pay it, once
 * a try.
 */
const SCRYPT_COST = { N: 16_384, r: 8, p: 1 } as const;
/** 128 bits more than a scalar has, so that the remainder is fair. */
const SCRYPT_BYTES = 48;

/** Carries messages to the other side and back, in order. */
export interface PairingPipe {
  send(data: Uint8Array): Promise<void>;
  receive(): Promise<Uint8Array>;
}

/** The side that offered the code, or the one that was told it. */
export type PairingRole = 'offerer' | 'joiner';

export type PairingSelf = {
  readonly peerId: string;
  readonly introduction: Introduction;
  /** Ed25519 with the key of the peer id; 64 bytes. */
  readonly sign: (data: Uint8Array) => Uint8Array;
};

export type PairingDeps = {
  readonly random: RandomBytes;
  /** Whether this is the signature of the key that is in the peer id; false for what is no peer id. */
  readonly verify: (peerId: string, data: Uint8Array, signature: Uint8Array) => boolean;
};

export type PairingOptions = {
  readonly role: PairingRole;
  readonly code: PairingCode;
  readonly self: PairingSelf;
};

/** The other side, proven to know the code and to hold the key of its peer id. */
export type MetPeer = Introduction & { readonly peerId: string };

export type PairingResult =
  /** The codes differ, or somebody altered what was sent. */
  | { readonly kind: 'wrong-code' }
  | {
      readonly kind: 'met';
      readonly peer: MetPeer;
      /** Tells the other side whether this one accepts, and resolves with what it says. */
      readonly conclude: (accepted: boolean) => Promise<boolean>;
    };

const WRONG_CODE: PairingResult = { kind: 'wrong-code' };

/**
 * Runs one try. The caller ends the meeting after a wrong code, and bounds the time.
 * @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE, and what the pipe throws
 */
export async function pairUp(
  pipe: PairingPipe,
  deps: PairingDeps,
  options: PairingOptions,
): Promise<PairingResult> {
  const { role, self } = options;
  const keys = await exchangeKeys(pipe, deps, options);
  if (keys === undefined) return WRONG_CODE;
  const { peerId, spake } = keys;
  // The offerer waits for proof before it gives any: it is the one that strangers can call.
  if (role === 'joiner') await sendStep(pipe, confirmationStep(spake));
  const { confirmation } = await receiveStep(pipe, 'confirmation');
  if (!spake.confirms(confirmation)) return WRONG_CODE;
  if (role === 'offerer') await sendStep(pipe, confirmationStep(spake));

  const sealed = new SealedPipe(spakeRole(role), spake.sharedKey, DOMAIN);
  const confirmations = { own: spake.ownConfirmation, theirs: confirmation };
  const introduction = {
    ...self.introduction,
    addresses: self.introduction.addresses.slice(0, INTRODUCED_ADDRESSES_MAX),
    signature: self.sign(statement(role, confirmations)),
  };
  await sendStep(pipe, { kind: 'sealed', sealed: sealed.seal(encodeIntroduction(introduction)) });
  const theirs = decodeIntroduction(await receiveSealed(pipe, sealed));
  const otherRole = role === 'offerer' ? 'joiner' : 'offerer';
  const reversed = { own: confirmation, theirs: spake.ownConfirmation };
  if (!deps.verify(peerId, statement(otherRole, reversed), theirs.signature)) {
    throw invalidMessage('claims a peer id whose key its sender does not hold');
  }
  return {
    kind: 'met',
    peer: { peerId, name: theirs.name, addresses: theirs.addresses },
    conclude: async (accepted) => {
      await sendStep(pipe, { kind: 'sealed', sealed: sealed.seal(encodeVerdict(accepted)) });
      return decodeVerdict(await receiveSealed(pipe, sealed));
    },
  };
}

async function exchangeKeys(
  pipe: PairingPipe,
  { random }: PairingDeps,
  { role, code, self }: PairingOptions,
): Promise<{ readonly peerId: string; readonly spake: SpakeKeys } | undefined> {
  // Loaded here: no other verb needs the curve.
  const { Spake2, scalarFromBytes } = await import('./spake2.ts');
  const password = scalarFromBytes(await stretch(code));
  const spake = Spake2.start(spakeRole(role), password, random);
  await sendStep(pipe, { kind: 'share', share: { peerId: self.peerId, point: spake.share } });
  const { share } = await receiveStep(pipe, 'share');
  const [a, b] = role === 'offerer' ? [self.peerId, share.peerId] : [share.peerId, self.peerId];
  const keys = spake.finish(share.point, {
    identityA: Buffer.from(a),
    identityB: Buffer.from(b),
    additional: Buffer.from(`${DOMAIN} ${code.nameplate}`),
  });
  return keys && { peerId: share.peerId, spake: keys };
}

/** Slow on purpose. The nameplate is the salt. */
async function stretch({ nameplate, secret }: PairingCode): Promise<Buffer> {
  return await new Promise<Buffer>((resolve, reject) => {
    scrypt(secret, `${DOMAIN} ${nameplate}`, SCRYPT_BYTES, SCRYPT_COST, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** What the introduction's signature is about: this run, and which side of it. */
function statement(
  role: PairingRole,
  { own, theirs }: { readonly own: Uint8Array; readonly theirs: Uint8Array },
): Uint8Array {
  return Buffer.concat([Buffer.from(`${DOMAIN} introduction of the ${role}\0`), own, theirs]);
}

function spakeRole(role: PairingRole): SpakeRole {
  return role === 'offerer' ? 'a' : 'b';
}

function confirmationStep({ ownConfirmation }: SpakeKeys): PairStep {
  return { kind: 'confirmation', confirmation: ownConfirmation };
}

function sendStep(pipe: PairingPipe, step: PairStep): Promise<void> {
  return pipe.send(encodeStep(step));
}

async function receiveStep<K extends PairStep['kind']>(
  pipe: PairingPipe,
  kind: K,
): Promise<Extract<PairStep, { kind: K }>> {
  const step = decodeStep(await pipe.receive());
  if (step.kind !== kind) throw invalidMessage('is another step of the pairing than the next');
  return step as Extract<PairStep, { kind: K }>;
}

async function receiveSealed(pipe: PairingPipe, box: SealedPipe): Promise<Uint8Array> {
  const { sealed } = await receiveStep(pipe, 'sealed');
  const plain = box.open(sealed);
  if (plain === undefined) throw invalidMessage('was altered on its way');
  return plain;
}
