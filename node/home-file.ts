/**
 * One file of a home folder: bounded in size, read whole, and changed by replacing it whole under a lock between
 * processes (docs/configuration.md, "The home folder").
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  lockPath,
  makeFolder,
  replaceFile,
  systemErrorCode,
  systemErrorHint,
} from '../store/index.ts';
import { isErrno } from './errno.ts';
import { NodeError, type NodeErrorCode } from './node-error.ts';

const LOCK_TIMEOUT_MS = 10_000;
const OWNER_ONLY_FOLDER = 0o700;

/** What a file holds, and how. */
export type HomeFileFormat<T> = {
  readonly fileName: string;
  readonly lockName: string;
  /** What it holds, as errors call it. */
  readonly subject: string;
  readonly sizeMaxBytes: number;
  /** The code of the error for a file that is longer. */
  readonly tooBigCode: NodeErrorCode;
  /** What holds without a file. */
  readonly absent: T;
  /** `path` is for errors. @throws NodeError */
  readonly parse: (text: string, path: string) => T;
  readonly format: (value: T) => string;
};

/** What a change makes of a value: the same one leaves the file alone. */
export type HomeFileChange<T, R> = { readonly value: T; readonly result: R };

export class HomeFile<T> {
  readonly path: string;
  readonly #home: string;
  readonly #format: HomeFileFormat<T>;

  constructor(home: string, format: HomeFileFormat<T>) {
    this.#home = home;
    this.#format = format;
    this.path = join(home, format.fileName);
  }

  /** @throws NodeError the code of a file that is too big, those of `parse`, DITS_NODE_IO */
  async read(): Promise<T> {
    const { absent, parse, sizeMaxBytes, subject, tooBigCode } = this.#format;
    try {
      const { size } = await stat(this.path);
      if (size > sizeMaxBytes) {
        throw new NodeError(tooBigCode, `${this.path} is too big to hold ${subject}`);
      }
      return parse(await readFile(this.path, 'utf8'), this.path);
    } catch (cause) {
      if (isErrno(cause, 'ENOENT')) return absent;
      if (cause instanceof NodeError) throw cause;
      throw this.#failure(`read ${subject} in ${this.path}`, cause);
    }
  }

  /** Changes when the file does. */
  async version(): Promise<string> {
    try {
      const { mtimeMs, ino, size } = await stat(this.path);
      return `${ino}:${size}:${mtimeMs}`;
    } catch (error) {
      if (isErrno(error, 'ENOENT', 'ENOTDIR')) return 'absent';
      throw this.#failure(`look at ${this.path}`, error);
    }
  }

  /** No other process changes the file in between. Returns the result. @throws as `read`; what `change` throws */
  async change<R>(
    change: (value: T) => HomeFileChange<T, R> | Promise<HomeFileChange<T, R>>,
  ): Promise<R> {
    const { format, lockName, subject } = this.#format;
    await this.#makeHome();
    const lock = await lockPath(join(this.#home, lockName), 'exclusive', {
      timeoutMs: LOCK_TIMEOUT_MS,
      subject,
    });
    try {
      const before = await this.read();
      const { value, result } = await change(before);
      if (value !== before) await replaceFile(this.path, format(value));
      return result;
    } finally {
      await lock.release();
    }
  }

  async #makeHome(): Promise<void> {
    try {
      await makeFolder(this.#home, OWNER_ONLY_FOLDER);
    } catch (error) {
      throw this.#failure(`make the folder ${this.#home}`, error);
    }
  }

  #failure(action: string, cause: unknown): NodeError {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new NodeError('DITS_NODE_IO', `cannot ${action}: ${why}`, {
      cause,
      hint: systemErrorHint(systemErrorCode(cause)),
      details: { path: this.path },
    });
  }
}
