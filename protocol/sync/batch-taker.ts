/** What bulk streams need of the sink that their batches belong to. */
import type { Records } from '../messages/records.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import type { BatchMessage } from './batch-ledger.ts';
import type { BatchFrame } from './record-intake.ts';

export interface BatchTaker {
  /** Makes room for a frame of this many payload bytes, before it is read. @throws ProtocolError when it exceeds the window */
  reserve(bytes: number): void;
  /** Takes a batch whose frame `reserve` admitted. @throws ProtocolError when it was not asked for */
  accept(message: BatchMessage, batch: Records, frame: BatchFrame): void;
  /** A bulk stream failed: what it carried will not come. */
  fail(error: unknown): void;
}

/**
 * CHUNK_UPLOAD carries chunks, MANIFEST_PUSH everything else; a batch is never empty.
 * @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE
 */
export function checkKinds(message: BatchMessage, batch: Records): void {
  if (batch.records.length === 0 || batch.absent.length > 0 || batch.last) {
    throw invalidMessage('is a batch without records, or with parts of an answer');
  }
  const isChunks = message === 'CHUNK_UPLOAD';
  if (batch.records.some((record) => (record.kind === 'chunk') !== isChunks)) {
    throw invalidMessage(`of type ${message} holds an object of the wrong kind`);
  }
}
