import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendLines, readLines } from '../../../store/files/line-blob.ts';
import { NodeBlobFiles } from '../../../store/files/node-blob-files.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

async function linesOf(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(new NodeBlobFiles(folder), 'log')) lines.push(line);
  return lines;
}

describe('a file of lines', () => {
  it('has none before the first, and then all of them in order', () =>
    withTemporaryFolder(async (folder) => {
      const files = new NodeBlobFiles(folder);
      assert.deepEqual(await linesOf(folder), []);
      await appendLines(files, 'log', 'one\ntwo\n');
      await appendLines(files, 'log', 'three\n');
      assert.deepEqual(await linesOf(folder), ['one', 'two', 'three']);
    }));

  it('closes a torn line off before it goes on', () =>
    withTemporaryFolder(async (folder) => {
      const files = new NodeBlobFiles(folder);
      await appendLines(files, 'log', 'one\n');
      await appendFile(join(folder, 'log'), 'to');
      await appendLines(files, 'log', 'three\n');
      assert.deepEqual(await linesOf(folder), ['one', 'to', 'three']);
    }));

  it('ends lines at line feeds alone, and passes over those that are too long', () =>
    withTemporaryFolder(async (folder) => {
      const long = 'x'.repeat(200_000);
      await writeFile(join(folder, 'log'), `a\u2028b\r\n${long}\n\nc\n${long}`);
      assert.deepEqual(await linesOf(folder), ['a\u2028b\r', '', 'c']);
    }));

  it('is read whole where lines cross the pieces in which it is read', () =>
    withTemporaryFolder(async (folder) => {
      const lines = Array.from({ length: 5_000 }, (_, index) => `${index} ${'é'.repeat(20)}`);
      await appendLines(new NodeBlobFiles(folder), 'log', `${lines.join('\n')}\n`);
      assert.deepEqual(await linesOf(folder), lines);
    }));
});
