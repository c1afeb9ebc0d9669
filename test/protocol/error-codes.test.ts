import assert from 'node:assert/strict';
import { StoreError } from '../../store/index.ts';
import { PROTOCOL_ERROR_CODES, ProtocolError } from '../../protocol/index.ts';
import { explainReset, fromErrorMessage, toErrorMessage } from '../../protocol/error-codes.ts';

const TOLD = { code: 6, message: '', name: '', retryAfterMs: 0 };

function reset(applicationCode: number | undefined): ProtocolError {
  const details = { applicationCode };
  return new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'the stream broke', { details });
}

describe('what a peer is told of a failure', () => {
  it('says nothing of the inside of this program', () => {
    const secret = new TypeError('/home/ann/secret is not iterable');
    assert.deepEqual(toErrorMessage(secret), { ...TOLD, message: 'internal error' });
    const failure = new StoreError('DITS_STORE_IO', 'cannot read /home/ann/secret');
    const { name, message } = toErrorMessage(failure);
    assert.equal(name, 'DITS_STORE_IO');
    assert.doesNotMatch(message, /secret/);
  });

  it('names a full disk, which the peer can do something about', () => {
    const { message } = toErrorMessage(
      new StoreError('DITS_STORE_NO_SPACE', 'write /home: ENOSPC'),
    );
    assert.equal(message, 'there is no space left on its disk');
    const { hint } = fromErrorMessage({ ...TOLD, name: 'DITS_STORE_NO_SPACE' });
    assert.match(hint ?? '', /make room on the peer/);
  });

  it('is read by its name, else by its number, else as a failure of the peer', () => {
    const codes = [
      { ...TOLD, name: 'DITS_PROTOCOL_QUOTA_EXCEEDED' },
      { ...TOLD, name: 'DITS_FUTURE', code: 3 },
      { ...TOLD, code: 99 },
    ].map((message) => fromErrorMessage(message).code);
    assert.deepEqual(codes, [
      'DITS_PROTOCOL_QUOTA_EXCEEDED',
      'DITS_PROTOCOL_NOT_FOUND',
      'DITS_PROTOCOL_PEER_FAILED',
    ]);
    assert.match(fromErrorMessage(TOLD).hint ?? '', /the log of the node there says why; /);
    const named = fromErrorMessage({ ...TOLD, name: 'DITS_STORE_IO' });
    assert.match(named.hint ?? '', /\(DITS_STORE_IO\)/);
  });
});

describe('the reason of a stream that broke', () => {
  const { applicationCode: peerFailed } = PROTOCOL_ERROR_CODES.DITS_PROTOCOL_PEER_FAILED;
  const { applicationCode: streamReset } = PROTOCOL_ERROR_CODES.DITS_PROTOCOL_STREAM_RESET;

  it('is the one that its code says', () => {
    const denied = PROTOCOL_ERROR_CODES.DITS_PROTOCOL_PERMISSION_DENIED.applicationCode;
    const explained = explainReset(reset(denied));
    assert.ok(explained instanceof ProtocolError);
    assert.equal(explained.code, 'DITS_PROTOCOL_PERMISSION_DENIED');
    assert.equal(explained.hint, undefined);
    const failed = explainReset(reset(peerFailed));
    assert.ok(failed instanceof ProtocolError);
    assert.match(failed.hint ?? '', /dits fsck/);
  });

  it('stays what it was where the code says no more', () => {
    for (const error of [
      reset(undefined),
      reset(9_999),
      reset(streamReset),
      new ProtocolError('DITS_PROTOCOL_TIMEOUT', 'late'),
      new Error('other'),
    ]) {
      assert.equal(explainReset(error), error);
    }
  });
});
