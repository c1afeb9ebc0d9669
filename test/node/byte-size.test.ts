import assert from 'node:assert/strict';
import { formatByteSize, parseByteSize } from '../../node/byte-size.ts';

describe('sizes in settings', () => {
  it('may be numbers, or numbers with a unit', () => {
    for (const [text, bytes] of [
      ['0', 0],
      [1_024, 1_024],
      ['500 GiB', 500 * 2 ** 30],
      ['2TB', 2e12],
      ['1.5 mib', 1.5 * 2 ** 20],
      ['7 kB', 7_000],
    ] as const) {
      assert.equal(parseByteSize(text), bytes, String(text));
    }
  });

  it('are refused when they are anything else', () => {
    for (const value of [
      '',
      '-1',
      '1 XB',
      '1e9',
      '9007199254740993',
      -1,
      0.5,
      NaN,
      true,
      '99999 TiB',
    ]) {
      assert.equal(parseByteSize(value), undefined, String(value));
    }
  });

  it('are written for people', () => {
    assert.equal(formatByteSize(0), '0 B');
    assert.equal(formatByteSize(1_023), '1023 B');
    assert.equal(formatByteSize(1.5 * 2 ** 30), '1.50 GiB');
    assert.equal(formatByteSize(2 ** 52), '4096.00 TiB');
  });
});
