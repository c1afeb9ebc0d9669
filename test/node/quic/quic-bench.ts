/** A listener on 127.0.0.1 and connections to it, for tests. Everything is closed by `close`. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { generateIdentity, type Identity } from '../../../node/identity/identity.ts';
import type { Admission } from '../../../node/listen/admission.ts';
import { silentLogger } from '../../../node/logger.ts';
import type { QuicConnection } from '../../../node/quic/quic-connection.ts';
import { dialQuic, type QuicDialOptions } from '../../../node/quic/quic-dial.ts';
import { QuicListener, type QuicListenerOptions } from '../../../node/quic/quic-listener.ts';

export type PairOptions = Partial<QuicListenerOptions> & {
  readonly admit?: (peerId: string) => boolean;
  readonly admission?: Admission;
};

export class QuicBench {
  readonly identity: Identity;
  readonly listener: QuicListener;
  accepted: readonly QuicConnection[] = [];
  readonly #dialled: QuicConnection[] = [];

  private constructor(identity: Identity, listener: QuicListener) {
    this.identity = identity;
    this.listener = listener;
  }

  static async open({ admit, admission, ...options }: PairOptions = {}): Promise<QuicBench> {
    const identity = generateIdentity();
    const accepted: QuicConnection[] = [];
    const listener = await QuicListener.open(
      {
        logger: silentLogger,
        nowMs: () => performance.now(),
        admit: admit ?? (() => true),
        admission,
        onConnection: (connection) => accepted.push(connection),
      },
      {
        address: { host: '127.0.0.1', port: 0 },
        credentials: identity.credentials,
        ...options,
      },
    );
    const bench = new QuicBench(identity, listener);
    bench.accepted = accepted;
    return bench;
  }

  /** Dials and returns both ends. */
  async connect(
    options: Partial<QuicDialOptions> = {},
  ): Promise<{ client: QuicConnection; server: QuicConnection }> {
    const known = this.accepted.length;
    const client = await this.dial(options);
    while (this.accepted.length === known) await nextTurn();
    return { client, server: this.accepted[known]! };
  }

  async dial(options: Partial<QuicDialOptions> = {}): Promise<QuicConnection> {
    const client = await dialQuic({
      remote: this.listener.address,
      credentials: generateIdentity().credentials,
      checkPeer: () => undefined,
      ...options,
    });
    this.#dialled.push(client);
    return client;
  }

  async close(): Promise<void> {
    await Promise.all(this.#dialled.map((connection) => connection.close(0, 'test is over')));
    await this.listener.close(0, 'test is over');
  }
}

/** Reads a stream to its end. */
export async function readAll(
  source: { read(into: Uint8Array): Promise<number> },
  bufferBytes = 65_536,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  const into = Buffer.alloc(bufferBytes);
  for (let count; (count = await source.read(into)) > 0;) {
    parts.push(Buffer.from(into.subarray(0, count)));
  }
  return Buffer.concat(parts);
}
