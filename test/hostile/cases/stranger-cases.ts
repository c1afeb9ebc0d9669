/** Peers that prove who they are, and whom nobody here knows; a relay lets them into its lobby. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { generateIdentity } from '../../../node/index.ts';
import { dialQuic } from '../../../node/quic/quic-dial.ts';
import type { Credentials } from '../../../node/identity/certificate.ts';
import { MessageChannel } from '../../../protocol/session/message-channel.ts';
import { expectMessage } from '../../protocol/support/raw-peer.ts';
import type { Arena } from '../arena.ts';
import type { CaseGroup, HostileCase } from '../hostile-case.ts';
import type { HostilePeer } from '../hostile-peer.ts';
import { within } from '../hostile-peer.ts';
import { fields, rawFrame } from '../raw-bytes.ts';

const DENIED = 'DITS_PROTOCOL_PERMISSION_DENIED';
const INVALID = 'DITS_PROTOCOL_INVALID_MESSAGE';
const TOO_LARGE = 'DITS_PROTOCOL_TOO_LARGE';
const BUSY = 'DITS_PROTOCOL_RATE_LIMITED';
const MIB = 1024 * 1024;

async function stranger(arena: Arena, over: 'quic' | 'tcp' = 'quic'): Promise<HostilePeer> {
  const peer = await arena.dialAs(generateIdentity(), over);
  await peer.hello();
  await expectMessage(peer.control, 'HELLO');
  return peer;
}

async function isTurnedAway(
  arena: Arena,
  credentials: Credentials | undefined,
  alpn?: string,
): Promise<void> {
  const dialling = dialQuic({
    ...{ remote: arena.address, credentials, checkPeer: () => undefined, alpn },
  }).then(async (connection) => {
    // The client's handshake ends first: it may see the refusal as the end of a connection.
    const end = await within(connection.closed, 'the end');
    assert.equal(end.by, 'remote');
    assert.notEqual(end.code, 0);
    throw new Error('turned away');
  });
  await assert.rejects(dialling);
}

/** A certificate with another kind of key, made by openssl. */
function certificate(arena: Arena, algorithm: string): Credentials {
  const [keyPath, path] = [arena.studio.path('other.key'), arena.studio.path('other.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', algorithm, '-nodes', '-subj', '/CN=x'],
      ...(algorithm === 'ec' ? ['-pkeyopt', 'ec_paramgen_curve:prime256v1'] : []),
      ...['-keyout', keyPath, '-out', path],
    ],
    { stdio: 'ignore' },
  );
  return { keyPem: readFileSync(keyPath, 'utf8'), certificatePem: readFileSync(path, 'utf8') };
}

/** Sound requests that no stranger may make. */
const PAYLOADS = {
  SYNC_REQUEST: fields([1, 1], [2, 2], [3, Buffer.alloc(32, 1)], [6, 16 * MIB]),
  FEED_OPEN: fields([1, 1], [2, Buffer.alloc(32, 1)], [3, 16 * MIB], [4, 9]),
  CHUNK_DOWNLOAD: fields([1, 1], [2, Buffer.alloc(32, 1)]),
  CIRCUIT_CONNECT: fields([1, generateIdentity().peerId]),
  PUNCH: fields([1, '127.0.0.1:22']),
} as const;

const CASES: readonly HostileCase[] = [
  {
    title: 'has no certificate, another kind of key, or speaks another protocol in TLS',
    attack: async (arena) => {
      await isTurnedAway(arena, undefined);
      await isTurnedAway(arena, certificate(arena, 'ec'));
      await isTurnedAway(arena, generateIdentity().credentials, 'h3');
      await isTurnedAway(arena, generateIdentity().credentials, '');
    },
  },
  {
    title: 'asks for a repository, for refs, or for all names',
    attack: async (arena) => {
      for (const over of ['quic', 'tcp'] as const) {
        const auth = await stranger(arena, over);
        await auth.say('AUTH', { repository: 'film', access: 'read', create: false });
        await auth.isThrownOut(DENIED);
        const list = await stranger(arena, over);
        await list.say('REPO_LIST', { after: '' });
        await list.isThrownOut(DENIED);
      }
    },
  },
  {
    title: 'opens transfers, feeds, circuits and a direct path',
    attack: async (arena) => {
      for (const type of Object.keys(PAYLOADS) as (keyof typeof PAYLOADS)[]) {
        const peer = await stranger(arena);
        const stream = await peer.stream();
        await stream.write([rawFrame({ type, requestId: 1, payload: PAYLOADS[type] })]);
        const told = await expectMessage(new MessageChannel(stream), 'ERROR');
        assert.equal(told.name, DENIED);
        await peer.connection.close(0, '');
      }
    },
  },
  {
    title: 'sends megabytes before its HELLO',
    attack: async (arena) => {
      const peer = await arena.dialAs(generateIdentity());
      for (let count = 0; count < 50; count++) {
        const stream = await peer.stream();
        void stream.write([Buffer.alloc(4 * MIB)]).catch(() => undefined);
      }
      await peer.isThrownOut(TOO_LARGE, INVALID);
    },
  },
  {
    title: 'sends megabytes in requests that it never finishes',
    attack: async (arena) => {
      const peer = await stranger(arena);
      for (let count = 0; count < 3; count++) {
        const stream = await peer.stream();
        void stream
          .write([
            rawFrame({
              type: 0x7e,
              requestId: count + 1,
              length: 16 * MIB,
              payload: Buffer.alloc(8 * MIB),
            }),
          ])
          .catch(() => undefined);
      }
      await peer.isThrownOut(TOO_LARGE);
    },
  },
  {
    title: 'comes back until its network has used up its places',
    budget: { cpuMs: 3_000 },
    attack: async (arena) => {
      const peers = await Promise.all(
        Array.from({ length: 40 }, () => arena.dialAs(generateIdentity())),
      );
      const ends = await Promise.all(
        peers.map((peer) => Promise.race([peer.connection.closed, settled()])),
      );
      const refused = ends.filter((end) => end?.by === 'remote' && end.code === 5).length;
      assert.ok(refused >= 24, `${refused} were refused`);
      // Those who are known are not held up.
      await (await arena.enter()).isStillServed();
    },
  },
  {
    title: 'guesses tickets',
    attack: async (arena) => {
      const names = new Set<string | undefined>();
      for (let count = 0; count < 30; count++) {
        const peer = await stranger(arena);
        const { channel } = await peer.request('TICKET_REDEEM', {
          ...{ ticket: randomBytes(8), secret: randomBytes(16), name: 'x' },
        });
        const told = await expectMessage(channel, 'ERROR');
        names.add(told.name);
        await peer.connection.close(0, '');
      }
      // The first are told that there is no such ticket, the rest that they have tried enough.
      assert.ok(names.has(BUSY), [...names].join());
      assert.deepEqual([...names].sort(), [DENIED, BUSY].sort());
    },
  },
  {
    title: 'offers more codes than its network may, or one nameplate twice',
    attack: async (arena) => {
      const peer = await stranger(arena);
      const offers = [];
      for (const nameplate of ['AA', 'AA', 'CC', 'DD']) {
        offers.push(await peer.request('MEET_OFFER', { nameplate }));
      }
      const answers = [];
      for (const { channel } of offers) answers.push((await channel.receive())?.message?.name);
      assert.deepEqual(answers.slice(0, 2), ['MEET_OFFERED', 'MEET_END']);
      await peer.connection.close(0, '');
    },
  },
  {
    title: 'sends pairing messages of the wrong size to nobody',
    attack: async (arena) => {
      const peer = await stranger(arena);
      const stream = await peer.stream();
      await stream.write([
        rawFrame({ type: 'MEET_MESSAGE', requestId: 1, payload: Buffer.alloc(4_000) }),
      ]);
      await peer.isThrownOut(INVALID, DENIED);
    },
  },
  {
    title: 'says nothing after the handshake, or nothing after its HELLO',
    waits: true,
    attack: async (arena) => {
      const silent = await arena.dialAs(generateIdentity());
      const polite = await stranger(arena);
      await Promise.all([
        silent.isThrownOut('DITS_PROTOCOL_TIMEOUT'),
        polite.isThrownOut('DITS_PROTOCOL_TIMEOUT'),
      ]);
    },
  },
];

/** Undefined after the time in which a refusal arrives. */
async function settled(): Promise<undefined> {
  await new Promise((resolve) => setTimeout(resolve, 500));
  return undefined;
}

export const STRANGER_CASES: CaseGroup = { who: 'a stranger', cases: CASES };
