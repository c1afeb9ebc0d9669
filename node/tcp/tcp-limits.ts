/** Numbers of the TCP port (docs/transport.md, "One TCP port"). */

/** First byte of a TLS handshake record (RFC 8446 section 5.1): a bulk lane. */
export const FIRST_BYTE_TLS = 0x16;
/** First byte of libp2p: the length of the line that names multistream-select, newline included. */
export const FIRST_BYTE_LIBP2P = 0x13;

/** How long a guest may take from its first packet to the end of its handshake. */
export const TCP_HANDSHAKE_MAX_MS = 10_000;
/** Guests whose handshake is not finished, in all and from one address. */
export const TCP_HALF_OPEN_MAX = 256;
export const TCP_HALF_OPEN_PER_ADDRESS_MAX = 64;
/** Silence after which another connection is tried beside one over TCP: full buffers on a slow line take so long to drain. */
export const TCP_SILENCE_MAX_MS = 15_000;
