/** Reads manifests, trees, commits and tags in batches, with their kind and size checked before their bytes are held. */
import type { ObjectId, ObjectKind } from '../ids.ts';
import type { AbortOptions, ObjectReader } from '../object-store.ts';
import { StoreError, type StoreErrorCode } from '../store-error.ts';
import { invalidObject } from './canonical.ts';
import { STRUCTURE_SIZE_MAX_BYTES } from './object-limits.ts';

/** An object that something else refers to, and what it must be. */
export type StructureRef = { readonly id: ObjectId; readonly kind: ObjectKind };

/** Bytes, or why there are none. */
export type StructureResult =
  { readonly bytes: Uint8Array; readonly fault?: undefined } | { readonly fault: StoreError };

/** So few objects are read without asking for their sizes first: even if all were of the largest size, they fit. */
const UNCHECKED_COUNT_MAX = 4;

/** What says that an object is absent or damaged, as opposed to a store that cannot be read at all. */
const FAULT_CODES: ReadonlySet<StoreErrorCode> = new Set<StoreErrorCode>([
  'DITS_STORE_NOT_FOUND',
  'DITS_STORE_CORRUPT',
  'DITS_STORE_HASH_MISMATCH',
  'DITS_STORE_BAD_COMPRESSION',
  'DITS_STORE_INVALID_OBJECT',
]);

/** The error itself when it tells of one damaged or absent object. @throws every other error */
export function asFault(error: unknown): StoreError {
  if (error instanceof StoreError && FAULT_CODES.has(error.code)) return error;
  throw error;
}

/**
 * Bytes of each object, in input order. @throws StoreError DITS_STORE_NOT_FOUND, DITS_STORE_CORRUPT (details.id),
 * DITS_STORE_INVALID_OBJECT for another kind or an absurd size
 */
export async function readStructures(
  reader: ObjectReader,
  refs: readonly StructureRef[],
  options: AbortOptions = {},
): Promise<Uint8Array[]> {
  const results = await tryReadStructures(reader, refs, options);
  return results.map((result) => {
    if (result.fault !== undefined) throw result.fault;
    return result.bytes;
  });
}

/** Bytes of one object. @throws as `readStructures` */
export async function readStructure(
  reader: ObjectReader,
  ref: StructureRef,
  options: AbortOptions = {},
): Promise<Uint8Array> {
  const [bytes] = await readStructures(reader, [ref], options);
  return bytes!;
}

/** As `readStructures`, but an absent or damaged object is a result. @throws only what concerns the whole store */
export async function tryReadStructures(
  reader: ObjectReader,
  refs: readonly StructureRef[],
  options: AbortOptions = {},
): Promise<StructureResult[]> {
  const faults = await faultsBefore(reader, refs, options);
  const readable = refs.filter((_, index) => faults[index] === undefined);
  const read = await readAll(reader, readable, options);
  let next = 0;
  return refs.map((_, index) => {
    const fault = faults[index];
    return fault === undefined ? read[next++]! : { fault };
  });
}

/** What is wrong with each object as far as it can be told without reading it. */
async function faultsBefore(
  reader: ObjectReader,
  refs: readonly StructureRef[],
  options: AbortOptions,
): Promise<(StoreError | undefined)[]> {
  if (refs.length <= UNCHECKED_COUNT_MAX) return [];
  const infos = await reader.info(
    refs.map((ref) => ref.id),
    options,
  );
  return refs.map((ref, index) => {
    const info = infos[index];
    return info === undefined ? notFound(ref) : mismatch(ref, info.kind, info.rawSize);
  });
}

async function readAll(
  reader: ObjectReader,
  refs: readonly StructureRef[],
  options: AbortOptions,
): Promise<StructureResult[]> {
  if (refs.length === 0) return [];
  try {
    const objects = await reader.get(
      refs.map((ref) => ref.id),
      options,
    );
    return refs.map((ref, index) => {
      const object = objects[index]!;
      const fault = mismatch(ref, object.kind, object.bytes.length);
      return fault === undefined ? { bytes: object.bytes } : { fault };
    });
  } catch (error) {
    const fault = asFault(error);
    if (refs.length === 1) return [{ fault }];
    // One damaged object fails a whole batch: halve it until each is told apart.
    const half = Math.ceil(refs.length / 2);
    return [
      ...(await readAll(reader, refs.slice(0, half), options)),
      ...(await readAll(reader, refs.slice(half), options)),
    ];
  }
}

function mismatch(ref: StructureRef, kind: ObjectKind, size: number): StoreError | undefined {
  if (kind !== ref.kind) return invalidObject(ref.kind, `object ${ref.id} is a ${kind}`);
  if (size <= STRUCTURE_SIZE_MAX_BYTES) return undefined;
  return invalidObject(kind, `${size} bytes are more than ${STRUCTURE_SIZE_MAX_BYTES}`);
}

function notFound(ref: StructureRef): StoreError {
  return new StoreError('DITS_STORE_NOT_FOUND', `${ref.kind} ${ref.id} is not in the store`, {
    hint: 'run `dits fsck`, or fetch from a peer that has it',
    details: { id: ref.id },
  });
}
