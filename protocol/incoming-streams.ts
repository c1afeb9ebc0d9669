/** The streams that the peer of a connection has opened and nobody has taken yet, in the order they came. */
import type { IncomingStream } from './connection.ts';

export class IncomingStreams {
  readonly #waiting: IncomingStream[] = [];
  #isEnded = false;
  #wakeConsumer: (() => void) | undefined;

  /** Streams that wait. Whoever adds them sees to it that there are never too many. */
  get count(): number {
    return this.#waiting.length;
  }

  add(stream: IncomingStream): void {
    this.#waiting.push(stream);
    this.#wake();
  }

  /** No more will come: who takes them ends after those that wait. Idempotent. */
  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  /** Takes them as they come. For one consumer at a time (`Connection.incoming`). */
  async *take(): AsyncIterable<IncomingStream> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) {
        yield next;
        continue;
      }
      if (this.#isEnded) return;
      await new Promise<void>((resolve) => {
        this.#wakeConsumer = resolve;
      });
    }
  }

  #wake(): void {
    this.#wakeConsumer?.();
    this.#wakeConsumer = undefined;
  }
}
