/** What a peer may be fed from: a repository, or a fetch that is under way. */
import type { AbortOptions, ChunkId, ObjectId, ObjectReader, RefStore } from '../../store/index.ts';
import type { FeedHave } from '../messages/feed.ts';
import { ProtocolError } from '../protocol-error.ts';
import { selectKnown } from '../sync/known-commits.ts';

/** What one feed draws on. */
export interface FeedShelf {
  /** Gives the chunks that `sizes` has found. */
  readonly reader: ObjectReader;
  /** Whether everything that the tips lead to is here. */
  readonly isComplete: boolean;
  /** Raw bytes of each chunk, undefined for what is not here or not for this peer, in input order. */
  sizes(ids: readonly ChunkId[], options: AbortOptions): Promise<(number | undefined)[]>;
  /**
   * What is held, first all of it, then what comes; at most `max` prefixes. Ends when nothing more will be told. Left out where everything is
   * there from the beginning.
   */
  announcements?(max: number, signal: AbortSignal): AsyncIterable<FeedHave>;
}

/**
 * Everything of a repository. Whoever knows the id of a chunk may have it, as with CHUNK_DOWNLOAD.
 * @throws ProtocolError DITS_PROTOCOL_NOT_FOUND when no ref leads to the tips
 */
export async function openRepositoryShelf(
  repository: { readonly objects: ObjectReader; readonly refs: RefStore },
  tips: readonly ObjectId[],
  options: AbortOptions,
): Promise<FeedShelf> {
  const { objects, refs } = repository;
  const known = await selectKnown(objects, { ids: tips, refs: await refs.list() }, options);
  if (known.length < tips.length) {
    throw new ProtocolError('DITS_PROTOCOL_NOT_FOUND', 'no ref of this repository leads there', {
      hint: 'the refs have changed meanwhile: run the command again',
    });
  }
  return {
    reader: objects,
    isComplete: true,
    sizes: async (ids, abort) => {
      const infos = await objects.info(ids, abort);
      return infos.map((info) => (info?.kind === 'chunk' ? info.rawSize : undefined));
    },
  };
}
