/** What a peer that may write can send and point refs at: hostile-inputs "Paths", "Content", "Protocol". */
import assert from 'node:assert/strict';

import type { MessageBody, ProtocolErrorCode, WireRefChange } from '../../../protocol/index.ts';
import { NO_TOTALS } from '../../../protocol/sync/sync-progress.ts';
import { branchRef, compress, objectId, type ObjectRecord } from '../../../store/index.ts';
import { chunk, expectMessage, frame } from '../../protocol/support/raw-peer.ts';
import type { Arena } from '../arena.ts';
import type { CaseGroup, HostileCase } from '../hostile-case.ts';
import { HANDLE, NOBODYS_ID, type HostilePeer, type HostilePush } from '../hostile-peer.ts';
import { fields } from '../raw-bytes.ts';
import { ENTRY, rawCommit, rawObject, rawTree, type RawEntry } from '../raw-objects.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const INVALID = 'DITS_PROTOCOL_INVALID_MESSAGE';
const BAD_DATA = 'DITS_PROTOCOL_BAD_DATA';

/** A push in the middle of which something is wrong: the connection must end with this code. */
function badPush(
  title: string,
  code: ProtocolErrorCode,
  spoil: (push: HostilePush, arena: Arena) => Promise<void>,
): HostileCase {
  return {
    title,
    attack: async (arena) => {
      const peer = await arena.enter();
      const push = await peer.startPush();
      await spoil(push, arena);
      await peer.isThrownOut(code);
    },
  };
}

const LIE = chunk(Buffer.from('a lie'), { id: objectId('chunk', Buffer.from('the truth')) });

async function bomb(over: Partial<ObjectRecord>): Promise<ObjectRecord> {
  const packed = await compress(Buffer.alloc(64 * MIB));
  return chunk(packed!, { codec: 'zstd', ...over });
}

const PUSHES: readonly HostileCase[] = [
  badPush('sends bytes that do not match their id', BAD_DATA, (push) => push.send([LIE])),
  badPush('sends a bomb that says it is small', BAD_DATA, async (push) =>
    push.send([await bomb({ rawSize: 64 * KIB })]),
  ),
  badPush('sends a bomb that says it is as large as anything may be', BAD_DATA, async (push) =>
    push.send([await bomb({ rawSize: 8 * MIB })]),
  ),
  badPush('sends noise as compressed', BAD_DATA, (push) =>
    push.send([chunk(Buffer.alloc(1_000, 7), { codec: 'zstd', rawSize: 2_000 })]),
  ),
  badPush('sends a chunk as a tree', INVALID, (push) =>
    push.send([chunk(Buffer.from('x'), { kind: 'tree' })]),
  ),
  badPush('sends a chunk where everything else goes', INVALID, (push) =>
    push.send([chunk(Buffer.from('x'))], 'MANIFEST_PUSH'),
  ),
  badPush('sends an empty batch', INVALID, (push) => push.send([])),
  badPush('sends sizes that do not add up', INVALID, (push) =>
    push.sendPayload(records([chunk(Buffer.from('x'))], { data: Buffer.alloc(99) })),
  ),
  badPush('sends lists of different lengths', INVALID, (push) =>
    push.sendPayload(records([chunk(Buffer.from('x'))], { forms: Buffer.from([1, 1]) })),
  ),
  badPush('sends a kind that there is not', INVALID, (push) =>
    push.sendPayload(records([chunk(Buffer.from('x'))], { forms: Buffer.from([9]) })),
  ),
  badPush('sends a compression that there is not', INVALID, (push) =>
    push.sendPayload(records([chunk(Buffer.from('x'))], { forms: Buffer.from([0x21]) })),
  ),
  badPush('claims an object of a terabyte', INVALID, (push) =>
    push.sendPayload(records([chunk(Buffer.from('x'))], { rawSize: 2 ** 40 })),
  ),
  badPush('sends 5,000 records in a batch', INVALID, (push) =>
    push.sendPayload(records(Array.from({ length: 5_000 }, () => chunk(Buffer.alloc(0))))),
  ),
  badPush('numbers two batches alike', INVALID, async (push) => {
    const { sink, requestId } = push;
    const one = { batch: 1, records: [chunk(Buffer.from('x'))], absent: [], last: false };
    await sink.write([frame('CHUNK_UPLOAD', requestId, one)]);
    await sink.write([frame('CHUNK_UPLOAD', requestId, one)]);
  }),
  badPush('ends before all of its batches', INVALID, async ({ channel, requestId, ...push }) => {
    const one = { batch: 1, records: [chunk(Buffer.from('x'))], absent: [], last: false };
    await push.sink.write([frame('CHUNK_UPLOAD', requestId, one)]);
    for (let name; name !== 'CHUNK_UPLOAD_ACK';) name = (await channel.receive())?.message?.name;
    await channel.send('SYNC_END', requestId, { batches: 0, totals: NO_TOTALS });
  }),
  badPush('sends batches of a transfer that was never begun', INVALID, async ({ sink }) => {
    const one = { batch: 1, records: [chunk(Buffer.from('x'))], absent: [], last: false };
    await sink.write([frame('CHUNK_UPLOAD', 4_000, one)]);
  }),
  badPush('overruns the window', INVALID, async ({ sink, requestId }) => {
    // Bytes that never end a batch: the window counts what is announced.
    const head = frame('CHUNK_UPLOAD', requestId, {
      batch: 1,
      records: [],
      absent: [],
      last: false,
    });
    const header = Buffer.from(head.subarray(0, 20));
    header.writeUInt32BE(16 * MIB, 8);
    const piece = Buffer.alloc(16 * MIB);
    for (let count = 0; count < 4; count++) {
      await sink.write([header, piece]).catch(() => undefined);
    }
  }),
];

/** The payload of a batch that says something else than it holds. */
function records(
  all: readonly ObjectRecord[],
  over: { readonly data?: Buffer; readonly forms?: Buffer; readonly rawSize?: number } = {},
): Buffer {
  const sizes = Buffer.from(all.map(({ rawSize }) => rawSize));
  const raw = over.rawSize === undefined ? sizes : fields([9, over.rawSize]).subarray(1);
  return fields(
    [1, 1],
    [2, Buffer.concat(all.map(({ id }) => Buffer.from(id, 'hex')))],
    [3, over.forms ?? Buffer.alloc(all.length, 1)],
    [4, raw],
    [5, sizes],
    [15, over.data ?? Buffer.concat(all.map(({ stored }) => stored))],
  );
}

/** Stores objects honestly, and asks for a branch to be moved to the last of them. */
async function pointAt(
  arena: Arena,
  objects: readonly ObjectRecord[],
  over: Partial<WireRefChange> = {},
): Promise<MessageBody<'REF_UPDATE_RESULT'> | undefined> {
  const peer = await arena.enter();
  const push = await peer.startPush();
  const chunks = objects.filter(({ kind }) => kind === 'chunk');
  const others = objects.filter(({ kind }) => kind !== 'chunk');
  if (others.length > 0) await push.send(others, 'MANIFEST_PUSH');
  if (chunks.length > 0) await push.send(chunks);
  const batches = Number(others.length > 0) + Number(chunks.length > 0);
  await push.channel.send('SYNC_END', push.requestId, { batches, totals: NO_TOTALS });
  for (let name; name !== 'SYNC_DONE';) {
    const received = await push.channel.receive();
    if (received === undefined) return undefined;
    name = received.message?.name;
  }
  const change = { name: branchRef('evil'), old: null, new: objects.at(-1)!.id, force: false };
  return await move(peer, { ...change, ...over });
}

async function move(
  peer: HostilePeer,
  change: WireRefChange,
): Promise<MessageBody<'REF_UPDATE_RESULT'> | undefined> {
  const requestId = await peer.say('REF_UPDATE', { handle: HANDLE, changes: [change] });
  for (;;) {
    const received = await peer.control.receive().catch(() => undefined);
    // A name that no sound program would send ends the connection.
    if (received === undefined) return undefined;
    if (received.requestId !== requestId) continue;
    const { message } = received;
    // What the objects are is found out when they are read: then the request fails.
    if (message?.name === 'ERROR') return undefined;
    assert.equal(message?.name, 'REF_UPDATE_RESULT');
    return message.body;
  }
}

/** Nothing may point at these objects afterwards. */
function badObjects(title: string, make: () => readonly ObjectRecord[]): HostileCase {
  return {
    title,
    attack: async (arena) => {
      const told = await pointAt(arena, make());
      const result = told?.results[0]?.result;
      assert.ok(result === undefined || result === 'incomplete' || result === 'denied', result);
    },
  };
}

function badNames(title: string, ...entries: readonly RawEntry[]): HostileCase {
  return badObjects(`names a file ${title}`, () => {
    const content = chunk(Buffer.from('content'));
    const tree = rawTree(...entries.map((entry) => ({ content, ...entry })));
    return [content, tree, rawCommit(tree)];
  });
}

const NAMES: readonly (readonly [string, string | Uint8Array])[] = [
  ['..', '..'],
  ['.', '.'],
  ['with nothing', ''],
  ['/etc/passwd', '/etc/passwd'],
  ['a/b', 'a/b'],
  ['a//b', 'a//b'],
  ['a/', 'a/'],
  ['.dits', '.dits'],
  ['.DITS', '.DITS'],
  ['.dits.', '.dits.'],
  ['.dits with a blank', '.dits '],
  ['dits~1', 'dits~1'],
  ['.di(zero-width)ts', '.di\u200bts'],
  ['.dits::$INDEX_ALLOCATION', '.dits::$INDEX_ALLOCATION'],
  ['with a backslash', '..\\..\\x'],
  ['C:', 'C:'],
  ['CON', 'CON'],
  ['nul.txt', 'nul.txt'],
  ['with a dot at its end', 'x.'],
  ['with a blank at its end', 'x '],
  ['with CR and LF', 'a\r\nb'],
  ['with NUL', 'a\0b'],
  ['with an escape', 'a\u001b]0;owned\u0007'],
  ['in no UTF-8', Buffer.from([0x61, 0xff])],
  ['in another Unicode form', 'cafe\u0301'],
  ['of 256 bytes', 'n'.repeat(256)],
];

const OBJECTS: readonly HostileCase[] = [
  ...NAMES.map(([title, name]) => badNames(title, { name })),
  badNames('as another, but for case', { name: 'Take.mov' }, { name: 'take.mov' }),
  badNames('twice', { name: 'a' }, { name: 'a' }),
  badNames('out of order', { name: 'b' }, { name: 'a' }),
  badNames(
    'and makes it a link and a folder',
    { name: 'a', kind: ENTRY.symlink },
    { name: 'a', kind: ENTRY.directory },
  ),
  badNames('of a terabyte in one chunk', { name: 'a', size: 2 ** 40 }),
  badNames('of 2^60 bytes', { name: 'a', size: 2n ** 60n }),
  badNames('of a kind that there is not', { name: 'a', kind: 9 }),
  badObjects('offers a tree that is no protobuf', () => {
    const tree = rawObject('tree', Buffer.from([0xff, 0xff, 0xff]));
    return [tree, rawCommit(tree)];
  }),
  badObjects('offers a tree with unknown fields', () => {
    const tree = rawObject('tree', fields([99, 1]));
    return [tree, rawCommit(tree)];
  }),
  badObjects('offers a commit without an author, and one with escapes in it', () => {
    const tree = rawTree();
    return [tree, rawCommit(tree, { author: [[1, 'a\u001b[2J']] })];
  }),
  badObjects('offers a manifest whose sizes do not add up', () => {
    const piece = chunk(Buffer.from('content'));
    const ids = Buffer.from(piece.id + piece.id, 'hex');
    const manifest = rawObject(
      'manifest',
      fields([2, ids], [3, Buffer.from([7, 99])], [4, Buffer.alloc(32)], [5, 1]),
    );
    const tree = rawTree({ name: 'a', content: manifest, size: 14 });
    return [piece, manifest, tree, rawCommit(tree)];
  }),
  badObjects('offers a manifest of a level that there is not', () => {
    const manifest = rawObject(
      'manifest',
      fields([1, 200], [2, Buffer.alloc(32)], [3, Buffer.from([7])]),
    );
    const tree = rawTree({ name: 'a', content: manifest, size: 7 });
    return [manifest, tree, rawCommit(tree)];
  }),
  badObjects('offers a file that is a tree', () => {
    const inner = rawTree();
    const tree = rawTree({ name: 'a', content: inner, size: 1 });
    return [inner, tree, rawCommit(tree)];
  }),
  badObjects('leaves out what it points at', () => {
    const missing = chunk(Buffer.from('never sent'));
    const tree = rawTree({ name: 'a', content: missing });
    return [tree, rawCommit(tree)];
  }),
  {
    title: 'nests folders 3,000 deep',
    attack: async (arena) => {
      const trees = [rawTree()];
      for (let depth = 0; depth < 3_000; depth++) {
        trees.push(rawTree({ name: 'd', kind: ENTRY.directory, content: trees.at(-1) }));
      }
      await pointAt(arena, [...trees, rawCommit(trees.at(-1)!)]);
    },
  },
];

/** A ref that may not be moved so: the answer is one of these. */
function badMove(
  title: string,
  over: Partial<WireRefChange>,
  ...allowed: readonly string[]
): HostileCase {
  return {
    title,
    attack: async (arena) => {
      const peer = await arena.enter();
      const change = { name: branchRef('evil'), old: null, new: arena.heads.film, force: false };
      const told = await move(peer, { ...change, ...over });
      const result = told?.results[0]?.result ?? 'refused';
      assert.ok(allowed.includes(result), `${result}, not ${allowed.join(' or ')}`);
    },
  };
}

const MAIN = branchRef('main');
const REFS: readonly HostileCase[] = [
  badMove('points a branch at nothing', { new: NOBODYS_ID }, 'incomplete'),
  badMove(
    'moves a branch from where it is not',
    { name: MAIN, old: NOBODYS_ID, new: null },
    'rejected-non-fast-forward',
  ),
  ...[
    'HEAD',
    'refs/remotes/origin/main',
    'refs/heads/../../config',
    'refs/heads/',
    'refs/heads/a..b',
    'refs/heads/\u001b[2J',
    '../x',
    'refs/heads/CON',
    'refs/heads/.dits',
  ].map((name) =>
    badMove(`makes a ref called ${JSON.stringify(name)}`, { name }, 'denied', 'refused'),
  ),
  {
    title: 'asks about, and for, what only another repository has',
    attack: async (arena) => {
      const peer = await arena.enter();
      const ids = [arena.heads.secret];
      const { present } = await peer.ask(
        'CHUNK_BATCH_CHECK',
        { handle: HANDLE, number: 0, ids },
        'CHUNK_BATCH_RESP',
      );
      assert.deepEqual(present, [false]);
      const { channel } = await peer.request('CHUNK_DOWNLOAD', { handle: HANDLE, ids });
      assert.deepEqual((await expectMessage(channel, 'CHUNK_DATA')).absent, ids);
      const pull = await peer.startPull(arena.heads.secret);
      assert.equal((await expectMessage(pull.channel, 'ERROR')).name, 'DITS_PROTOCOL_NOT_FOUND');
    },
  },
  {
    title: 'opens what it has no grant for, and learns nothing of whether it is there',
    attack: async (arena) => {
      const peer = await arena.dial();
      await peer.hello();
      await expectMessage(peer.control, 'HELLO');
      const answers = [];
      for (const repository of ['secret', 'nothing']) {
        for (const create of [false, true]) {
          answers.push(
            await peer.ask('AUTH', { repository, access: 'write', create }, 'AUTH_FAIL'),
          );
        }
      }
      assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1);
    },
  },
  {
    title: 'opens repositories outside of what is served',
    attack: async (arena) => {
      for (const repository of [
        '../film',
        '/etc',
        'film/..',
        'a//b',
        '',
        '.',
        'C:\\x',
        'a\0b',
        'CON',
      ]) {
        const peer = await arena.dial();
        await peer.hello();
        await expectMessage(peer.control, 'HELLO');
        await peer.say('AUTH', { repository, access: 'write', create: true });
        const received = await peer.control.receive();
        const name = received?.message?.name;
        assert.ok(name === 'AUTH_FAIL' || name === 'ERROR', `${repository}: ${name}`);
        await peer.connection.close(0, '');
      }
    },
  },
  {
    title: 'opens a repository without end',
    attack: async (arena) => {
      const peer = await arena.dial();
      await peer.hello();
      await expectMessage(peer.control, 'HELLO');
      let refused = 0;
      for (let count = 0; count < 100; count++) {
        await peer.say('AUTH', { repository: 'film', access: 'read', create: false });
        const received = await peer.control.receive();
        if (received?.message?.name !== 'AUTH_OK') refused++;
      }
      assert.equal(refused, 36);
    },
  },
];

export const PUSH_CASES: CaseGroup = {
  who: 'a peer that may write',
  cases: [...PUSHES, ...OBJECTS],
};
export const REF_CASES: CaseGroup = { who: 'a peer that may write', cases: REFS };
