import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { Studio, seededBytes } from '../studio.ts';
import { OddProcess } from './odd-process.ts';

const MIB = 1024 * 1024;
/** At the pace of the slow source longer than a silent one is waited for. */
const TAKE_BYTES = 60 * MIB;

describe('a source that owes chunks for long', function () {
  this.timeout(180_000);
  const take = seededBytes(48, TAKE_BYTES);
  let studio: Studio;

  before(async () => {
    studio = await Studio.create();
    await studio.project('film', { 'take.mov': take });
  });
  after(async () => {
    await studio[Symbol.asyncDispose]();
  });

  for (const mode of ['silent', 'crawling'] as const) {
    it(`is dropped and named (${mode})`, async () => {
      const start = (how: 'slow' | typeof mode): Promise<OddProcess> =>
        OddProcess.start(studio.path(`odd-${how}`), studio.path('film/.dits'), how);
      const [remote, other] = await Promise.all([start('slow'), start(mode)]);
      try {
        const words = ['clone', remote.address, mode, '--source', other.address];
        const { status, result, stderr } = await studio.run('', words);
        assert.equal(status, 0, stderr);
        assert.ok(take.equals(await readFile(studio.path(mode, 'take.mov'))));
        const sources = result['sources'] as { peerId: string; dropped: string | null }[];
        const found = sources.find(({ peerId }) => peerId === other.peerId);
        assert.equal(found?.dropped, 'silent');
        assert.match(stderr, new RegExp(`taken from ${other.peerId} .*owed chunks`));
      } finally {
        await Promise.all([remote.kill(), other.kill()]);
      }
    });
  }
});
