import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { decodeBase58, encodeBase58 } from '../../../node/identity/base58.ts';
import { publicKeyOfCertificate } from '../../../node/identity/certificate.ts';
import { IDENTITY_FILE_NAME, loadOrCreateIdentity } from '../../../node/identity/identity-file.ts';
import { generateIdentity, identityFromPem } from '../../../node/identity/identity.ts';
import {
  isPeerId,
  peerIdFromPublicKey,
  publicKeyFromPeerId,
} from '../../../node/identity/peer-id.ts';
import { NodeError } from '../../../node/node-error.ts';

/** Ed25519 example of the libp2p peer id specification. */
const SPECIFIED = {
  message: '080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e',
  peerId: '12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq',
};

describe('a peer id', () => {
  it('is the base58 text of the identity multihash of the key message', () => {
    const key = Buffer.from(SPECIFIED.message, 'hex').subarray(4);
    const peerId = peerIdFromPublicKey(key);
    assert.equal(Buffer.from(decodeBase58(peerId)!).toString('hex'), `0024${SPECIFIED.message}`);
    assert.match(peerId, /^12D3KooW/);
    assert.equal(peerId.length, 52);
  });

  it('gives the key back', () => {
    const { peerId, publicKey } = generateIdentity();
    assert.deepEqual(Buffer.from(publicKeyFromPeerId(peerId)!), Buffer.from(publicKey));
  });

  it('is not any other text', () => {
    const { peerId } = generateIdentity();
    for (const text of [
      '',
      '12D3Koo',
      peerId.slice(1),
      `${peerId}1`,
      peerId.replace('K', '0'),
      'Q'.repeat(52),
    ]) {
      assert.equal(isPeerId(text), false, text);
    }
  });

  it('rests on a base58 that keeps every byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        assert.deepEqual(decodeBase58(encodeBase58(bytes)), bytes);
      }),
    );
    assert.equal(encodeBase58(Buffer.from('Hello World!')), '2NEpo7TZRRrLZSi2U');
    assert.equal(decodeBase58('0OIl'), undefined);
  });
});

describe('a certificate', () => {
  it('carries the key, is signed by it, and is the same every time', () => {
    const identity = generateIdentity();
    const certificate = new X509Certificate(identity.credentials.certificatePem);
    assert.equal(certificate.verify(certificate.publicKey), true);
    assert.deepEqual(publicKeyOfCertificate(certificate.raw), identity.publicKey);
    assert.equal(certificate.subject, `CN=${identity.peerId}`);
    const again = identityFromPem(identity.credentials.keyPem);
    assert.equal(again.credentials.certificatePem, identity.credentials.certificatePem);
  });

  it('of nonsense has no key', () => {
    assert.equal(publicKeyOfCertificate(Buffer.from('nonsense')), undefined);
    assert.equal(publicKeyOfCertificate(Buffer.alloc(100_000, 0x30)), undefined);
  });
});

describe('the identity file', () => {
  let home: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'dits-identity-'));
  });

  afterEach(async () => {
    await rm(home, { recursive: true });
  });

  it('is made at first use, for the owner only, and kept', async () => {
    const first = await loadOrCreateIdentity(join(home, 'new'));
    const path = join(home, 'new', IDENTITY_FILE_NAME);
    if (process.platform !== 'win32') assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.equal((await loadOrCreateIdentity(join(home, 'new'))).peerId, first.peerId);
    assert.deepEqual(await readdir(join(home, 'new')), [IDENTITY_FILE_NAME]);
  });

  it('is one file even when many ask for it at once', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => loadOrCreateIdentity(home)));
    assert.equal(new Set(all.map((identity) => identity.peerId)).size, 1);
  });

  for (const [what, damage] of [
    ['empty', () => ''],
    ['truncated', (pem: string) => pem.slice(0, 60)],
    ['nonsense', () => 'nonsense'],
    [
      'of another kind',
      () => new X509Certificate(generateIdentity().credentials.certificatePem).toString(),
    ],
  ] as const) {
    it(`that is ${what} is reported and left alone`, async () => {
      await loadOrCreateIdentity(home);
      const path = join(home, IDENTITY_FILE_NAME);
      const damaged = damage(await readFile(path, 'utf8'));
      await chmod(path, 0o600);
      await writeFile(path, damaged);
      await assert.rejects(loadOrCreateIdentity(home), (error) => {
        assert.ok(error instanceof NodeError);
        assert.equal(error.code, 'DITS_NODE_KEY_CORRUPT');
        return true;
      });
      assert.equal(await readFile(path, 'utf8'), damaged);
    });
  }
});
