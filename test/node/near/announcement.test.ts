import assert from 'node:assert/strict';
import { generateIdentity } from '../../../node/index.ts';
import {
  RECORD_TTL_SECONDS,
  SERVICE_NAME,
  announcementPacket,
  asksFor,
  isNameplate,
  queryPacket,
  readSightings,
  type DnsPacket,
  type ReceivedPacket,
} from '../../../node/near/announcement.ts';

const { peerId } = generateIdentity();

function announce(
  changes: { nameplates?: readonly string[]; addresses?: readonly string[]; ttl?: number } = {},
): Extract<DnsPacket, { type: 'response' }> {
  const { nameplates = [], addresses = ['192.0.2.7'], ttl = RECORD_TTL_SECONDS } = changes;
  const packet = announcementPacket(
    { peerId, port: 4433, nameplates },
    { addresses, ttlSeconds: ttl },
  );
  assert.ok(packet.type === 'response');
  return packet;
}

describe('an announcement on the local network', () => {
  it('is read back as it was written', () => {
    const packet = announce({ nameplates: ['A1'], addresses: ['192.0.2.7', '2001:db8::7'] });
    assert.deepEqual(readSightings(packet, '192.0.2.9'), [
      {
        peerId,
        version: 1,
        endpoints: [
          { host: '192.0.2.9', port: 4433 },
          { host: '192.0.2.7', port: 4433 },
          { host: '2001:db8::7', port: 4433 },
        ],
        nameplates: ['A1'],
        ttlSeconds: RECORD_TTL_SECONDS,
      },
    ]);
  });

  it('tells the peer id, the port, the version and offered codes, and nothing else', () => {
    const { answers, additionals } = announce({ nameplates: ['A1'] });
    const told = [...answers, ...additionals].map(({ name, type, data }) => ({ name, type, data }));
    const instance = `${peerId}.${SERVICE_NAME}`;
    const target = `${peerId}.local`;
    assert.deepEqual(told, [
      { name: SERVICE_NAME, type: 'PTR', data: instance },
      { name: instance, type: 'SRV', data: { target, port: 4433 } },
      { name: instance, type: 'TXT', data: [`id=${peerId}`, 'v=1', 'code=A1'] },
      { name: target, type: 'A', data: '192.0.2.7' },
    ]);
  });

  it('is answered to those who ask and do not know it well enough', () => {
    const half = RECORD_TTL_SECONDS / 2;
    const asks = (ttlSeconds: number): boolean =>
      asksFor(queryPacket([{ peerId, ttlSeconds }]), peerId);
    assert.equal(asksFor(queryPacket([]), peerId), true);
    assert.equal(asks(half - 1), true);
    assert.equal(asks(half), false);
    const other = { type: 'query', questions: [{ name: '_http._tcp.local', type: 'PTR' }] };
    assert.equal(asksFor(other, peerId), false);
    assert.equal(asksFor(announce(), peerId), false);
  });

  it('is believed only for addresses that can mean the sender', () => {
    const addresses = ['127.0.0.1', '0.0.0.0', '224.0.0.251', 'fe80::1', '255.255.255.255', 'x'];
    const [sighting] = readSightings(announce({ addresses }), '192.0.2.9');
    assert.deepEqual(sighting?.endpoints, [{ host: '192.0.2.9', port: 4433 }]);
    const many = Array.from({ length: 40 }, (_, index) => `198.51.100.${index + 1}`);
    const [crowded] = readSightings(announce({ addresses: many }), '192.0.2.9');
    assert.equal(crowded?.endpoints.length, 4);
  });

  const service = `${peerId}.${SERVICE_NAME}`;
  const srv = { name: service, type: 'SRV', ttl: 120, data: { target: 'x.local', port: 4433 } };
  const txt = { name: service, type: 'TXT', ttl: 120, data: [`id=${peerId}`, 'v=1'] };
  const wrong: Readonly<Record<string, ReceivedPacket>> = {
    'an empty packet': {},
    'a service of another type': {
      type: 'response',
      answers: [{ ...srv, name: 'x._http._tcp.local' }, txt],
    },
    'no text': { type: 'response', answers: [srv] },
    'no peer id': { type: 'response', answers: [srv, { ...txt, data: ['id=12D3KooWx', 'v=1'] }] },
    'no version': { type: 'response', answers: [srv, { ...txt, data: [`id=${peerId}`] }] },
    'an absurd version': {
      type: 'response',
      answers: [srv, { ...txt, data: [`id=${peerId}`, `v=${'9'.repeat(400)}`] }],
    },
    'port 0': { type: 'response', answers: [{ ...srv, data: { target: 'x', port: 0 } }, txt] },
    'data of another shape': { type: 'response', answers: [{ ...srv, data: 7 }, txt] },
  };
  for (const [title, packet] of Object.entries(wrong)) {
    it(`is not read from ${title}`, () => {
      assert.deepEqual(readSightings(packet, '192.0.2.9'), []);
    });
  }

  it('is looked at up to a bound', () => {
    const filler = Array.from({ length: 64 }, () => ({ ...txt, name: 'y.local' }));
    const packet = { type: 'response', answers: [...filler, srv, txt] };
    assert.deepEqual(readSightings(packet, '192.0.2.9'), []);
  });

  it('cannot stand for longer than its time, nor offer codes of another form', () => {
    const packet = announce({ ttl: 4_000_000, nameplates: ['ok', 'no\u001B[31m', 'x'.repeat(17)] });
    const [sighting] = readSightings(packet, '192.0.2.9');
    assert.equal(sighting?.ttlSeconds, RECORD_TTL_SECONDS);
    assert.deepEqual(sighting.nameplates, ['ok']);
    assert.equal(isNameplate(''), false);
  });
});
