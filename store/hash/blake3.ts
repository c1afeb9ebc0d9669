/**
 * BLAKE3-256, native where the platform's prebuilt package loads, portable otherwise. Both give the same bytes; a test
 * holds them against each other. Source: the BLAKE3 paper, https://github.com/BLAKE3-team/BLAKE3-specs.
 */
import { createRequire } from 'node:module';
import type { ObjectId, ObjectKind } from '../ids.ts';
import { portableHash } from './portable-blake3.ts';

/** Incremental hash of one long input. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** The 32-byte digest; the hasher is used up. */
  digest(): Buffer;
}

/** One implementation of BLAKE3-256. */
export interface HashFunction {
  readonly name: 'native' | 'portable';
  hash(bytes: Uint8Array): Buffer;
  /** BLAKE3's derive_key mode: another function for each context, none of them equal to `hash`. */
  hashInContext(context: string, bytes: Uint8Array): Buffer;
  createHasher(): Hasher;
}

type NativeModule = typeof import('@napi-rs/blake-hash');

function loadNative(): HashFunction | undefined {
  try {
    const native = createRequire(import.meta.url)('@napi-rs/blake-hash') as NativeModule;
    return {
      name: 'native',
      hash: (bytes) => native.blake3(bytes),
      hashInContext: (context, bytes) =>
        native.Blake3Hasher.newDeriveKey(context).update(bytes).digestBuffer(),
      createHasher() {
        const state = new native.Blake3Hasher();
        return {
          update: (bytes) => void state.update(bytes),
          digest: () => state.digestBuffer(),
        };
      },
    };
  } catch {
    // No prebuilt package for this platform: the portable implementation takes over, at about a fiftieth of the speed.
    return undefined;
  }
}

/** The implementation in use. */
export const activeHash: HashFunction = loadNative() ?? portableHash;

/**
 * Contexts of BLAKE3's derive_key mode, one for each kind that is not a chunk. A prefix in front of the bytes would not
 * do: the hash of prefix and commit is also the plain hash of a file that holds exactly these bytes, so such a file
 * would take the commit's id.
 */
const CONTEXTS: Readonly<Record<Exclude<ObjectKind, 'chunk'>, string>> = {
  manifest: 'dits/1 manifest',
  tree: 'dits/1 tree',
  commit: 'dits/1 commit',
  tag: 'dits/1 tag',
};

/** The id of an object: BLAKE3-256 of its bytes, in derive_key mode under the kind's context unless it is a chunk. */
export function objectId<T extends ObjectId = ObjectId>(kind: ObjectKind, bytes: Uint8Array): T {
  if (kind === 'chunk') {
    return activeHash.hash(bytes).toString('hex') as T;
  }
  return activeHash.hashInContext(CONTEXTS[kind], bytes).toString('hex') as T;
}
