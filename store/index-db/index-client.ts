/** A follower's side of a shared index: asks the leading process over its socket. */
import { connect, type Socket } from 'node:net';
import type { ObjectId } from '../ids.ts';
import type { Location } from '../segments/segment-format.ts';
import { StoreError, type StoreErrorCode } from '../store-error.ts';
import {
  FrameSplitter,
  IndexMessageError,
  INDEX_PROTOCOL_VERSION,
  MESSAGE_ENTRIES_MAX,
  OPERATION,
  STATUS,
  decodeLocations,
  decodePage,
  decodeWatermarks,
  encodeBatch,
  encodeFrame,
  encodeIds,
  encodeSegments,
  type Frame,
} from './index-messages.ts';
import type { LeaderAddress } from './index-socket.ts';
import type { IndexBatch, IndexPage, LocationIndex, Watermark } from './location-index.ts';

/** The leader is gone, or of no use; what was asked may or may not have happened, and is asked again of the next one. */
export class LeaderLostError extends Error {}

type Waiting = {
  readonly resolve: (body: Buffer) => void;
  readonly reject: (error: Error) => void;
};

/** Silence after which a leader counts as stopped or stuck: it answers in milliseconds, or its disk in seconds. */
const SILENCE_MAX_MS = 30_000;

export class IndexClient implements LocationIndex {
  readonly #socket: Socket;
  readonly #splitter = new FrameSplitter();
  readonly #waiting = new Map<number, Waiting>();
  #nextRequest = 1;
  #lost: Error | undefined;
  readonly #closed: Promise<void>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', (error) => this.#lose(error.message));
    // A suspended leader keeps its lock and its socket, and answers nothing.
    socket.setTimeout(SILENCE_MAX_MS, () => {
      if (this.#waiting.size > 0) this.#giveUp();
    });
    this.#closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#lose('the connection ended');
        resolve();
      });
    });
  }

  /** Connects and says hello. @throws LeaderLostError when nobody answers there */
  static async connect(address: LeaderAddress): Promise<IndexClient> {
    const client = new IndexClient(connect(address.socketPath));
    try {
      const hello = Buffer.concat([Buffer.of(INDEX_PROTOCOL_VERSION), address.token]);
      await client.#ask(OPERATION.hello, hello);
      return client;
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  async getMany(ids: readonly ObjectId[]): Promise<(Location | undefined)[]> {
    const parts = split(ids).map((part) =>
      this.#read(OPERATION.getMany, encodeIds(part), (body) => {
        const locations = decodeLocations(body);
        if (locations.length === part.length) return locations;
        throw new IndexMessageError('too few or many locations');
      }),
    );
    return (await Promise.all(parts)).flat();
  }

  async apply(batch: IndexBatch): Promise<void> {
    // The watermarks go last: once they are durable, so are the entries that they vouch for.
    for (const puts of split(batch.puts ?? [])) await this.#apply({ puts });
    for (const deletes of split(batch.deletes ?? [])) await this.#apply({ deletes });
    for (const watermarks of split(batch.watermarks ?? [])) await this.#apply({ watermarks });
    for (const forgotten of split(batch.forgotten ?? [])) await this.#apply({ forgotten });
  }

  async page(after: ObjectId | undefined): Promise<IndexPage> {
    const body = encodeIds(after === undefined ? [] : [after]);
    return this.#read(OPERATION.page, body, decodePage);
  }

  async watermarks(segments: readonly number[]): Promise<(Watermark | undefined)[]> {
    const found = new Map<number, Watermark>();
    for (const part of split(segments)) {
      const marks = this.#read(OPERATION.watermarks, encodeSegments(part), decodeWatermarks);
      for (const watermark of await marks) found.set(watermark.segment, watermark);
    }
    return segments.map((segment) => found.get(segment));
  }

  async allWatermarks(): Promise<readonly Watermark[]> {
    return this.#read(OPERATION.allWatermarks, Buffer.alloc(0), decodeWatermarks);
  }

  async close(): Promise<void> {
    this.#socket.destroy();
    await this.#closed;
  }

  async #apply(batch: IndexBatch): Promise<void> {
    await this.#ask(OPERATION.apply, encodeBatch(batch));
  }

  /** Asks, and takes the answer apart. @throws LeaderLostError also for an answer that makes no sense */
  async #read<T>(code: number, question: Buffer, decode: (body: Buffer) => T): Promise<T> {
    const body = await this.#ask(code, question);
    try {
      return decode(body);
    } catch (error) {
      this.#lose(String(error));
      this.#socket.destroy();
      throw new LeaderLostError('the process that holds the index answers nonsense', {
        cause: error,
      });
    }
  }

  async #ask(code: number, body: Buffer): Promise<Buffer> {
    if (this.#lost !== undefined) throw this.#lost;
    const request = this.#nextRequest;
    this.#nextRequest = (this.#nextRequest % 0xffff_ffff) + 1;
    return await new Promise<Buffer>((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject });
      this.#socket.write(encodeFrame({ request, code, body }));
    });
  }

  #receive(chunk: Buffer): void {
    try {
      this.#splitter.push(chunk);
      for (;;) {
        const frame = this.#splitter.next();
        if (frame === undefined) return;
        this.#settle(frame);
      }
    } catch (error) {
      this.#lose(String(error));
      this.#socket.destroy();
    }
  }

  #settle({ request, code, body }: Frame): void {
    const waiting = this.#waiting.get(request);
    if (waiting === undefined) throw new IndexMessageError('an answer to no question');
    this.#waiting.delete(request);
    if (code === STATUS.ok) waiting.resolve(body);
    else waiting.reject(failureOf(body));
  }

  #giveUp(): void {
    this.#lost ??= new StoreError(
      'DITS_STORE_LOCKED',
      'the process that has the index open is stuck',
      {
        hint: 'continue or end the other dits process of this repository',
        details: { waitedMs: SILENCE_MAX_MS },
      },
    );
    this.#socket.destroy();
  }

  #lose(reason: string): void {
    this.#lost ??= new LeaderLostError(`the process that holds the index is gone: ${reason}`);
    for (const { reject } of this.#waiting.values()) reject(this.#lost);
    this.#waiting.clear();
  }
}

/** Codes that the leader may pass on; anything else is a plain failure. */
const PASSED_ON: readonly StoreErrorCode[] = [
  'DITS_STORE_INDEX_CORRUPT',
  'DITS_STORE_NO_SPACE',
  'DITS_STORE_CLOSED',
];

function failureOf(body: Buffer): StoreError {
  const text = body.toString('utf8');
  const [code = '', ...message] = text.split('\n');
  const known = PASSED_ON.find((candidate) => candidate === code) ?? 'DITS_STORE_IO';
  const hint = known === 'DITS_STORE_INDEX_CORRUPT' ? 'run `dits fsck --repair`' : undefined;
  return new StoreError(known, message.join(' '), { hint });
}

function split<T>(items: readonly T[]): (readonly T[])[] {
  const parts: (readonly T[])[] = [];
  for (let at = 0; at < items.length; at += MESSAGE_ENTRIES_MAX) {
    parts.push(items.slice(at, at + MESSAGE_ENTRIES_MAX));
  }
  return parts;
}
