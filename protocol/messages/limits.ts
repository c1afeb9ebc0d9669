/** What one message may hold. Sizes are chosen so that a full message stays below its type's payload limit. */

/** Ids in one check, request or list: 256 KiB, enough to keep a check's round trip busy for 512 MiB of 64 KiB chunks. */
export const IDS_PER_MESSAGE_MAX = 8_192;
/** Records in one batch: bounds the index of a batch of tiny objects. */
export const RECORDS_PER_BATCH_MAX = 4_096;
/** Wants or haves of one sync: refs that one transfer may carry. */
export const SYNC_TIPS_MAX = 4_096;
/** Refs in one REF_LIST_RESP; longer lists come in pages. */
export const REFS_PER_PAGE_MAX = 2_048;
/** AUTH_OK carries the refs itself up to this many, which saves a round trip for nearly every repository. */
export const REFS_IN_AUTH_OK_MAX = 256;
/** Changes in one REF_UPDATE. */
export const REF_CHANGES_MAX = 1_024;
/** Bytes of a ref name, UTF-8. */
export const REF_NAME_MAX_BYTES = 1_024;
/** Bytes of a repository's name, UTF-8. */
export const REPOSITORY_NAME_MAX_BYTES = 255;
/** Repositories in one REPO_LIST_RESP; longer lists come in pages. */
export const REPOSITORIES_PER_PAGE_MAX = 1_024;
/** Bytes of a text meant for people. */
export const TEXT_MAX_BYTES = 1_024;
/** Bytes of a program's name, a capability or an error's name. */
export const LABEL_MAX_BYTES = 64;
/** Versions or capabilities in a HELLO. */
export const HELLO_ITEMS_MAX = 32;
/** Bytes that a PING may ask to have repeated. */
export const PING_DATA_MAX_BYTES = 64;
/** Coded symbols of one sketch, 6 MiB: enough to read some 170,000 differences. Bounds memory and work on both sides. */
export const SKETCH_SYMBOLS_MAX = 262_144;
/** Rotations of one key in an IDENTITY_ROTATED. */
export const ROTATIONS_MAX = 16;
/** Results in one acknowledgement. */
export const BATCH_RESULTS_MAX = 1_024;
/** Members in one SWARM_PEERS: more sources than a fetch can use at a time. */
export const SWARM_MEMBERS_MAX = 32;
/** Bytes of a peer id's text: 52 for an Ed25519 key, with room for other kinds. */
export const PEER_ID_MAX_BYTES = 64;
/** Bytes of a literal IP address: 45, and the zone of a link-local one. */
export const HOST_LITERAL_MAX_BYTES = 64;
/** Bytes of an Ed25519 signature (RFC 8032). */
export const SIGNATURE_BYTES = 64;
/** Bytes of one message between two peers that meet: a step of a pairing, its longest introduction included. */
export const MEET_DATA_MAX_BYTES = 3_072;
/** How long a pairing code may be offered: five minutes, enough to read it to somebody over the phone. */
export const OFFER_LIFETIME_MAX_MS = 300_000;
/** Bytes of what a machine is called. */
export const PEER_NAME_MAX_BYTES = 256;
/** Addresses of a machine in an introduction. */
export const INTRODUCED_ADDRESSES_MAX = 8;
/** Bytes of one of them: the longest host name (253, RFC 1035) and a port. */
export const INTRODUCED_ADDRESS_MAX_BYTES = 260;
/** Names a ticket among those of one node; no secret. */
export const TICKET_ID_BYTES = 8;
/** 128 bits: nobody guesses them. */
export const TICKET_SECRET_BYTES = 16;
/** Bytes of an address with its port: an IPv6 literal with a zone fits. */
export const ENDPOINT_MAX_BYTES = 128;
/** Addresses at which a peer may be reached directly: seen by the relay, and its own. */
export const PUNCH_ADDRESSES_MAX = 8;
/** Bytes of an id by which a FEED_HAVE names it: enough to meet none of a billion others by chance. */
export const ID_PREFIX_BYTES = 8;
/** Prefixes in one FEED_HAVE: 512 KiB. */
export const PREFIXES_PER_MESSAGE_MAX = 65_536;
