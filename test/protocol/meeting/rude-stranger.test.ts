import assert from 'node:assert/strict';
import { MeetingEnded } from '../../../protocol/index.ts';
import { MEET_MESSAGES_MAX } from '../../../protocol/meeting/meeting-limits.ts';
import { MessageChannel } from '../../../protocol/session/message-channel.ts';
import { createHello } from '../../../protocol/session/session-limits.ts';
import { House, NAMEPLATE, offerOf } from '../support/lobby-house.ts';
import { expectMessage } from '../support/raw-peer.ts';

describe('a stranger without manners', () => {
  const HELLO = createHello('rude/1', 16 * 1024 * 1024);

  async function rude() {
    const house = new House();
    const { pair, served } = house.serve('rude');
    const control = new MessageChannel(await pair.dialler.openStream());
    await control.send('HELLO', 0, HELLO);
    await expectMessage(control, 'HELLO');
    const open = async (): Promise<MessageChannel> =>
      new MessageChannel(await pair.dialler.openStream());
    return { house, pair, served, control, open };
  }

  it('gets no repository', async () => {
    const { served, control } = await rude();
    await control.send('AUTH', 1, {
      repository: 'film',
      access: 'read',
      create: false,
      pass: undefined,
    });
    const told = await expectMessage(control, 'ERROR');
    assert.equal(told.name, 'DITS_PROTOCOL_PERMISSION_DENIED');
    await assert.rejects(served.done);
  });

  it('gets no object, and no transfer', async () => {
    const { served, open, pair } = await rude();
    const channel = await open();
    await channel.send('CHUNK_DOWNLOAD', 1, { handle: 1, ids: ['ab'.repeat(32) as never] });
    const told = await expectMessage(channel, 'ERROR');
    assert.equal(told.name, 'DITS_PROTOCOL_PERMISSION_DENIED');
    await pair.dialler.close(0, '');
    await served.done.catch(() => undefined);
  });

  it('is closed on for messages that belong to no meeting', async () => {
    const { served, open, house } = await rude();
    const channel = await open();
    await channel.send('MEET_OFFER', 1, { nameplate: NAMEPLATE });
    await expectMessage(channel, 'MEET_OFFERED');
    await channel.send('MEET_MESSAGE', 1, { data: Uint8Array.of(1) });
    await assert.rejects(served.done, { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    assert.deepEqual(house.lobby.nameplates, []);
  });

  it('is closed on for a stream without a request', async () => {
    const { served, open } = await rude();
    await (await open()).end();
    await assert.rejects(served.done, { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
  });

  it('ends nothing but its own offer by what has no place in it', async () => {
    const wrong: readonly ((channel: MessageChannel) => Promise<void>)[] = [
      (channel) => channel.send('MEET_JOIN', 1, { nameplate: NAMEPLATE }),
      (channel) => channel.send('MEET_END', 2, { reason: 'done' }),
    ];
    for (const send of wrong) {
      const { served, open, house } = await rude();
      const channel = await open();
      await channel.send('MEET_OFFER', 1, { nameplate: NAMEPLATE });
      await expectMessage(channel, 'MEET_OFFERED');
      await send(channel);
      await assert.rejects(served.done, { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
      assert.deepEqual(house.lobby.nameplates, []);
    }
  });

  it('leaves an offer as it was, whatever it sends as a joiner', async () => {
    const { served, open, house } = await rude();
    const ann = await house.guest('ann');
    const offer = await offerOf(ann);
    const channel = await open();
    await channel.send('MEET_JOIN', 1, { nameplate: NAMEPLATE });
    await expectMessage(channel, 'MEET_BEGIN');
    const met = await offer.next();
    await channel.send('MEET_OFFER', 1, { nameplate: 'K8' });
    await assert.rejects(met.receive(), new MeetingEnded('gone'));
    await assert.rejects(served.done, { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    assert.deepEqual(house.lobby.nameplates, [NAMEPLATE]);
    await house.close();
  });

  it('says no more in one meeting than a pairing needs, as the one who offers', async () => {
    const { served, open, house } = await rude();
    const channel = await open();
    await channel.send('MEET_OFFER', 1, { nameplate: NAMEPLATE });
    await expectMessage(channel, 'MEET_OFFERED');
    const { visit } = await house.guest('bob');
    const met = await visit.join(NAMEPLATE);
    await expectMessage(channel, 'MEET_BEGIN');
    const reading = (async () => {
      for (;;) await met!.receive();
    })();
    const cut = assert.rejects(reading, new MeetingEnded('gone'));
    for (let count = 0; count <= MEET_MESSAGES_MAX; count++) {
      await channel.send('MEET_MESSAGE', 1, { data: Uint8Array.of(1) });
    }
    await cut;
    await assert.rejects(served.done, { code: 'DITS_PROTOCOL_TOO_LARGE' });
    await house.close();
  });
});
