/** The way in use: a Bloom filter of what the sink holds, then a question about every id that may be there. And questions alone. */
import { bloomParameters, BloomFilter } from '../../../protocol/bloom/bloom-filter.ts';
import { ID_BYTES } from '../../../store/ids.ts';
import type { Method } from './method.ts';

const BITS = 8;

/** Every wanted id asked about: 32 bytes a question, 1 bit an answer. */
export const checkOnly: Method = ({ wanted, missingCount }) => {
  const count = wanted.length / ID_BYTES;
  return {
    toSinkBytes: wanted.length,
    toSourceBytes: Math.ceil(count / BITS),
    missingCount,
    isDone: true,
  };
};

export const filterAndCheck: Method = ({ wanted, held, missingCount }) => {
  const heldCount = held.length / ID_BYTES;
  const filter = BloomFilter.create(bloomParameters(heldCount));
  for (let at = 0; at < held.length; at += ID_BYTES) filter.addBytes(held, at);
  let maybe = 0;
  let absent = 0;
  for (let at = 0; at < wanted.length; at += ID_BYTES) {
    if (filter.hasBytes(wanted, at)) maybe++;
    else absent++;
  }
  const asked = maybe * ID_BYTES;
  return {
    toSinkBytes: asked,
    toSourceBytes: filter.bitCount / BITS + Math.ceil(maybe / BITS),
    // The answers are exact: what was asked about and is absent is what the filter wrongly called present.
    missingCount: absent + Math.max(0, missingCount - absent),
    isDone: absent <= missingCount,
  };
};
