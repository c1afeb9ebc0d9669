/** A TCP socket as a byte duplex (node/noise/byte-duplex.ts). */
import type { Socket } from 'node:net';
import { ProtocolError } from '../../protocol/index.ts';
import type { ByteDuplex } from '../noise/byte-duplex.ts';

/** Takes over a connected socket from which nothing has been read, or what was read has been put back. */
export function tcpDuplex(socket: Socket): ByteDuplex {
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  const notice = (): void => wake?.();
  for (const event of ['readable', 'end', 'close'] as const) socket.on(event, notice);
  socket.on('error', (error) => {
    failure = error;
    socket.destroy();
  });
  return {
    read: async (into) => {
      for (;;) {
        const bytes = takeBuffered(socket, into.length);
        if (bytes !== null) {
          into.set(bytes);
          return bytes.length;
        }
        if (failure !== undefined) throw lost(failure);
        if (socket.readableEnded || socket.destroyed) return 0;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    write: (parts) =>
      new Promise<void>((resolve, reject) => {
        socket.cork();
        const last = parts.length - 1;
        parts.forEach((part, index) => {
          if (index < last) socket.write(part);
          else socket.write(part, (error) => (error ? reject(lost(error)) : resolve()));
        });
        socket.uncork();
        if (last < 0) resolve();
      }),
    end: () =>
      new Promise<void>((resolve) => {
        socket.end(resolve);
        if (socket.destroyed) resolve();
      }),
    reset: () => {
      socket.destroy();
      notice();
    },
    stop: () => {
      socket.destroy();
      notice();
    },
  };
}

function takeBuffered(socket: Socket, bytesMax: number): Buffer | null {
  if (socket.readableLength === 0) {
    // Asks the socket to go on reading.
    socket.read(0);
    return null;
  }
  return socket.read(Math.min(socket.readableLength, bytesMax)) as Buffer | null;
}

function lost(cause: Error): ProtocolError {
  const what = `the TCP connection broke: ${cause.message}`;
  return new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', what, { cause });
}
