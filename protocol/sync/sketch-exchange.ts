/**
 * Sketches between two stores that are nearly alike (docs/protocol.md, "Sketch"): the source asks for coded symbols of what the
 * sink holds until it can read the difference, or gives up and gets a Bloom filter.
 */
import type { ObjectId, ObjectReader } from '../../store/index.ts';
import { fromErrorMessage } from '../error-codes.ts';
import { SKETCH_SYMBOLS_MAX } from '../messages/limits.ts';
import type { MessageName } from '../frames/message-types.ts';
import type { MessageBody } from '../messages/message.ts';
import { invalidMessage, writeIds } from '../messages/wire-fields.ts';
import type { MessageChannel } from '../session/message-channel.ts';
import { CodedSymbols } from '../sketch/coded-symbols.ts';
import { DIGEST_WORDS, KeyedDigest, idWords } from '../sketch/keyed-digest.ts';
import { SketchDecoder, digestKey } from '../sketch/sketch-decoder.ts';
import { isSketchable } from './have-method.ts';

/** Symbols of the first answer, 1.5 KiB: they show up to some 40 differences, and about how many there are of more. */
const SYMBOLS_FIRST = 64;
/** Symbols asked for an estimated difference: what the paper measured, and the error of the estimate. */
const SYMBOLS_PER_DIFFERENCE = 1.6;
/** Requests of one sketch: each takes both sides a pass over all ids. */
const SKETCH_REQUESTS_MAX = 6;

export type SketchDeps = {
  readonly store: ObjectReader;
  /** The sync's own stream, after SYNC_RESPONSE. */
  readonly channel: MessageChannel;
  readonly requestId: number;
  /** From SYNC_RESPONSE. */
  readonly key: Uint8Array;
};

export type SketchOptions = { readonly signal?: AbortSignal | undefined };

/** What a sketch has shown: which of the source's objects the sink may lack. The others it holds. */
export class SketchDifference {
  readonly #keyed: KeyedDigest;
  readonly #missing: ReadonlySet<string>;
  readonly #digest = new Uint32Array(DIGEST_WORDS);

  constructor(keyed: KeyedDigest, missing: ReadonlySet<string>) {
    this.#keyed = keyed;
    this.#missing = missing;
  }

  /** Whether the sink lacks this object, of which the source knows that it holds it. */
  has(id: ObjectId): boolean {
    if (this.#missing.size === 0) return false;
    this.#keyed.digest(idWords(writeIds([id])), 0, this.#digest);
    return this.#missing.has(digestKey(this.#digest));
  }
}

/**
 * The sink's side. Resolves when the source has what it needs.
 * @returns whether it wants a Bloom filter after all
 * @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE when it asks for more than a sketch may have
 */
export async function answerSketch(
  deps: SketchDeps,
  options: SketchOptions = {},
): Promise<boolean> {
  const { channel, requestId } = deps;
  let end = 0;
  for (let requests = 0; ; requests++) {
    const { count, filter } = await receiveFor(deps, 'SKETCH_REQUEST');
    if (count === 0) return filter;
    if (requests === SKETCH_REQUESTS_MAX || end + count > SKETCH_SYMBOLS_MAX) {
      throw invalidMessage('asks for more symbols than a sketch may have');
    }
    const symbols = await symbolsOf(deps, { first: end, end: end + count }, options);
    end += count;
    await channel.send('SKETCH', requestId, { symbols: symbols.encode() });
  }
}

/** The source's side. Resolves with what the sink lacks, or undefined when it sends a Bloom filter instead. */
export async function readSketch(
  deps: SketchDeps,
  options: SketchOptions = {},
): Promise<SketchDifference | undefined> {
  const { channel, requestId, store } = deps;
  const decoder = new SketchDecoder();
  const heldCount = await store.count();
  let count = SYMBOLS_FIRST;
  for (let requests = 0; requests < SKETCH_REQUESTS_MAX; requests++) {
    const first = decoder.symbolCount;
    await channel.send('SKETCH_REQUEST', requestId, { count, filter: false });
    const own = await symbolsOf(deps, { first, end: first + count }, options);
    const { symbols } = await receiveFor(deps, 'SKETCH');
    const peer = CodedSymbols.decode(symbols, first);
    if (peer.end !== own.end)
      throw invalidMessage('holds another number of symbols than asked for');
    if (decoder.extend(peer, own)) {
      await channel.send('SKETCH_REQUEST', requestId, { count: 0, filter: false });
      return new SketchDifference(new KeyedDigest(deps.key), decoder.missing());
    }
    const differences = decoder.foundCount + decoder.estimateLeft();
    const needed = Math.ceil(differences * SYMBOLS_PER_DIFFERENCE);
    // An estimate that was too low must not cost a round trip for a handful of symbols.
    count = Math.max(SYMBOLS_FIRST, needed - own.end, Math.ceil(own.end / 4));
    if (own.end + count > SKETCH_SYMBOLS_MAX || !isSketchable(differences, heldCount)) break;
  }
  await channel.send('SKETCH_REQUEST', requestId, { count: 0, filter: true });
  return undefined;
}

/** Symbols of all ids that the store holds. Takes a pass over them, and memory for the symbols alone. */
async function symbolsOf(
  { store, key }: SketchDeps,
  range: { readonly first: number; readonly end: number },
  options: SketchOptions,
): Promise<CodedSymbols> {
  const symbols = new CodedSymbols(range.first, range.end);
  const keyed = new KeyedDigest(key);
  for await (const batch of store.list(options)) {
    symbols.addIds(idWords(writeIds(batch.map(({ id }) => id))), keyed);
  }
  return symbols;
}

/** The next message, which must be this one. */
async function receiveFor<N extends MessageName>(
  { channel, requestId }: SketchDeps,
  name: N,
): Promise<MessageBody<N>> {
  const received = await channel.receive();
  const message = received?.message;
  if (message?.name === 'ERROR') throw fromErrorMessage(message.body);
  if (message?.name !== name || received?.requestId !== requestId) {
    throw invalidMessage(`is not the ${name} that has to come next`);
  }
  return message.body as MessageBody<N>;
}
