/** Numbers of the QUIC transport. The first group is part of the protocol (docs/protocol.md, "Transport"). */

const MIB = 1024 * 1024;

/** Application protocol of the TLS handshake. */
export const ALPN = 'dits/1';
export const IDLE_TIMEOUT_MS = 30_000;
/** Streams of each kind that a peer may have open at once. */
export const CONCURRENT_STREAMS_MAX = 100;
export const STREAM_WINDOW_BYTES: number = 16 * MIB;
/**
 * With what a stream begins that the peer opens for a request: most are one message. It grows up to the one above as long as the
 * bytes are read, as those of a circuit are.
 */
export const REQUEST_WINDOW_BYTES: number = 64 * 1024;
/** With what a stream of bulk begins: it ends after 4 MiB and the batch that went beyond, so that none waits for more. */
export const BULK_WINDOW_BYTES: number = 6 * MIB;
export const CONNECTION_WINDOW_BYTES: number = 256 * MIB;

/**
 * Length of the connection ids that both sides choose: nobody guesses 64 random bits, and every packet carries one. Of
 * 1,472 bytes, 16 instead of 8 would be half a percent of a line's rate.
 */
export const CONNECTION_ID_BYTES = 8;
/** Ids that either side gives the other, the first included: one more than the changes of address that a connection survives. */
export const CONNECTION_IDS_MAX = 8;

/** UDP payload that crosses practically every path: the QUIC binding's default, under 1,500 with any tunnel's overhead. */
export const UDP_PAYLOAD_BASE_BYTES = 1_350;
/** Largest UDP payload quiche will fill (its packet lengths are two-byte variable integers). */
export const UDP_PAYLOAD_MAX_BYTES = 16_000;
/** Socket buffers asked of the operating system: room for some 10 ms at 500 MB/s. */
export const SOCKET_BUFFER_BYTES: number = 8 * MIB;

/** Datagrams handed to the operating system and not yet confirmed, per socket. */
export const DATAGRAMS_IN_FLIGHT_MAX = 64;
/** Datagrams, sent or received, after which a socket counts as busy: batches then pay for loading what they need. */
export const BATCHES_AFTER_COUNT = 256;
/** Datagrams one connection sends before others, and the socket's reader, get their turn. */
export const DATAGRAMS_PER_TURN_MAX = 64;

/** How long a handshake may take on either side. */
export const HANDSHAKE_TIMEOUT_MS = 10_000;
/** How long close() waits for what was written to be acknowledged. */
export const CLOSE_FLUSH_MAX_MS = 1_000;
/** Longest close reason on the wire. */
export const CLOSE_REASON_MAX_BYTES = 1_024;

/** Connections of one listener, in total and per authenticated peer. */
export const CONNECTIONS_MAX = 1_024;
export const CONNECTIONS_PER_PEER_MAX = 64;
/** From this many unfinished handshakes on, a newcomer must first prove its address with a retry token (RFC 9000 section 8.1). */
export const HALF_OPEN_RETRY_THRESHOLD = 32;
/** Unfinished handshakes held at once. What comes above is dropped; an honest peer sends it again. */
export const HALF_OPEN_MAX = 256;
/** How long a retry token is good for. */
export const RETRY_TOKEN_LIFETIME_MS = 15_000;

/** TLS alert no_application_protocol as a QUIC error (RFC 9001 section 4.8). */
export const TRANSPORT_NO_APPLICATION_PROTOCOL = 0x178;

/** Congestion control algorithms of quiche. */
export type CongestionControl = 'bbr' | 'cubic' | 'reno';
/** `auto`: by the path (`fitToPath`). */
export type CongestionControlSetting = 'auto' | CongestionControl;
export const CONGESTION_CONTROL_DEFAULT: CongestionControlSetting = 'auto';
