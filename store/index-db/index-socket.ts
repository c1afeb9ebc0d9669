/** Where the index leader listens, and how the others learn of it. Only processes of the same user find the door open. */
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readFile, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { replaceFile } from '../files/durable-file.ts';
import { ioError, systemErrorCode } from '../files/io-error.ts';
import { StoreError } from '../store-error.ts';
import { TOKEN_BYTES } from './index-messages.ts';

/** `sun_path` has 104 bytes on macOS and 108 on Linux, terminator included. */
const SOCKET_PATH_MAX_BYTES = 103;
const SOCKET_NAME_BYTES = 8;
/** The file is three short lines; a longer one is not ours. */
const LEADER_FILE_MAX_BYTES = 1024;

/** How to reach the process that leads. */
export type LeaderAddress = { readonly socketPath: string; readonly token: Buffer };

/** A fresh address. Sockets get random names, so that a dead leader's leftover never stands in the way. */
export async function chooseAddress(): Promise<LeaderAddress> {
  const name = randomBytes(SOCKET_NAME_BYTES).toString('hex');
  const token = randomBytes(TOKEN_BYTES);
  if (process.platform === 'win32') return { socketPath: `\\\\.\\pipe\\dits-${name}`, token };
  return { socketPath: join(await socketFolder(name.length), `${name}.sock`), token };
}

/** A folder that belongs to this user alone, with a path short enough for a socket in it. */
async function socketFolder(nameBytes: number): Promise<string> {
  const user = userInfo().uid;
  for (const base of [tmpdir(), '/tmp']) {
    const folder = join(base, `dits-${user}`);
    const length = Buffer.byteLength(folder) + 1 + nameBytes + '.sock'.length;
    if (length > SOCKET_PATH_MAX_BYTES) continue;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw ioError(error, 'make', folder);
    }
    await checkOwner(folder);
    return folder;
  }
  throw new StoreError('DITS_STORE_IO', 'no folder with a path short enough for a socket', {
    hint: 'set TMPDIR to a shorter path',
  });
}

/** In a shared temporary folder another user may have made "our" folder first, to listen in. */
async function checkOwner(folder: string): Promise<void> {
  const found = await lstat(folder).catch((error: unknown) => {
    throw ioError(error, 'look at', folder);
  });
  const othersBits = 0o077;
  if (found.isDirectory() && found.uid === userInfo().uid && (found.mode & othersBits) === 0) {
    return;
  }
  throw new StoreError('DITS_STORE_IO', `${folder} is open to other users`, {
    hint: `remove ${folder}, or make it yours with mode 0700`,
    details: { path: folder },
  });
}

/** Publishes the address in the store's folder, which the readers of the store can read. */
export async function publishAddress(path: string, address: LeaderAddress): Promise<void> {
  const text = `dits-index 1\n${address.socketPath}\n${address.token.toString('hex')}\n`;
  await replaceFile(path, text, 'atomic');
}

/** The published address, undefined when there is none or it is not one that we would trust. */
export async function readAddress(path: string): Promise<LeaderAddress | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw ioError(error, 'read', path);
  }
  if (text.length > LEADER_FILE_MAX_BYTES) return undefined;
  const [title, socketPath = '', token = ''] = text.split('\n');
  if (title !== 'dits-index 1' || !/^[0-9a-f]{64}$/.test(token)) return undefined;
  if (Buffer.byteLength(socketPath) > SOCKET_PATH_MAX_BYTES) return undefined;
  if (process.platform !== 'win32') {
    try {
      await checkOwner(dirname(socketPath));
    } catch {
      // The folder is gone or not private: nobody we would talk to listens there.
      return undefined;
    }
  }
  return { socketPath, token: Buffer.from(token, 'hex') };
}

/** Removes the socket that a leader left behind. */
export async function removeSocket(address: LeaderAddress): Promise<void> {
  if (process.platform !== 'win32') await rm(address.socketPath, { force: true });
}
