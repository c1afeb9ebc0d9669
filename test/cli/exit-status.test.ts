import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { CliError } from '../../cli/cli-error.ts';
import { EXIT_MEANING_BY_CODE, EXIT_STATUS, exitStatusOf } from '../../cli/exit-status.ts';
import { StoreError } from '../../store/index.ts';

/** Compiled tests live in dist/test/cli. */
const ERRORS_DOC = new URL('../../../docs/errors.md', import.meta.url);

describe('exit statuses', () => {
  it('are those that docs/errors.md lists for every code', async () => {
    const text = await readFile(ERRORS_DOC, 'utf8');
    const [, section = ''] = text.split('\n## Exit statuses\n');
    const documented: Record<string, number> = {};
    for (const item of section.split('\n- **').slice(1)) {
      for (const [code] of item.matchAll(/DITS_[A-Z_]+/g)) documented[code] = parseInt(item, 10);
    }
    const mapped = Object.fromEntries(
      Object.entries(EXIT_MEANING_BY_CODE).map(([code, meaning]) => [code, EXIT_STATUS[meaning]]),
    );
    assert.deepEqual(Object.entries(documented).sort(), Object.entries(mapped).sort());
  });

  it('belong to codes that docs/errors.md explains', async () => {
    const text = await readFile(ERRORS_DOC, 'utf8');
    const explained = new Set([...text.matchAll(/^\| `(DITS_[A-Z_]+)`/gm)].map(([, code]) => code));
    const missing = Object.keys(EXIT_MEANING_BY_CODE).filter((code) => !explained.has(code));
    assert.deepEqual(missing, []);
  });

  it('follow from the code, and are 1 for what nobody foresaw', () => {
    assert.equal(exitStatusOf(new CliError('DITS_CLI_USAGE', 'no')), 2);
    assert.equal(exitStatusOf(new StoreError('DITS_STORE_LOCKED', 'no')), 5);
    assert.equal(exitStatusOf(new Error('no')), 1);
    assert.equal(exitStatusOf('no'), 1);
  });
});
