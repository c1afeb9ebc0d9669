/**
 * The rotations of a home folder's own identity: the statements, which known peers have not heard of each, and the former
 * keys, which are kept to tell them (docs/configuration.md, "The home folder").
 */
import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ROTATIONS_MAX, type Rotation } from '../../protocol/index.ts';
import { lockPath, makeFolder, replaceFile } from '../../store/index.ts';
import { isErrno } from '../errno.ts';
import { identityFromPem, type Identity } from '../identity/identity.ts';
import { isPeerId } from '../identity/peer-id.ts';
import { NodeError } from '../node-error.ts';
import { rotationProblem, signRotation } from './rotation-statement.ts';

const FILE_NAME = 'rotations.json';
const LOCK_FILE_NAME = 'rotations.lock';
const LOCK_TIMEOUT_MS = 10_000;
const FORMER_KEYS_FOLDER = 'former-keys';
const OWNER_ONLY_FOLDER = 0o700;
/** A statement and the ids of 10,000 peers, for each of a few rotations. */
const FILE_SIZE_MAX_BYTES: number = 16 * 1024 * 1024;

/** One rotation, and the peers that have to be told. */
export type RotationRecord = {
  readonly rotation: Rotation;
  /** Peer ids. Empty once everybody knows; the former key is gone then. */
  readonly untold: readonly string[];
};

type StoredRecord = {
  readonly old: string;
  readonly new: string;
  readonly rotatedAtMs: number;
  readonly oldSignature: string;
  readonly newSignature: string;
  readonly untold: readonly string[];
};

export class RotationFile {
  readonly #home: string;
  readonly #path: string;

  constructor(home: string) {
    this.#home = home;
    this.#path = join(home, FILE_NAME);
  }

  /** Oldest first; none when the key was never changed. @throws NodeError DITS_NODE_KEY_CORRUPT, DITS_NODE_IO */
  async read(): Promise<readonly RotationRecord[]> {
    try {
      const { size } = await stat(this.#path);
      if (size > FILE_SIZE_MAX_BYTES) throw new Error('it is too big');
      return parseRecords(await readFile(this.#path, 'utf8'));
    } catch (cause) {
      if (isErrno(cause, 'ENOENT')) return [];
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new NodeError('DITS_NODE_KEY_CORRUPT', `cannot read ${this.#path}: ${why}`, {
        cause,
        hint: 'Move it away; peers that have not heard of the new key have to be told by hand then.',
        details: { path: this.#path },
      });
    }
  }

  /** The statements that lead on from a peer id; the newest ones where there are more than one message holds. */
  async chainFrom(old: string): Promise<readonly Rotation[]> {
    const rotations = (await this.read()).map(({ rotation }) => rotation);
    const start = rotations.findIndex((rotation) => rotation.old === old);
    return start < 0 ? [] : rotations.slice(start).slice(-ROTATIONS_MAX);
  }

  async #write(records: readonly RotationRecord[]): Promise<void> {
    const stored = records.map(({ rotation, untold }): StoredRecord => ({
      ...{ old: rotation.old, new: rotation.new, rotatedAtMs: rotation.rotatedAtMs },
      oldSignature: Buffer.from(rotation.oldSignature).toString('hex'),
      newSignature: Buffer.from(rotation.newSignature).toString('hex'),
      untold,
    }));
    await replaceFile(this.#path, `${JSON.stringify(stored, null, 2)}\n`);
  }

  /** Notes that a peer knows of a rotation, or never will. The key that nobody has to hear from any more is removed. */
  async told(old: string, peerId: string): Promise<void> {
    await this.#locked(() => this.#told(old, peerId));
  }

  async #told(old: string, peerId: string): Promise<void> {
    const records = (await this.read()).map((record) =>
      record.rotation.old === old
        ? { ...record, untold: record.untold.filter((one) => one !== peerId) }
        : record,
    );
    await this.#write(records);
    const record = records.find(({ rotation }) => rotation.old === old);
    if (record?.untold.length === 0) await this.#removeKeys([old]);
  }

  /**
   * Makes the statements for former keys that have none yet: the last step of a rotation, and what is left to do after one
   * that was cut off. `peers` are to be told.
   */
  async settle(current: Identity, peers: readonly string[], now: Date): Promise<void> {
    if ((await this.#formerIds()).length === 0) return;
    await this.#locked(() => this.#settle(current, peers, now));
  }

  async #settle(current: Identity, peers: readonly string[], now: Date): Promise<void> {
    const records = [...(await this.read())];
    const recorded = new Set(records.map(({ rotation }) => rotation.old));
    const unrecorded = (await this.#formerIds()).filter(
      (peerId) => !recorded.has(peerId) && peerId !== current.peerId,
    );
    for (const peerId of unrecorded) {
      const former = await this.formerIdentity(peerId);
      if (former === undefined) continue;
      records.push({ rotation: signRotation(former, current, now), untold: peers });
    }
    if (unrecorded.length === 0) return;
    await this.#write(records);
    if (peers.length === 0) await this.#removeKeys(unrecorded);
  }

  /** Keeps a key that is about to be replaced. */
  async keepKey(identity: Identity): Promise<void> {
    await makeFolder(join(this.#home, FORMER_KEYS_FOLDER), OWNER_ONLY_FOLDER);
    await replaceFile(this.#keyPath(identity.peerId), identity.credentials.keyPem);
  }

  /** A former identity; undefined when its key is gone. @throws NodeError DITS_NODE_KEY_CORRUPT */
  async formerIdentity(peerId: string): Promise<Identity | undefined> {
    try {
      return identityFromPem(await readFile(this.#keyPath(peerId), 'utf8'));
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  async #locked(work: () => Promise<void>): Promise<void> {
    const lock = await lockPath(join(this.#home, LOCK_FILE_NAME), 'exclusive', {
      timeoutMs: LOCK_TIMEOUT_MS,
      subject: 'the keys of this machine',
    });
    try {
      await work();
    } finally {
      await lock.release();
    }
  }

  async #formerIds(): Promise<readonly string[]> {
    try {
      const names = await readdir(join(this.#home, FORMER_KEYS_FOLDER));
      return names.map((name) => name.replace(/\.pem$/, '')).filter(isPeerId);
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return [];
      throw error;
    }
  }

  async #removeKeys(peerIds: readonly string[]): Promise<void> {
    for (const peerId of peerIds) await rm(this.#keyPath(peerId), { force: true });
  }

  #keyPath(peerId: string): string {
    return join(this.#home, FORMER_KEYS_FOLDER, `${peerId}.pem`);
  }
}

function parseRecords(text: string): readonly RotationRecord[] {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value)) throw new Error('it holds no list');
  return value.map((one: Partial<StoredRecord>) => {
    const { old = '', rotatedAtMs = 0, oldSignature = '', newSignature = '', untold = [] } = one;
    const rotation: Rotation = {
      ...{ old, new: one.new ?? '', rotatedAtMs },
      oldSignature: Buffer.from(oldSignature, 'hex'),
      newSignature: Buffer.from(newSignature, 'hex'),
    };
    const problem = rotationProblem(rotation);
    if (problem !== undefined) throw new Error(`a statement in it is wrong: ${problem}`);
    if (!untold.every(isPeerId)) throw new Error('it names a peer that is none');
    return { rotation, untold };
  });
}
