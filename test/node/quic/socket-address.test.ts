import assert from 'node:assert/strict';
import { addressBytes, encodeSocketAddress } from '../../../node/quic/socket-address.ts';

function hex(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('hex');
}

describe('Socket addresses', () => {
  it('are read from every way of writing them', () => {
    assert.equal(hex(addressBytes('192.0.2.7')), 'c0000207');
    assert.equal(hex(addressBytes('::')), '00'.repeat(16));
    assert.equal(hex(addressBytes('2001:db8::1')), `20010db8${'00'.repeat(11)}01`);
    assert.equal(hex(addressBytes('1:2:3:4:5:6:7:8')), '00010002000300040005000600070008');
    assert.equal(hex(addressBytes('::ffff:192.0.2.7')), `${'00'.repeat(10)}ffffc0000207`);
  });

  it('are undefined for names and for addresses with a zone', () => {
    assert.equal(addressBytes('fe80::1%eth0'), undefined);
    assert.equal(addressBytes('example.org'), undefined);
    assert.equal(encodeSocketAddress({ host: 'fe80::1%eth0', port: 1 }), undefined);
  });

  it('become the structures of the system', () => {
    const v4 = encodeSocketAddress({ host: '192.0.2.7', port: 4433 });
    assert.equal(hex(v4), `02001151c0000207${'00'.repeat(8)}`);
    const v6 = encodeSocketAddress({ host: '2001:db8::1', port: 4433 });
    assert.equal(hex(v6), `0a0011510000000020010db8${'00'.repeat(11)}0100000000`);
  });
});
