/** What comes on a stream of yamux: first the names by which the two sides agree what it is, then the data. */
import type { Stream } from '@libp2p/interface';
import { piecesOf } from './duplex-stream.ts';
import { LineReader, MULTISTREAM_HEADER, NOT_AVAILABLE, encodeLines } from './multistream-lines.ts';
import { STREAM_PROTOCOL, type StreamPurpose } from './noise-limits.ts';

export type TakeBytes = (bytes: Uint8Array) => void;

const PURPOSES = Object.keys(STREAM_PROTOCOL) as readonly StreamPurpose[];

/** Opens a stream under a name, without waiting for the answer. `onRefused` is called when the peer does not take it. */
export function offerStream(
  stream: Stream,
  purpose: StreamPurpose,
  { take, onRefused }: { readonly take: TakeBytes; readonly onRefused: () => void },
): void {
  const protocol = STREAM_PROTOCOL[purpose];
  const expected: string[] = [MULTISTREAM_HEADER, protocol];
  takeLines(stream, (line) => {
    if (line === expected.shift()) return expected.length === 0 ? take : undefined;
    onRefused();
    return ignore;
  });
  stream.send(encodeLines(MULTISTREAM_HEADER, protocol));
}

/** Answers the peer's names for its stream; `onAgreed` says what to do with the data. */
export function acceptStream(
  stream: Stream,
  onAgreed: (purpose: StreamPurpose) => TakeBytes,
): void {
  takeLines(stream, (line) => {
    if (line === MULTISTREAM_HEADER) {
      stream.send(encodeLines(line));
      return undefined;
    }
    const purpose = PURPOSES.find((one) => STREAM_PROTOCOL[one] === line);
    stream.send(encodeLines(purpose === undefined ? NOT_AVAILABLE : line));
    return purpose === undefined ? undefined : onAgreed(purpose);
  });
}

/** Hands the first lines to `onLine` until that returns who takes the rest. A stream without proper lines is reset. */
function takeLines(stream: Stream, onLine: (line: string) => TakeBytes | undefined): void {
  const lines = new LineReader();
  let take: TakeBytes | undefined;
  const negotiate = (bytes: Uint8Array): void => {
    lines.accept(bytes);
    while (take === undefined) {
      const line = lines.next();
      if (line === undefined) return;
      take = onLine(line);
    }
    take(lines.rest());
  };
  stream.addEventListener('message', ({ data }) => {
    try {
      for (const piece of piecesOf(data)) (take ?? negotiate)(piece);
    } catch (error) {
      stream.abort(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function ignore(): void {
  // Nobody wants the rest.
}
