/** Watches over the ids a peer gives its requests: each is new, and 0 belongs to none. */
import { invalidMessage } from '../messages/wire-fields.ts';

/** Requests on streams of their own may overtake each other by this much. */
const RECENT_IDS_MAX = 4_096;

export class RequestIds {
  readonly #recent = new Set<number>();
  #forgottenUpTo = 0;

  /** Takes note of a request. @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE for an id that was used before */
  use(requestId: number): void {
    if (requestId <= this.#forgottenUpTo || this.#recent.has(requestId)) {
      throw invalidMessage(`uses request id ${requestId} twice`);
    }
    this.#recent.add(requestId);
    if (this.#recent.size <= RECENT_IDS_MAX) return;
    const oldest = this.#recent.values().next().value!;
    this.#recent.delete(oldest);
    this.#forgottenUpTo = Math.max(this.#forgottenUpTo, oldest);
  }
}
