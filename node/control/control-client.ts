/** Asks the running node of a home folder. */
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { tryLockPath } from '../../store/index.ts';
import { isErrno } from '../errno.ts';
import { NodeError } from '../node-error.ts';
import type { NodeStatus } from '../node-status.ts';
import {
  NODE_FILE_NAME,
  NODE_LOCK_NAME,
  parseAnnouncement,
  parseAnswer,
  type ControlVerb,
} from './control-format.ts';
import { readLine } from './line-socket.ts';

/** How long a node may take to stop: its own bound, and closing the stores. */
const STOP_TIMEOUT_MS = 10_000;
const STOP_LOOK_INTERVAL_MS = 20;

/** @throws NodeError DITS_NODE_NOT_RUNNING, DITS_NODE_IO */
export async function queryNode(home: string): Promise<NodeStatus> {
  return await ask(home, 'status');
}

/**
 * Stops the node and waits until it has gone.
 * @throws NodeError DITS_NODE_NOT_RUNNING, DITS_NODE_IO
 */
export async function stopNode(home: string): Promise<NodeStatus> {
  const status = await ask(home, 'stop');
  const deadlineMs = performance.now() + STOP_TIMEOUT_MS;
  while (performance.now() < deadlineMs) {
    const lock = await tryLockPath(join(home, NODE_LOCK_NAME), 'exclusive');
    if (lock !== undefined) {
      await lock.release();
      return status;
    }
    await delay(STOP_LOOK_INTERVAL_MS);
  }
  throw new NodeError('DITS_NODE_IO', `the node (process ${status.pid}) did not stop in time`);
}

async function ask(home: string, verb: ControlVerb): Promise<NodeStatus> {
  const announcement = await readAnnouncement(home);
  const socket = await open(announcement.socket);
  try {
    socket.write(`${JSON.stringify({ token: announcement.token, verb })}\n`);
    const answer = parseAnswer(await readLine(socket));
    if (answer?.ok === true) return answer.status;
    throw new NodeError('DITS_NODE_IO', `the node refused: ${answer?.message ?? 'no answer'}`);
  } finally {
    socket.destroy();
  }
}

async function readAnnouncement(
  home: string,
): Promise<NonNullable<ReturnType<typeof parseAnnouncement>>> {
  try {
    const announcement = parseAnnouncement(await readFile(join(home, NODE_FILE_NAME), 'utf8'));
    if (announcement !== undefined) return announcement;
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error;
  }
  throw notRunning();
}

async function open(path: string): Promise<Socket> {
  return await new Promise<Socket>((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    // The announcement outlives a node that was killed.
    socket.once('error', (cause) => {
      reject(notRunning(cause));
    });
  });
}

function notRunning(cause?: unknown): NodeError {
  return new NodeError('DITS_NODE_NOT_RUNNING', 'no node runs for this home folder', {
    cause,
    hint: 'Start one with dits node start.',
  });
}
