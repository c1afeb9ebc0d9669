import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { StoreError } from '../../../store/index.ts';
import { ioError, systemErrorCode } from '../../../store/files/io-error.ts';

function failure(message: string, fields: object): Error {
  return Object.assign(new Error(message), fields);
}

describe('a failure of the operating system', () => {
  it('has the code of the system call, also where Node has no name for it', () => {
    assert.equal(systemErrorCode(failure('x', { code: 'EIO' })), 'EIO');
    assert.equal(systemErrorCode(failure('x', { code: 5 })), undefined);
    assert.equal(systemErrorCode(new Error('x')), undefined);
    assert.equal(systemErrorCode('EIO'), undefined);
    const quota = { code: 'Unknown system error -122', errno: -constants.errno.EDQUOT };
    assert.equal(systemErrorCode(failure('x', quota)), 'EDQUOT');
    const strange = { code: 'Unknown system error -9999', errno: -9999 };
    assert.equal(systemErrorCode(failure('x', strange)), strange.code);
    assert.equal(systemErrorCode(failure('x', { code: 'UNKNOWN' })), 'UNKNOWN');
  });

  it('names the file and what helps, and is told from a full disk', () => {
    const full = ioError(failure('x', { code: 'ENOSPC' }), 'write', '/a/file');
    assert.equal(full.code, 'DITS_STORE_NO_SPACE');
    assert.match(full.message, /\/a\/file/);
    const denied = ioError(failure('denied', { code: 'EACCES' }), 'open', '/a/file');
    assert.equal(denied.message, 'cannot open /a/file: denied');
    assert.match(denied.hint ?? '', /permissions/);
    assert.ok(ioError('no error', 'open', '/a/file').message.endsWith('no error'));
    assert.ok(ioError(failure('x', { code: 'EOTHER' }), 'open', '/a').hint !== undefined);
  });

  it('is read from the words of LevelDB', () => {
    const words = [
      ['IO error: /x: No space left on device', 'DITS_STORE_NO_SPACE', 'ENOSPC'],
      ['IO error: /x: Disk quota exceeded', 'DITS_STORE_NO_SPACE', 'EDQUOT'],
      ['IO error: /x: Too many open files', 'DITS_STORE_IO', 'EMFILE'],
      ['IO error: /x: something else', 'DITS_STORE_IO', 'LEVEL_IO_ERROR'],
    ] as const;
    for (const [message, code, systemCode] of words) {
      const error = ioError(failure(message, { code: 'LEVEL_IO_ERROR' }), 'use', '/x');
      assert.deepEqual([error.code, error.details['systemCode']], [code, systemCode]);
    }
  });

  it('stays what it was where it has been explained already', () => {
    const known = new StoreError('DITS_STORE_LOCKED', 'taken');
    assert.equal(ioError(known, 'open', '/x'), known);
  });
});
