/** What strangers may cost a node: counts and milliseconds, each with its reason. */
import { OFFER_LIFETIME_MAX_MS } from '../messages/limits.ts';

/** Offers standing at one node; well below the 784 nameplates, so that a free one is found at the second or third look. */
export const OFFERS_MAX = 256;
/** Offers of one network at a time: two people in the same house. */
export const OFFERS_PER_NETWORK_MAX = 8;
/** Joiners that wait for an offer to be free, or to appear. */
export const WAITING_PER_NAMEPLATE_MAX = 4;
export const WAITING_MAX = 64;
/** How long a joiner waits for an offer that is not there: the two people may press Enter in either order. */
export const JOIN_WAIT_MAX_MS = 5_000;
/** Messages of each side in one meeting: a pairing takes four. */
export const MEET_MESSAGES_MAX = 16;
/** Time that a meeting may go on after the offer has expired: the people are reading each other's ids. */
export const MEETING_GRACE_MS = 60_000;

/** Joins and redemptions of one network within `TRIES_PERIOD_MS`: a person mistypes, a program guesses. */
export const TRIES_PER_NETWORK_MAX = 20;
/** The same of all networks together: somebody may have many. */
export const TRIES_MAX = 1_000;
export const TRIES_PERIOD_MS = 300_000;

/** Connections of strangers at a time. */
export const LOBBY_GUESTS_MAX = 256;
export const LOBBY_GUESTS_PER_NETWORK_MAX = 16;
/** Requests of one stranger at a time. */
export const STRANGER_REQUESTS_MAX = 4;
/** How long a stranger may stay without a request. */
export const STRANGER_IDLE_MAX_MS = 10_000;
/** How long a stranger may stay at all: an offer's lifetime and the meeting after it. */
export const STRANGER_STAY_MAX_MS: number =
  OFFER_LIFETIME_MAX_MS + MEETING_GRACE_MS + 2 * STRANGER_IDLE_MAX_MS;
/** Bytes that a stranger may send in its whole stay, read or not: many times what a pairing and its signs of life take. */
export const STRANGER_BYTES_MAX: number = 1024 * 1024;
/** How often they are counted: what comes in between is bounded by the speed of the link. */
export const STRANGER_COUNT_INTERVAL_MS = 250;
