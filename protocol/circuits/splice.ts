/**
 * Joins two streams into one circuit: what comes in on one goes out on the other, a bounded piece at a time, and the next
 * piece is read when the last one has been taken. The bytes are encrypted end to end and mean nothing here.
 */
import type { Clock } from '../clock.ts';
import type { ByteStream } from '../connection.ts';
import { APPLICATION_CODE_CANCELLED, applicationCodeOf } from '../error-codes.ts';
import { StallWatch } from '../flow/stall-watch.ts';
import { runTogether } from '../flow/task-group.ts';
import { ProtocolError } from '../protocol-error.ts';

/** Bytes that a circuit holds in each direction: a bulk record of either end, and small beside a stream's window. */
const PIECE_BYTES: number = 64 * 1024;

export type SpliceOptions = {
  readonly clock: Clock;
  /** Bytes in both directions together; Infinity for any number. */
  readonly bytesMax: number;
  /** Time in which nothing moves, after which the circuit is closed, in milliseconds. */
  readonly idleMs: number;
  /** Waits until so many more bytes may move. */
  readonly pay: (bytes: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
};

/** Why a circuit was closed before both ends had ended it; undefined for a good end. */
export type CircuitEnd = { readonly bytes: number; readonly problem: unknown };

/** Runs until both ends have ended, or one of them breaks, or a limit is reached. Never rejects. */
export async function splice(
  left: ByteStream,
  right: ByteStream,
  options: SpliceOptions,
): Promise<CircuitEnd> {
  const stall = new StallWatch(options.clock, options.idleMs);
  let bytes = 0;
  const onMoved = (count: number): void => {
    bytes += count;
    stall.touch();
    if (bytes > options.bytesMax) {
      const what = `a circuit may carry ${options.bytesMax} bytes`;
      throw new ProtocolError('DITS_PROTOCOL_QUOTA_EXCEEDED', what);
    }
  };
  const pump = (from: ByteStream, to: ByteStream) => async (signal: AbortSignal) => {
    const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
    for (let count = await from.read(piece); count > 0; count = await from.read(piece)) {
      onMoved(count);
      await options.pay(count, signal);
      await to.write([piece.subarray(0, count)]);
      stall.touch();
    }
    await to.end();
  };
  const onStop = (reason: unknown): void => {
    const code = isReset(reason) ? APPLICATION_CODE_CANCELLED : applicationCodeOf(reason);
    for (const stream of [left, right]) {
      stream.reset(code);
      stream.stop(code);
    }
  };
  try {
    await runTogether(
      {
        tasks: [pump(left, right), pump(right, left)],
        watchers: [(signal) => stall.run(signal)],
        onStop,
      },
      options.signal,
    );
    return { bytes, problem: undefined };
  } catch (problem) {
    if (options.signal.aborted) onStop(problem);
    return { bytes, problem };
  }
}

function isReset(error: unknown): boolean {
  return error instanceof ProtocolError && error.code === 'DITS_PROTOCOL_STREAM_RESET';
}
