import assert from 'node:assert/strict';
import { createMemoryPair } from '../../protocol/index.ts';
import { describeConnection, readAll } from './connection.contract.ts';

describeConnection('a memory pair', () => {
  const { dialler, acceptor } = createMemoryPair();
  const dispose = async (): Promise<void> => {
    await dialler.close(0, '');
    await acceptor.close(0, '');
  };
  return Promise.resolve({ dialler, acceptor, dispose });
});

describe('a memory pair over a link', () => {
  it('keeps the order within a stream, however packets are delayed', async () => {
    const waiting: (() => void)[] = [];
    const link = {
      transmit: () => new Promise<'arrived'>((resolve) => waiting.push(() => resolve('arrived'))),
    };
    const { dialler, acceptor } = createMemoryPair({ link });
    const sink = await dialler.openSink();
    for (const letter of 'abcdef') await sink.write([Buffer.from(letter)]);
    const ended = sink.end();
    for (const arrive of waiting.reverse()) arrive();
    const next = await acceptor.incoming()[Symbol.asyncIterator]().next();
    assert.ok(next.done !== true && next.value.kind === 'unidirectional');
    assert.equal((await readAll(next.value.source)).toString(), 'abcdef');
    await ended;
    await dialler.close(0, '');
  });

  it('breaks when a packet is lost', async () => {
    const link = { transmit: () => Promise.resolve('lost' as const) };
    const { dialler, acceptor } = createMemoryPair({ link });
    const sink = await dialler.openSink();
    await sink.write([Buffer.from('gone')]);
    const [here, there] = await Promise.all([dialler.closed, acceptor.closed]);
    assert.equal(here.by, 'transport');
    assert.equal(there.by, 'transport');
    await assert.rejects(sink.write([Buffer.from('more')]), {
      code: 'DITS_PROTOCOL_CONNECTION_LOST',
    });
  });

  it('breaks at once when severed, and wakes whoever waits', async () => {
    const { dialler, acceptor, sever } = createMemoryPair();
    const stream = await dialler.openStream();
    const reading = assert.rejects(stream.read(Buffer.alloc(1)), {
      code: 'DITS_PROTOCOL_CONNECTION_LOST',
    });
    sever();
    await reading;
    assert.equal((await acceptor.closed).by, 'transport');
  });
});
