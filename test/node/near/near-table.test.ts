import assert from 'node:assert/strict';
import type { Sighting } from '../../../node/near/announcement.ts';
import {
  NEAR_ENDPOINTS_MAX,
  NEAR_PEERS_MAX,
  NEAR_PEERS_PER_SENDER_MAX,
  NearTable,
} from '../../../node/near/near-table.ts';

function sighting(peerId: string, changes: Partial<Sighting> = {}): Sighting {
  const endpoints = [{ host: '192.0.2.1', port: 4433 }];
  return { peerId, version: 1, endpoints, nameplates: [], ttlSeconds: 120, ...changes };
}

describe('the table of nodes nearby', () => {
  let nowMs: number;
  let table: NearTable;

  beforeEach(() => {
    nowMs = 0;
    table = new NearTable({ nowMs: () => nowMs, isKnown: (peerId) => peerId.startsWith('known') });
  });

  it('forgets a node when its time is over, and keeps one that is heard of again', () => {
    table.note(sighting('a'), 's');
    table.note(sighting('b'), 's');
    nowMs = 119_000;
    table.note(sighting('a'), 's');
    nowMs = 120_000;
    assert.deepEqual(
      table.peers().map(({ peerId }) => peerId),
      ['a'],
    );
    assert.deepEqual(table.known(), [{ peerId: 'a', ttlSeconds: 119 }]);
    nowMs = 239_000;
    assert.equal(table.get('a'), undefined);
  });

  it('lets only the sender of an announcement take it back', () => {
    table.note(sighting('a'), 's');
    table.note(sighting('a', { ttlSeconds: 0 }), 'somebody else');
    assert.equal(table.peers().length, 1);
    table.note(sighting('a', { ttlSeconds: 0 }), 's');
    assert.deepEqual(table.peers(), []);
  });

  it('keeps what several senders say of one node, the latest first, up to a bound', () => {
    for (let index = 0; index < 20; index++) {
      const endpoints = [{ host: `192.0.2.${index}`, port: 1 }];
      table.note(sighting('a', { endpoints, nameplates: [String(index)] }), String(index));
    }
    const peer = table.get('a');
    assert.equal(peer?.endpoints.length, NEAR_ENDPOINTS_MAX);
    assert.equal(peer.endpoints[0]?.host, '192.0.2.19');
    assert.equal(peer.nameplates.length, NEAR_ENDPOINTS_MAX);
  });

  it('takes a bounded number of nodes from one sender, known ones apart', () => {
    for (let index = 0; index < 1_000; index++) table.note(sighting(`x${index}`), 'flood');
    assert.equal(table.peers().length, NEAR_PEERS_PER_SENDER_MAX);
    table.note(sighting('known'), 'flood');
    assert.notEqual(table.get('known'), undefined);
  });

  it('never grows beyond its bound, and never loses a known node to strangers', () => {
    table.note(sighting('known'), 's');
    for (let index = 0; index < 10_000; index++) {
      table.note(sighting(`x${index}`), `sender ${index % 500}`);
    }
    assert.equal(table.peers().length, NEAR_PEERS_MAX);
    assert.notEqual(table.get('known'), undefined);
    assert.equal(table.get('x0'), undefined);
  });
});
