/** One line each way over a local socket, bounded in length and time. */
import type { Socket } from 'node:net';
import { NodeError } from '../node-error.ts';
import { CONTROL_LINE_MAX_BYTES, CONTROL_TIMEOUT_MS } from './control-format.ts';

/** Reads the first line. @throws NodeError DITS_NODE_IO when it does not come, or is too long */
export async function readLine(socket: Socket): Promise<string> {
  return await new Promise<string>((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    const fail = (why: string, cause?: unknown): void => {
      socket.destroy();
      reject(new NodeError('DITS_NODE_IO', `the local connection failed: ${why}`, { cause }));
    };
    socket.setTimeout(CONTROL_TIMEOUT_MS, () => {
      fail('no answer in time');
    });
    socket.on('error', (error) => {
      fail(error.message, error);
    });
    socket.on('close', () => {
      fail('it was closed');
    });
    socket.on('data', (bytes: Buffer) => {
      const end = bytes.indexOf('\n');
      parts.push(end === -1 ? bytes : bytes.subarray(0, end));
      length += bytes.length;
      if (length > CONTROL_LINE_MAX_BYTES) fail('the line is too long');
      else if (end !== -1) resolve(Buffer.concat(parts).toString());
    });
  });
}

/** Sends one line and ends this side. */
export async function endWithLine(socket: Socket, value: unknown): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.end(`${JSON.stringify(value)}\n`, resolve);
  });
}
