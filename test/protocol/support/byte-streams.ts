/** Streams over fixed bytes, for codecs. */
import type { ByteSink, ByteSource } from '../../../protocol/index.ts';

/** A source that gives its bytes in pieces of at most `pieceBytes`. */
export function sourceOf(bytes: Uint8Array, pieceBytes: number = bytes.length): ByteSource {
  let at = 0;
  return {
    read(into) {
      const count = Math.min(pieceBytes, into.length, bytes.length - at);
      into.set(bytes.subarray(at, at + count));
      at += count;
      return Promise.resolve(count);
    },
    stop: () => undefined,
  };
}

/** A sink that keeps what it is given, and each call's parts. */
export function collectingSink(): ByteSink & { readonly writes: Buffer[]; bytes(): Buffer } {
  const writes: Buffer[] = [];
  return {
    writes,
    bytes: () => Buffer.concat(writes),
    write(parts) {
      writes.push(Buffer.concat(parts));
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
    reset: () => undefined,
  };
}
