/** The side that shows a code: offers it at one or more places and pairs with the first who knows it. */
import { randomBytes } from 'node:crypto';
import {
  OFFER_LIFETIME_MAX_MS,
  ProtocolError,
  createPairingCode,
  type Meeting,
  type MeetingOffer,
  type MetPeer,
  type PairingCode,
  type PairingSelf,
  type Visit,
} from '../../protocol/index.ts';
import { NodeError } from '../node-error.ts';
import { agree, confirmBoth, type Agreed, type MeetOptions } from './meet-peer.ts';

/** Wrong codes after which an offer ends. */
const WRONG_CODES_MAX = 3;
/** Joiners in all: those who leave before they have shown a code cost no try, but not without end. */
const JOINERS_MAX = 32;
/** Codes drawn until one has a nameplate that is free everywhere. */
const CODES_DRAWN_MAX = 16;

/** Where a code is offered. */
type OfferPlace = Pick<Visit, 'offer'>;

export type OfferPairingOptions<T> = {
  readonly self: PairingSelf;
  /** Shows the code. */
  readonly onCode: (code: PairingCode) => Promise<void>;
  /** Told of a try with a wrong code, and how many are left. */
  readonly onWrongCode: (triesLeft: number) => void;
  readonly confirm: (peer: MetPeer) => Promise<boolean>;
  /** Writes down the other side once both people have said yes. */
  readonly remember: (peer: MetPeer) => Promise<T>;
  /** How long the code is good; at most, and if left out, `OFFER_LIFETIME_MAX_MS`. */
  readonly lifetimeMs?: number | undefined;
  readonly signal: AbortSignal;
};

/**
 * Offers a new code at every place and resolves with what was remembered of the peer that both people have said yes
 * to. The places stay open.
 * @throws NodeError DITS_NODE_WRONG_CODE after too many, DITS_NODE_CODE_EXPIRED, DITS_NODE_PAIRING_DECLINED,
 *   DITS_NODE_UNREACHABLE; ProtocolError when a place cannot be used; the signal's reason
 */
export async function offerPairing<T>(
  places: readonly OfferPlace[],
  options: OfferPairingOptions<T>,
): Promise<T> {
  const { code, offers } = await standOffers(places);
  const timeUp = new AbortController();
  const timer = setTimeout(
    () => {
      timeUp.abort(expired());
    },
    Math.min(options.lifetimeMs ?? OFFER_LIFETIME_MAX_MS, OFFER_LIFETIME_MAX_MS),
  );
  try {
    await options.onCode(code);
    const signal = AbortSignal.any([options.signal, timeUp.signal]);
    const desk = new OfferDesk({ ...options, code, signal });
    const { meeting, agreed } = await desk.firstWhoKnows(offers);
    // The code has been used: whatever the people say now, nobody comes with it again.
    clearTimeout(timer);
    await withdrawAll(offers.filter((offer) => offer !== desk.usedOffer));
    return await confirmBoth(meeting, agreed, options);
  } finally {
    clearTimeout(timer);
    await withdrawAll(offers);
  }
}

/** Draws codes until every place takes the nameplate. */
async function standOffers(
  places: readonly OfferPlace[],
): Promise<{ readonly code: PairingCode; readonly offers: readonly MeetingOffer[] }> {
  for (let drawn = 0; drawn < CODES_DRAWN_MAX; drawn++) {
    const code = createPairingCode(randomBytes);
    const offers: MeetingOffer[] = [];
    for (const place of places) {
      const offer = await place.offer(code.nameplate);
      if (offer === 'taken') break;
      offers.push(offer);
    }
    if (offers.length === places.length) return { code, offers };
    await withdrawAll(offers);
  }
  throw new NodeError('DITS_NODE_UNREACHABLE', 'too many codes are offered there at the moment', {
    hint: 'Try again in a few minutes.',
  });
}

async function withdrawAll(offers: readonly MeetingOffer[]): Promise<void> {
  await Promise.allSettled(offers.map((offer) => offer.withdraw()));
}

type DeskOptions = Pick<MeetOptions, 'code' | 'self' | 'confirm' | 'signal'> &
  Pick<OfferPairingOptions<never>, 'onWrongCode'>;

/** Takes the joiners of all offers one at a time and counts what they try. */
class OfferDesk {
  readonly #options: DeskOptions;
  #triesLeft = WRONG_CODES_MAX;
  #joinersLeft = JOINERS_MAX;
  #turn: Promise<unknown> = Promise.resolve();
  #agreed: { readonly meeting: Meeting; readonly agreed: Agreed } | undefined;
  /** The offer that the one who knew the code came by: its stream carries the meeting. */
  usedOffer: MeetingOffer | undefined;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  async firstWhoKnows(
    offers: readonly MeetingOffer[],
  ): Promise<{ readonly meeting: Meeting; readonly agreed: Agreed }> {
    const { signal } = this.#options;
    let onAbort!: () => void;
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => {
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
    });
    const serving = offers.map((offer) => this.#serve(offer));
    for (const one of serving) one.catch(() => undefined);
    try {
      return await Promise.race([aborted, ...serving]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  async #serve(
    offer: MeetingOffer,
  ): Promise<{ readonly meeting: Meeting; readonly agreed: Agreed }> {
    for (;;) {
      const meeting = await nextOf(offer);
      const turn = this.#turn.then(() => this.#try(offer, meeting));
      this.#turn = turn.catch(() => undefined);
      const agreed = await turn;
      if (agreed !== undefined) return { meeting, agreed };
    }
  }

  /** Undefined for a joiner who did not know the code. @throws NodeError DITS_NODE_WRONG_CODE when it was the last try */
  async #try(offer: MeetingOffer, meeting: Meeting): Promise<Agreed | undefined> {
    const { signal } = this.#options;
    if (this.#agreed !== undefined || signal.aborted || --this.#joinersLeft < 0) {
      await meeting.end('no-offer');
      throw expired();
    }
    try {
      const agreed = await agree(meeting, { ...this.#options, role: 'offerer' });
      this.#agreed = { meeting, agreed };
      this.usedOffer = offer;
      return agreed;
    } catch (error) {
      signal.throwIfAborted();
      const isWrong = error instanceof NodeError && error.code === 'DITS_NODE_WRONG_CODE';
      if (!isWrong && !isTheirFailure(error)) throw error;
      if (!isWrong) return undefined;
      this.#triesLeft--;
      this.#options.onWrongCode(this.#triesLeft);
      if (this.#triesLeft > 0) return undefined;
      throw new NodeError('DITS_NODE_WRONG_CODE', `somebody tried ${WRONG_CODES_MAX} wrong codes`, {
        hint: 'The code is void. Make a new one: dits peer pair.',
      });
    }
  }
}

async function nextOf(offer: MeetingOffer): Promise<Meeting> {
  try {
    return await offer.next();
  } catch (error) {
    if (error instanceof ProtocolError && error.code === 'DITS_PROTOCOL_TIMEOUT') throw expired();
    throw error;
  }
}

/** A joiner that left or kept silent: the next one may come. */
function isTheirFailure(error: unknown): boolean {
  if (!(error instanceof NodeError)) return false;
  return error.code === 'DITS_NODE_UNREACHABLE' || error.code === 'DITS_NODE_CODE_NOT_FOUND';
}

function expired(): NodeError {
  return new NodeError('DITS_NODE_CODE_EXPIRED', 'nobody came while the code was good', {
    hint: 'Make a new one: dits peer pair.',
  });
}
