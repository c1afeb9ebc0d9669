/** The running node's ear for commands of the same user. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceFile, tryLockPath, type HeldLock } from '../../store/index.ts';
import type { Logger } from '../logger.ts';
import { NodeError } from '../node-error.ts';
import type { NodeStatus } from '../node-status.ts';
import {
  CONTROL_CALLERS_MAX,
  NODE_FILE_NAME,
  NODE_LOCK_NAME,
  parseRequest,
  type Announcement,
  type ControlAnswer,
} from './control-format.ts';
import { endWithLine, readLine } from './line-socket.ts';

const TOKEN_BYTES = 32;
const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_SOCKET = 0o600;
/** A Unix socket's path fits 103 bytes on every system (sun_path of the BSDs). */
const SOCKET_PATH_MAX_BYTES = 103;

export type ControlDeps = {
  readonly logger: Logger;
  readonly status: () => Promise<NodeStatus>;
  /** Called after the caller has been answered. */
  readonly onStop: () => void;
};

export class ControlServer {
  readonly #deps: ControlDeps;
  readonly #home: string;
  readonly #lock: HeldLock;
  readonly #token = randomBytes(TOKEN_BYTES).toString('hex');
  readonly #callers = new Set<Socket>();
  readonly #server: Server;
  #socketFolder: string | undefined;

  private constructor(home: string, lock: HeldLock, deps: ControlDeps) {
    this.#home = home;
    this.#lock = lock;
    this.#deps = deps;
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      void this.#serve(socket);
    });
    this.#server.maxConnections = CONTROL_CALLERS_MAX;
  }

  /** @throws NodeError DITS_NODE_ALREADY_RUNNING */
  static async open(home: string, deps: ControlDeps): Promise<ControlServer> {
    await mkdir(home, { recursive: true, mode: OWNER_ONLY_FOLDER });
    const lock = await tryLockPath(join(home, NODE_LOCK_NAME), 'exclusive');
    if (lock === undefined) {
      throw new NodeError('DITS_NODE_ALREADY_RUNNING', `a node already runs for ${home}`, {
        hint: 'Use it, stop it with dits node stop, or set DITS_HOME to another folder.',
      });
    }
    const control = new ControlServer(home, lock, deps);
    try {
      await control.#listen();
    } catch (error) {
      await control.close();
      throw error;
    }
    return control;
  }

  /** Stops listening and takes the announcement away. Idempotent. */
  async close(): Promise<void> {
    for (const socket of this.#callers) socket.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    await rm(join(this.#home, NODE_FILE_NAME), { force: true });
    if (this.#socketFolder !== undefined) {
      await rm(this.#socketFolder, { recursive: true, force: true });
    }
    await this.#lock.release();
  }

  async #listen(): Promise<void> {
    const socket = await this.#chooseSocket();
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(socket, resolve);
    });
    if (process.platform !== 'win32') await chmod(socket, OWNER_ONLY_SOCKET);
    const announcement: Announcement = { pid: process.pid, socket, token: this.#token };
    const path = join(this.#home, NODE_FILE_NAME);
    await replaceFile(path, `${JSON.stringify(announcement)}\n`, 'atomic');
  }

  async #chooseSocket(): Promise<string> {
    if (process.platform === 'win32') return `\\\\.\\pipe\\dits-${randomBytes(16).toString('hex')}`;
    const inHome = join(this.#home, 'node.sock');
    if (Buffer.byteLength(inHome) <= SOCKET_PATH_MAX_BYTES) {
      // Left behind by a node that was killed; the lock says that none runs.
      await rm(inHome, { force: true });
      return inHome;
    }
    this.#socketFolder = await mkdtemp(join(tmpdir(), 'dits-'));
    return join(this.#socketFolder, 'node.sock');
  }

  async #serve(socket: Socket): Promise<void> {
    this.#callers.add(socket);
    socket.once('close', () => this.#callers.delete(socket));
    try {
      const request = parseRequest(await readLine(socket));
      if (request === undefined || !this.#isToken(request.token)) {
        await answer(socket, { ok: false, message: 'not understood, or not allowed' });
        return;
      }
      await answer(socket, { ok: true, status: await this.#deps.status() });
      if (request.verb === 'stop') this.#deps.onStop();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#deps.logger.debug('control.failed', { reason });
      socket.destroy();
    }
  }

  #isToken(token: string): boolean {
    const given = Buffer.from(token);
    const expected = Buffer.from(this.#token);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

async function answer(socket: Socket, value: ControlAnswer): Promise<void> {
  await endWithLine(socket, value);
}
