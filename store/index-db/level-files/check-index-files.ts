/** Looks for damage in the files of the index, which LevelDB by itself would overlook or take for data. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ioError, systemErrorCode } from '../../files/io-error.ts';
import type { IndexDamage } from '../location-index.ts';
import { findLogDamage } from './check-log.ts';
import { findTableDamage } from './check-table.ts';

/**
 * `opening`: what LevelDB reads when it opens, some kilobytes up to a few MiB, and as many tables as are checked without
 * being felt. `everything`: all tables. Its notes to people (`LOG`, `LOG.old`) and its empty lock file carry nothing and
 * are left out.
 */
export type CheckScope = 'opening' | 'everything';

/** Put there by who meets damage while it uses the index: whoever opens it next makes it anew. */
export const DAMAGE_MARK = 'DAMAGED';

/**
 * Tables checked at each opening: some 60,000 objects, 10 ms. LevelDB does not only take damage in them for data: it ends
 * the process where its assertions fail, so that no error tells what to do.
 */
const OPENING_TABLES_BYTES: number = 4 * 1024 * 1024;

const CURRENT = 'CURRENT';
const MANIFEST = /^MANIFEST-\d+$/;
const LOG = /^\d+\.log$/;
const TABLE = /^\d+\.(?:ldb|sst)$/;

/**
 * Also while another process has the index open: a file that vanishes meanwhile is not missed. An absent folder is not
 * damaged.
 * @throws StoreError DITS_STORE_IO
 */
export async function findIndexDamage(folder: string, scope: CheckScope): Promise<IndexDamage[]> {
  const names = await listNames(folder);
  const found: IndexDamage[] = [];
  const check = async (
    file: string,
    findDamage: (bytes: Buffer) => string | undefined,
  ): Promise<void> => {
    const bytes = await readUnlessGone(join(folder, file));
    const problem = bytes === undefined ? undefined : findDamage(bytes);
    if (problem !== undefined) found.push({ file, problem });
  };
  if (names.includes(DAMAGE_MARK)) found.push({ file: DAMAGE_MARK, problem: 'it was marked so' });
  const manifest = await findCurrent(folder, names, found);
  if (manifest !== undefined) await check(manifest, findLogDamage);
  let tableBytes = scope === 'everything' ? Infinity : OPENING_TABLES_BYTES;
  for (const name of names) {
    if (LOG.test(name)) await check(name, findLogDamage);
    if (!TABLE.test(name)) continue;
    tableBytes -= await sizeUnlessGone(join(folder, name));
    if (tableBytes >= 0) await check(name, findTableDamage);
  }
  return found;
}

/** Name of the MANIFEST in use; undefined when there is no database yet, or none that is whole. */
async function findCurrent(
  folder: string,
  names: readonly string[],
  found: IndexDamage[],
): Promise<string | undefined> {
  const text = (await readUnlessGone(join(folder, CURRENT)))?.toString('latin1');
  if (text === undefined) {
    // LevelDB would make a new database and replay logs of the old one into it.
    const hasRemains = names.some((name) => [LOG, TABLE].some((kind) => kind.test(name)));
    if (hasRemains) found.push({ file: CURRENT, problem: 'it is missing' });
    return undefined;
  }
  const manifest = text.slice(0, -1);
  const isSound = text.endsWith('\n') && MANIFEST.test(manifest);
  if (isSound && (await readUnlessGone(join(folder, manifest))) !== undefined) return manifest;
  found.push({ file: CURRENT, problem: 'it names no file that is there' });
  return undefined;
}

async function listNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw ioError(error, 'list', folder);
  }
}

async function sizeUnlessGone(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return 0;
    throw ioError(error, 'look at', path);
  }
}

async function readUnlessGone(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw ioError(error, 'read', path);
  }
}
