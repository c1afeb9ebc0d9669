/** The store layer: bytes at rest. Everything that other layers may use of it. */

// Errors
export { DitsError, type DitsErrorOptions, type ErrorDetails } from './dits-error.ts';
export { StoreError, type StoreErrorCode } from './store-error.ts';

// Ids
export {
  ID_BYTES,
  OBJECT_KIND,
  idFromBytes,
  idToBytes,
  isObjectId,
  objectKindOf,
  type ChunkId,
  type CommitId,
  type ManifestId,
  type ObjectId,
  type ObjectKind,
  type TagId,
  type TreeId,
} from './ids.ts';

// Hashing and compression
export { activeHash, objectId, type Hasher } from './hash/blake3.ts';
export { compress, decompress, decompressWithin } from './compression/zstd.ts';

// The store on disk
export {
  createStore,
  createStoreOf,
  openStore,
  mendFormat,
  openStoreOf,
  type CreateStoreOptions,
  type Release,
  type Store,
  type StoreOptions,
} from './store.ts';
export type { StoreParts } from './store-parts.ts';
export type {
  IndexBatch,
  IndexHealth,
  IndexPage,
  LocationIndex,
  StoreIndex,
  Watermark,
} from './index-db/location-index.ts';
export type { LocatedRecord, Location } from './segments/segment-format.ts';
export type { FsckOptions, FsckReport } from './maintenance/fsck.ts';
export type { RestoredRefs } from './refs/restore-refs.ts';
export {
  GC_GRACE_MS,
  GC_REFLOG_EXPIRY_MS,
  type GcOptions,
  type GcReport,
} from './maintenance/gc.ts';
export type { MaintenanceProgress, ProgressOptions } from './maintenance/maintenance-deps.ts';
export type { RebuildReport } from './maintenance/rebuild-index.ts';
export type { StoreStats } from './maintenance/stats.ts';
export { storedBytes } from './maintenance/stored-bytes.ts';
export { RECORD_OVERHEAD_BYTES } from './segments/segment-format.ts';
export type { CorruptPlace } from './maintenance/verify-segments.ts';
export type { BlobFile, BlobFiles, BlobMode, BlobStat } from './files/blob-files.ts';
export { silentLogger, type Logger } from './logger.ts';

// Objects
export {
  CODEC,
  OBJECT_SIZE_MAX_BYTES,
  type AbortOptions,
  type Codec,
  type NewObject,
  type IdRows,
  type ObjectInfo,
  type ObjectReader,
  type ObjectRecord,
  type ObjectStore,
  type ObjectWriter,
  type PutResult,
  type ReadOptions,
  type StoredObject,
} from './object-store.ts';
export type { ChunkRef, ManifestNode, ManifestRef, ManifestRoot } from './objects/manifest.ts';
export type { FileContent, TreeChild, TreeEntry, TreeEntryKind, TreeNode } from './objects/tree.ts';
export type { Commit, ObjectProof, Signature, Tag, TagTarget } from './objects/commit.ts';
export {
  decodeManifestNode,
  decodeManifestRoot,
  encodeManifestNode,
  encodeManifestRoot,
} from './objects/manifest-codec.ts';
export { decodeTreeNode, encodeTreeNode } from './objects/tree-codec.ts';
export {
  commitSigningBytes,
  decodeCommit,
  decodeTag,
  encodeCommit,
  encodeTag,
  tagSigningBytes,
} from './objects/commit-codec.ts';
export { STRUCTURE_SIZE_MAX_BYTES } from './objects/object-limits.ts';
export { MemoryObjectStore } from './memory/memory-object-store.ts';

// Manifests and trees
export { ManifestBuilder, type FileFacts } from './objects/manifest-builder.ts';
export {
  readChunkRuns,
  readManifest,
  readManifestRoot,
  type ChunkRun,
  type ManifestReadOptions,
} from './objects/manifest-reader.ts';
export { writeTree, writeTreeFromPaths, type PathEntry } from './objects/tree-writer.ts';
export { findEntry, readTree, walkTree } from './objects/tree-reader.ts';
export { contentId, diffTrees, isSameEntry, type TreeDifference } from './objects/tree-diff.ts';

// History and reachability
export {
  history,
  isAncestor,
  mergeBase,
  readCommit,
  readTag,
  resolveToCommit,
  type HistoryEntry,
  type HistoryOptions,
} from './objects/commit-graph.ts';
export {
  walkReachable,
  type Reachable,
  type ReachableEnds,
} from './objects/reachable/walk-reachable.ts';
export {
  MISSING_COUNT_MAX,
  findMissing,
  type MissingEnds,
  type MissingObject,
  type MissingReason,
  type MissingReport,
} from './objects/reachable/find-missing.ts';
export { IdSet } from './objects/reachable/id-set.ts';

// Names and paths
export {
  NAME_SIZE_MAX_BYTES,
  PATH_SIZE_MAX_BYTES,
  STORE_DIRECTORY_NAME,
  checkName,
  checkPath,
  findTwin,
  foldName,
  isPlainName,
  nameProblem,
  normalizeName,
  splitPath,
  type NameTwins,
} from './paths/name-rules.ts';
export { compareNames, comparePaths } from './paths/path-order.ts';
export { escapeForTerminal, quoteForMessage } from './paths/printable.ts';

// Refs
export type {
  Head,
  Ref,
  RefChange,
  ReflogEntry,
  RefName,
  RefStore,
  RefUpdateContext,
} from './refs/ref-store.ts';

export {
  branchRef,
  checkRefName,
  isBranchRef,
  isTagRef,
  remoteRef,
  shortRefName,
  tagRef,
} from './refs/ref-name.ts';
export {
  isSameMove,
  refMoveSigningBytes,
  type RefMove,
  type RefMoveSubject,
  type UnsignedRefMove,
} from './refs/ref-move.ts';
export {
  isProtectedRef,
  matchesRefPattern,
  protectionPatterns,
  refPatternProblem,
} from './refs/ref-pattern.ts';
export { MemoryRefStore, type MemoryRefStoreOptions } from './memory/memory-ref-store.ts';

// Chunking
export {
  CHUNK_PROFILES,
  CHUNK_SIZE_MAX_BYTES,
  PROFILE_HEAD_MAX_BYTES,
  chooseProfile,
  profileByNumber,
  type ChunkProfile,
} from './chunking/chunk-profiles.ts';
export { createChunker, type Chunker } from './chunking/chunker.ts';

// Files
export { ingestFile, type IngestDeps, type IngestOptions } from './files/ingest-file.ts';
export {
  ingestBytes,
  ingestSmallFiles,
  type BytesSource,
  type IngestOutcome,
} from './files/ingest-small-files.ts';
export type { IngestedFile } from './files/ingested-file.ts';
export type { FileIdentity, FileSource } from './files/source-file.ts';
export { SMALL_FILE_MAX_BYTES } from './files/small-file-batch.ts';
export type { FileRange } from './files/content-plan.ts';
export { readFileContent, type ReadContentOptions } from './files/read-content.ts';
export {
  contentMemory,
  writeContentTo,
  writePieces,
  type WriteContentOptions,
} from './files/write-content.ts';
export { BatchMemory, type BatchPiece } from './files/batch-memory.ts';

// Files and locks of a repository, for the layers that keep files beside the store's
export { undoFlippedBit } from './files/flipped-bit.ts';
export {
  makeFolder,
  removeQuietly,
  replaceFile,
  syncFolder,
  type Durability,
} from './files/durable-file.ts';
export { systemErrorCode, systemErrorHint } from './files/io-error.ts';
export { lockPath, tryLockPath, type HeldLock, type LockMode } from './locks/file-lock.ts';
