import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  NODE_SETTINGS,
  NodeError,
  formatPeerAddress,
  generateIdentity,
  parseHostPort,
  parsePeerAddress,
  repositoryNameProblem,
  resolveNodeSettings,
} from '../../node/index.ts';

const { peerId } = generateIdentity();

describe('an address', () => {
  for (const [text, expected] of [
    ['dits://host/film', { peerId: undefined, host: 'host', port: 4433, repository: 'film' }],
    [
      `dits://${peerId}@studio.example:5000/a.b-c_1`,
      { peerId, host: 'studio.example', port: 5000, repository: 'a.b-c_1' },
    ],
    [`DITS://${peerId}@[::1]:1/x`, { peerId, host: '::1', port: 1, repository: 'x' }],
    [
      'dits://[fe80::1%eth0]/x',
      { peerId: undefined, host: 'fe80::1%eth0', port: 4433, repository: 'x' },
    ],
    ['dits://10.0.0.1/x', { peerId: undefined, host: '10.0.0.1', port: 4433, repository: 'x' }],
  ] as const) {
    it(`is understood: ${text.replace(peerId, 'ID')}`, () => {
      assert.deepEqual(parsePeerAddress(text), expected);
      assert.deepEqual(parsePeerAddress(formatPeerAddress(expected)), expected);
    });
  }

  for (const text of [
    '',
    'host/film',
    'http://host/film',
    'dits://host',
    'dits://host/',
    'dits:///film',
    'dits://host/a/b',
    'dits://host/.hidden',
    'dits://host/..',
    'dits://host/a b',
    'dits://host/a%2Fb',
    `dits://host/${'x'.repeat(101)}`,
    'dits://nobody@host/film',
    `dits://${peerId}@/film`,
    'dits://host:/film',
    'dits://host:65536/film',
    'dits://host:-1/film',
    'dits://host:0x50/film',
    'dits://::1/film',
    'dits://[::1/film',
    'dits://[host]/film',
    'dits://1.2.3/film',
    'dits://1.2.3.4.5/film',
    'dits://host\n/film',
    'dits://-host/film',
    `dits://${'a.'.repeat(300)}/film`,
    'dits://a@b@host/film',
  ]) {
    it(`is refused: ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.throws(
        () => parsePeerAddress(text),
        (error) => error instanceof NodeError && error.code === 'DITS_NODE_BAD_ADDRESS',
      );
    });
  }

  it('never fails in another way, and means the same when written out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (rest) => {
        try {
          const parsed = parsePeerAddress(`dits://${rest}`);
          assert.deepEqual(parsePeerAddress(formatPeerAddress(parsed)), parsed);
        } catch (error) {
          assert.ok(error instanceof NodeError);
        }
      }),
    );
  });

  it('to listen on may have port 0', () => {
    assert.deepEqual(parseHostPort('127.0.0.1:0', 4433), { host: '127.0.0.1', port: 0 });
    assert.deepEqual(parseHostPort('[::]', 4433), { host: '::', port: 4433 });
  });
});

describe('a repository name', () => {
  it('is one folder name that is safe everywhere', () => {
    for (const name of ['a', 'Film-2', 'x_1.0', 'x'.repeat(100)]) {
      assert.equal(repositoryNameProblem(name), undefined, name);
    }
    for (const name of ['', '.', '..', '.a', 'a/b', 'a\\b', 'nul', 'COM1.txt', 'a.', 'é', 'a:b']) {
      assert.notEqual(repositoryNameProblem(name), undefined, name);
    }
  });
});

describe('the settings', () => {
  it('have defaults that are allowed', () => {
    const defaults = resolveNodeSettings();
    for (const [name, setting] of Object.entries(NODE_SETTINGS)) {
      assert.notEqual(setting.read(setting.default), undefined, name);
    }
    assert.deepEqual(resolveNodeSettings({ ...defaults }), defaults);
  });

  it('are read from texts as well', () => {
    const { datagramBytes, listen } = resolveNodeSettings({
      datagramBytes: '1350',
      listen: '[::1]',
    });
    assert.equal(datagramBytes, 1350);
    assert.equal(listen, '[::1]:4433');
  });

  it('refuse unknown names and values out of range', () => {
    for (const given of [
      { colour: 'red' },
      { datagramBytes: 100 },
      { datagramBytes: '1e3' },
      { congestionControl: 'fast' },
      { listen: 'nowhere:99999' },
      { idleTimeoutMs: 1.5 },
      { connectionsMax: true },
      { __proto__: null, toString: 1 },
    ]) {
      assert.throws(
        () => resolveNodeSettings(given),
        (error) => error instanceof NodeError && error.code === 'DITS_NODE_CONFIG_INVALID',
      );
    }
  });
});
