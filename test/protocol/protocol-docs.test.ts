import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { MESSAGE_TYPE, PROTOCOL_ERROR_CODES } from '../../protocol/index.ts';
import { fixturePath } from '../support/fixture-path.ts';

function readDocument(name: string): string {
  return readFileSync(fixturePath(`../docs/${name}`), 'utf8');
}

/** Cells of the rows of every table in a text. */
function tableRows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const SIZES: Readonly<Record<string, number>> = { KiB: 1024, MiB: 1024 * 1024 };

describe('docs/protocol.md', () => {
  const text = readDocument('protocol.md');

  it('shows the bytes of the vectors', () => {
    const vectors = JSON.parse(readFileSync(fixturePath('vectors/messages.json'), 'utf8')) as {
      cases: { comment: string; frame: string }[];
    };
    const blocks = [...text.matchAll(/```\nframe: (.+)\n([\s\S]+?)```/g)];
    assert.ok(blocks.length >= 4);
    for (const [, comment, body] of blocks) {
      const vector = vectors.cases.find((one) => one.comment === comment);
      assert.ok(vector !== undefined, comment);
      let shown = '';
      for (const line of body!.trimEnd().split('\n')) {
        const [, offset, bytes] = /^([0-9a-f]{4}) {2}((?:[0-9a-f]{2} ?)+)/.exec(line)!;
        assert.equal(Number.parseInt(offset!, 16), shown.length / 2, line);
        shown += bytes!.replaceAll(' ', '');
      }
      assert.equal(shown, vector.frame, comment);
    }
  });

  it('lists every message with its number and limit', () => {
    const rows = tableRows(text);
    for (const [name, { code, payloadMaxBytes }] of Object.entries(MESSAGE_TYPE)) {
      const row = rows.find(([first]) => first === name);
      assert.ok(row !== undefined, name);
      assert.equal(Number.parseInt(row[1]!, 16), code, name);
      const [count, unit] = row[3]!.split(' ');
      assert.equal(Number(count) * SIZES[unit!]!, payloadMaxBytes, name);
    }
  });
});

describe('docs/errors.md', () => {
  it('lists every protocol code with its numbers', () => {
    const rows = tableRows(readDocument('errors.md'));
    for (const [code, { errorNumber, applicationCode }] of Object.entries(PROTOCOL_ERROR_CODES)) {
      const row = rows.find(([first]) => first === `\`${code}\``);
      assert.ok(row !== undefined, code);
      assert.deepEqual([Number(row[2]), Number(row[3])], [errorNumber, applicationCode], code);
    }
  });

  it('gives each application error code to one failure', () => {
    const codes = Object.values(PROTOCOL_ERROR_CODES).map((one) => one.applicationCode);
    assert.equal(new Set(codes).size, codes.length);
  });
});
