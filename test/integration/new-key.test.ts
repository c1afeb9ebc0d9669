import assert from 'node:assert/strict';

import { TrustFile } from '../../node/index.ts';
import type { RunningNode } from '../cli/running-node.ts';
import { Studio } from './studio.ts';

describe('a machine with a new key', function () {
  this.timeout(60_000);
  let studio: Studio;
  let relay: RunningNode;

  beforeEach(async () => {
    studio = await Studio.create();
    await studio.grant('ada', 'write');
    await studio.project('ada', { 'notes.txt': '1\n' });
    relay = await studio.relay();
    const push = ['push', '--trust-new', relay.at('film', { peerId: null }), 'main'];
    await studio.json('ada', push, { home: 'ada' });
  });
  afterEach(async () => {
    await relay.end();
    await studio[Symbol.asyncDispose]();
  });

  it('goes on as before: who was known tells those who knew, and keeps its grants', async () => {
    const old = (await studio.identity('ada')).peerId;
    const rotated = await studio.json('', ['id', '--rotate'], { home: 'ada' });
    const { peerId } = await studio.identity('ada');
    assert.deepEqual(
      [rotated['peerId'], rotated['formerly'], rotated['untold']],
      [peerId, [old], []],
    );
    assert.notEqual(peerId, old);
    const known = (await studio.trust.read()).find('ada');
    assert.deepEqual([known?.peerId, known?.formerly], [peerId, [old]]);
    await studio.sandbox.write('ada/notes.txt', '2\n');
    await studio.record('ada', 'second');
    const pushed = await studio.json('ada', ['push', relay.at('film'), 'main'], { home: 'ada' });
    assert.equal(pushed['refs'][0].result, 'updated');
    const { peers } = await studio.json('', ['peer', 'list'], { home: 'relay' });
    assert.deepEqual(peers[0].formerly, [old]);
  });

  it('tells whoever was out of reach at the next contact', async () => {
    const old = (await studio.identity('ada')).peerId;
    await relay.end();
    const rotated = await studio.json('', ['id', '--rotate'], { home: 'ada' });
    assert.deepEqual(rotated['untold'], [relay.peerId]);
    relay = await studio.relay();
    await studio.json('ada', ['fetch', relay.at('film')], { home: 'ada' });
    const known = (await studio.trust.read()).find('ada');
    assert.deepEqual(known?.formerly, [old]);
    assert.deepEqual((await studio.json('', ['id'], { home: 'ada' }))['untold'], []);
  });

  it('is followed under its old address, when it is a relay', async () => {
    const old = relay.peerId;
    const busy = await studio.run('', ['id', '--rotate'], { home: 'relay' });
    assert.equal(busy.status, 5, JSON.stringify(busy.result));
    await relay.end();
    await studio.json('', ['id', '--rotate'], { home: 'relay' });
    relay = await studio.relay();
    assert.notEqual(relay.peerId, old);
    const address = relay.at('film', { peerId: old });
    await studio.json('ada', ['fetch', address], { home: 'ada' });
    const trust = new TrustFile(studio.sandbox.homePath('ada'), { now: () => new Date() });
    assert.deepEqual((await trust.read()).get(relay.peerId)?.formerly, [old]);
  });
});
