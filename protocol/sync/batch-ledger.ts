/** The source's batches under way: what each weighs, until the sink says it is durable. */
import { RECORD_STATUS, type BatchAck } from '../messages/records.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';

/** The two messages that carry records in a sync, each with its own acknowledgement. */
export type BatchMessage = 'CHUNK_UPLOAD' | 'MANIFEST_PUSH';
export type AckMessage = 'CHUNK_UPLOAD_ACK' | 'MANIFEST_ACK';

export const ACK_OF: Readonly<Record<BatchMessage, AckMessage>> = {
  CHUNK_UPLOAD: 'CHUNK_UPLOAD_ACK',
  MANIFEST_PUSH: 'MANIFEST_ACK',
};

type OpenBatch = {
  readonly message: BatchMessage;
  readonly recordCount: number;
  readonly bytes: number;
};

export class BatchLedger {
  readonly #open = new Map<number, OpenBatch>();
  #lastNumber = 0;

  get lastNumber(): number {
    return this.#lastNumber;
  }

  get openCount(): number {
    return this.#open.size;
  }

  /** The number of the next batch. */
  number(): number {
    return ++this.#lastNumber;
  }

  /** Notes a batch that is about to be sent. */
  sent(number: number, batch: OpenBatch): void {
    this.#open.set(number, batch);
  }

  /**
   * Takes an acknowledgement; returns what it frees.
   * @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE for a batch that is not under way, and what a refusal means
   */
  acknowledge(name: AckMessage, ack: BatchAck): { bytes: number; recordCount: number } {
    let bytes = 0;
    let recordCount = 0;
    for (const { batch, statuses } of ack.results) {
      const open = this.#open.get(batch);
      if (open === undefined || ACK_OF[open.message] !== name) {
        throw invalidMessage(`acknowledges batch ${batch}, which is not under way`);
      }
      if (statuses.length !== open.recordCount) {
        throw invalidMessage(`acknowledges batch ${batch} with ${statuses.length} records`);
      }
      this.#open.delete(batch);
      bytes += open.bytes;
      recordCount += open.recordCount;
      throwRefusal(statuses, ack.reason);
    }
    return { bytes, recordCount };
  }
}

function throwRefusal(statuses: Uint8Array, reason: string | undefined): void {
  const refusal = statuses.find((status) => status > RECORD_STATUS.duplicate);
  if (refusal === undefined) return;
  const details = { reportedByPeer: true, recordStatus: refusal };
  if (refusal === RECORD_STATUS.quota && reason !== undefined) {
    throw new ProtocolError('DITS_PROTOCOL_QUOTA_EXCEEDED', `the peer keeps no more: ${reason}`, {
      hint: 'ask the owner of the peer for more room, then run the command again: what arrived is kept',
      details,
    });
  }
  if (refusal === RECORD_STATUS.quota) {
    throw new ProtocolError('DITS_PROTOCOL_PEER_FAILED', 'the peer has no room for more', {
      hint: 'make room on the peer, then run the command again: what arrived is kept',
      details,
    });
  }
  throw new ProtocolError('DITS_PROTOCOL_BAD_DATA', 'the peer refused an object as damaged', {
    hint: 'run `dits fsck` here',
    details,
  });
}
