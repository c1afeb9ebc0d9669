/** Failures of the store: bytes at rest, objects, refs. Codes are listed in docs/errors.md. */
import { DitsError, type DitsErrorOptions } from './dits-error.ts';

/** Every code the store raises. */
export type StoreErrorCode =
  /** No object with this id in the store. */
  | 'DITS_STORE_NOT_FOUND'
  /** Bytes on disk do not match their id or checksum. */
  | 'DITS_STORE_CORRUPT'
  /** An object's bytes are not a valid encoding of its kind, or exceed a limit. */
  | 'DITS_STORE_INVALID_OBJECT'
  /** Bytes offered under an id that is not theirs. */
  | 'DITS_STORE_HASH_MISMATCH'
  /** Compressed bytes inflate to another size than declared, or past the limit. */
  | 'DITS_STORE_BAD_COMPRESSION'
  /** A path or name that this project refuses to store or write. */
  | 'DITS_STORE_UNSAFE_PATH'
  | 'DITS_STORE_INVALID_REF_NAME'
  | 'DITS_STORE_REF_NOT_FOUND'
  /** Compare-and-set lost: the ref does not hold the expected value. */
  | 'DITS_STORE_REF_CHANGED'
  /** Another process holds the lock that this operation needs. */
  | 'DITS_STORE_LOCKED'
  /** The folder is not a store, or its format is unknown. */
  | 'DITS_STORE_NOT_A_STORE'
  /** The index cannot be read; it can be rebuilt from the segments. */
  | 'DITS_STORE_INDEX_CORRUPT'
  /** The disk is full or a quota is reached. */
  | 'DITS_STORE_NO_SPACE'
  /** Any other failure of the operating system on a store file. */
  | 'DITS_STORE_IO'
  /** A file to take in cannot be opened or read: gone, no permission, or not a regular file. */
  | 'DITS_STORE_FILE_UNREADABLE'
  /** A file was written to while it was taken in. */
  | 'DITS_STORE_FILE_CHANGED'
  /** Used after close, or after a write failure made the writer unusable. */
  | 'DITS_STORE_CLOSED';

export class StoreError extends DitsError {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: DitsErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
