/** Builds the Bloom filter of everything a store holds. */
import type { AbortOptions, ObjectReader } from '../../store/index.ts';
import { BloomFilter, bloomParameters } from '../bloom/bloom-filter.ts';

/** A filter over all ids, sized for what the store says it holds. */
export async function buildHaveFilter(
  store: ObjectReader,
  options: AbortOptions = {},
): Promise<BloomFilter> {
  const filter = BloomFilter.create(bloomParameters(await store.count()));
  for await (const { bytes, strideBytes } of store.listIdRows(options)) {
    for (let at = 0; at < bytes.length; at += strideBytes) filter.addBytes(bytes, at);
  }
  return filter;
}
