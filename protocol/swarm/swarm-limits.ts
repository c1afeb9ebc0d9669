/** What a feed and a fetch from many sources may cost: counts, bytes and milliseconds, each with its reason. */
import { SYNC_STALL_MAX_MS } from '../session/session-limits.ts';

/** Chunks wanted of one source and not answered: the index of 2 GiB of the finest chunks, 1 MiB of ids. */
export const FEED_WANTS_MAX = 32_768;
/**
 * Raw bytes of a batch on a feed, unless a single chunk is bigger: less than in a sync, because what is in a batch can not be taken back,
 * and can be passed on only when all of it is there.
 */
export const FEED_BATCH_BYTES: number = 256 * 1024;
/** Raw bytes of a batch on the only feed that a node serves, at most: as in a sync. */
export const FEED_BATCH_MAX_BYTES: number = 1024 * 1024;
/** What such a batch may be of all that is wanted, so that a slow line does not wait long for one. */
export const FEED_BATCH_SHARE: number = 1 / 8;
/** Bulk streams of a feed: on more, so many batches share the link at a time that all of them come late. */
export const FEED_STREAMS = 2;
/** Batches that one node hands to its link at a time, over all feeds: enough to keep it busy, few enough to be done soon. */
export const TURNS_AT_A_TIME = 4;
/** Time after which a batch that the link does not take holds up nobody else. */
export const TURN_MAX_MS = 5_000;
/** Chunks of which it is remembered how often they were sent: 30 GB of average ones, some MiB of memory. */
export const SENT_COUNTS_MAX = 65_536;
/** Wants among which a source chooses what it sends first. The others wait in their order. */
export const TURN_CHOICE_COUNT = 64;
/** Time in which a source may have put into batches what it was asked for; later wants can be taken back. */
export const COMMITTED_MS = 500;
/** Time in which a sink must want something of a source, or end the feed: a forgotten feed holds a stream and a repository. */
export const FEED_IDLE_MAX_MS = 600_000;
/** Time a source has to say whether it holds what is wanted: it may have to search the history. */
export const FEED_OPEN_MAX_MS = 30_000;
/** Prefixes accepted beyond twice the chunks that are fetched: the source's own fetch may be of somewhat more than ours. */
export const FEED_ANNOUNCED_SLACK = 65_536;
/** Least time between two announcements: a message carries some prefixes then, and a neighbour waits little. */
export const ANNOUNCE_INTERVAL_MS = 500;

/** Work that a source is given in advance, in milliseconds of its measured rate: covers round trips, and what a batch takes. */
export const SOURCE_AHEAD_MS = 1_500;
/** Bytes wanted of a source at least: one average chunk or a few, so that a slow source has something to send. */
export const SOURCE_AHEAD_MIN_BYTES: number = 256 * 1024;
/** Bytes wanted of a source whose rate is not known yet: at 1 Mbit/s answered before the source counts as silent. */
export const SOURCE_AHEAD_START_BYTES: number = 1024 * 1024;
/** Bytes wanted of a source at most: two windows, so that the fastest never waits for the next want. */
export const SOURCE_AHEAD_MAX_BYTES: number = 64 * 1024 * 1024;
/**
 * Chunks wanted at least of a source that has everything, while others fetch the same: so many to choose from let a seed in a crowd give each
 * chunk to somebody before it gives any to a second.
 */
export const SEED_CHOICE_COUNT = 16;
/** Busy time over which a rate is sampled. */
export const RATE_SAMPLE_MS = 250;

/** How often rates, silence and what is left to ask for are looked at. */
export const SWARM_TICK_MS = 200;
/** Time in which a source must answer a want with a whole batch, while others do: far above any round trip and flush. */
export const SOURCE_SILENCE_MAX_MS = 10_000;
/** How often a source is told that what it sends is held back here: several times within the time it waits. */
export const HELD_BACK_SIGN_MS: number = SYNC_STALL_MAX_MS / 4;
/** Time for which a source that nobody can replace may pause: whoever pauses over night finds it going on. */
export const SOURCE_PAUSE_MAX_MS = 86_400_000;
/** Rate in bytes a second below which a source is a crawl, if another one is at least `CRAWL_RATIO` times as fast. */
export const CRAWL_MAX_RATE: number = 16 * 1024;
export const CRAWL_RATIO = 128;
/** Busy time after which a source is judged by its rate. */
export const CRAWL_AFTER_MS = 20_000;
/** Time in which nobody announces or sends anything of what is missing, after which nobody has it. */
export const STARVED_MAX_MS = 30_000;
/** Time that feeds have to end in good order once everything is there. */
export const SWARM_END_MAX_MS = 1_000;

/** Chunks that are looked at to find rare ones: the rarest of so many is among the rarest of all. */
export const PICK_SAMPLE_COUNT = 256;
/** Time in which peers that are fetching themselves can give what they hold: so much is left to them, to spare the complete ones. */
export const SPARE_MS = 2_000;
/** Sources asked for the same chunk at a time, in the endgame. */
export const ASKERS_MAX = 2;
/** Sources of one fetch: more cost announcements and gain nothing. */
export const SOURCES_MAX = 64;
