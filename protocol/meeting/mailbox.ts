/**
 * Brings two peers together that know the same nameplate, and passes their messages on unread (docs/protocol.md,
 * "Meeting"). Everything is bounded, and nothing is kept of those who have gone.
 */
import type { Clock } from '../clock.ts';
import { OFFER_LIFETIME_MAX_MS } from '../messages/limits.ts';
import { ProtocolError } from '../protocol-error.ts';
import {
  JOIN_WAIT_MAX_MS,
  MEETING_GRACE_MS,
  OFFERS_MAX,
  OFFERS_PER_NETWORK_MAX,
  WAITING_MAX,
  WAITING_PER_NAMEPLATE_MAX,
} from './meeting-limits.ts';
import { Offer, endSide, type MeetingSide } from './offer.ts';

export type NewOffer = {
  readonly nameplate: string;
  readonly network: string;
  /** Told when the offer stands; what it returns, when it is over. */
  readonly announce?: ((nameplate: string) => () => void) | undefined;
};

type Standing = { readonly offer: Offer; readonly network: string };

export class Mailbox {
  readonly #clock: Clock;
  readonly #offers = new Map<string, Standing>();
  /** Joiners by nameplate: waiting for the offer to appear or to be free, or meeting. */
  readonly #joiners = new Map<string, number>();
  readonly #wakers = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Nameplates on offer. */
  get nameplates(): readonly string[] {
    return [...this.#offers.keys()];
  }

  /** Serves an offerer until its stream ends, the offer expires, or `signal` fires. */
  async offer(
    side: MeetingSide,
    { nameplate, network, announce }: NewOffer,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.#offers.has(nameplate)) {
      await endSide(side, 'taken');
      return;
    }
    const ofNetwork = [...this.#offers.values()].filter((one) => one.network === network).length;
    if (this.#offers.size >= OFFERS_MAX || ofNetwork >= OFFERS_PER_NETWORK_MAX) {
      throw busy('codes are offered');
    }
    const offer = new Offer(side);
    this.#offers.set(nameplate, { offer, network });
    const unannounce = announce?.(nameplate);
    const timer = new AbortController();
    const timeUp = AbortSignal.any([signal, timer.signal]);
    try {
      const { channel, requestId } = side;
      await channel.send('MEET_OFFERED', requestId, { lifetimeMs: OFFER_LIFETIME_MAX_MS });
      for (const wake of this.#wakers) wake();
      const served = offer.serveHost().then(() => 'withdrawn' as const);
      const how = await Promise.race([served, this.#expire(offer, side, timeUp)]);
      await offer.close('gone');
      // The offerer may go now: what it said has been passed on.
      if (how === 'withdrawn') await channel.end();
    } finally {
      timer.abort();
      this.#offers.delete(nameplate);
      unannounce?.();
      await offer.close('gone');
    }
  }

  /** Serves a joiner until its meeting is over. */
  async join(side: MeetingSide, nameplate: string, signal: AbortSignal): Promise<void> {
    const ofNameplate = this.#joiners.get(nameplate) ?? 0;
    const all = [...this.#joiners.values()].reduce((sum, count) => sum + count, 0);
    if (ofNameplate >= WAITING_PER_NAMEPLATE_MAX || all >= WAITING_MAX) {
      throw busy('people try to join');
    }
    this.#joiners.set(nameplate, ofNameplate + 1);
    try {
      const offer = await this.#find(nameplate, signal);
      if (offer === undefined) await endSide(side, 'no-offer');
      else await offer.serveGuest(side, signal);
    } finally {
      const left = this.#joiners.get(nameplate)! - 1;
      if (left === 0) this.#joiners.delete(nameplate);
      else this.#joiners.set(nameplate, left);
    }
  }

  /** The offer, as soon as it is there; undefined when it does not come in time. */
  async #find(nameplate: string, signal: AbortSignal): Promise<Offer | undefined> {
    const found = this.#offers.get(nameplate)?.offer;
    if (found !== undefined) return found;
    const timer = new AbortController();
    let wake!: () => void;
    const appeared = new Promise<void>((resolve) => {
      wake = () => {
        if (this.#offers.has(nameplate)) resolve();
      };
    });
    this.#wakers.add(wake);
    try {
      const timeUp = this.#sleep(JOIN_WAIT_MAX_MS, AbortSignal.any([signal, timer.signal]));
      await Promise.race([appeared, timeUp]);
    } finally {
      timer.abort();
      this.#wakers.delete(wake);
    }
    return this.#offers.get(nameplate)?.offer;
  }

  /** Resolves when the offer's time is up, leaving a meeting that goes on some time to end. */
  async #expire(offer: Offer, side: MeetingSide, signal: AbortSignal): Promise<void> {
    await this.#sleep(OFFER_LIFETIME_MAX_MS, signal);
    if (offer.isBusy && !signal.aborted) await this.#sleep(MEETING_GRACE_MS, signal);
    if (!signal.aborted) await endSide(side, 'no-offer');
  }

  /** Resolves after the time, or as soon as the signal fires. */
  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#clock.sleep(ms, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

function busy(what: string): ProtocolError {
  return new ProtocolError(
    'DITS_PROTOCOL_RATE_LIMITED',
    `too many ${what} here at the moment, try again in a few minutes`,
  );
}
