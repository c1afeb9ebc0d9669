/**
 * A file as the system and the disk have it. What is written is seen by everyone at once; it is on the disk only after a
 * sync, and what a power failure leaves of the rest is drawn.
 */
import { SECTOR_BYTES, survivorsOf, type FailureStyle } from './power-failure.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { GrowingBytes } from './growing-bytes.ts';

type Change =
  | { readonly kind: 'write'; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'resize'; readonly length: number };

export class SimulatedFile {
  readonly #durable = new GrowingBytes();
  #current = new GrowingBytes();
  /** Not known to be on the disk, oldest first. */
  #unsynced: Change[] = [];
  /** Changes made so far; those before `#unsynced` have numbers below it. */
  #changeCount = 0;
  modifiedMs: number;
  /** Whoever has the writer lock. */
  writer: object | undefined;

  constructor(nowMs: number) {
    this.modifiedMs = nowMs;
  }

  get sizeBytes(): number {
    return this.#current.length;
  }

  /** What a power failure leaves for certain. */
  get durable(): Buffer {
    return this.#durable.view;
  }

  get current(): Buffer {
    return this.#current.view;
  }

  read(target: Uint8Array, offset: number): number {
    const bytes = this.#current.view.subarray(offset, offset + target.length);
    target.set(bytes);
    return bytes.length;
  }

  write(bytes: Uint8Array, offset: number, nowMs: number): void {
    if (bytes.length === 0) return;
    this.#change({ kind: 'write', offset, bytes: Buffer.from(bytes) }, nowMs);
  }

  resize(length: number, nowMs: number): void {
    this.#change({ kind: 'resize', length }, nowMs);
  }

  /** The moment a sync begins: it covers what was changed before. */
  mark(): number {
    return this.#changeCount;
  }

  /** The sync that began at `mark` is done. */
  synced(mark: number): void {
    for (const change of this.#takeUntil(mark)) apply(this.#durable, change);
  }

  /**
   * The sync that began at `mark` failed. The system takes the pages for clean from now on, so that no later sync writes
   * them: "Can Applications Recover from fsync Failures?", USENIX ATC 2020.
   */
  syncFailed(mark: number, random: SeededRandom): void {
    for (const change of this.#takeUntil(mark)) {
      if (random.below(2) === 0) apply(this.#durable, change);
    }
  }

  /** The power is gone and has come back. */
  powerFailure(style: FailureStyle, random: SeededRandom): void {
    for (const change of survivorsOf(this.#unsynced, style, random)) {
      if (style === 'damaged' && change.kind === 'write')
        writeDamaged(this.#durable, change, random);
      else apply(this.#durable, change);
    }
    this.#unsynced = [];
    this.#current = new GrowingBytes(this.#durable.view);
    this.writer = undefined;
  }

  #change(change: Change, nowMs: number): void {
    apply(this.#current, change);
    this.#unsynced.push(change);
    this.#changeCount++;
    this.modifiedMs = nowMs;
  }

  #takeUntil(mark: number): Change[] {
    const firstUnsynced = this.#changeCount - this.#unsynced.length;
    return this.#unsynced.splice(0, Math.max(0, mark - firstUnsynced));
  }
}

function apply(content: GrowingBytes, change: Change): void {
  if (change.kind === 'resize') content.resize(change.length);
  else content.write(change.bytes, change.offset);
}

/** Some of the sectors that a write touches arrive, others do not; the size may have changed for all of it. One bit may be wrong. */
function writeDamaged(
  content: GrowingBytes,
  { offset, bytes }: { readonly offset: number; readonly bytes: Buffer },
  random: SeededRandom,
): void {
  const end = offset + bytes.length;
  if (random.below(2) === 0) content.resize(Math.max(content.length, end));
  let at = offset;
  while (at < end) {
    const next = Math.min(end, at - (at % SECTOR_BYTES) + SECTOR_BYTES);
    if (random.below(4) > 0) content.write(bytes.subarray(at - offset, next - offset), at);
    at = next;
  }
  if (random.below(4) > 0) return;
  const flipped = offset + random.below(bytes.length);
  if (flipped >= content.length) return;
  content.write(Buffer.of(content.view[flipped]! ^ (1 << random.below(8))), flipped);
}
