/** Where a repository keeps its files: the one place that builds paths inside `.dits`. */
import path from 'node:path';

/** Name of the folder that makes a folder a working tree. */
export const DITS_FOLDER = '.dits';

/** Paths of one repository. `ditsDir` is also the store's directory (docs/store-format.md). */
export type RepositoryLayout = {
  readonly ditsDir: string;
  readonly configFile: string;
  readonly configLock: string;
  readonly indexFile: string;
  readonly indexLock: string;
  /** Written to when the file system's time is asked for. */
  readonly clockProbe: string;
  /** Files being written, on the file system of the working tree. Emptied by whoever holds the index lock. */
  readonly worktreeTemp: string;
};

export function layoutOf(ditsDir: string): RepositoryLayout {
  return {
    ditsDir,
    configFile: path.join(ditsDir, 'config.toml'),
    configLock: path.join(ditsDir, 'locks', 'config'),
    indexFile: path.join(ditsDir, 'worktree-index'),
    indexLock: path.join(ditsDir, 'locks', 'worktree-index'),
    clockProbe: path.join(ditsDir, 'tmp', 'clock'),
    worktreeTemp: path.join(ditsDir, 'tmp', 'worktree'),
  };
}
