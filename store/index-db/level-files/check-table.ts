/**
 * Looks for damage in a table of LevelDB (leveldb/doc/table_format.md). LevelDB checks the sums of blocks when it merges
 * tables and not when it looks something up; a damaged filter even hides entries that are there.
 */
import { maskedSum } from './masked-sum.ts';

const FOOTER_BYTES = 48;
const MAGIC: Buffer = Buffer.from('57fb808b247547db', 'hex');
/** After each block: type and sum. */
const TRAILER_BYTES = 5;
const RESTART_BYTES = 4;
const VARINT_MAX_BYTES = 8;
const VARINT_BITS = 7;
const VARINT_MORE = 0x80;

/** A block within the file. */
type Handle = { readonly offset: number; readonly size: number };

/** What is wrong with a table, as the rest of a sentence, or undefined. Every byte of it is looked at. */
export function findTableDamage(bytes: Buffer): string | undefined {
  try {
    checkTable(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof TableDamage || error instanceof RangeError) return error.message;
    throw error;
  }
}

class TableDamage extends Error {}

function checkTable(bytes: Buffer): void {
  const footerAt = bytes.length - FOOTER_BYTES;
  if (footerAt < 0) throw new TableDamage('it is cut short');
  const footer = new Cursor(bytes.subarray(footerAt, -MAGIC.length));
  if (!bytes.subarray(-MAGIC.length).equals(MAGIC)) throw new TableDamage('its last bytes');
  const metaHandle = footer.handle();
  const indexHandle = footer.handle();
  if (!footer.rest().every((byte) => byte === 0)) throw new TableDamage('its footer');
  const data = handlesOf(readBlock(bytes, indexHandle));
  const filters = handlesOf(readBlock(bytes, metaHandle));
  // Blocks follow each other without a gap, so that no byte is left unchecked.
  let at = 0;
  for (const handle of [...data, ...filters, metaHandle, indexHandle]) {
    if (handle.offset !== at) throw new TableDamage(`no block at byte ${at}`);
    readBlock(bytes, handle);
    at += handle.size + TRAILER_BYTES;
  }
  if (at !== footerAt) throw new TableDamage(`stray bytes at ${at}`);
}

function readBlock(bytes: Buffer, { offset, size }: Handle): Buffer {
  const end = offset + size;
  if (end + TRAILER_BYTES > bytes.length) throw new TableDamage('a block beyond its end');
  // The sum covers the type as well.
  if (maskedSum(bytes.subarray(offset, end + 1)) !== bytes.readUInt32LE(end + 1)) {
    throw new TableDamage(`a damaged block at byte ${offset}`);
  }
  return bytes.subarray(offset, end);
}

/** The handles that the entries of a block have for values. */
function handlesOf(block: Buffer): Handle[] {
  const restarts = block.readUInt32LE(block.length - RESTART_BYTES);
  const end = block.length - RESTART_BYTES * (restarts + 1);
  if (end < 0) throw new TableDamage('a block without entries');
  const entries = new Cursor(block.subarray(0, end));
  const handles: Handle[] = [];
  while (!entries.isDone) {
    entries.varint();
    const keyBytes = entries.varint();
    const valueBytes = entries.varint();
    entries.skip(keyBytes);
    handles.push(new Cursor(entries.skip(valueBytes)).handle());
  }
  return handles;
}

class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isDone(): boolean {
    return this.#at >= this.#bytes.length;
  }

  rest(): Buffer {
    return this.#bytes.subarray(this.#at);
  }

  skip(count: number): Buffer {
    if (this.#at + count > this.#bytes.length) throw new TableDamage('an entry beyond its block');
    const skipped = this.#bytes.subarray(this.#at, this.#at + count);
    this.#at += count;
    return skipped;
  }

  /** Little-endian groups of seven bits; exact below 2^53. */
  varint(): number {
    let value = 0;
    for (let index = 0; index < VARINT_MAX_BYTES; index++) {
      const byte = this.skip(1)[0]!;
      value += (byte % VARINT_MORE) * 2 ** (VARINT_BITS * index);
      if (byte >= VARINT_MORE) continue;
      // LevelDB uses as few bytes as it can.
      if (byte === 0 && index > 0) throw new TableDamage('a number with a zero too many');
      return value;
    }
    throw new TableDamage('a number that is too long');
  }

  handle(): Handle {
    return { offset: this.varint(), size: this.varint() };
  }
}
