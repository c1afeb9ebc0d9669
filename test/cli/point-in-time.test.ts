import assert from 'node:assert/strict';
import { parsePointInTime } from '../../cli/point-in-time.ts';

describe('a time that somebody types', () => {
  const now = new Date('2026-01-02T03:04:05Z');

  it('is a moment, or a time from now', () => {
    for (const [text, expected] of [
      ['30m', '2026-01-02T03:34:05.000Z'],
      ['7d', '2026-01-09T03:04:05.000Z'],
      ['2027-01-31', '2027-01-31T00:00:00.000Z'],
      ['2027-01-31T18:00:00+01:00', '2027-01-31T17:00:00.000Z'],
    ] as const) {
      assert.equal(parsePointInTime(text, 'until', now).toISOString(), expected);
    }
  });

  it('is nothing else, and not over', () => {
    for (const text of ['', 'soon', '7', '0s', '-1d', '2027-13-01', '2025-01-01', '1e9d']) {
      assert.throws(() => parsePointInTime(text, 'until', now), { code: 'DITS_CLI_USAGE' }, text);
    }
  });
});
