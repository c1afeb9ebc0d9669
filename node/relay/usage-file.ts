/** Who stored how much in the repositories of a relay, on disk: JSON beside them, replaced as a whole. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../../store/index.ts';
import { isErrno } from '../errno.ts';
import { isPeerId } from '../identity/peer-id.ts';
import type { Logger } from '../logger.ts';
import { repositoryNameProblem } from '../repository-name.ts';

/** No name of a repository begins with a dot. */
const USAGE_FILE_NAME = '.usage.json';
/** Room for some hundred thousand pairs of a repository and a peer. */
const USAGE_FILE_MAX_BYTES: number = 32 * 1024 * 1024;

/** Stands for bytes that nobody is known to have stored. */
export const NOBODY = '';

export type RepositoryUsage = {
  /** Peer id, `NOBODY` when it is not known. */
  readonly madeBy: string;
  /** Stored bytes by the peer that sent them first. */
  readonly bytesByPeer: ReadonlyMap<string, number>;
};

export class UsageFile {
  readonly #path: string;
  readonly #logger: Logger;

  constructor(dataDirectory: string, logger: Logger) {
    this.#path = join(dataDirectory, USAGE_FILE_NAME);
    this.#logger = logger;
  }

  /** By repository. A file that is missing or damaged is as good as none: sizes are measured, only whose they are is lost. */
  async read(): Promise<ReadonlyMap<string, RepositoryUsage>> {
    try {
      if ((await stat(this.#path)).size > USAGE_FILE_MAX_BYTES) throw new Error('it is too big');
      return parse(await readFile(this.#path, 'utf8'));
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) {
        const reason = error instanceof Error ? error.message : String(error);
        this.#logger.warn('relay.usage-unreadable', { path: this.#path, reason });
      }
      return new Map();
    }
  }

  /** Need not survive a power failure: sizes are measured again at the next start. */
  async write(usage: ReadonlyMap<string, RepositoryUsage>): Promise<void> {
    const repositories = Object.fromEntries(
      [...usage].map(([name, { madeBy, bytesByPeer }]) => [
        name,
        { madeBy, bytes: Object.fromEntries(bytesByPeer) },
      ]),
    );
    await replaceFile(this.#path, `${JSON.stringify({ repositories })}\n`, 'atomic');
  }
}

function parse(text: string): ReadonlyMap<string, RepositoryUsage> {
  const { repositories } = JSON.parse(text) as { readonly repositories?: unknown };
  const usage = new Map<string, RepositoryUsage>();
  for (const [name, value] of Object.entries(tableOf(repositories))) {
    if (repositoryNameProblem(name) !== undefined) throw new Error('a name is not allowed');
    const { madeBy, bytes } = tableOf(value);
    const bytesByPeer = new Map<string, number>();
    for (const [peerId, count] of Object.entries(tableOf(bytes))) {
      if (!isOwner(peerId) || !Number.isSafeInteger(count) || Number(count) < 0) {
        throw new Error(`what ${name} takes cannot be read`);
      }
      bytesByPeer.set(peerId, Number(count));
    }
    if (!isOwner(madeBy)) throw new Error(`who made ${name} cannot be read`);
    usage.set(name, { madeBy, bytesByPeer });
  }
  return usage;
}

function isOwner(value: unknown): value is string {
  return typeof value === 'string' && (value === NOBODY || isPeerId(value));
}

function tableOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('it is not what dits writes');
  }
  return value as Readonly<Record<string, unknown>>;
}
