/**
 * Object kinds and ids. A chunk's id is the BLAKE3-256 of its bytes, so `b3sum` of a chunk is its id; every
 * other kind is hashed in a mode of its own, so that no chunk can pose as a commit (docs/store-format.md, "Ids").
 */
import { StoreError } from './store-error.ts';

/** Bytes of an id. */
export const ID_BYTES = 32;

declare const kindBrand: unique symbol;

/** Any object's id: 64 lower-case hexadecimal digits. */
export type ObjectId = string & { readonly [kindBrand]: unknown };
export type ChunkId = ObjectId & { readonly [kindBrand]: 'chunk' };
export type ManifestId = ObjectId & { readonly [kindBrand]: 'manifest' };
export type TreeId = ObjectId & { readonly [kindBrand]: 'tree' };
export type CommitId = ObjectId & { readonly [kindBrand]: 'commit' };
export type TagId = ObjectId & { readonly [kindBrand]: 'tag' };

/** Number of each kind, on disk and on the wire. Never reused. */
export const OBJECT_KIND = {
  chunk: 1,
  manifest: 2,
  tree: 3,
  commit: 4,
  tag: 5,
} as const;

export type ObjectKind = keyof typeof OBJECT_KIND;

const KINDS: readonly ObjectKind[] = ['chunk', 'manifest', 'tree', 'commit', 'tag'];

/** The kind with this number, or undefined. */
export function objectKindOf(code: number): ObjectKind | undefined {
  return KINDS[code - 1];
}

const ID_PATTERN = /^[0-9a-f]{64}$/;

/** Whether `text` is written like an id. */
export function isObjectId(text: string): text is ObjectId {
  return ID_PATTERN.test(text);
}

/** The id in these 32 bytes. @throws StoreError DITS_STORE_INVALID_OBJECT for any other length. */
export function idFromBytes<T extends ObjectId = ObjectId>(bytes: Uint8Array): T {
  if (bytes.length !== ID_BYTES) {
    throw new StoreError(
      'DITS_STORE_INVALID_OBJECT',
      `an id has ${ID_BYTES} bytes, not ${bytes.length}`,
    );
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, ID_BYTES).toString('hex') as T;
}

/** The 32 bytes of an id, freshly allocated. */
export function idToBytes(id: ObjectId): Buffer {
  return Buffer.from(id, 'hex');
}
