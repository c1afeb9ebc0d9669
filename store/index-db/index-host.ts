/** The leader's side of a shared index: answers the other processes on a local socket. */
import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { ioError } from '../files/io-error.ts';
import type { Logger } from '../logger.ts';
import { StoreError } from '../store-error.ts';
import {
  FRAME_MAX_BYTES,
  FrameSplitter,
  IndexMessageError,
  INDEX_PROTOCOL_VERSION,
  OPERATION,
  STATUS,
  TOKEN_BYTES,
  decodeBatch,
  decodeIds,
  decodeSegments,
  encodeFrame,
  encodeLocations,
  encodePage,
  encodeWatermarks,
  type Frame,
} from './index-messages.ts';
import type { LeaderAddress } from './index-socket.ts';
import type { LocationIndex, Watermark } from './location-index.ts';

/** Requests of one connection worked on at once; the rest waits in the socket. */
const CONCURRENT_MAX = 16;

export class IndexHost {
  readonly #index: LocationIndex;
  readonly #token: Buffer;
  readonly #logger: Logger;
  readonly #server: Server;
  readonly #connections = new Set<HostConnection>();

  private constructor(index: LocationIndex, token: Buffer, logger: Logger) {
    this.#index = index;
    this.#token = token;
    this.#logger = logger;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** Starts to listen. @throws StoreError DITS_STORE_IO */
  static async listen(
    index: LocationIndex,
    address: LeaderAddress,
    logger: Logger,
  ): Promise<IndexHost> {
    const host = new IndexHost(index, address.token, logger);
    await new Promise<void>((resolve, reject) => {
      host.#server.once('error', (error) => {
        reject(ioError(error, 'listen on', address.socketPath));
      });
      host.#server.listen(address.socketPath, resolve);
    });
    host.#server.on('error', (error) => logger('index.host-failed', { error: error.message }));
    return host;
  }

  /** Answers what was asked, then hangs up. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.all([...this.#connections].map((connection) => connection.close()));
    await closed;
  }

  #accept(socket: Socket): void {
    const connection = new HostConnection(socket, this.#token, this.#index);
    this.#connections.add(connection);
    socket.on('error', (error) =>
      this.#logger('index.connection-failed', { error: error.message }),
    );
    socket.on('close', () => this.#connections.delete(connection));
  }
}

class HostConnection {
  readonly #socket: Socket;
  readonly #token: Buffer;
  readonly #index: LocationIndex;
  readonly #splitter = new FrameSplitter();
  readonly #working = new Set<Promise<void>>();
  #trusted = false;
  #closing = false;

  constructor(socket: Socket, token: Buffer, index: LocationIndex) {
    this.#socket = socket;
    this.#token = token;
    this.#index = index;
    socket.on('data', (chunk) => {
      this.#splitter.push(chunk);
      this.#work();
    });
    socket.on('drain', () => this.#work());
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#socket.pause();
    await Promise.all(this.#working);
    if (this.#socket.destroyed) return;
    await new Promise<void>((resolve) => {
      this.#socket.once('close', () => resolve());
      // What is still unread would keep the socket from closing; the follower asks the next leader again.
      this.#socket.end(() => this.#socket.destroy());
    });
  }

  /** Starts as many waiting requests as may run at once. */
  #work(): void {
    try {
      while (!this.#closing && this.#working.size < CONCURRENT_MAX) {
        // A follower that asks and does not read must not fill our memory with answers.
        if (this.#socket.writableNeedDrain) return void this.#socket.pause();
        const frame = this.#splitter.next();
        if (frame === undefined) return void this.#socket.resume();
        this.#start(frame);
      }
      this.#socket.pause();
    } catch (error) {
      this.#socket.destroy(error as Error);
    }
  }

  #start(frame: Frame): void {
    if (!this.#trusted) {
      this.#trusted = this.#isHello(frame);
      if (!this.#trusted) throw new IndexMessageError('a stranger at the index socket');
      this.#reply(frame.request, STATUS.ok, Buffer.alloc(0));
      return;
    }
    const work = this.#answer(frame).finally(() => {
      this.#working.delete(work);
      this.#work();
    });
    this.#working.add(work);
  }

  async #answer(frame: Frame): Promise<void> {
    try {
      const body = await this.#perform(frame);
      this.#reply(frame.request, STATUS.ok, body);
    } catch (error) {
      if (error instanceof IndexMessageError) this.#socket.destroy(error);
      else this.#reply(frame.request, STATUS.failed, failureBody(error));
    }
  }

  async #perform({ code, body }: Frame): Promise<Buffer> {
    switch (code) {
      case OPERATION.getMany:
        return encodeLocations(await this.#index.getMany(decodeIds(body)));
      case OPERATION.apply:
        await this.#index.apply(decodeBatch(body));
        return Buffer.alloc(0);
      case OPERATION.page:
        return encodePage(await this.#index.page(decodeIds(body)[0]));
      case OPERATION.watermarks: {
        const found = await this.#index.watermarks(decodeSegments(body));
        return encodeWatermarks(found.filter((entry): entry is Watermark => entry !== undefined));
      }
      case OPERATION.allWatermarks:
        return encodeWatermarks(await this.#index.allWatermarks());
      default:
        throw new IndexMessageError(`unknown operation ${code}`);
    }
  }

  #reply(request: number, code: number, body: Buffer): void {
    if (body.length > FRAME_MAX_BYTES) throw new IndexMessageError('an answer too long to send');
    if (!this.#socket.destroyed) this.#socket.write(encodeFrame({ request, code, body }));
  }

  #isHello({ code, body }: Frame): boolean {
    if (code !== OPERATION.hello || body.length !== 1 + TOKEN_BYTES) return false;
    return body[0] === INDEX_PROTOCOL_VERSION && timingSafeEqual(body.subarray(1), this.#token);
  }
}

/** Code and message, separated by a line feed. */
function failureBody(error: unknown): Buffer {
  const code = error instanceof StoreError ? error.code : 'DITS_STORE_IO';
  const message = error instanceof Error ? error.message : String(error);
  return Buffer.from(`${code}\n${message}`);
}
