/** Why a quiche connection ended, and the texts that go with an end. */
import type { CloseReason } from '../../protocol/index.ts';
import { CLOSE_REASON_MAX_BYTES } from './quic-limits.ts';
import type { QuicheConnection } from './quiche.ts';

/** The reason of a connection that is closed, or on its way there. */
export function endOf(native: QuicheConnection): CloseReason {
  if (native.isTimedOut()) {
    return { by: 'timeout', code: 0, reason: 'the peer has gone silent' };
  }
  const remote = native.peerError();
  if (remote !== null) {
    const by = remote.isApp ? 'remote' : 'transport';
    return { by, code: remote.errorCode, reason: printable(remote.reason) };
  }
  const local = native.localError();
  return {
    by: 'transport',
    code: local?.errorCode ?? 0,
    reason: local === null ? 'the connection was reset' : printable(local.reason),
  };
}

/** Bytes of a close reason, cut at a character boundary. */
export function reasonBytes(reason: string): Uint8Array {
  const bytes = Buffer.from(reason);
  if (bytes.length <= CLOSE_REASON_MAX_BYTES) return bytes;
  return Buffer.from(
    bytes
      .subarray(0, CLOSE_REASON_MAX_BYTES)
      .toString()
      .replace(/\uFFFD+$/, ''),
  );
}

/** A peer's text, safe to show on a terminal. */
function printable(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, CLOSE_REASON_MAX_BYTES))
    .toString()
    .replace(/\p{C}/gu, '\uFFFD');
}
