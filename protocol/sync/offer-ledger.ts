/** What a sink has asked for: a record that it did not is data nobody wanted. */
import type { ObjectId, ObjectRecord } from '../../store/index.ts';
import { ProtocolError } from '../protocol-error.ts';
import { OFFERED_IDS_MAX } from '../session/session-limits.ts';
import type { SinkMode } from './sync-sink.ts';

export class OfferLedger {
  readonly #mode: SinkMode;
  readonly #offered = new Set<ObjectId>();

  constructor(mode: SinkMode) {
    this.#mode = mode;
  }

  /**
   * Notes ids that a check found absent.
   * @throws ProtocolError DITS_PROTOCOL_TOO_LARGE when the source asks on without ever sending
   */
  offer(ids: readonly ObjectId[]): void {
    for (const id of ids) this.#offered.add(id);
    if (this.#offered.size > OFFERED_IDS_MAX) {
      throw new ProtocolError(
        'DITS_PROTOCOL_TOO_LARGE',
        `the peer offered more than ${OFFERED_IDS_MAX} objects without sending them`,
      );
    }
  }

  /** Strikes records off. @throws ProtocolError DITS_PROTOCOL_BAD_DATA for one that was not asked for */
  redeem(records: readonly ObjectRecord[]): void {
    if (this.#mode === 'all') return;
    for (const { id } of records) {
      if (this.#offered.delete(id)) continue;
      if (this.#mode !== 'check' && !this.#mode.has(id)) continue;
      throw new ProtocolError(
        'DITS_PROTOCOL_BAD_DATA',
        'the peer sent an object nobody asked for',
        {
          details: { id },
        },
      );
    }
  }
}
