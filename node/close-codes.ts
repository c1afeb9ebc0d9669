/** Application codes with which a peer closes a connection. The low numbers are those of the protocol's ERROR message (docs/protocol.md). */
export const CLOSE_CODE = {
  normal: 0,
  permissionDenied: 4,
  /** Too many connections. */
  rateLimited: 5,
  timeout: 7,
  /** The node is stopping. */
  stopping: 16,
  /** No certificate, one that is not Ed25519, or another key than the one expected. */
  identityMismatch: 17,
} as const;
