/** Which failures of a verb the world explains. Every other one fails the run. */
import { ProtocolError } from '../../protocol/index.ts';
import { StoreError } from '../../store/index.ts';
import type { Machine } from '../machine/machine.ts';

/** Of a connection that broke, or of a peer that vanished behind it. */
const LOSSES = new Set<string>([
  'DITS_PROTOCOL_CONNECTION_LOST',
  'DITS_PROTOCOL_STREAM_RESET',
  'DITS_PROTOCOL_TIMEOUT',
]);
/** Of a disk that is full or fails. */
const DISK_FAILURES = new Set<string>([
  'DITS_STORE_IO',
  'DITS_STORE_NO_SPACE',
  'DITS_STORE_CLOSED',
]);
/** Of others who work on the same repository. */
const CONTENTION = new Set<string>(['DITS_STORE_LOCKED', 'DITS_STORE_REF_CHANGED']);

/** Whether a verb between these machines, or on one, may fail like this. */
export function isExpected(error: unknown, machines: readonly Machine[]): boolean {
  const hasDiskFailed = machines.some(({ faults }) => faults.count > 0);
  if (error instanceof StoreError) {
    return CONTENTION.has(error.code) || (hasDiskFailed && DISK_FAILURES.has(error.code));
  }
  if (!(error instanceof ProtocolError)) return false;
  if (LOSSES.has(error.code)) return machines.length > 1;
  // The sink closes on whoever sends what is not what it says.
  if (error.code === 'DITS_PROTOCOL_BAD_DATA') return machines.some((one) => one.hasBadMemory);
  if (error.code !== 'DITS_PROTOCOL_PEER_FAILED') return false;
  const { peerCode } = error.details;
  const code = typeof peerCode === 'string' ? peerCode : '';
  return CONTENTION.has(code) || hasDiskFailed;
}
