import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TwoNeighbours } from '../bench/near/two-neighbours.ts';

/** How long a small question may wait behind bulk that fills a link of 100 Mbit/s with a queue of 50 ms. */
const WAIT_MAX_MS = 1_000;

describe('two machines on one link', function () {
  this.timeout(60_000);
  let folder: string;
  let neighbours: TwoNeighbours | undefined;

  before(async function () {
    const missing = TwoNeighbours.whyNot();
    if (missing !== undefined) {
      this.test!.title += `: left out, ${missing}`;
      this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), 'dits-near-'));
    neighbours = await TwoNeighbours.create(folder);
  });
  after(async () => {
    await neighbours?.remove();
    if (neighbours !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it('find each other, and a remote follows one of them to another address', async () => {
    const { ann, bob, annId } = neighbours!;
    await neighbours!.measureFinding();
    const { peers } = await bob.run('peers');
    assert.deepEqual(
      (peers as { readonly peerId: string; readonly repositories: unknown }[]).map(
        ({ peerId, repositories }) => ({ peerId, repositories }),
      ),
      [{ peerId: annId, repositories: [] }],
    );
    const film = join(folder, 'film');
    await bob.run('init', film);
    await writeFile(join(film, 'notes.txt'), 'first\n');
    await bob.run('-C', film, 'add', '-A');
    await bob.run('-C', film, 'commit', '-m', 'first');
    await bob.run('-C', film, 'remote', 'add', 'origin', 'ann/film');
    await bob.run('-C', film, 'push', 'origin', 'main:main');
    neighbours!.moveTo(ann, '198.18.0.77');
    const pushed = await bob.run('-C', film, 'push', 'origin', 'main:again');
    assert.equal((pushed['refs'] as { readonly result: string }[])[0]?.result, 'created');
    const known = await readFile(join(bob.home, 'peers.toml'), 'utf8');
    assert.match(known, /addresses = \[ "198\.18\.0\.77:4433", "198\.18\.0\.1:4433" \]/);
    neighbours!.moveTo(ann, '198.18.0.1');
  });

  it('answer small questions while bulk fills the link', async () => {
    const { busyMs } = await neighbours!.measureWaits('never', 6_000_000);
    assert.ok(busyMs.length > 3, String(busyMs.length));
    assert.ok(Math.max(...busyMs) < WAIT_MAX_MS, busyMs.join(' '));
  });
});
