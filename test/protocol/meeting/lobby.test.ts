import assert from 'node:assert/strict';
import { MeetingEnded } from '../../../protocol/index.ts';
import { OFFER_LIFETIME_MAX_MS } from '../../../protocol/messages/limits.ts';
import {
  JOIN_WAIT_MAX_MS,
  MEETING_GRACE_MS,
  MEET_MESSAGES_MAX,
  OFFERS_PER_NETWORK_MAX,
  STRANGER_BYTES_MAX,
  STRANGER_COUNT_INTERVAL_MS,
  STRANGER_IDLE_MAX_MS,
  STRANGER_REQUESTS_MAX,
  STRANGER_STAY_MAX_MS,
  TRIES_PERIOD_MS,
  TRIES_PER_NETWORK_MAX,
  WAITING_PER_NAMEPLATE_MAX,
} from '../../../protocol/meeting/meeting-limits.ts';
import { House, NAMEPLATE, REQUEST, offerOf, settle, type Guest } from '../support/lobby-house.ts';

describe('a lobby', () => {
  let house: House;
  beforeEach(() => {
    house = new House();
  });
  afterEach(async () => {
    await house.close();
  });

  it('brings two strangers together and passes on what they say', async () => {
    const [ann, bob] = await Promise.all([house.guest('ann'), house.guest('bob')]);
    const offer = await offerOf(ann);
    const [atAnn, atBob] = await Promise.all([offer.next(), bob.visit.join(NAMEPLATE)]);
    assert.ok(atBob !== undefined);
    await atAnn.send(Buffer.from('to bob'));
    await atBob.send(Buffer.from('to ann'));
    assert.equal(Buffer.from(await atBob.receive()).toString(), 'to bob');
    assert.equal(Buffer.from(await atAnn.receive()).toString(), 'to ann');
    await atAnn.end('done');
    await assert.rejects(atBob.receive(), new MeetingEnded('done'));
    assert.deepEqual(house.lobby.nameplates, [NAMEPLATE]);
    await offer.withdraw();
    await settle();
    assert.deepEqual(house.lobby.nameplates, []);
  });

  it('lets the joiner come first', async () => {
    const [ann, bob] = await Promise.all([house.guest('ann'), house.guest('bob')]);
    const joining = bob.visit.join(NAMEPLATE);
    await settle();
    const offer = await offerOf(ann);
    const [atAnn, atBob] = await Promise.all([offer.next(), joining]);
    assert.ok(atBob !== undefined);
    await atBob.end('done');
    await assert.rejects(atAnn.receive(), new MeetingEnded('done'));
  });

  it('tells a joiner after a while that nobody offers this', async () => {
    const bob = await house.guest('bob');
    const joining = bob.visit.join('22');
    await settle();
    house.clock.advance(JOIN_WAIT_MAX_MS);
    assert.equal(await joining, undefined);
  });

  it('brings joiners to an offer one after the other, whoever ends the meeting', async () => {
    const guests = await Promise.all(['ann', 'bob', 'cat', 'dan'].map((name) => house.guest(name)));
    const [ann, bob, cat, dan] = guests as [Guest, Guest, Guest, Guest];
    const offer = await offerOf(ann);
    const [first, atBob] = await Promise.all([offer.next(), bob.visit.join(NAMEPLATE)]);
    const waiting = [cat.visit.join(NAMEPLATE), dan.visit.join(NAMEPLATE)];
    await settle();
    await first.end('wrong-code');
    await assert.rejects(atBob!.receive(), new MeetingEnded('wrong-code'));
    const second = await offer.next();
    const atCat = await waiting[0];
    // The second goes without a word.
    cat.pair.sever();
    await assert.rejects(second.receive(), new MeetingEnded('gone'));
    assert.ok(atCat !== undefined);
    const third = await offer.next();
    const atDan = await waiting[1];
    await third.send(Buffer.from('hello'));
    assert.equal(Buffer.from(await atDan!.receive()).toString(), 'hello');
  });

  it('ends the meeting of a joiner whose offerer has gone, and keeps nothing of it', async () => {
    const [ann, bob] = await Promise.all([house.guest('ann'), house.guest('bob')]);
    const offer = await offerOf(ann);
    const [, atBob] = await Promise.all([offer.next(), bob.visit.join(NAMEPLATE)]);
    ann.pair.sever();
    await assert.rejects(atBob!.receive(), new MeetingEnded('gone'));
    assert.deepEqual(house.lobby.nameplates, []);
  });

  it('has one offer for a nameplate', async () => {
    const [ann, bob] = await Promise.all([house.guest('ann'), house.guest('bob')]);
    await offerOf(ann);
    assert.equal(await bob.visit.offer(NAMEPLATE), 'taken');
  });

  it('takes an offer down when its time is over', async () => {
    const ann = await house.guest('ann');
    const offer = await offerOf(ann);
    const next = offer.next();
    next.catch(() => undefined);
    house.clock.advance(OFFER_LIFETIME_MAX_MS);
    await assert.rejects(next, { code: 'DITS_PROTOCOL_TIMEOUT' });
    await settle();
    assert.deepEqual(house.lobby.nameplates, []);
  });

  it('lets nobody offer who may not', async () => {
    house = new House({ mayOffer: ({ peerId }) => peerId === 'owner' });
    const [ann, owner] = await Promise.all([house.guest('ann'), house.guest('owner')]);
    await assert.rejects(ann.visit.offer(NAMEPLATE), { code: 'DITS_PROTOCOL_PERMISSION_DENIED' });
    assert.notEqual(await owner.visit.offer(NAMEPLATE), 'taken');
  });

  it('passes on what its owner says about a ticket', async () => {
    const answer = { repository: 'film', access: 'read', until: 7, name: 'studio' } as const;
    house = new House({
      redeem: (request, caller) => {
        assert.deepEqual([Buffer.from(request.secret), caller.peerId], [Buffer.alloc(16), 'bob']);
        return Promise.resolve(answer);
      },
    });
    const bob = await house.guest('bob');
    assert.deepEqual(await bob.visit.redeem(REQUEST), answer);
  });

  it('lets nobody guess for long, however many identities are used', async () => {
    for (let guess = 0; guess < TRIES_PER_NETWORK_MAX; guess++) {
      const { visit } = await house.guest(`peer-${guess}`, 'one household');
      await assert.rejects(visit.redeem(REQUEST), { code: 'DITS_PROTOCOL_PERMISSION_DENIED' });
      await visit.close();
    }
    const { visit } = await house.guest('one more', 'one household');
    await assert.rejects(visit.redeem(REQUEST), { code: 'DITS_PROTOCOL_RATE_LIMITED' });
    await assert.rejects(visit.join(NAMEPLATE), { code: 'DITS_PROTOCOL_RATE_LIMITED' });
    const other = await house.guest('neighbour');
    await assert.rejects(other.visit.redeem(REQUEST), { code: 'DITS_PROTOCOL_PERMISSION_DENIED' });
    house.clock.advance(TRIES_PERIOD_MS);
    const later = await house.guest('later', 'one household');
    await assert.rejects(later.visit.redeem(REQUEST), { code: 'DITS_PROTOCOL_PERMISSION_DENIED' });
  });

  it('bounds the offers of one network, and who waits for one', async () => {
    const symbols = ['22', '23', '24', '25', '26', '27', '28', '29'];
    const offers = await Promise.all(
      symbols.map(async (nameplate) => offerOf(await house.guest(nameplate, 'home'), nameplate)),
    );
    assert.equal(offers.length, OFFERS_PER_NETWORK_MAX);
    const more = await house.guest('more', 'home');
    await assert.rejects(more.visit.offer('2A'), { code: 'DITS_PROTOCOL_RATE_LIMITED' });
    const joins: Promise<unknown>[] = [];
    for (let count = 0; count < WAITING_PER_NAMEPLATE_MAX; count++) {
      const { visit } = await house.guest(`joiner-${count}`);
      joins.push(visit.join('2C'));
      await settle();
    }
    const last = await house.guest('last');
    await assert.rejects(last.visit.join('2C'), { code: 'DITS_PROTOCOL_RATE_LIMITED' });
    house.clock.advance(JOIN_WAIT_MAX_MS);
    await Promise.all(joins);
  });

  it('carries no more messages than a pairing needs', async () => {
    const [ann, bob] = await Promise.all([house.guest('ann'), house.guest('bob')]);
    const offer = await offerOf(ann);
    const [atAnn, atBob] = await Promise.all([offer.next(), bob.visit.join(NAMEPLATE)]);
    for (let count = 0; count < MEET_MESSAGES_MAX; count++) {
      await atBob!.send(Uint8Array.of(1));
      await atAnn.receive();
    }
    await atBob!.send(Uint8Array.of(1));
    await assert.rejects(atAnn.receive(), new MeetingEnded('gone'));
    // The offer stands, and the one who broke the rule is out.
    await assert.rejects(bob.served.done);
    assert.deepEqual(house.lobby.nameplates, [NAMEPLATE]);
  });

  it('tells those who wait for a nameplate when its offer is taken down', async () => {
    const guests = await Promise.all(['ann', 'bob', 'cat'].map((name) => house.guest(name)));
    const [ann, bob, cat] = guests as [Guest, Guest, Guest];
    const offer = await offerOf(ann);
    await Promise.all([offer.next(), bob.visit.join(NAMEPLATE)]);
    const waiting = cat.visit.join(NAMEPLATE);
    await settle();
    await offer.withdraw();
    assert.equal(await waiting, undefined);
  });

  it('forgets a joiner that goes while it waits', async () => {
    const guests = await Promise.all(['ann', 'bob', 'cat'].map((name) => house.guest(name)));
    const [ann, bob, cat] = guests as [Guest, Guest, Guest];
    const offer = await offerOf(ann);
    const [atAnn] = await Promise.all([offer.next(), bob.visit.join(NAMEPLATE)]);
    const waiting = assert.rejects(cat.visit.join(NAMEPLATE), { name: 'ProtocolError' });
    await settle();
    cat.pair.sever();
    await waiting;
    await settle();
    await atAnn.end('done');
    const [again, dan] = await Promise.all([
      offer.next(),
      (await house.guest('dan')).visit.join(NAMEPLATE),
    ]);
    await again.send(Buffer.from('hello'));
    assert.equal(Buffer.from(await dan!.receive()).toString(), 'hello');
  });

  it('lets a meeting end that has begun when the time of the offer is over', async () => {
    const [ann, bob] = await Promise.all([house.guest('ann'), house.guest('bob')]);
    const offer = await offerOf(ann);
    const [atAnn, atBob] = await Promise.all([offer.next(), bob.visit.join(NAMEPLATE)]);
    await house.pass(OFFER_LIFETIME_MAX_MS);
    await atAnn.send(Buffer.from('in time'));
    assert.equal(Buffer.from(await atBob!.receive()).toString(), 'in time');
    await house.pass(MEETING_GRACE_MS);
    await assert.rejects(atBob!.receive(), new MeetingEnded('gone'));
    await settle();
    assert.deepEqual(house.lobby.nameplates, []);
  });

  it('sends away who wants nothing, and who stays too long', async () => {
    const idle = await house.guest('idle');
    const [ann] = await Promise.all([house.guest('ann')]);
    await offerOf(ann);
    house.clock.advance(STRANGER_IDLE_MAX_MS / 2);
    await settle();
    house.clock.advance(STRANGER_IDLE_MAX_MS / 2);
    await assert.rejects(idle.served.done, { code: 'DITS_PROTOCOL_TIMEOUT' });
    assert.deepEqual(house.lobby.nameplates, [NAMEPLATE]);
    house.clock.advance(STRANGER_STAY_MAX_MS);
    await assert.rejects(ann.served.done);
    assert.deepEqual(house.lobby.nameplates, []);
  });

  it('sends away who sends much before it has said HELLO', async () => {
    const { pair, served } = house.serve('mute');
    // The beginning of a frame that never ends.
    await (await pair.dialler.openStream()).write([Buffer.from('D')]);
    const pieceBytes = 64 * 1024;
    for (let sent = 0; sent < STRANGER_BYTES_MAX; sent += pieceBytes) {
      await (await pair.dialler.openSink()).write([Buffer.alloc(pieceBytes)]);
    }
    await settle();
    house.clock.advance(STRANGER_COUNT_INTERVAL_MS);
    await assert.rejects(served.done, { code: 'DITS_PROTOCOL_TOO_LARGE' });
  });

  it('bounds what one stranger asks at a time', async () => {
    const bob = await house.guest('bob');
    const joins = ['22', '23', '24', '25'].map((nameplate) => bob.visit.join(nameplate));
    assert.equal(joins.length, STRANGER_REQUESTS_MAX);
    await settle();
    await assert.rejects(bob.visit.join('26'), { code: 'DITS_PROTOCOL_RATE_LIMITED' });
    house.clock.advance(JOIN_WAIT_MAX_MS);
    await Promise.all(joins);
  });
});
