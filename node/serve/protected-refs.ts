/** Which refs of a served repository are protected: the setting `refs.protect` of its `config.toml`. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { isProtectedRef } from '../../store/index.ts';
import { isErrno } from '../errno.ts';
import { NodeError } from '../node-error.ts';

const CONFIG_FILE_NAME = 'config.toml';
/** As for every settings file (docs/configuration.md). */
const CONFIG_SIZE_MAX_BYTES = 1_048_576;

/**
 * Whether a ref may neither go back nor be deleted. Read anew each time: changes of the setting hold at once.
 * @throws NodeError DITS_NODE_CONFIG_INVALID for a file that cannot be read: what it protects must not be lost to that
 */
export async function readProtection(storeDirectory: string, name: string): Promise<boolean> {
  const path = join(storeDirectory, CONFIG_FILE_NAME);
  try {
    if ((await stat(path)).size > CONFIG_SIZE_MAX_BYTES) throw new Error('it is too big');
    const { refs } = parse(await readFile(path, 'utf8'));
    const isTable = typeof refs === 'object' && !Array.isArray(refs) && !(refs instanceof Date);
    const setting = isTable ? refs['protect'] : undefined;
    if (setting === undefined) return false;
    if (typeof setting !== 'string') throw new Error('refs.protect is no text');
    return isProtectedRef(name, setting);
  } catch (cause) {
    if (isErrno(cause, 'ENOENT')) return false;
    const why = cause instanceof Error ? cause.message.split('\n', 1)[0]! : String(cause);
    throw new NodeError('DITS_NODE_CONFIG_INVALID', `cannot read the protected branches: ${why}`, {
      cause,
      hint: `Correct ${path}.`,
      details: { path },
    });
  }
}
