/** How a peer describes what it holds: Bloom filters, sketches, prefixes of ids. The first byte says which. */
import { BloomFilter, bloomParameters } from '../../../protocol/bloom/bloom-filter.ts';
import { bloomFilterCodec } from '../../../protocol/messages/sync.ts';
import { CodedSymbols, SYMBOL_BYTES } from '../../../protocol/sketch/coded-symbols.ts';
import { ID_WORDS, KeyedDigest, SKETCH_KEY_BYTES } from '../../../protocol/sketch/keyed-digest.ts';
import { SketchDecoder } from '../../../protocol/sketch/sketch-decoder.ts';
import { ChunkList } from '../../../protocol/swarm/chunk-list.ts';
import type { ChunkId } from '../../../store/index.ts';
import { SeededRandom } from '../../../simulations/seeded-random.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { behind } from '../mutate/mutation.ts';
import { changeFields } from '../mutate/protobuf-mutations.ts';
import { acceptedBy, mustEqual, mustHold, type FuzzTarget } from '../target.ts';

const CODES = ['DITS_PROTOCOL_INVALID_MESSAGE'];
const ID_HEX_DIGITS = 64;
const PREFIX_BYTES = 8;
const OWN_IDS = 40;

const random = new SeededRandom(1);
const ids = Array.from({ length: OWN_IDS }, () => random.bytes(ID_HEX_DIGITS / 2));
const keyed = new KeyedDigest(Buffer.alloc(SKETCH_KEY_BYTES, 3));

function wordsOf(own: readonly Buffer[]): Uint32Array {
  const words = new Uint32Array(own.length * ID_WORDS);
  new Uint8Array(words.buffer).set(Buffer.concat(own));
  return words;
}

function checkFilter(payload: Buffer): boolean {
  const filter = acceptedBy(CODES, () => BloomFilter.fromMessage(bloomFilterCodec.decode(payload)));
  if (filter === undefined) return false;
  for (const id of ids) {
    const text = id.toString('hex') as ChunkId;
    mustEqual(filter.hasBytes(id, 0), filter.has(text), 'an id is the same as bytes and as text');
  }
  const message = filter.toMessage();
  const again = BloomFilter.fromMessage(message);
  mustEqual(again.toMessage(), message, 'a filter is the same when it is sent on');
  return true;
}

/** Symbols in two rounds, as they come in a transfer. */
function checkSketch(bytes: Buffer): boolean {
  const count = Math.floor(bytes.length / SYMBOL_BYTES);
  if (count === 0) return false;
  const decoder = new SketchDecoder();
  const half = Math.ceil(count / 2);
  let isWhole = false;
  for (const [first, end] of [
    [0, half],
    [half, count],
  ] as const) {
    if (first === end) continue;
    const own = new CodedSymbols(first, end);
    own.addIds(wordsOf(ids), keyed);
    const symbols = bytes.subarray(first * SYMBOL_BYTES, end * SYMBOL_BYTES);
    const peer = CodedSymbols.decode(symbols, first);
    mustEqual(Buffer.from(peer.encode()), symbols, 'symbols have one encoding');
    isWhole = decoder.extend(peer, own);
  }
  mustHold(decoder.foundCount <= count, 'no more differences than symbols');
  mustHold(decoder.estimateLeft() >= 0, 'an estimate is a number');
  mustHold(decoder.missing().size <= decoder.foundCount, 'what is missing was found');
  return isWhole;
}

function checkPrefixes(bytes: Buffer): boolean {
  const list = new ChunkList();
  for (const id of ids) list.add(id.toString('hex') as ChunkId, 1, false);
  const prefixes = bytes.subarray(0, bytes.length - (bytes.length % PREFIX_BYTES));
  const found = [...list.indexesOf(prefixes)];
  for (const index of found) {
    mustHold(prefixes.includes(Buffer.from(list.prefixAt(index))), 'what is found was asked for');
  }
  return found.length > 0;
}

const CHECKS = [checkFilter, checkSketch, checkPrefixes] as const;

function seeds(): Uint8Array[] {
  const filter = BloomFilter.create(bloomParameters(OWN_IDS));
  for (const id of ids) filter.addBytes(id, 0);
  const symbols = new CodedSymbols(0, 16);
  symbols.addIds(wordsOf(ids.slice(2)), keyed);
  const bodies = [
    Buffer.concat(bloomFilterCodec.encode(filter.toMessage())),
    symbols.encode(),
    Buffer.concat(ids.map((id) => id.subarray(0, PREFIX_BYTES))),
  ];
  return bodies.map((body, check) => Buffer.concat([Buffer.of(check), body]));
}

export const setSketchesTarget: FuzzTarget = {
  name: 'set-sketches',
  covers: 'Bloom filters, sketches, prefixes of ids',
  seeds,
  mutations: [changeFields, changeBytes, changeBytes].map((mutation) => behind(1, mutation)),
  sizeMaxBytes: 4 * 1024,
  run: (input) => CHECKS[(input[0] ?? 0) % CHECKS.length]!(input.subarray(1)),
};
