/** Signing moves of refs, and checking those of others (docs/protocol.md, "Signed moves"). */
import {
  refMoveSigningBytes,
  type ObjectId,
  type RefMove,
  type RefMoveSubject,
} from '../../store/index.ts';
import type {
  RefFacts,
  RefVeto,
  RepositoryCustody,
  RequestedChange,
} from '../../protocol/index.ts';
import type { Identity } from '../identity/identity.ts';
import { peerIdFromPublicKey } from '../identity/peer-id.ts';
import { isSignedBy, signBytes } from '../identity/signature.ts';

/** How far ahead of the receiver's clock a mover's may be: a wrong time zone and more. */
const CLOCK_AHEAD_MAX_MS = 86_400_000;

/** Who made a move, by the name of the key; whether it did is what `isGenuineMove` tells. */
export function moverOf(move: Pick<RefMove, 'mover'>): string {
  return peerIdFromPublicKey(Buffer.from(move.mover, 'hex'));
}

/** Whether a move was signed by its mover, for this ref and value. */
export function isGenuineMove(move: RefMove, subject: RefMoveSubject): boolean {
  const bytes = refMoveSigningBytes(move, subject);
  return isSignedBy(moverOf(move), bytes, Buffer.from(move.signature, 'hex'));
}

export type MoveToSign = RefMoveSubject & {
  /** Value before the move, null for none. */
  readonly old: ObjectId | null;
  readonly custody: RepositoryCustody;
  /** Of the value before. One that is not genuine is taken for none. */
  readonly before: RefMove | undefined;
  /** The last sequence that is remembered here, which the new one must exceed. */
  readonly rememberedSequence: number;
  readonly isForward: boolean;
  readonly nowMs: number;
};

/** Signs a move as this identity. */
export function signMove(identity: Identity, moving: MoveToSign): RefMove {
  const { name, target, old, custody, before, nowMs, isForward } = moving;
  const subject = { name, target: old };
  const last = before !== undefined && isGenuineMove(before, subject) ? before : undefined;
  const sequence = Math.max(nowMs, (last?.sequence ?? 0) + 1, moving.rememberedSequence + 1);
  const unsigned = {
    repository: custody.repositoryId,
    mover: Buffer.from(identity.publicKey).toString('hex'),
    sequence,
    rewound: rewoundBy({ ...moving, isForward }, last) ?? sequence,
    kept: custody.kept,
  };
  const signature = signBytes(identity, refMoveSigningBytes(unsigned, { name, target }));
  return { ...unsigned, signature: Buffer.from(signature).toString('hex') };
}

/** What stays of the move before; undefined when this one goes back, or begins anew. */
function rewoundBy(
  { old, isForward, custody }: MoveToSign,
  last: RefMove | undefined,
): number | undefined {
  if (old === null || !isForward) return undefined;
  if (last !== undefined) return last.rewound;
  // Where nobody moves without signing, an unsigned value hides nothing; elsewhere its owner may have gone back.
  return custody.kept ? 0 : undefined;
}

export type MoveExpectation = {
  /** Who asks for the change, as the transport has proven. */
  readonly peerId: string;
  readonly custody: RepositoryCustody;
  readonly nowMs: number;
};

/** Why a change that a peer asks for does not agree with its signature, or undefined. */
export async function moveObjection(
  change: RequestedChange,
  facts: RefFacts,
  expected: MoveExpectation,
): Promise<RefVeto | undefined> {
  const { repositoryId } = expected.custody;
  const before = facts.move?.repository === repositoryId ? facts.move : undefined;
  const { move } = change;
  if (move === undefined) {
    return before === undefined ? undefined : denied('its moves are signed, and this one is not');
  }
  const problem =
    authorProblem({ ...change, move }, expected) ?? ageProblem(move, before, expected);
  if (problem !== undefined) return denied(problem);
  return (await isHonest(move, before, { change, facts }))
    ? undefined
    : denied('the signature hides that the ref goes back');
}

function authorProblem(
  { name, new: target, move }: RequestedChange & { readonly move: RefMove },
  { peerId, custody }: MoveExpectation,
): string | undefined {
  if (moverOf(move) !== peerId) return 'the move is signed by somebody else';
  const isRight = move.kept === custody.kept && isGenuineMove(move, { name, target });
  return isRight ? undefined : 'the signature of the move is wrong';
}

function ageProblem(
  move: RefMove,
  before: RefMove | undefined,
  { nowMs }: MoveExpectation,
): string | undefined {
  const last = before?.sequence ?? 0;
  if (move.sequence <= last) return 'the move is older than the last one';
  const isAhead = move.sequence > Math.max(last + 1, nowMs + CLOCK_AHEAD_MAX_MS);
  return isAhead ? 'the move is signed for a time to come: set the clock' : undefined;
}

/** Whether a move says that it goes back when it does. */
async function isHonest(
  move: RefMove,
  before: RefMove | undefined,
  { change, facts }: { readonly change: RequestedChange; readonly facts: RefFacts },
): Promise<boolean> {
  if (change.new === null) return true;
  const leadsOn = change.old !== null && (await facts.isForward());
  return leadsOn ? move.rewound >= (before?.rewound ?? 0) : move.rewound === move.sequence;
}

function denied(message: string): RefVeto {
  return { result: 'denied', message };
}
