import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { queryNode } from '../../node/index.ts';
import type { RunningNode } from '../cli/running-node.ts';
import { Studio, seededBytes } from './studio.ts';

const MIB = 1024 * 1024;
const TAKE_BYTES = 24 * MIB;
/** Share of the bytes that framing, and asking again, may add. */
const OVERHEAD_MAX = 1.05;

describe('a transfer whose node is killed and started again', function () {
  this.timeout(60_000);
  const take = seededBytes(31, TAKE_BYTES);
  let studio: Studio;
  let node: RunningNode;

  before(async () => {
    studio = await Studio.create();
    await studio.grant('home', 'write');
    await studio.project('film', { 'take.mov': take });
    node = await studio.relay();
  });
  after(async () => {
    await node.end();
    await studio[Symbol.asyncDispose]();
  });

  /** Ends the node once a connection has moved this much, and starts it again in the same place. */
  async function restartAfter(bytes: number, isOver: () => boolean): Promise<void> {
    let moved = 0;
    while (moved < bytes) {
      assert.ok(!isOver(), 'the transfer was over before it could be cut off');
      const { connections } = await queryNode(studio.sandbox.homePath('relay'));
      for (const { bytesSent, bytesReceived } of connections) {
        moved = Math.max(moved, bytesSent + bytesReceived);
      }
      await nextTurn();
    }
    const { host } = new URL(node.address.replace('dits:', 'http:'));
    await node.end('SIGKILL');
    node = await studio.relay(['--listen', host]);
  }

  for (const verb of ['push', 'clone'] as const) {
    it(`goes on by itself, and counts everything (${verb})`, async () => {
      const words =
        verb === 'push' ? ['push', node.at('film'), 'main'] : ['clone', node.at('film')];
      const folder = verb === 'push' ? 'film' : '';
      let isOver = false;
      const running = studio
        .run(folder, ['-v', ...words, ...(verb === 'clone' ? ['copy'] : [])])
        .finally(() => (isOver = true));
      await restartAfter(TAKE_BYTES / 3, () => isOver);
      const { status, result, stderr } = await running;
      assert.equal(status, 0, stderr);
      assert.equal(result['reconnects'], 1);
      assert.match(stderr, /^lost 127\.0\.0\.1 /m);
      assert.match(stderr, /^reached 127\.0\.0\.1 again over quic /m);
      const { wire } = result['bytes'] as { wire: number };
      assert.ok(wire >= TAKE_BYTES, `only ${wire} bytes are accounted for`);
      // What the node had not made durable comes again, which may be nearly all of a file that is smaller than a window.
      const most = 2 * TAKE_BYTES * OVERHEAD_MAX;
      assert.ok(wire <= most, `${wire} bytes crossed, ${most} are allowed`);
    });
  }

  it('leaves everything whole', async () => {
    assert.ok(take.equals(await readFile(studio.path('copy/take.mov'))));
    for (const folder of ['copy', 'data/film']) {
      const { corrupt, missing } = await studio.json(folder, ['fsck']);
      assert.deepEqual([folder, corrupt, missing], [folder, [], []]);
    }
  });
});
