/** Conversations that break the rules, or strain them, from a peer that is known: hostile-inputs "Protocol". */
import { MessageChannel } from '../../../protocol/session/message-channel.ts';
import { compress } from '../../../store/index.ts';
import { expectMessage, frame } from '../../protocol/support/raw-peer.ts';
import type { CaseGroup, HostileCase } from '../hostile-case.ts';
import { HANDLE, NOBODYS_ID, within } from '../hostile-peer.ts';
import { rawFrame } from '../raw-bytes.ts';

const MIB = 1024 * 1024;
const INVALID = 'DITS_PROTOCOL_INVALID_MESSAGE';

const CONVERSATIONS: readonly HostileCase[] = [
  {
    title: 'uses a request id twice',
    attack: async (arena) => {
      const peer = await arena.enter();
      for (let count = 0; count < 2; count++) {
        await peer.control.send('REF_LIST', 50, { handle: HANDLE, after: '' });
      }
      await peer.isThrownOut(INVALID);
    },
  },
  {
    title: 'answers what nobody asked',
    attack: async (arena) => {
      for (const [name, body] of [
        ['PONG', { data: new Uint8Array(64) }],
        ['CHUNK_CHECK_RESP', { present: true }],
        ['REF_UPDATE_RESULT', { results: [] }],
      ] as const) {
        const peer = await arena.enter();
        await peer.say(name, body);
        await peer.isThrownOut(INVALID);
      }
    },
  },
  {
    title: 'replays a whole connection of another one, byte for byte',
    attack: async (arena) => {
      const hello = frame('HELLO', 0, {
        ...{ versions: [1], software: 'a', capabilities: [] },
        ...{ payloadMaxBytes: 16 * MIB, windowBytes: 16 * MIB, batchIdsMax: 1 },
      });
      const auth = frame('AUTH', 1, { repository: 'film', access: 'write', create: false });
      const peer = await arena.dial();
      const stream = await peer.stream();
      await stream.write([Buffer.concat([hello, auth, hello, auth])]);
      await peer.isThrownOut(INVALID);
    },
  },
  {
    title: 'speaks types that do not exist, megabytes of them',
    attack: async (arena) => {
      const peer = await arena.enter();
      for (const type of [0x63, 0x7f, 0xff]) {
        const stream = await peer.stream();
        const requestId = peer.nextRequestId();
        await stream.write([rawFrame({ type, requestId, payload: Buffer.alloc(4 * MIB) })]);
        const told = await expectMessage(new MessageChannel(stream), 'ERROR');
        if (told.name !== 'DITS_PROTOCOL_UNSUPPORTED') throw new Error(told.name);
      }
      await peer.isStillServed();
    },
  },
  {
    title: 'packs a thousand megabytes into a small compressed message',
    attack: async (arena) => {
      const peer = await arena.enter();
      const packed = await compress(Buffer.alloc(64 * MIB));
      const stream = await peer.stream();
      const payload = packed!;
      await stream.write([rawFrame({ type: 'REF_UPDATE', flags: 1, requestId: 9, payload })]);
      await peer.isThrownOut(INVALID);
    },
  },
  {
    title: 'calls something compressed that is not',
    attack: async (arena) => {
      for (const payload of [
        Buffer.alloc(4_000),
        Buffer.from('28b52ffd', 'hex'),
        Buffer.alloc(0),
      ]) {
        const peer = await arena.enter();
        const stream = await peer.stream();
        await stream.write([rawFrame({ type: 'REF_UPDATE', flags: 1, requestId: 9, payload })]);
        await peer.isThrownOut(INVALID);
      }
    },
  },
  {
    title: 'announces a zstd window of 2 GiB and a content of 2^63 bytes',
    attack: async (arena) => {
      // Frame header descriptor: 8 bytes of content size; window descriptor: the largest (RFC 8878, 3.1.1.1).
      for (const head of [
        '28b52ffdc0f8ffffffffffffff7f',
        '28b52ffdc0ff0000000000000080',
        '28b52ffd00a8',
      ]) {
        const payload = Buffer.concat([Buffer.from(head, 'hex'), Buffer.from('010000', 'hex')]);
        const peer = await arena.enter();
        const stream = await peer.stream();
        await stream.write([rawFrame({ type: 'REF_UPDATE', flags: 1, requestId: 9, payload })]);
        await peer.isThrownOut(INVALID);
      }
    },
  },
  {
    title: 'closes and talks on',
    attack: async (arena) => {
      const peer = await arena.enter();
      await peer.control.send('CLOSE', 0, { code: 0, reason: '\u001b]0;owned\u0007' });
      const stream = await peer.stream();
      await stream.write([frame('CHUNK_DOWNLOAD', 9, { handle: HANDLE, ids: [NOBODYS_ID] })]);
      await within(peer.connection.closed, 'the end');
    },
  },
  {
    title: 'leaves a request open that was answered, and breaks a rule',
    attack: async (arena) => {
      const peer = await arena.enter();
      const { channel } = await peer.request('CHUNK_DOWNLOAD', {
        ...{ handle: HANDLE, ids: [NOBODYS_ID] },
      });
      await expectMessage(channel, 'CHUNK_DATA');
      await peer.control.send('PONG', 77, { data: new Uint8Array() });
      await peer.isThrownOut(INVALID);
    },
  },
  {
    title: 'says ERROR 0 with a text for the terminal',
    attack: async (arena) => {
      const peer = await arena.enter();
      const said = {
        code: 1,
        name: 'DITS_\u001b[2J',
        message: '\u001b]0;owned\u0007',
        retryAfterMs: 0,
      };
      await peer.control.send('ERROR', 0, said);
      await within(peer.connection.closed, 'the end');
      const log = arena.node.log;
      // eslint-disable-next-line no-control-regex -- what must not be there
      if (/[\u0007\u001b]/.test(log)) throw new Error('escapes reached the log');
    },
  },
  {
    title: 'ends the control stream, or resets it',
    attack: async (arena) => {
      const ended = await arena.enter();
      await ended.control.end();
      await within(ended.connection.closed, 'the end');
      const reset = await arena.enter();
      reset.control.interrupt(0, new Error('reset'));
      await within(reset.connection.closed, 'the end');
    },
  },
];

const FLOODS: readonly HostileCase[] = [
  {
    title: 'asks 2,000 things at once and takes the answers',
    attack: async (arena) => {
      const peer = await arena.enter();
      const asking = (async () => {
        for (let count = 0; count < 2_000; count++) {
          await peer.say('CHUNK_CHECK', { handle: HANDLE, id: NOBODYS_ID });
        }
      })();
      for (let count = 0; count < 2_000; count++) {
        const received = await within(peer.control.receive(), 'an answer');
        const name = received?.message?.name;
        if (name !== 'CHUNK_CHECK_RESP' && name !== 'ERROR' && name !== 'PING')
          throw new Error(name);
      }
      await asking;
    },
  },
  {
    title: 'opens and resets 5,000 streams as fast as it can',
    budget: { cpuMs: 4_000 },
    attack: async (arena) => {
      const peer = await arena.enter();
      for (let count = 0; count < 5_000; count++) {
        const stream = await within(peer.stream(), 'a stream');
        await stream.write([Buffer.from('D')]);
        stream.reset(0);
        stream.stop(0);
      }
      await peer.isStillServed();
    },
  },
  {
    title: 'opens more request streams than allowed, one byte on each',
    attack: async (arena) => {
      const peer = await arena.enter();
      for (let count = 0; count < 90; count++) {
        const stream = await within(peer.stream(), 'a stream');
        await stream.write([Buffer.from('D')]);
      }
      await peer.isStillServed();
    },
  },
  {
    title: 'opens more bulk streams than a transfer has',
    attack: async (arena) => {
      const peer = await arena.enter();
      await peer.startPush();
      for (let count = 0; count < 40; count++) {
        const sink = await within(peer.sink(), 'a stream');
        await sink.write([Buffer.from('D')]).catch(() => undefined);
      }
      await peer.isThrownOut(INVALID);
    },
  },
  {
    title: 'opens a stream for nothing, and ends it',
    attack: async (arena) => {
      const peer = await arena.enter();
      const stream = await peer.stream();
      await stream.end();
      await peer.isThrownOut(INVALID);
    },
  },
  {
    title: 'sends pings and reads no answer',
    attack: async (arena) => {
      const peer = await arena.enter();
      const pings = Buffer.concat(
        Array.from({ length: 1_000 }, () => frame('PING', 1, { data: Buffer.alloc(64) })),
      );
      const stream = await peer.stream();
      // Only control may carry them; elsewhere they are no request.
      await stream.write([pings]).catch(() => undefined);
      await peer.isThrownOut(INVALID);
    },
  },
];

export const CONVERSATION_CASES: CaseGroup = {
  who: 'a peer that is known',
  cases: [...CONVERSATIONS, ...FLOODS],
};
