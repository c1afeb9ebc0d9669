/** Is everything there? The check before a ref moves, and the heart of fsck. Survives whatever it may meet. */
import type { ObjectId, ObjectKind } from '../../ids.ts';
import type { AbortOptions, ObjectReader } from '../../object-store.ts';
import type { StoreError } from '../../store-error.ts';
import type { StructureRef } from '../structure-reader.ts';
import { walkWithFaults } from './walk-reachable.ts';
import type { Reachable } from './walk-state.ts';

/** Objects listed at most: enough to see the pattern and to fetch a first batch again. The check stops there. */
export const MISSING_COUNT_MAX = 1000;

/** Why an object counts as missing: not there, not what its id says, or not a valid object of the kind it must be. */
export type MissingReason = 'absent' | 'corrupt' | 'invalid';

export type MissingObject = {
  readonly id: ObjectId;
  /** What it must be, as far as what refers to it tells; commit for an absent starting point. */
  readonly kind: ObjectKind;
  readonly reason: MissingReason;
  readonly message: string;
};

export type MissingReport = {
  /** Ids of the objects that are missing, at most `MISSING_COUNT_MAX`. Empty means that nothing is. */
  readonly missing: readonly ObjectId[];
  /** The same objects in the same order, with what is known of each. */
  readonly faults: readonly MissingObject[];
  /** Objects looked at. */
  readonly checked: number;
  /** Whether the check stopped early because the list was full. */
  readonly isTruncated: boolean;
};

export type MissingEnds = {
  readonly wants: readonly ObjectId[];
  /** Commits, and other objects, known to be here with everything they lead to: the walk stops at them. */
  readonly complete: readonly ObjectId[];
};

/**
 * Walks what the wants lead to, short of what the complete objects lead to. Reads and verifies manifests, trees, commits
 * and tags; of chunks it checks presence, kind and size, not the bytes.
 * @throws StoreError only for failures of the store as a whole
 */
export async function findMissing(
  reader: ObjectReader,
  ends: MissingEnds,
  options: AbortOptions = {},
): Promise<MissingReport> {
  const faults = new Map<ObjectId, MissingObject>();
  const note = (ref: StructureRef, reason: MissingReason, message: string) => {
    if (faults.size < MISSING_COUNT_MAX) faults.set(ref.id, { ...ref, reason, message });
  };
  let checked = 0;
  const walk = walkWithFaults(
    reader,
    { wants: ends.wants, haves: ends.complete },
    {
      signal: options.signal,
      onFault: (ref, fault) => note(ref, reasonOf(fault), fault.message),
    },
  );
  for await (const batch of walk) {
    checked += batch.length;
    await checkChunks(reader, batch, { note, ...options });
    if (faults.size >= MISSING_COUNT_MAX) break;
  }
  const all = [...faults.values()];
  return {
    missing: all.map(({ id }) => id),
    faults: all,
    checked,
    isTruncated: all.length >= MISSING_COUNT_MAX,
  };
}

async function checkChunks(
  reader: ObjectReader,
  batch: readonly Reachable[],
  options: AbortOptions & {
    readonly note: (ref: StructureRef, reason: MissingReason, message: string) => void;
  },
): Promise<void> {
  const chunks = batch.filter(({ kind }) => kind === 'chunk');
  if (chunks.length === 0) return;
  const infos = await reader.info(
    chunks.map(({ id }) => id),
    options,
  );
  chunks.forEach(({ id, kind, rawSize }, index) => {
    const info = infos[index];
    if (info === undefined) options.note({ id, kind }, 'absent', `chunk ${id} is not here`);
    else if (info.kind !== kind) {
      options.note({ id, kind }, 'invalid', `object ${id} is a ${info.kind}, not a chunk`);
    } else if (rawSize !== undefined && info.rawSize !== rawSize) {
      const sizes = `${info.rawSize} bytes, ${rawSize} are listed`;
      options.note({ id, kind }, 'invalid', `chunk ${id} has ${sizes}`);
    }
  });
}

function reasonOf(fault: StoreError): MissingReason {
  if (fault.code === 'DITS_STORE_NOT_FOUND') return 'absent';
  return fault.code === 'DITS_STORE_INVALID_OBJECT' ? 'invalid' : 'corrupt';
}
