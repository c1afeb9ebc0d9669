import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createPairingCode, formatPairingCode, parsePairingCode } from '../../../protocol/index.ts';
import { CODE_ALPHABET } from '../../../protocol/pairing/pairing-code.ts';

describe('a pairing code', () => {
  it('has six symbols that nobody takes for others, each as likely as the next', () => {
    const counts = new Map<string, number>();
    const rounds = 5_000;
    for (let round = 0; round < rounds; round++) {
      for (const symbol of formatPairingCode(createPairingCode(randomBytes))) {
        counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
      }
    }
    assert.deepEqual([...counts.keys()].sort().join(''), Array.from(CODE_ALPHABET).sort().join(''));
    const expected = (rounds * 6) / CODE_ALPHABET.length;
    // Six standard deviations: a fair draw fails this once in ten million runs.
    const tolerance = 6 * Math.sqrt(expected);
    for (const [symbol, count] of counts) {
      assert.ok(Math.abs(count - expected) < tolerance, `${symbol}: ${count} of ${expected}`);
    }
  });

  it('draws again for bytes that would favour some symbols', () => {
    const bytes = [255, 252, 0, 1, 2, 27, 28, 251];
    const code = createPairingCode(() => Uint8Array.of(bytes.shift()!));
    assert.deepEqual(code, { nameplate: '23', secret: '4Y2Y' });
  });

  it('is read whatever the case and the separators', () => {
    const code = { nameplate: 'K7', secret: 'QM2X' };
    for (const text of ['K7QM2X', 'k7qm2x', 'k7-qm2x', ' K7 QM 2X\n', 'k7q.m2x', 'k_7_q_m_2_x']) {
      assert.deepEqual(parsePairingCode(text), code, text);
    }
  });

  it('is read as meant where a symbol was taken for one that is not used', () => {
    assert.deepEqual(parsePairingCode('1biszu'), { nameplate: 'L8', secret: 'L52V' });
  });

  it('is nothing else', () => {
    for (const text of ['', 'K7QM2', 'K7QM2XA', 'K7QM20', 'K7QM2O', 'K7QM2é', 'K7QM2X'.repeat(9)]) {
      assert.equal(parsePairingCode(text), undefined, text);
    }
  });
});
