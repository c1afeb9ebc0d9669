/**
 * The key file of a home folder: PKCS#8 in PEM, readable by its owner only. It is made at first use, whole or not at
 * all, and never overwritten: a key that is lost is a name that is lost.
 */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  makeFolder,
  removeQuietly,
  syncFolder,
  systemErrorCode,
  systemErrorHint,
} from '../../store/index.ts';
import { isErrno } from '../errno.ts';
import { NodeError } from '../node-error.ts';
import { generateIdentity, identityFromPem, type Identity } from './identity.ts';

/** Name of the key file in the home folder. */
export const IDENTITY_FILE_NAME = 'identity.pem';
const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** A PKCS#8 Ed25519 key has 119 bytes; a bigger file is something else. */
const IDENTITY_FILE_SIZE_MAX_BYTES = 16_384;

/**
 * The identity of a home folder, created when there is none.
 * @throws NodeError DITS_NODE_KEY_CORRUPT, DITS_NODE_IO
 */
export async function loadOrCreateIdentity(home: string): Promise<Identity> {
  const path = join(home, IDENTITY_FILE_NAME);
  try {
    return (await readIdentity(path)) ?? (await createIdentity(home, path));
  } catch (cause) {
    if (cause instanceof NodeError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NodeError('DITS_NODE_IO', `cannot use the identity file ${path}: ${why}`, {
      cause,
      hint: systemErrorHint(systemErrorCode(cause)),
      details: { path },
    });
  }
}

async function readIdentity(path: string): Promise<Identity | undefined> {
  let pem: string;
  try {
    pem = await readFile(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    return identityFromPem(pem.slice(0, IDENTITY_FILE_SIZE_MAX_BYTES));
  } catch (cause) {
    throw new NodeError('DITS_NODE_KEY_CORRUPT', `the identity file ${path} is damaged`, {
      cause,
      hint: 'Restore it from a backup. Deleting it gives this machine a new identity that no peer knows.',
      details: { path },
    });
  }
}

async function createIdentity(home: string, path: string): Promise<Identity> {
  await makeFolder(home, OWNER_ONLY_FOLDER);
  const identity = generateIdentity();
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx', OWNER_ONLY_FILE);
    try {
      await file.writeFile(identity.credentials.keyPem);
      await file.sync();
    } finally {
      await file.close();
    }
    await publishExclusively(temporary, path);
    // Peers will know this id: the key must not be gone after a power failure.
    await syncFolder(home);
  } finally {
    await removeQuietly(temporary);
  }
  // Another process may have been first: the file decides.
  return (await readIdentity(path)) ?? identity;
}

/** Gives the finished file its name unless the name is taken. */
async function publishExclusively(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return;
    // File systems without hard links (exFAT, some network shares).
    try {
      await copyFile(temporary, path, constants.COPYFILE_EXCL);
    } catch (copyError) {
      if (!isErrno(copyError, 'EEXIST')) throw copyError;
    }
  }
}
