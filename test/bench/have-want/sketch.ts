/** The sketch as two peers use it: both ends of the exchange over a connection in memory. */
import { createMemoryPair } from '../../../protocol/index.ts';
import { MessageChannel } from '../../../protocol/session/message-channel.ts';
import { answerSketch, readSketch } from '../../../protocol/sync/sketch-exchange.ts';
import {
  ID_BYTES,
  MemoryObjectStore,
  type ObjectId,
  type ObjectInfo,
} from '../../../store/index.ts';
import type { Method } from './method.ts';

/** As many as a page of the index has. */
const BATCH_IDS = 4_096;

/** Lists ids as a store on disk does; holds no objects. */
class IdList extends MemoryObjectStore {
  readonly #ids: Buffer;

  constructor(ids: Buffer) {
    super();
    this.#ids = ids;
  }

  override count(): Promise<number> {
    return Promise.resolve(this.#ids.length / ID_BYTES);
  }

  override async *list(): AsyncGenerator<readonly ObjectInfo[]> {
    for (let at = 0; at < this.#ids.length; at += BATCH_IDS * ID_BYTES) {
      const digits = this.#ids.toString('hex', at, at + BATCH_IDS * ID_BYTES);
      const count = digits.length / (2 * ID_BYTES);
      yield await Promise.resolve(
        Array.from({ length: count }, (_, index): ObjectInfo => {
          const id = digits.slice(2 * ID_BYTES * index, 2 * ID_BYTES * (index + 1)) as ObjectId;
          return { id, kind: 'chunk', rawSize: 0, storedSize: 0 };
        }),
      );
    }
  }
}

export const sketch: Method = async ({ wanted, held }) => {
  const { dialler, acceptor } = createMemoryPair();
  const incoming = acceptor.incoming()[Symbol.asyncIterator]();
  const source = new MessageChannel(await dialler.openStream());
  const key = Buffer.alloc(16, 5);
  const common = { requestId: 1, key };
  const reading = readSketch({ ...common, store: new IdList(wanted), channel: source });
  const opened = await incoming.next();
  if (opened.done === true || opened.value.kind !== 'bidirectional') throw new Error('no stream');
  const sink = new MessageChannel(opened.value.stream);
  await answerSketch({ ...common, store: new IdList(held), channel: sink });
  const difference = await reading;
  const { bytesSent, bytesReceived } = dialler.stats();
  let missingCount = 0;
  for (let at = 0; difference !== undefined && at < wanted.length; at += ID_BYTES) {
    if (difference.has(wanted.toString('hex', at, at + ID_BYTES) as ObjectId)) missingCount++;
  }
  return {
    // What is missing is asked about as well before it is sent.
    toSinkBytes: bytesSent + missingCount * ID_BYTES,
    toSourceBytes: bytesReceived + Math.ceil(missingCount / 8),
    missingCount,
    isDone: difference !== undefined,
  };
};
