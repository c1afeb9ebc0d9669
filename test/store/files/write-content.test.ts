import assert from 'node:assert/strict';
import type { FileHandle } from 'node:fs/promises';
import { BatchMemory } from '../../../store/files/batch-memory.ts';
import { writePieces } from '../../../store/files/write-content.ts';

/** A file of which each write takes no more than so many bytes. */
function fileTaking(bytesMax: number): { handle: FileHandle; content: () => string } {
  const content = Buffer.alloc(64);
  let end = 0;
  const writev = (pieces: readonly Uint8Array[], position: number) => {
    const bytes = Buffer.concat(pieces).subarray(0, bytesMax);
    bytes.copy(content, position);
    end = Math.max(end, position + bytes.length);
    return Promise.resolve({ bytesWritten: bytes.length, buffers: pieces });
  };
  const handle = { writev } as Partial<FileHandle> as FileHandle;
  return { handle, content: () => content.toString('utf8', 0, end) };
}

describe('writing pieces of a file', () => {
  const pieces = ['one ', '', 'two ', 'three'].map((text) => Buffer.from(text));

  it('goes on where the system stopped, within a piece or between two', async () => {
    for (const bytesMax of [1, 3, 4, 7, 100]) {
      const { handle, content } = fileTaking(bytesMax);
      assert.equal(await writePieces(handle, pieces, 2), 13);
      assert.equal(content(), '\0\0one two three');
    }
  });

  it('does not go on for ever where nothing is taken', async () => {
    await assert.rejects(writePieces(fileTaking(0).handle, pieces, 0), { code: 'DITS_STORE_IO' });
  });
});

describe('memory for batches', () => {
  it('hands out what fits, and makes the rest anew', () => {
    const piece = new BatchMemory(1_000, 1).take();
    const first = piece.allocate(600);
    assert.equal(piece.allocate(600).length, 600);
    piece.clear();
    assert.equal(piece.allocate(600).buffer, first.buffer);
  });

  it('keeps no more pieces than it was made for', () => {
    const memory = new BatchMemory(1_000, 2);
    const pieces = [memory.take(), memory.take(), memory.take()];
    for (const piece of pieces) memory.give(piece);
    const again = [memory.take(), memory.take(), memory.take()];
    assert.equal(again.filter((piece) => pieces.includes(piece)).length, 2);
  });
});
