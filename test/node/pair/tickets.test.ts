import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  TicketFile,
  TrustFile,
  formatTicket,
  generateIdentity,
  isOutstanding,
  looksLikeTicket,
  parseTicket,
  type Ticket,
} from '../../../node/index.ts';
import { callerNetwork } from '../../../node/pair/caller-network.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { peerId } = generateIdentity();
const TICKET: Ticket = {
  peerId,
  id: Buffer.alloc(8, 1),
  secret: Buffer.alloc(16, 2),
  until: new Date('2027-01-31T18:00:00Z'),
  addresses: ['192.168.1.5:4433', '[fe80::1%eth0]:4433', 'studio.example:4500'],
};
const HOUR_MS = 3_600_000;

describe('the text of a ticket', () => {
  it('says again what was put in', () => {
    const text = formatTicket(TICKET);
    assert.match(text, /^ditsticket1[A-Za-z0-9_-]+$/);
    assert.ok(looksLikeTicket(text));
    assert.deepEqual(parseTicket(text), TICKET);
    const wrapped = text.replace(/.{40}/g, '$&\n  ');
    assert.deepEqual(parseTicket(wrapped), TICKET);
  });

  it('is refused when any part of it is missing or another', () => {
    const text = formatTicket(TICKET);
    const broken = [
      '',
      'hello',
      text.slice(0, 11),
      text.slice(0, -1),
      `${text}A`,
      text.replace('ditsticket1', 'ditsticket2'),
      'ditsticket1'.padEnd(5_000, 'A'),
    ];
    for (let at = 11; at < text.length; at += 7) {
      const other = text[at] === 'A' ? 'B' : 'A';
      broken.push(text.slice(0, at) + other + text.slice(at + 1));
    }
    for (const one of broken) {
      assert.throws(() => parseTicket(one), { code: 'DITS_NODE_TICKET_INVALID' }, one);
    }
  });

  it('carries only addresses that are some', () => {
    const text = formatTicket({ ...TICKET, addresses: ['not an address'] });
    assert.throws(() => parseTicket(text), { code: 'DITS_NODE_TICKET_INVALID' });
  });
});

describe('the tickets file', () => {
  const folder = temporaryFolder();
  let homeCount = 0;

  function open(): { tickets: TicketFile; trust: TrustFile; home: string; clock: { ms: number } } {
    const home = join(folder(), `home-${++homeCount}`);
    const clock = { ms: Date.parse('2026-06-01T00:00:00Z') };
    const now = (): Date => new Date(clock.ms);
    const trust = new TrustFile(home, { now });
    return { tickets: new TicketFile(home, { trust, now }), trust, home, clock };
  }

  const issue = (tickets: TicketFile, clock: { ms: number }, usesMax = 1) =>
    tickets.issue({
      grant: { repository: 'film', access: 'write', branches: ['artist/*'] },
      usesMax,
      until: new Date(clock.ms + HOUR_MS),
    });
  const someone = () => ({ peerId: generateIdentity().peerId, name: undefined });

  it('lets a peer in with the grant of the ticket', async () => {
    const { tickets, trust, clock } = open();
    const ticket = await issue(tickets, clock);
    const peer = someone();
    const verdict = await tickets.use(ticket, peer);
    assert.ok(verdict.isGood);
    const known = (await trust.read()).get(peer.peerId);
    assert.deepEqual(known?.grants, [
      {
        repository: 'film',
        access: 'write',
        branches: ['artist/*'],
        until: new Date(clock.ms + HOUR_MS).toISOString(),
        ticket: ticket.issued.id,
      },
    ]);
  });

  it('counts the uses of many at once exactly', async () => {
    const { tickets, trust, clock } = open();
    const ticket = await issue(tickets, clock, 3);
    const verdicts = await Promise.all(
      Array.from({ length: 8 }, () => tickets.use(ticket, someone())),
    );
    assert.equal(verdicts.filter(({ isGood }) => isGood).length, 3);
    assert.equal((await trust.read()).peers.length, 3);
    const [left] = await tickets.read();
    assert.equal(left?.usedBy.length, 3);
    assert.equal(isOutstanding(left, new Date(clock.ms)), false);
  });

  it('counts whom it let in although a crash kept that from being written down', async () => {
    const { tickets, trust, clock } = open();
    const ticket = await issue(tickets, clock);
    const first = someone();
    const unused = await readFile(tickets.path, 'utf8');
    assert.ok((await tickets.use(ticket, first)).isGood);
    await writeFile(tickets.path, unused);
    assert.equal((await tickets.use(ticket, someone())).isGood, false);
    assert.ok((await tickets.use(ticket, first)).isGood);
    assert.equal((await trust.read()).peers.length, 1);
  });

  it('does not let in again who was removed since', async () => {
    const { tickets, trust, clock } = open();
    const ticket = await issue(tickets, clock, 2);
    const peer = someone();
    assert.ok((await tickets.use(ticket, peer)).isGood);
    assert.ok((await tickets.use(ticket, peer)).isGood);
    await trust.remove(peer.peerId);
    const verdict = await tickets.use(ticket, peer);
    assert.match(verdict.isGood ? 'good' : verdict.reason, /taken back/);
    assert.equal((await trust.read()).peers.length, 0);
    assert.ok((await tickets.use(ticket, someone())).isGood);
  });

  it('tells whoever shows the secret why it is not good, and everybody else nothing', async () => {
    const { tickets, clock } = open();
    const ticket = await issue(tickets, clock);
    const reasonOf = async (shown: { id: Uint8Array; secret: Uint8Array }): Promise<string> => {
      const verdict = await tickets.use(shown, someone());
      return verdict.isGood ? 'good' : verdict.reason;
    };
    const wrong = await reasonOf({ ...ticket, secret: Buffer.alloc(16) });
    assert.equal(await reasonOf({ id: Buffer.alloc(8), secret: ticket.secret }), wrong);
    assert.equal(await reasonOf(ticket), 'good');
    assert.match(await reasonOf(ticket), /used already/);
    await tickets.revoke(ticket.issued.id);
    assert.match(await reasonOf(ticket), /revoked/);
    assert.equal(await reasonOf({ ...ticket, secret: Buffer.alloc(16) }), wrong);
    const other = await issue(tickets, clock);
    clock.ms += HOUR_MS;
    assert.match(await reasonOf(other), /is over/);
  });

  it('takes back exactly what came with a ticket', async () => {
    const { tickets, trust, clock } = open();
    const [first, second] = [await issue(tickets, clock), await issue(tickets, clock)];
    const peer = someone();
    await trust.add({ peerId: peer.peerId, grants: [{ repository: 'film', access: 'read' }] });
    await tickets.use(first, peer);
    await tickets.use(second, peer);
    await tickets.revoke(first.issued.id);
    const grants = (await trust.read()).get(peer.peerId)?.grants ?? [];
    assert.deepEqual(
      grants.map(({ ticket }) => ticket),
      [undefined, second.issued.id],
    );
    assert.equal(await tickets.revoke('0000000000000000'), undefined);
  });

  it('forgets tickets a week after their end', async () => {
    const { tickets, clock } = open();
    await issue(tickets, clock);
    clock.ms += 8 * 24 * HOUR_MS;
    await issue(tickets, clock);
    assert.equal((await tickets.read()).length, 1);
  });

  it('makes no ticket that means nothing', async () => {
    const { tickets, clock } = open();
    const until = new Date(clock.ms + HOUR_MS);
    for (const [repository, usesMax] of [
      ['../etc', 1],
      ['film', 0],
      ['film', 1_001],
    ] as const) {
      await assert.rejects(
        tickets.issue({ grant: { repository, access: 'read' }, usesMax, until }),
        { code: 'DITS_NODE_BAD_ADDRESS' },
      );
    }
  });

  it('is not used when it cannot be read, and never overwritten then', async () => {
    const { tickets, home, clock } = open();
    await mkdir(home, { recursive: true });
    const table = `[tickets.${'ab'.repeat(8)}]`;
    for (const text of ['not toml [', table, '[tickets.short]', `${table}\nuses = "1"`]) {
      await writeFile(tickets.path, text);
      await assert.rejects(tickets.read(), { code: 'DITS_NODE_TRUST_CORRUPT' }, text);
      await assert.rejects(issue(tickets, clock), { code: 'DITS_NODE_TRUST_CORRUPT' });
    }
  });
});

describe('the network of a caller', () => {
  it('is an address of IPv4, and a /64 of IPv6', () => {
    assert.equal(callerNetwork('192.168.1.5:4433'), '192.168.1.5');
    assert.equal(callerNetwork('[::ffff:10.0.0.7]:4433'), '10.0.0.7');
    assert.equal(callerNetwork('[2001:db8:1:2:3:4:5:6]:1'), '2001:db8:1:2::/64');
    assert.equal(callerNetwork('[2001:db8:1:2::9]:1'), '2001:db8:1:2::/64');
    assert.equal(callerNetwork('[2001:db8::9]:1'), '2001:db8:0:0::/64');
    assert.equal(callerNetwork('[fe80::1%eth0]:1'), 'fe80:0:0:0::/64');
    assert.equal(callerNetwork('[::1]:1'), '0:0:0:0::/64');
    assert.equal(callerNetwork('memory'), 'memory');
  });
});
