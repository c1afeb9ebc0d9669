/** What a secure channel runs over: ordered bytes in both directions, such as a TCP socket or a circuit's stream. */
import type { ByteSink, ByteSource } from '../../protocol/index.ts';

/**
 * One writer and one reader at a time. `end` ends the writing half after what was written; `reset` and `stop` together
 * give the whole thing up at once. A failure of the link rejects reads and writes.
 */
export type ByteDuplex = ByteSink & ByteSource;
