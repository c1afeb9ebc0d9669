import assert from 'node:assert/strict';
import { UsageLedger } from '../../../node/relay/usage-ledger.ts';
import { NOBODY } from '../../../node/relay/usage-file.ts';
import type { RelayQuotas } from '../../../node/relay/relay-quotas.ts';

const OWN = 'own';
const NO_QUOTAS: RelayQuotas = {
  bytesMax: Infinity,
  repositoryBytesMax: Infinity,
  peerBytesMax: Infinity,
  peerRepositoriesMax: Infinity,
  peerRateMax: Infinity,
};

function ledgerWith(quotas: Partial<RelayQuotas>): UsageLedger {
  const ledger = new UsageLedger({ ...NO_QUOTAS, ...quotas }, OWN);
  for (const [name, madeBy] of [
    ['film', 'ada'],
    ['music', 'ben'],
  ] as const) {
    ledger.add(name, { madeBy, bytesByPeer: new Map() });
  }
  return ledger;
}

const QUOTA = { code: 'DITS_PROTOCOL_QUOTA_EXCEEDED' };

describe('the ledger of a relay', () => {
  it('holds the relay, each repository and each peer to their quotas', () => {
    const ledger = ledgerWith({ bytesMax: 100, repositoryBytesMax: 70, peerBytesMax: 60 });
    ledger.take({ peerId: 'ada', repository: 'film' }, 50);
    assert.throws(
      () => {
        ledger.take({ peerId: 'ada', repository: 'music' }, 11);
      },
      { ...QUOTA, message: /60 B for what ada stores/ },
    );
    assert.throws(
      () => {
        ledger.take({ peerId: 'ben', repository: 'film' }, 21);
      },
      { ...QUOTA, message: /70 B for film/ },
    );
    assert.throws(
      () => {
        ledger.take({ peerId: 'ben', repository: 'music' }, 51);
      },
      { ...QUOTA, message: /100 B for this relay/ },
    );
    ledger.take({ peerId: 'ben', repository: 'music' }, 50);
    assert.equal(ledger.bytes, 100);
    ledger.giveBack({ peerId: 'ada', repository: 'film' }, 50);
    assert.deepEqual(ledger.totalsOf('ada'), { bytes: 0, repositories: 1 });
    assert.equal(ledger.usage.get('film')?.bytes, 0);
  });

  it('does not hold the owner of the relay to the quotas of a peer', () => {
    const ledger = ledgerWith({ peerBytesMax: 1, peerRepositoriesMax: 1 });
    assert.equal(ledger.canMake(OWN), true);
    assert.equal(ledger.canMake('ada'), false);
    assert.equal(ledger.canMake('eve'), true);
    ledger.take({ peerId: OWN, repository: 'film' }, 1_000);
    assert.equal(ledger.bytes, 1_000);
  });

  it('takes what gc removed from everyone in proportion, and gives what is unaccounted for to the maker', () => {
    const ledger = ledgerWith({});
    ledger.take({ peerId: 'ada', repository: 'film' }, 300);
    ledger.take({ peerId: 'ben', repository: 'film' }, 100);
    ledger.measured('film', 200);
    assert.equal(ledger.totalsOf('ada').bytes, 150);
    assert.equal(ledger.totalsOf('ben').bytes, 50);
    ledger.measured('film', 260);
    assert.equal(ledger.totalsOf('ada').bytes, 210);
    assert.equal(ledger.bytes, 260);
    ledger.measured('film', 0);
    assert.deepEqual([...ledger.peerIds].sort(), ['ada', 'ben']);
    assert.equal(ledger.bytes, 0);
  });

  it('counts what nobody is known to have stored as nobody’s', () => {
    const ledger = ledgerWith({ peerBytesMax: 10 });
    ledger.add('old', { madeBy: NOBODY, bytesByPeer: new Map() });
    ledger.measured('old', 500);
    assert.equal(ledger.totalsOf(NOBODY).bytes, 500);
    ledger.take({ peerId: 'ada', repository: 'old' }, 10);
    assert.equal(ledger.bytes, 510);
  });
});
