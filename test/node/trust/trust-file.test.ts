import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeError, TrustFile, generateIdentity } from '../../../node/index.ts';

describe('the peers file', () => {
  let home: string;
  let trust: TrustFile;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'dits-trust-'));
    trust = new TrustFile(home, { now: () => new Date('2026-01-02T03:04:05Z') });
  });

  afterEach(async () => {
    await rm(home, { recursive: true });
  });

  it('denies everything by default', async () => {
    const book = await trust.read();
    assert.equal(book.accessTo(generateIdentity().peerId, 'film'), undefined);
  });

  it('keeps names and grants, adds to them, and forgets', async () => {
    const { peerId } = generateIdentity();
    await trust.add({ peerId, name: 'suite', grants: [{ repository: '*', access: 'read' }] });
    await trust.add({ peerId, grants: [{ repository: 'film', access: 'write' }] });
    const book = await trust.read();
    assert.deepEqual(book.find('suite'), {
      peerId,
      name: 'suite',
      grants: { '*': 'read', film: 'write' },
      firstSeen: '2026-01-02T03:04:05.000Z',
      lastSeen: undefined,
    });
    assert.equal(book.accessTo(peerId, 'film'), 'write');
    assert.equal(book.accessTo(peerId, 'other'), 'read');
    assert.equal(book.accessTo(peerId, '__proto__'), 'read');
    if (process.platform !== 'win32') assert.equal((await stat(trust.path)).mode & 0o777, 0o600);
    assert.equal((await trust.remove('suite'))?.peerId, peerId);
    assert.deepEqual((await trust.read()).peers, []);
    assert.equal(await trust.remove('suite'), undefined);
  });

  it('loses nothing when many change it at once', async () => {
    const ids = Array.from({ length: 20 }, () => generateIdentity().peerId);
    await Promise.all(ids.map((peerId) => trust.add({ peerId })));
    assert.equal((await trust.read()).peers.length, 20);
  });

  it('refuses names, ids and repositories that are not allowed', async () => {
    const { peerId } = generateIdentity();
    await trust.add({ peerId, name: 'taken' });
    const other = generateIdentity().peerId;
    for (const peer of [
      { peerId: 'nobody' },
      { peerId: other, name: '' },
      { peerId: other, name: 'a\u001b[31m' },
      { peerId: other, name: peerId },
      { peerId: other, name: 'taken' },
      { peerId: other, grants: [{ repository: '../x', access: 'read' as const }] },
    ]) {
      await assert.rejects(trust.add(peer), NodeError);
    }
  });

  it('reports a file that it cannot read, and leaves it alone', async () => {
    const { peerId } = generateIdentity();
    for (const text of [
      'not toml [',
      'peers = 7',
      '[peers.nobody]\nname = "x"',
      `[peers.${peerId}]`,
      `[peers.${peerId}]\nname = "x"\ngrants = { film = "everything" }`,
      `[peers.${peerId}]\nname = "x"\ngrants = { "../film" = "read" }`,
    ]) {
      await writeFile(trust.path, text);
      await assert.rejects(trust.add({ peerId: generateIdentity().peerId }), {
        code: 'DITS_NODE_TRUST_CORRUPT',
      });
      assert.equal(await readFile(trust.path, 'utf8'), text);
    }
  });

  it('notes when a known peer was here, but not every minute', async () => {
    const { peerId } = generateIdentity();
    await trust.add({ peerId });
    await trust.noteSeen(peerId);
    const version = await trust.version();
    await trust.noteSeen(peerId);
    await trust.noteSeen(generateIdentity().peerId);
    assert.equal(await trust.version(), version);
    assert.equal((await trust.read()).get(peerId)?.lastSeen, '2026-01-02T03:04:05.000Z');
  });
});
