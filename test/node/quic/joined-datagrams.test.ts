import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { joinedLength } from '../../../node/quic/joined-datagrams.ts';
import { CONNECTION_ID_BYTES } from '../../../node/quic/quic-limits.ts';

const SHORT_HEADER = 0x41;
const LONG_HEADER = 0xc1;
const id = randomBytes(CONNECTION_ID_BYTES);

function datagram(length: number, first = SHORT_HEADER): Buffer {
  const head = Buffer.concat([Buffer.of(first), id]);
  return Buffer.concat([head, randomBytes(Math.max(0, length - head.length))]);
}

describe('Joined datagrams', () => {
  it('are as long as the distance between two connection ids', () => {
    const three = Buffer.concat([datagram(1_472), datagram(1_472), datagram(60)]);
    assert.equal(joinedLength(three), 1_472);
    const tiny = Buffer.concat([
      datagram(CONNECTION_ID_BYTES + 1),
      datagram(CONNECTION_ID_BYTES + 1),
    ]);
    assert.equal(joinedLength(tiny), CONNECTION_ID_BYTES + 1);
  });

  it('may be one alone', () => {
    assert.equal(joinedLength(datagram(1_472)), 1_472);
    assert.equal(joinedLength(Buffer.of(SHORT_HEADER)), 1);
    assert.equal(joinedLength(Buffer.alloc(0)), 0);
  });

  it('stay together while a handshake goes on', () => {
    const two = Buffer.concat([datagram(1_200, LONG_HEADER), datagram(1_200, LONG_HEADER)]);
    assert.equal(joinedLength(two), two.length);
  });

  it('are not more than the system joins, whatever somebody sends', () => {
    const many = Buffer.concat(new Array<Buffer>(65).fill(datagram(CONNECTION_ID_BYTES + 1)));
    assert.equal(joinedLength(many), many.length);
  });
});
