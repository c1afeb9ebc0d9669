import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendLines, readLines } from '../../../store/files/line-blob.ts';
import { NodeBlobFiles } from '../../../store/files/node-blob-files.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

async function linesOf(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const { text } of readLines(new NodeBlobFiles(folder), 'log')) lines.push(text);
  return lines;
}

function append(folder: string, lines: string, explain = ''): Promise<void> {
  return appendLines(new NodeBlobFiles(folder), 'log', { lines, explain: () => explain });
}

describe('a file of lines', () => {
  it('has none before the first, and then all of them in order', () =>
    withTemporaryFolder(async (folder) => {
      assert.deepEqual(await linesOf(folder), []);
      await append(folder, 'one\ntwo\n');
      await append(folder, 'three\n');
      assert.deepEqual(await linesOf(folder), ['one', 'two', 'three']);
    }));

  it('closes a torn line off, with a word about it, before it goes on', () =>
    withTemporaryFolder(async (folder) => {
      await append(folder, 'one\n');
      await appendFile(join(folder, 'log'), 'to');
      await append(folder, 'three\n', 'torn\n');
      assert.deepEqual(await linesOf(folder), ['one', 'to', 'torn', 'three']);
    }));

  it('ends lines at line feeds alone, and keeps no more than a part of those that are too long', () =>
    withTemporaryFolder(async (folder) => {
      const long = 'x'.repeat(200_000);
      await writeFile(join(folder, 'log'), `a\u2028b\r\n${long}\n\nc\n${long}`);
      const lines = await linesOf(folder);
      assert.deepEqual([lines[0], lines[2], lines[3]], ['a\u2028b\r', '', 'c']);
      assert.ok(lines[1]!.length < long.length && lines[4]!.length < long.length);
    }));

  it('is read whole where lines cross the pieces in which it is read', () =>
    withTemporaryFolder(async (folder) => {
      const lines = Array.from({ length: 5_000 }, (_, index) => `${index} ${'é'.repeat(20)}`);
      await append(folder, `${lines.join('\n')}\n`);
      assert.deepEqual(await linesOf(folder), lines);
    }));

  it('shows whole lines of its end alone to who explains it', () =>
    withTemporaryFolder(async (folder) => {
      const lines = Array.from({ length: 500 }, (_, index) => `line ${index} ${'x'.repeat(40)}`);
      await append(folder, `${lines.join('\n')}\n`);
      const seen: string[] = [];
      const explain = (tail: readonly { readonly text: string }[]) => {
        seen.push(...tail.map(({ text }) => text));
        return '';
      };
      await appendLines(new NodeBlobFiles(folder), 'log', { lines: 'last\n', explain });
      assert.ok(seen.length > 100 && seen.length < 200);
      assert.deepEqual(seen, lines.slice(-seen.length));
    }));
});
