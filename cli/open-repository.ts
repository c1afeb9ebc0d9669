/** The repository that a verb works in: the one around its folder, opened with the user's settings, closed after. */
import { join } from 'node:path';

import {
  openRepository,
  readSettings,
  type RepoProgress,
  type Repository,
  type Settings,
} from '../repo/index.ts';
import type { Logger, Store } from '../store/index.ts';
import type { CommandContext } from './command-context.ts';

/** A repository on disk, with everything that its store can do. */
export type DiskRepository = Repository<Store>;

/** Where the user's settings are, and the lock that serialises changes to them. */
export function userSettingsFile(home: string): { readonly file: string; readonly lock: string } {
  return { file: join(home, 'config.toml'), lock: join(home, 'config.lock') };
}

export function readUserSettings({ home }: Pick<CommandContext, 'home'>): Promise<Settings> {
  return readSettings(userSettingsFile(home).file);
}

/** Opens, works, closes, whatever happens. @throws RepoError DITS_REPO_NOT_A_REPOSITORY */
export async function withRepository<T>(
  context: CommandContext,
  work: (repository: DiskRepository) => Promise<T>,
): Promise<T> {
  const userSettings = await readUserSettings(context);
  const logger: Logger = (event) => {
    if (event === 'index.remade') {
      context.output.warn('the index was damaged and has been made anew from the segments');
    }
  };
  const repository = await openRepository(context.cwd, { userSettings, store: { logger } });
  try {
    return await work(repository);
  } finally {
    await repository.close();
  }
}

const PHASES: Readonly<Record<RepoProgress['phase'], string>> = {
  scan: 'looking',
  add: 'adding',
  checkout: 'writing',
  commit: 'recording',
};

/** The options that every operation of a repository takes, from the context of a verb. */
export function operationOptions(context: CommandContext): {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RepoProgress) => void;
} {
  return {
    signal: context.signal,
    onProgress: ({ phase, files, filesTotal, bytes, bytesTotal, path }) =>
      context.progress({
        phase: PHASES[phase],
        done: files,
        total: filesTotal,
        bytes,
        bytesTotal,
        item: path,
      }),
  };
}
