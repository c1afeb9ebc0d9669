/** What a swarm may cost, and its times, each with its reason (docs/protocol.md, "Swarms"). */

/** Time between two signs of life, once a fetch is under way: a newcomer is known to all about as soon. */
export const JOIN_INTERVAL_MS = 2_000;
/** The first ones come faster, so that peers that begin together find each other before they have fetched the same. */
export const JOIN_INTERVAL_FIRST_MS = 250;
/** Silence after which a member is forgotten: five signs of life. */
export const MEMBER_SILENCE_MAX_MS = 10_000;
/** Members kept per repository. Whoever comes later is answered, and not listed. */
export const MEMBERS_PER_REPOSITORY_MAX = 1_024;
/** Entries of one connection: a fetch joins for one repository, perhaps of several opened. */
export const MEMBERSHIPS_PER_CONNECTION_MAX = 8;
/** How long a pass lasts; every sign of life brings a new one. Bounds what a peer keeps after its grant was withdrawn. */
export const PASS_LIFETIME_SECONDS = 120;

/** Members dialled at a time, so that a list of dead addresses does not hold up the living for long. */
export const DIALS_MAX = 4;
/** Other sources in use at a time: more than that only divides the same line. */
export const MEMBERS_IN_USE_MAX = 16;
/** How long a member may take to answer: it is near or it is no help. */
export const MEMBER_DIAL_TIMEOUT_MS = 3_000;
/** Time until a member that could not be used is tried again, twice that after the second time, and how often in all. */
export const MEMBER_RETRY_MS = 2_000;
export const MEMBER_TRIES_MAX = 3;

/** Strangers that may be connected to a fetching process. */
export const STRANGERS_MAX = 64;
/** Connections of one of them: one fetch needs one, a second may overlap with the end of the first. */
export const CONNECTIONS_PER_STRANGER_MAX = 4;
/** Unread bytes of a connection: members take chunks and send wants, so a window for bulk would only serve to fill the memory. */
export const STRANGER_WINDOW_BYTES: number = 1024 * 1024;
/** Time a stranger has to show its pass. */
export const STRANGER_PASS_MAX_MS = 10_000;
/** Issuers whose passes count at a time: the remote, and sources that keep a swarm of their own. */
export const ISSUERS_MAX = 16;

/**
 * How long a fetch that is complete stays for those who take from it, when nobody else is known to have everything: as long as they
 * take something that counts, up to a minute, so that no command hangs for somebody else's slow line.
 */
export const LINGER_MAX_MS = 60_000;
export const LINGER_QUIET_MS = 2_000;
export const LINGER_LOOK_MS = 250;
/** Less than this in between is acknowledgements and keep-alive. */
export const LINGER_BYTES_MIN: number = 16 * 1024;
