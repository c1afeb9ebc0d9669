/** A directory: sorted entries in a content-defined tree of nodes (docs/store-format.md, "Tree"). */
import type { ChunkId, ManifestId, TreeId } from '../ids.ts';

/** Where a file's bytes are: nowhere (empty), in one chunk (whose id is then also the file's hash), or under a manifest. */
export type FileContent =
  | { readonly kind: 'empty' }
  | { readonly kind: 'chunk'; readonly id: ChunkId }
  | { readonly kind: 'manifest'; readonly id: ManifestId };

/** A name in a directory. `name` is one NFC path component that passed `checkName`. */
export type TreeEntry =
  | {
      readonly kind: 'file' | 'executable';
      readonly name: string;
      readonly content: FileContent;
      /** Bytes. */ readonly size: number;
    }
  | {
      readonly kind: 'symlink';
      readonly name: string;
      /** Chunk that holds the link's target, UTF-8. */ readonly target: ChunkId;
      /** Bytes of the target. */ readonly size: number;
    }
  | { readonly kind: 'directory'; readonly name: string; readonly tree: TreeId };

export type TreeEntryKind = TreeEntry['kind'];

/** One node below an inner tree node. */
export type TreeChild = {
  readonly firstName: string;
  readonly id: TreeId;
  /** Entries below. */ readonly count: number;
};

export type TreeNode =
  | { readonly level: 0; readonly entries: readonly TreeEntry[] }
  | { readonly level: number; readonly children: readonly TreeChild[] };
