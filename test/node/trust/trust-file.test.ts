import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeError, TrustFile, generateIdentity, silentLogger } from '../../../node/index.ts';
import { TrustWatcher } from '../../../node/trust/trust-watcher.ts';

const NOW_MS = Date.parse('2026-01-02T03:04:05Z');
const UNKNOWN = {
  addresses: [],
  relays: [],
  upBytesPerSecondMax: undefined,
  downBytesPerSecondMax: undefined,
  formerly: [],
  lastSeen: undefined,
};

describe('the peers file', () => {
  let home: string;
  let trust: TrustFile;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'dits-trust-'));
    trust = new TrustFile(home, { now: () => new Date(NOW_MS) });
  });

  afterEach(async () => {
    await rm(home, { recursive: true });
  });

  it('denies everything by default', async () => {
    const book = await trust.read();
    assert.equal(book.accessTo(generateIdentity().peerId, 'film', NOW_MS), undefined);
  });

  it('keeps names and grants, adds to them, and forgets', async () => {
    const { peerId } = generateIdentity();
    await trust.add({ peerId, name: 'suite', grants: [{ repository: '*', access: 'read' }] });
    await trust.add({ peerId, grants: [{ repository: 'film', access: 'write' }] });
    const book = await trust.read();
    assert.deepEqual(book.find('suite'), {
      peerId,
      name: 'suite',
      grants: [
        { repository: '*', access: 'read' },
        { repository: 'film', access: 'write' },
      ],
      firstSeen: '2026-01-02T03:04:05.000Z',
      ...UNKNOWN,
    });
    assert.equal(book.accessTo(peerId, 'film', NOW_MS), 'write');
    assert.equal(book.accessTo(peerId, 'other', NOW_MS), 'read');
    assert.equal(book.accessTo(peerId, '__proto__', NOW_MS), 'read');
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
      { peerId: other, grants: [{ repository: 'x', access: 'write' as const, branches: ['a~b'] }] },
      { peerId: other, addresses: ['nowhere:99999'] },
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
      `[peers.${peerId}]\nname = "x"\ngrants = { film = { branches = ["a"] } }`,
      `[peers.${peerId}]\nname = "x"\ngrants = { film = { access = "write", branches = ["a..b"] } }`,
      `[peers.${peerId}]\nname = "x"\ngrants = { film = { access = "read", until = "soon" } }`,
      `[peers.${peerId}]\nname = "x"\nup = -1`,
      `[peers.${peerId}]\nname = "x"\naddresses = ["a b"]`,
      `[peers.${peerId}]\nname = "x"\nformerly = ["me"]`,
    ]) {
      await writeFile(trust.path, text);
      await assert.rejects(trust.add({ peerId: generateIdentity().peerId }), {
        code: 'DITS_NODE_TRUST_CORRUPT',
      });
      assert.equal(await readFile(trust.path, 'utf8'), text);
    }
  });

  it('keeps everything a peer and a grant can say', async () => {
    const { peerId } = generateIdentity();
    const grants = [
      { repository: '*', access: 'read' as const },
      {
        repository: 'film',
        access: 'write' as const,
        branches: ['main', 'artist/*'],
        until: '2027-01-31T18:00:00.000Z',
      },
      { repository: 'film', access: 'admin' as const, ticket: 't1' },
    ];
    const addresses = ['10.0.0.1:4433', '[fd00::1]:4434'];
    await trust.add({ peerId, name: 'a', grants, addresses, relays: ['relay.example:4433'] });
    await trust.setRates('a', { upBytesPerSecondMax: 1_000_000, downBytesPerSecondMax: undefined });
    await trust.rename('a', 'edit suite');
    await trust.noteSeen(peerId, '10.0.0.2:4433');
    assert.deepEqual((await trust.read()).find('edit suite'), {
      peerId,
      name: 'edit suite',
      grants,
      addresses: ['10.0.0.2:4433', ...addresses],
      relays: ['relay.example:4433'],
      upBytesPerSecondMax: 1_000_000,
      downBytesPerSecondMax: undefined,
      formerly: [],
      firstSeen: '2026-01-02T03:04:05.000Z',
      lastSeen: '2026-01-02T03:04:05.000Z',
    });
    assert.equal(await trust.rename('nobody', 'x'), undefined);
  });

  it('reads times as TOML writes them', async () => {
    const { peerId } = generateIdentity();
    const grants = '{ film = { access = "read", until = 2027-01-31T18:00:00+01:00 } }';
    await writeFile(trust.path, `[peers.${peerId}]\nname = "x"\ngrants = ${grants}`);
    const [grant] = (await trust.read()).get(peerId)!.grants;
    assert.equal(grant?.until, '2027-01-31T17:00:00.000Z');
  });

  it('ends a grant at its time', async () => {
    const { peerId } = generateIdentity();
    const until = new Date(NOW_MS + 1_000).toISOString();
    await trust.add({ peerId, grants: [{ repository: 'film', access: 'write', until }] });
    await trust.add({ peerId, grants: [{ repository: '*', access: 'read' }] });
    const book = await trust.read();
    assert.equal(book.accessTo(peerId, 'film', NOW_MS + 999), 'write');
    assert.equal(book.accessTo(peerId, 'film', NOW_MS + 1_000), 'read');
    assert.equal(book.hasExpired(NOW_MS, NOW_MS + 999), false);
    assert.equal(book.hasExpired(NOW_MS, NOW_MS + 1_000), true);
    assert.equal(book.hasExpired(NOW_MS + 1_000, NOW_MS + 2_000), false);
  });

  it('lets a peer move the branches of its patterns and no other', async () => {
    const { peerId } = generateIdentity();
    const branches = ['main', 'artist/*', 'refs/tags/v*'];
    await trust.add({
      peerId,
      grants: [
        { repository: 'film', access: 'write', branches },
        { repository: '*', access: 'read' },
      ],
    });
    const book = await trust.read();
    const may = (name: string, repository = 'film'): boolean =>
      book.mayMove(peerId, repository, { name, nowMs: NOW_MS });
    for (const name of ['refs/heads/main', 'refs/heads/artist/a/b', 'refs/tags/v1']) {
      assert.ok(may(name), name);
    }
    for (const name of ['refs/heads/main2', 'refs/heads/artist', 'refs/tags/x', 'refs/tags/main']) {
      assert.ok(!may(name), name);
    }
    assert.ok(!may('refs/heads/main', 'other'));
  });

  it('takes back what came with a ticket, and nothing else', async () => {
    const [one, two] = [generateIdentity().peerId, generateIdentity().peerId];
    const byHand = { repository: 'film', access: 'read' as const };
    const byTicket = { repository: 'film', access: 'write' as const, ticket: 't1' };
    await trust.add({ peerId: one, grants: [byHand, byTicket] });
    await trust.add({ peerId: two, grants: [{ ...byTicket, ticket: 't2' }] });
    const concerned = await trust.withdrawTicket('t1');
    assert.deepEqual(
      concerned.map(({ peerId }) => peerId),
      [one],
    );
    const book = await trust.read();
    assert.deepEqual(book.get(one)?.grants, [byHand]);
    assert.equal(book.accessTo(two, 'film', NOW_MS), 'write');
    assert.deepEqual(await trust.withdrawTicket('t1'), []);
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

  it('notes a crowd that comes at once with one write', async () => {
    const peers = Array.from({ length: 20 }, () => generateIdentity().peerId);
    for (const peerId of peers) await trust.add({ peerId });
    let roundCount = 0;
    const counted = new TrustFile(home, {
      now: () => {
        roundCount++;
        return new Date(NOW_MS);
      },
    });
    const crowd = Array.from({ length: 1_000 }, (_, index) => peers[index % peers.length]!);
    await Promise.all(crowd.map((peerId) => counted.noteSeen(peerId)));
    const book = await trust.read();
    for (const peerId of peers) assert.ok(book.get(peerId)?.lastSeen !== undefined);
    assert.equal(roundCount, 1);
    await counted.noteSeen(peers[0]!, '10.0.0.2:4433');
    assert.deepEqual((await trust.read()).get(peers[0]!)?.addresses, ['10.0.0.2:4433']);
  });

  it('goes on noting after a write that failed', async () => {
    const { peerId } = generateIdentity();
    await trust.add({ peerId });
    const text = await readFile(trust.path, 'utf8');
    await writeFile(trust.path, 'not toml [');
    await assert.rejects(trust.noteSeen(peerId), { code: 'DITS_NODE_TRUST_CORRUPT' });
    await writeFile(trust.path, text);
    await trust.noteSeen(peerId);
    assert.equal((await trust.read()).get(peerId)?.lastSeen, '2026-01-02T03:04:05.000Z');
  });

  it('tells a node of a grant that ends, although nobody can read the file any more', async () => {
    const { peerId } = generateIdentity();
    const until = new Date(NOW_MS + 1_000).toISOString();
    await trust.add({ peerId, grants: [{ repository: 'film', access: 'read', until }] });
    let nowMs = NOW_MS;
    let toldCount = 0;
    const watcher = await TrustWatcher.start({
      ...{ trust, logger: silentLogger, now: () => new Date(nowMs) },
      onChange: () => toldCount++,
    });
    try {
      await writeFile(trust.path, 'neither TOML nor anything else');
      await watcher.refresh();
      assert.equal(toldCount, 0);
      nowMs += 1_000;
      await watcher.refresh();
      assert.equal(toldCount, 1);
      assert.equal(watcher.book.accessTo(peerId, 'film', nowMs), undefined);
    } finally {
      await watcher.stop();
    }
  });
});
