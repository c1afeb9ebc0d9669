/** Notices a peer that has gone silent: asks it for a sign of life, and gives up when none comes. */
import type { Clock } from '../clock.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import { KEEP_ALIVE_MS, PEER_SILENCE_MAX_MS } from './session-limits.ts';

export type SendPing = () => Promise<number>;

export class KeepAlive {
  readonly #clock: Clock;
  readonly #sendPing: SendPing;
  #lastHeardMs: number;
  #openPing: number | undefined;

  /** `sendPing` sends a PING and returns its request id. */
  constructor(clock: Clock, sendPing: SendPing) {
    this.#clock = clock;
    this.#sendPing = sendPing;
    this.#lastHeardMs = clock.now();
  }

  /** A whole message came in on the control stream. Bytes alone do not count: anyone can send one a minute. */
  heard(): void {
    this.#lastHeardMs = this.#clock.now();
  }

  /** @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE for an answer to no PING */
  pong(requestId: number): void {
    if (requestId !== this.#openPing) throw invalidMessage('answers a PING that was not sent');
    this.#openPing = undefined;
  }

  /** Runs until the signal fires; rejects with DITS_PROTOCOL_TIMEOUT when the peer stays silent. */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#clock.sleep(KEEP_ALIVE_MS, signal);
      const silenceMs = this.#clock.now() - this.#lastHeardMs;
      if (silenceMs >= PEER_SILENCE_MAX_MS) {
        throw new ProtocolError(
          'DITS_PROTOCOL_TIMEOUT',
          `the peer has said nothing for ${silenceMs} ms`,
        );
      }
      if (silenceMs >= KEEP_ALIVE_MS && this.#openPing === undefined) {
        this.#openPing = await this.#sendPing();
      }
    }
  }
}
