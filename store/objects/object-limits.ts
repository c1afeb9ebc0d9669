/** Bounds of stored objects (docs/store-format.md, "Objects"). A decoder refuses whatever exceeds one of them. */

/** Bytes of any object that is not a chunk: a node at its largest stays far below, and one read is one small buffer. */
export const STRUCTURE_SIZE_MAX_BYTES: number = 1024 * 1024;

/** Height of a manifest or tree above its leaves: at 64 children a node, six levels hold 64^7 entries. */
export const NODE_LEVEL_MAX = 8;

/** Fewest entries that a content-defined boundary closes a node after. Below it nodes cost more than they save. */
export const MANIFEST_NODE_COUNT_MIN = 64;
/** Entries after which a node closes anyway, so that hostile or repetitive input cannot grow one. */
export const MANIFEST_NODE_COUNT_MAX = 1024;
/** One entry in so many ends a node: nodes of about 64 + 128 entries, near 7 KiB, which is what one changed chunk costs. */
export const MANIFEST_BOUNDARY_ODDS = 128;

export const TREE_NODE_COUNT_MIN = 64;
export const TREE_NODE_COUNT_MAX = 512;
/** One name in so many begins a node: nodes of about 64 + 64 entries, near 7 KiB. */
export const TREE_BOUNDARY_ODDS = 64;

/** Parents of one commit: the widest merges anyone makes have a few dozen. */
export const COMMIT_PARENTS_MAX = 64;
/** Bytes of a commit's or tag's message: a long changelog fits, a file does not. */
export const MESSAGE_SIZE_MAX_BYTES: number = 256 * 1024;
/** Bytes of a person's name or address: RFC 5321, section 4.5.3.1.3, allows 256 for a path. */
export const PERSON_SIZE_MAX_BYTES = 256;
/** Bytes of a tag's name: as one path component. */
export const TAG_NAME_SIZE_MAX_BYTES = 255;
/** Minutes a zone lies from UTC at most: under one day. */
export const ZONE_MINUTES_MAX = 1439;
/** Bytes of an Ed25519 public key and signature (RFC 8032, section 5.1). */
export const SIGNER_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;
/** Number of the highest chunker profile that a byte can hold. */
export const PROFILE_MAX = 255;
/** Tags that point at tags: nobody chains more than a few, and a longer chain is an attack. */
export const TAG_DEPTH_MAX = 16;
