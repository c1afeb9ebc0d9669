import assert from 'node:assert/strict';
import type { NoiseConnection } from '../../../node/noise/noise-connection.ts';
import { PEER_STREAMS_MAX } from '../../../node/noise/noise-limits.ts';
import { secureChannel } from '../../../node/noise/secure-channel.ts';
import { tcpDuplex } from '../../../node/tcp/tcp-duplex.ts';
import { readAll } from '../../protocol/connection.contract.ts';
import {
  ChannelScene,
  PATH,
  acceptorIdentity,
  channelPair,
  diallerIdentity,
  socketPair,
  streamOf,
} from './noise-bench.ts';

describe('secureChannel', () => {
  let scene: ChannelScene;

  beforeEach(async () => {
    scene = await ChannelScene.create();
  });

  afterEach(async () => {
    await scene.close();
  });

  async function connected(
    options: Parameters<typeof channelPair>[1] = {},
  ): Promise<readonly [NoiseConnection, NoiseConnection]> {
    const ends = await channelPair(scene.pair, options);
    scene.open.push(...ends);
    return ends;
  }

  it('proves both identities', async () => {
    const [dialler, acceptor] = await connected();
    assert.equal(dialler.remotePeerId, acceptorIdentity.peerId);
    assert.equal(acceptor.remotePeerId, diallerIdentity.peerId);
  });

  it('gives up one half of a stream and keeps the other', async () => {
    const [dialler, acceptor] = await connected();
    const stream = await dialler.openStream();
    await stream.write([Buffer.from('question')]);
    const there = await streamOf(acceptor);
    stream.reset(33);
    await assert.rejects(readAll(there), {
      code: 'DITS_PROTOCOL_STREAM_RESET',
      details: { applicationCode: 33 },
    });
    await there.write([Buffer.from('answer')]);
    await there.end();
    assert.equal((await readAll(stream)).toString(), 'answer');
  });

  it('tells a writer with which code reading was stopped', async () => {
    const [dialler, acceptor] = await connected();
    const stream = await dialler.openStream();
    await stream.write([Buffer.from('question')]);
    const there = await streamOf(acceptor);
    there.stop(34);
    const piece = Buffer.alloc(100_000);
    const writing = async (): Promise<void> => {
      for (;;) await stream.write([piece]);
    };
    await assert.rejects(writing(), { details: { applicationCode: 34 } });
    await there.write([Buffer.from('no more of that')]);
    await there.end();
    assert.equal((await readAll(stream)).toString(), 'no more of that');
  });

  it('delivers what was written before an end and a close', async () => {
    const [dialler, acceptor] = await connected();
    const sent = Buffer.alloc(200_000, 7);
    const stream = await dialler.openStream();
    await stream.write([sent]);
    await stream.end();
    const there = await streamOf(acceptor);
    await dialler.close(0, 'done');
    await acceptor.closed;
    assert.ok((await readAll(there)).equals(sent));
  });

  it('opens more streams than are allowed at once, one after the other', async () => {
    const [dialler, acceptor] = await connected();
    const count = PEER_STREAMS_MAX + 50;
    const answering = (async () => {
      let answered = 0;
      for await (const arrived of acceptor.incoming()) {
        assert.ok(arrived.kind === 'bidirectional');
        await arrived.stream.write([await readAll(arrived.stream)]);
        await arrived.stream.end();
        if (++answered === count) return;
      }
    })();
    const asking = Array.from({ length: count }, async (_, index) => {
      const stream = await dialler.openStream();
      await stream.write([Buffer.from(String(index))]);
      await stream.end();
      return (await readAll(stream)).toString();
    });
    const answers = await Promise.all(asking);
    await answering;
    answers.forEach((answer, index) => assert.equal(answer, String(index)));
  });

  it('tells the acceptor why the peer came this way', async () => {
    const [dialler, acceptor] = await connected();
    dialler.explainPath('no answer over UDP in 0.3 s');
    const stream = await dialler.openStream();
    await stream.write([Buffer.from('x')]);
    await streamOf(acceptor);
    assert.equal(acceptor.pathReason, 'no answer over UDP in 0.3 s');
  });

  it('ends when nothing comes for too long', async () => {
    const [ours, theirs] = await socketPair();
    const dialling = secureChannel(tcpDuplex(ours), {
      ...PATH,
      role: 'dialler',
      identity: diallerIdentity,
      idleTimeoutMs: 300,
    });
    const frozen = tcpDuplex(theirs);
    let isFrozen = false;
    const acceptor = await secureChannel(
      {
        ...frozen,
        read: async (into) => {
          const count = await frozen.read(into);
          return isFrozen ? await new Promise<number>(() => undefined) : count;
        },
      },
      { ...PATH, role: 'acceptor', identity: acceptorIdentity },
    );
    isFrozen = true;
    const dialler = await dialling;
    assert.equal((await dialler.closed).by, 'timeout');
    await dialler.close(0, '');
    theirs.destroy();
    void acceptor.close(0, '');
  });
});
