import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import type { Json, RunResult } from '../../cli/sandbox.ts';
import { Studio, seededBytes } from '../studio.ts';
import { Holder } from './holder.ts';
import { OddProcess } from './odd-process.ts';
import type { OddMode } from './odd-source.ts';

const MIB = 1024 * 1024;
const TAKE_BYTES = 4 * MIB;

type Source = {
  readonly peerId: string | null;
  readonly name: string | null;
  readonly bytes: number;
  readonly chunks: number;
  readonly dropped: string | null;
};

function sourcesOf(result: Json): readonly Source[] {
  return result['sources'] as Source[];
}

describe('fetching from many sources', function () {
  this.timeout(60_000);
  const take = seededBytes(47, TAKE_BYTES);
  let studio: Studio;
  /** Has everything, and is slow enough for others to be asked, too. */
  let remote: OddProcess;
  const odd: OddProcess[] = [];

  before(async () => {
    studio = await Studio.create();
    await studio.project('film', { 'take.mov': take });
    remote = await start('slow');
    odd.length = 0;
  });
  after(async () => {
    await remote.kill();
    await studio[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await Promise.all(odd.splice(0).map((process) => process.kill()));
  });

  async function start(mode: OddMode): Promise<OddProcess> {
    const home = studio.path(`odd-${mode}`);
    const process = await OddProcess.start(home, studio.path('film/.dits'), mode);
    odd.push(process);
    return process;
  }

  async function assertWhole({ status, stderr }: RunResult, folder: string): Promise<void> {
    assert.equal(status, 0, stderr);
    assert.ok(take.equals(await readFile(studio.path(folder, 'take.mov'))), folder);
  }

  /** Clones from the slow remote and an odd source. */
  async function cloneWith(mode: OddMode, folder: string): Promise<RunResult & { other: Source }> {
    const source = await start(mode);
    const words = ['clone', remote.address, folder, '--source', source.address];
    const run = await studio.run('', words);
    await assertWhole(run, folder);
    const found = sourcesOf(run.result).find(({ peerId }) => peerId === source.peerId);
    const none = { peerId: null, name: null, bytes: 0, chunks: 0, dropped: null };
    return { ...run, other: found ?? none };
  }

  it('takes from a second source that is named, and says what came from where', async () => {
    const { result, other } = await cloneWith('honest', 'two');
    const sources = sourcesOf(result);
    assert.equal(sources.length, 2);
    assert.ok(other.bytes > 0 && other.dropped === null);
    const total = sources.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.equal(total, result['bytes'].received);
    assert.ok(total >= TAKE_BYTES);
    assert.ok(result['bytes'].wire > total);
  });

  it('drops and names a source that sends other bytes', async () => {
    const { other, stderr } = await cloneWith('lying', 'lied');
    assert.equal(other.dropped, 'wrong-bytes');
    assert.match(stderr, new RegExp(`taken from ${other.peerId} .*other bytes than were asked`));
    const { corrupt, missing } = await studio.json('lied', ['fsck']);
    assert.deepEqual([corrupt, missing], [[], []]);
  });

  it('drops and names a source that announces without end', async () => {
    const { other, stderr } = await cloneWith('boasting', 'boasted');
    assert.equal(other.dropped, 'broke-rules');
    assert.match(stderr, new RegExp(`taken from ${other.peerId} .*protocol`));
  });

  for (const mode of ['silent', 'crawling'] as const) {
    it(`does not wait for a source that is ${mode}`, async () => {
      const startedMs = performance.now();
      await cloneWith(mode, mode);
      assert.ok(performance.now() - startedMs < 10_000);
    });
  }

  it('goes on without a source that nobody knows, and says so', async () => {
    const source = await start('honest');
    const address = source.address.replace(`${source.peerId}@`, '');
    const run = await studio.run('', ['clone', remote.address, 'without', '--source', address]);
    await assertWhole(run, 'without');
    assert.match(run.stderr, /nothing comes from dits:.* is 12D3KooW.*not known here/);
    assert.equal(sourcesOf(run.result).length, 1);
  });

  it('names a remote that lies when it is the only one', async () => {
    const source = await start('lying');
    const { status, result } = await studio.run('', ['clone', source.address, 'nothing']);
    assert.notEqual(status, 0);
    assert.equal(result['error'].code, 'DITS_PROTOCOL_BAD_DATA');
  });

  it('finishes when the seed is killed after it gave everything once', async () => {
    const people = ['ann', 'ben'];
    for (const home of people) {
      await studio.sandbox.json(['config', 'set', '--user', 'node.swarm', 'always'], { home });
      await studio.patience(0, home);
    }
    const seed = await start('once');
    // Everything the seed gives goes to this one, who lets it go slowly: the others depend on it and on each other.
    await using holder = await Holder.fetch(
      seed.address,
      await studio.identity('holder'),
      studio.path('holder'),
    );
    const running = people.map((home) => {
      const words = ['--json', 'clone', seed.address, `of-${home}`];
      return studio.sandbox.run(words, { home });
    });
    await holder.metBy(people.length);
    await seed.kill();
    for (const [index, run] of (await Promise.all(running)).entries()) {
      const home = people[index]!;
      await assertWhole(run, `of-${home}`);
      const sources = sourcesOf(run.result);
      const ofSeed = sources.find(({ peerId }) => peerId === seed.peerId);
      assert.equal(ofSeed?.chunks, 0);
      assert.ok(sources.some(({ peerId, bytes }) => peerId === holder.peerId && bytes > 0));
      assert.ok(sources.length >= 2, `${home}: ${JSON.stringify(sources)}`);
    }
  });
});
