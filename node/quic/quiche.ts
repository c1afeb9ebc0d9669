/**
 * The bare quiche binding of @matrixai/quic, as this driver uses it. Imported through its sub-path: the package's root
 * loads its high-level classes, which take ten times as long to load and are not used here (docs/adr/0006-quic-driver.md).
 */
import quiche from '@matrixai/quic/native/quiche.js';
import type {
  Config as QuicheConfig,
  Connection as QuicheConnection,
  Header as QuicheHeader,
  Host as QuicheHost,
} from '@matrixai/quic/native/types.js';

export { quiche };
export type { QuicheConfig, QuicheConnection, QuicheHeader, QuicheHost };

/** The application's code inside a quiche error text such as `StreamReset(42)`, or undefined when it is another error. */
export function streamErrorCode(
  error: unknown,
  kind: 'StreamReset' | 'StreamStopped',
): number | undefined {
  if (!(error instanceof Error) || !error.message.startsWith(`${kind}(`)) return undefined;
  const code = Number(error.message.slice(kind.length + 1, -1));
  return Number.isSafeInteger(code) ? code : 0;
}

/** Whether quiche reports that the stream does not exist (yet, or any more). */
export function isUnknownStream(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('InvalidStreamState');
}

/** Whether quiche reports that the peer's stream limit is reached. */
export function isStreamLimit(error: unknown): boolean {
  return error instanceof Error && error.message === 'StreamLimit';
}
