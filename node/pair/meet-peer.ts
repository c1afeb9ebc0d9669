/** One try of a pairing, from the first message to what both people say; bounded in time. */
import {
  MeetingEnded,
  ProtocolError,
  pairUp,
  type Meeting,
  type MeetingEnd,
  type MetPeer,
  type PairingCode,
  type PairingResult,
  type PairingRole,
  type PairingSelf,
} from '../../protocol/index.ts';
import { NodeError } from '../node-error.ts';
import { PAIRING_DEPS } from './pairing-self.ts';

/** How long the machines may take to agree: a few messages, and a tenth of a second of work on each side. */
const AGREE_TIMEOUT_MS = 20_000;
/** How long the two people may take to say yes. */
const CONFIRM_TIMEOUT_MS = 120_000;
/** How long the other side may take to write down what both have agreed on. */
const SETTLE_TIMEOUT_MS = 5_000;

export type MeetOptions = {
  readonly role: PairingRole;
  readonly code: PairingCode;
  readonly self: PairingSelf;
  /** Shows the other side to the person here, and asks. */
  readonly confirm: (peer: MetPeer) => Promise<boolean>;
  readonly signal: AbortSignal;
};

/** A side that was met: its name and id are proven, nobody has confirmed anything yet. */
export type Agreed = Extract<PairingResult, { readonly kind: 'met' }>;

/**
 * Agrees on a key and on who both are. Ends the meeting unless it succeeds.
 * @throws NodeError DITS_NODE_WRONG_CODE, DITS_NODE_UNREACHABLE, DITS_NODE_PAIRING_DECLINED; ProtocolError when the
 *   connection is lost; the signal's reason
 */
export async function agree(meeting: Meeting, options: MeetOptions): Promise<Agreed> {
  const { role, code, self, signal } = options;
  try {
    const result = await within(AGREE_TIMEOUT_MS, signal, () =>
      pairUp(meeting, PAIRING_DEPS, { role, code, self }),
    );
    if (result.kind === 'wrong-code') {
      await leave(meeting, 'wrong-code');
      throw wrongCode();
    }
    if (result.peer.peerId === self.peerId) {
      throw new NodeError(
        'DITS_NODE_CODE_NOT_FOUND',
        'this code was offered by this very machine',
        {
          hint: 'Type it on the other one.',
        },
      );
    }
    return result;
  } catch (error) {
    throw await giveUp(meeting, error);
  }
}

/**
 * Asks the person here, and waits for the other one's answer. When both said yes, remembers the other side, and
 * resolves when that has done the same: from then on either can connect to the other.
 * @throws NodeError DITS_NODE_PAIRING_DECLINED and as `agree`; what `remember` throws
 */
export async function confirmBoth<T>(
  meeting: Meeting,
  { peer, conclude }: Agreed,
  options: Pick<MeetOptions, 'confirm' | 'signal'> & {
    readonly remember: (peer: MetPeer) => Promise<T>;
  },
): Promise<T> {
  const { confirm, remember, signal } = options;
  let remembered: T;
  try {
    remembered = await within(CONFIRM_TIMEOUT_MS, signal, async () => {
      const isAccepted = await confirm(peer);
      const areBoth = (await conclude(isAccepted)) && isAccepted;
      if (!areBoth) throw declined(isAccepted ? 'on the other side' : 'here');
      return await remember(peer);
    });
  } catch (error) {
    throw await giveUp(meeting, error);
  }
  try {
    await within(SETTLE_TIMEOUT_MS, signal, () => conclude(true));
  } catch {
    // Both have said yes, and that stands: whether the other one has written it down by now, it will find out.
  }
  await leave(meeting, 'done');
  return remembered;
}

/** Leaves a meeting that went wrong, and says what that means. */
async function giveUp(meeting: Meeting, error: unknown): Promise<unknown> {
  const isViolation =
    error instanceof ProtocolError && error.code === 'DITS_PROTOCOL_INVALID_MESSAGE';
  await leave(meeting, isViolation ? 'rules-broken' : 'gone');
  if (isViolation) return wrongCode(error);
  return error instanceof MeetingEnded ? errorOf(error) : error;
}

async function leave(meeting: Meeting, reason: MeetingEnd): Promise<void> {
  try {
    await meeting.end(reason);
  } catch (failure) {
    // The way to the other side is gone, so that nobody is left to tell.
    if (!(failure instanceof ProtocolError)) throw failure;
  }
}

function errorOf({ reason }: MeetingEnded): NodeError {
  switch (reason) {
    case 'wrong-code':
    case 'rules-broken':
      return wrongCode();
    case 'declined':
      return declined('on the other side');
    case 'no-offer':
      return new NodeError('DITS_NODE_CODE_NOT_FOUND', 'the time of the code is over', {
        hint: 'Make a new one: dits peer pair.',
      });
    case 'done':
    case 'gone':
    case 'taken':
      return new NodeError('DITS_NODE_UNREACHABLE', 'the other side has gone before the end', {
        hint: 'Make a new code: dits peer pair.',
      });
  }
}

function wrongCode(cause?: unknown): NodeError {
  return new NodeError(
    'DITS_NODE_WRONG_CODE',
    'the code is not right, or somebody in between altered what was sent',
    { cause, hint: 'Compare it with the one on the other screen, and try again.' },
  );
}

function declined(where: string): NodeError {
  return new NodeError('DITS_NODE_PAIRING_DECLINED', `the pairing was declined ${where}`, {
    hint: 'Nothing was changed. dits peer pair begins again.',
  });
}

/** Does the work, but waits no longer than this for it, and not after the signal. */
async function within<T>(ms: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const ended = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new NodeError('DITS_NODE_UNREACHABLE', 'the other side did not answer in time', {
          hint: 'Make a new code: dits peer pair.',
        }),
      );
    }, ms);
    onAbort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
  const working = work();
  // It fails by itself once the meeting is left, which is of interest to nobody then.
  working.catch(() => undefined);
  try {
    return await Promise.race([working, ended]);
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
