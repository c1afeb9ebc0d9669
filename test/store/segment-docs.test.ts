import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStore, objectId } from '../../store/index.ts';
import {
  decodeFooter,
  decodeRecordHeader,
  decodeTrailer,
  encodeFooter,
  SEGMENT_HEADER_BYTES,
  TRAILER_BYTES,
} from '../../store/segments/segment-format.ts';
import { fixturePath } from '../support/fixture-path.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

/** The bytes of the dump that docs/store-format.md shows under this title; each line's offset is checked. */
function documentedBytes(title: string): Buffer {
  const text = readFileSync(fixturePath('../docs/store-format.md'), 'utf8');
  const start = text.indexOf(`\`\`\`\ndump: ${title}\n`);
  assert.ok(start >= 0, title);
  const body = text.slice(text.indexOf('\n', start + 4) + 1, text.indexOf('\n```', start + 4));
  let shown = '';
  let first: number | undefined;
  for (const line of body.split('\n')) {
    const [, offset, bytes] = /^([0-9a-f]{4}) {2}((?:[0-9a-f]{2} ?)+)/.exec(line)!;
    first ??= Number.parseInt(offset!, 16);
    assert.equal(Number.parseInt(offset!, 16), first + shown.length / 2, line);
    shown += bytes!.replaceAll(' ', '');
  }
  return Buffer.from(shown, 'hex');
}

describe('the segment that docs/store-format.md shows', () => {
  const unsealed = documentedBytes('a segment with one chunk');
  const seal = documentedBytes('its footer and trailer, once sealed');

  it('is what the store writes', async () => {
    await withTemporaryFolder(async (folder) => {
      const store = await createStore(folder);
      await store.objects.put([{ kind: 'chunk', bytes: Buffer.from('hello') }]);
      await store.objects.flush();
      await store.close();
      const written = await readFile(join(folder, 'segments/00000001.seg'));
      assert.equal(written.toString('hex'), unsealed.toString('hex'));
    });
  });

  it('has the footer and trailer that seal it', () => {
    const header = decodeRecordHeader(unsealed, SEGMENT_HEADER_BYTES);
    assert.ok(header !== undefined);
    const { id, ...sizes } = header;
    assert.equal(id, objectId('chunk', Buffer.from('hello')));
    const located = { id, location: { segment: 1, offset: SEGMENT_HEADER_BYTES, ...sizes } };
    const footer = encodeFooter([located], unsealed.length);
    assert.equal(footer.toString('hex'), seal.toString('hex'));
    const trailer = decodeTrailer(
      seal.subarray(seal.length - TRAILER_BYTES),
      unsealed.length + seal.length,
    );
    assert.ok(trailer !== undefined);
    const entries = decodeFooter(seal.subarray(0, seal.length - TRAILER_BYTES), trailer, 1);
    assert.deepEqual(
      entries?.map((entry) => entry.id),
      [id],
    );
  });
});
