/** Drives a walk: takes open work in rounds, reads what a round needs at once, and hands out what was found. */
import type { ObjectId } from '../../ids.ts';
import type { AbortOptions, ObjectReader } from '../../object-store.ts';
import { decodeCommit } from '../commit-codec.ts';
import { decodeAnyManifestNode, type AnyManifestNode } from '../manifest-codec.ts';
import { checkManifestNode, type ManifestNodeRef } from '../manifest-reader.ts';
import {
  asFault,
  tryReadStructures,
  type StructureRef,
  type StructureResult,
} from '../structure-reader.ts';
import { decodeTreeNode } from '../tree-codec.ts';
import { checkTreeNode, type TreeNodeRef } from '../tree-nodes.ts';
import type { TreeNode } from '../tree.ts';
import { expandManifest, type OpenManifestNode } from './expand-manifest.ts';
import { expandTree, type OpenTreeNode } from './expand-tree.ts';
import type { FaultHandler } from './reachable-frontier.ts';
import type { Reachable, WalkItem, WalkState } from './walk-state.ts';

/** Nodes of a round: about 2 MiB, past which a larger read is not faster. One item may ask for more. */
const ROUND_COUNT = 256;
/** Objects handed out at a time at most, and the number from which on they are. */
const FOUND_COUNT_MAX = 4096;
const FOUND_COUNT_READY = 2048;
/** Nodes of the other side's trees kept: each commit of a series is compared with the same ones. */
const OLD_NODES_MAX = 512;

export type ObjectWalkOptions = AbortOptions & { readonly onFault: FaultHandler };

export class ObjectWalk {
  readonly #reader: ObjectReader;
  readonly #state: WalkState;
  readonly #options: ObjectWalkOptions;
  readonly #oldNodes = new Map<ObjectId, Uint8Array>();

  constructor(reader: ObjectReader, state: WalkState, options: ObjectWalkOptions) {
    this.#reader = reader;
    this.#state = state;
    this.#options = options;
  }

  async *run(): AsyncGenerator<readonly Reachable[]> {
    for (;;) {
      this.#options.signal?.throwIfAborted();
      const items = this.#takeRound();
      if (items.length === 0) break;
      await this.#expandRound(items);
      if (this.#state.foundCount >= FOUND_COUNT_READY) yield* this.#handOut();
    }
    yield* this.#handOut();
  }

  *#handOut(): Generator<readonly Reachable[]> {
    const found = this.#state.takeFound();
    for (let at = 0; at < found.length; at += FOUND_COUNT_MAX) {
      yield found.slice(at, at + FOUND_COUNT_MAX);
    }
  }

  #takeRound(): WalkItem[] {
    const items = this.#takeItems();
    if (items.length > 0) return items;
    this.#state.resume();
    return this.#takeItems();
  }

  #takeItems(): WalkItem[] {
    const items: WalkItem[] = [];
    for (let count = 0; count < ROUND_COUNT;) {
      const item = this.#state.pop();
      if (item === undefined) break;
      items.push(item);
      count += item.kind === 'commit' ? 1 : item.news.length + item.olds.length;
    }
    return items;
  }

  async #expandRound(items: readonly WalkItem[]): Promise<void> {
    const nodes = await this.#read(items);
    for (const item of items) {
      switch (item.kind) {
        case 'commit':
          this.#expandCommit(item.id, nodes);
          break;
        case 'tree':
          expandTree(
            this.#state,
            this.#open(item.news, nodes, openTreeNode),
            openOld(item.olds, nodes, openTreeNode),
          );
          break;
        case 'manifest':
          expandManifest(
            this.#state,
            this.#open(item.news, nodes, openManifestNode),
            openOld(item.olds, nodes, openManifestNode),
          );
          break;
      }
    }
  }

  /** Everything a round needs, read at once. */
  async #read(items: readonly WalkItem[]): Promise<ReadonlyMap<ObjectId, StructureResult>> {
    const results = new Map<ObjectId, StructureResult>();
    const refs = new Map<ObjectId, StructureRef>();
    const oldIds: ObjectId[] = [];
    for (const item of items) {
      const { kind } = item;
      if (kind === 'commit') refs.set(item.id, { id: item.id, kind });
      else {
        for (const { id } of item.news) refs.set(id, { id, kind });
        for (const { id } of item.olds) {
          oldIds.push(id);
          const bytes = this.#oldNodes.get(id);
          if (bytes !== undefined) results.set(id, { bytes });
          else refs.set(id, { id, kind });
        }
      }
    }
    const wanted = [...refs.values()];
    const read = await tryReadStructures(this.#reader, wanted, this.#options);
    wanted.forEach(({ id }, index) => results.set(id, read[index]!));
    for (const id of oldIds) this.#keepOld(id, results.get(id)!);
    return results;
  }

  #keepOld(id: ObjectId, result: StructureResult): void {
    if (result.fault !== undefined) return;
    if (this.#oldNodes.size >= OLD_NODES_MAX) this.#oldNodes.clear();
    this.#oldNodes.set(id, result.bytes);
  }

  #expandCommit(id: ObjectId, nodes: ReadonlyMap<ObjectId, StructureResult>): void {
    this.#guard({ id, kind: 'commit' }, () => {
      const { tree, parents } = decodeCommit(bytesIn(nodes, id));
      if (this.#state.find({ id: tree, kind: 'tree' })) {
        this.#state.push({ kind: 'tree', news: [{ id: tree }], olds: [] });
      }
      for (const parent of parents) {
        if (this.#state.find({ id: parent, kind: 'commit' })) {
          this.#state.push({ kind: 'commit', id: parent });
        }
      }
    });
  }

  /** Opens wanted nodes; what is wrong with one goes to the fault handler, and the walk passes it over. */
  #open<Ref extends { readonly id: ObjectId }, Node>(
    refs: readonly Ref[],
    nodes: ReadonlyMap<ObjectId, StructureResult>,
    opener: Opener<Ref, Node>,
  ): Node[] {
    return refs.flatMap(
      (ref) =>
        this.#guard({ id: ref.id, kind: opener.kind }, () =>
          opener.open(ref, bytesIn(nodes, ref.id)),
        ) ?? [],
    );
  }

  #guard<T>(ref: StructureRef, action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      this.#options.onFault(ref, asFault(error));
      return undefined;
    }
  }
}

type Opener<Ref, Node> = {
  readonly kind: 'tree' | 'manifest';
  readonly open: (ref: Ref, bytes: Uint8Array) => Node;
};

const openTreeNode: Opener<TreeNodeRef, OpenTreeNode> = {
  kind: 'tree',
  open(ref, bytes) {
    const node: TreeNode = checkTreeNode(ref, decodeTreeNode(bytes));
    return { ref, node };
  },
};

const openManifestNode: Opener<ManifestNodeRef, OpenManifestNode> = {
  kind: 'manifest',
  open(ref, bytes) {
    const read: AnyManifestNode = decodeAnyManifestNode(bytes);
    checkManifestNode(ref, read);
    return { ref, read };
  },
};

/** Opens the other side's nodes. One that cannot be read only means that less is known to be there. */
function openOld<Ref extends { readonly id: ObjectId }, Node>(
  refs: readonly Ref[],
  nodes: ReadonlyMap<ObjectId, StructureResult>,
  opener: Opener<Ref, Node>,
): Node[] {
  return refs.flatMap((ref) => {
    try {
      return [opener.open(ref, bytesIn(nodes, ref.id))];
    } catch (error) {
      asFault(error);
      return [];
    }
  });
}

function bytesIn(nodes: ReadonlyMap<ObjectId, StructureResult>, id: ObjectId): Uint8Array {
  const result = nodes.get(id)!;
  if (result.fault !== undefined) throw result.fault;
  return result.bytes;
}
