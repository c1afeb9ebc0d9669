/** Tools that take a folder in: backup programmes, and the disk's own limit. Each returns seconds. */
import { join } from 'node:path';
import { emptyFolder } from '../compare/scratch.ts';
import { measure, secondsOf } from '../measured-process.ts';

/** Takes `source` into something fresh below `work`. @returns seconds */
type TakeInTool = (source: string, work: string) => Promise<number>;

/** borg with its defaults (lz4), without encryption of the repository, as ours. */
const borg: TakeInTool = async (source, work) => {
  const env = {
    BORG_BASE_DIR: emptyFolder(work, 'borg-base'),
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
  };
  const repository = join(emptyFolder(work, 'borg'), 'repository');
  await measure('borg', ['init', '-e', 'none', repository], { env });
  return secondsOf('borg', ['create', `${repository}::a`, source], { env });
};

/** restic with its defaults; it always encrypts. */
const restic: TakeInTool = async (source, work) => {
  const env = { RESTIC_PASSWORD: 'x', RESTIC_CACHE_DIR: emptyFolder(work, 'restic-cache') };
  const repository = join(emptyFolder(work, 'restic'), 'repository');
  await measure('restic', ['-r', repository, 'init'], { env });
  return secondsOf('restic', ['-r', repository, 'backup', source], { env });
};

/** The disk's own limit: the same bytes through `dd conv=fdatasync`. */
const dd: TakeInTool = (source, work) => {
  const target = join(emptyFolder(work, 'dd'), 'copy');
  const script = `find "$0" -type f -print0 | xargs -0 cat | dd of="$1" bs=1M iflag=fullblock conv=fdatasync`;
  return secondsOf('sh', ['-c', script, source, target]);
};

export const TAKE_IN_TOOLS = { dd, borg, restic } as const;
