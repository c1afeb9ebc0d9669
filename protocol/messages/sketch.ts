/** How the source asks for a sketch of what the sink holds, and the sketch (docs/protocol.md, "Sketch"). */
import { dits } from '#gen/messages';
import { SYMBOL_BYTES } from '../sketch/coded-symbols.ts';
import { SKETCH_SYMBOLS_MAX } from './limits.ts';
import { decodePayload, invalidMessage, readNumber, type MessageCodec } from './wire-fields.ts';

export type SketchRequest = {
  /** Symbols wanted, from where the last ones ended; 0 ends the sketch. */
  readonly count: number;
  /** With `count` 0: the difference could not be read, the sink sends a BLOOM_FILTER next. */
  readonly filter: boolean;
};

export type SketchMessage = {
  /** Whole symbols of `SYMBOL_BYTES`, at least one. */
  readonly symbols: Uint8Array;
};

export const sketchRequestCodec: MessageCodec<SketchRequest> = {
  encode: (request) => [dits.messages.SketchRequest.encode(request).finish()],
  decode(payload) {
    const { count, filter } = decodePayload(dits.messages.SketchRequest, payload);
    if (filter && count > 0) throw invalidMessage('wants symbols and a filter');
    return { count: readNumber(count, 0, SKETCH_SYMBOLS_MAX), filter };
  },
};

export const sketchCodec: MessageCodec<SketchMessage> = {
  encode: (sketch) => [dits.messages.Sketch.encode(sketch).finish()],
  decode(payload) {
    const { symbols } = decodePayload(dits.messages.Sketch, payload);
    if (symbols.length % SYMBOL_BYTES !== 0) throw invalidMessage('holds part of a symbol');
    readNumber(symbols.length / SYMBOL_BYTES, 1, SKETCH_SYMBOLS_MAX);
    return { symbols };
  },
};
