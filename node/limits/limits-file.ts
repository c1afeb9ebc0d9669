/** The limits of a home folder, on disk. Changed by whole-file replacement under a lock between processes. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lockPath, replaceFile } from '../../store/index.ts';
import { isErrno } from '../errno.ts';
import { NodeError } from '../node-error.ts';
import { NO_LIMITS, formatLimits, parseLimits, type Limits } from './limits-format.ts';

const LIMITS_FILE_NAME = 'limits.toml';
const LOCK_FILE_NAME = 'limits.lock';
const LOCK_TIMEOUT_MS = 10_000;
const OWNER_ONLY_FOLDER = 0o700;
/** Room for `PAUSED_PEERS_MAX` peer ids. */
const LIMITS_FILE_SIZE_MAX_BYTES: number = 1024 * 1024;

export class LimitsFile {
  readonly path: string;
  readonly #home: string;

  constructor(home: string) {
    this.#home = home;
    this.path = join(home, LIMITS_FILE_NAME);
  }

  /** @throws NodeError DITS_NODE_CONFIG_INVALID, DITS_NODE_IO */
  async read(): Promise<Limits> {
    try {
      const { size } = await stat(this.path);
      if (size > LIMITS_FILE_SIZE_MAX_BYTES) {
        throw new NodeError('DITS_NODE_CONFIG_INVALID', `${this.path} is too big for limits`);
      }
      return parseLimits(await readFile(this.path, 'utf8'), this.path);
    } catch (cause) {
      if (isErrno(cause, 'ENOENT')) return NO_LIMITS;
      if (cause instanceof NodeError) throw cause;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new NodeError('DITS_NODE_IO', `cannot read the limits: ${why}`, {
        cause,
        hint: `Check ${this.path} and its permissions.`,
        details: { path: this.path },
      });
    }
  }

  /** Changes when the file does. */
  async version(): Promise<string> {
    try {
      const { mtimeMs, ino, size } = await stat(this.path);
      return `${ino}:${size}:${mtimeMs}`;
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return 'absent';
      throw error;
    }
  }

  /** Returns what holds from now on. @throws as `read` */
  async change(change: (limits: Limits) => Limits): Promise<Limits> {
    await mkdir(this.#home, { recursive: true, mode: OWNER_ONLY_FOLDER });
    const lock = await lockPath(join(this.#home, LOCK_FILE_NAME), 'exclusive', {
      timeoutMs: LOCK_TIMEOUT_MS,
      subject: 'the limits',
    });
    try {
      const limits = change(await this.read());
      await replaceFile(this.path, formatLimits(limits));
      return limits;
    } finally {
      await lock.release();
    }
  }
}
