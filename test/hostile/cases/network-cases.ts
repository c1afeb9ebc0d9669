/** What anybody can send to the ports of a node, before any handshake. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';

import { generateIdentity } from '../../../node/index.ts';
import { laneTlsOptions } from '../../../node/lanes/lane-handshake.ts';
import { LANE_MAGIC } from '../../../node/lanes/lane-limits.ts';
import type { Arena } from '../arena.ts';
import type { CaseGroup, HostileCase } from '../hostile-case.ts';
import { within } from '../hostile-peer.ts';
import { RawUdp, ended, firstFlight, longHeader, rawTcp, rejectedTcp } from '../raw-network.ts';

/** Before an address is proven, at most three times what came from it may go there (RFC 9000 section 8.1). */
const AMPLIFICATION_MAX = 3;
const QUIC_VERSION_1 = 1;
/** A little longer than answers take on loopback. */
const ANSWER_MS = 300;
const MULTISTREAM = '\x13/multistream/1.0.0\n';

/** Sends datagrams, waits for what they bring back, and checks that the victim sent no more than it may. */
async function datagrams(
  arena: Arena,
  count: number,
  make: (index: number) => Uint8Array | readonly Uint8Array[],
): Promise<RawUdp> {
  const udp = await RawUdp.open(arena);
  for (let index = 0; index < count; index++) {
    const made = make(index);
    for (const bytes of made instanceof Uint8Array ? [made] : made) await udp.send(bytes);
  }
  await delay(ANSWER_MS);
  await udp.close();
  assert.ok(
    udp.receivedBytes <= AMPLIFICATION_MAX * udp.sentBytes,
    `${udp.receivedBytes} bytes came back for ${udp.sentBytes}`,
  );
  return udp;
}

/** A connection of somebody who is known must come about, whatever else happens. */
async function letsOthersIn(arena: Arena): Promise<void> {
  const honest = await within(arena.enter(), 'a connection of somebody else');
  await honest.isStillServed();
  await honest.connection.close(0, '');
}

const UDP_CASES: readonly HostileCase[] = [
  {
    title: 'sends 5,000 datagrams of noise, of any size',
    attack: async (arena) => {
      await datagrams(arena, 5_000, (index) => randomBytes(index % 1_500));
      await letsOthersIn(arena);
    },
  },
  {
    title: 'sends the largest datagrams that there are',
    attack: async (arena) => {
      await datagrams(arena, 100, () => randomBytes(65_000));
    },
  },
  {
    title: 'speaks versions of QUIC that do not exist',
    attack: async (arena) => {
      const udp = await datagrams(arena, 500, (index) => longHeader(0x1a2a3a4a + index));
      // Version 0 in an answer is Version Negotiation; it is smaller than what asked for it.
      assert.ok(udp.receivedBytes < udp.sentBytes);
      for (const answer of udp.answers) assert.equal(answer.readUInt32BE(1), 0);
    },
  },
  {
    title: 'asks for a version in datagrams too short to be answered',
    attack: async (arena) => {
      const udp = await datagrams(arena, 500, () => longHeader(0x1a2a3a4a).subarray(0, 100));
      assert.equal(udp.answers.length, 0);
    },
  },
  {
    title: 'sends Version Negotiation, Retry and Handshake packets to a server',
    attack: async (arena) => {
      const kinds = [longHeader(0), ...[1, 2, 3].map((type) => longHeader(QUIC_VERSION_1, type))];
      const udp = await datagrams(arena, 400, (index) => kinds[index % kinds.length]!);
      assert.equal(udp.answers.length, 0);
    },
  },
  {
    title: 'sends first packets whose encryption is noise',
    attack: async (arena) => {
      await datagrams(arena, 1_000, () => longHeader(QUIC_VERSION_1));
      await letsOthersIn(arena);
    },
    budget: { cpuMs: 3_000 },
  },
  {
    title: 'begins 1,000 handshakes and finishes none',
    // A handshake that is begun costs its key exchange; past the threshold only a token.
    budget: { cpuMs: 4_000 },
    attack: async (arena) => {
      const { credentials } = generateIdentity();
      await datagrams(arena, 1_000, () => firstFlight(arena.address, credentials));
      await letsOthersIn(arena);
    },
  },
  {
    title: 'sends the same first packet 2,000 times',
    attack: async (arena) => {
      const flight = firstFlight(arena.address);
      await datagrams(arena, 2_000, () => flight);
      await letsOthersIn(arena);
    },
  },
  {
    title: 'changes single bits of first packets',
    budget: { cpuMs: 4_000 },
    attack: async (arena) => {
      const flight = firstFlight(arena.address);
      await datagrams(arena, 1_000, (index) =>
        flight.map((bytes) => {
          const copy = Buffer.from(bytes);
          copy[(index * 7) % copy.length]! ^= 1 << (index % 8);
          return copy;
        }),
      );
      await letsOthersIn(arena);
    },
  },
  {
    title: 'sends short headers with ids of connections that do not exist',
    attack: async (arena) => {
      const udp = await datagrams(arena, 5_000, () => {
        const bytes = randomBytes(200);
        bytes[0] = 0x40 | (bytes[0]! & 0x3f);
        return bytes;
      });
      assert.equal(udp.answers.length, 0);
    },
  },
  {
    title: 'sends noise under the id of a connection of somebody else',
    attack: async (arena) => {
      const other = await arena.enter();
      const { connectionId } = other.connection as { readonly connectionId?: Uint8Array };
      await datagrams(arena, 2_000, () =>
        Buffer.concat([Buffer.from([0x40]), connectionId!, randomBytes(500)]),
      );
      await other.isStillServed();
    },
  },
];

function rejected(title: string, bytes: Uint8Array, waits = false): HostileCase {
  return { title, waits, attack: (arena) => rejectedTcp(arena, bytes) };
}

/** The line that multistream-select says, with its length before it. */
function line(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length + 1]), Buffer.from(`${text}\n`)]);
}

const TLS_RECORD = Buffer.concat([Buffer.from([0x16, 3, 1, 0xff, 0xff]), randomBytes(70_000)]);

const TCP_CASES: readonly HostileCase[] = [
  rejected('speaks HTTP to the TCP port', Buffer.from('GET / HTTP/1.1\r\n\r\n')),
  rejected('speaks SSH to the TCP port', Buffer.from('SSH-2.0-OpenSSH_9.6\r\n')),
  rejected(
    'sends noise to the TCP port',
    Buffer.concat([Buffer.from([0xf3]), randomBytes(100_000)]),
  ),
  rejected('begins TLS though no connection of it is there', TLS_RECORD),
  rejected('names another protocol, and waits', Buffer.from('\x13/multistream/9.9.9\n'), true),
  rejected(
    'never ends a line',
    Buffer.concat([
      Buffer.from(MULTISTREAM),
      Buffer.from([0xff, 0xff, 0xff, 0x7f]),
      Buffer.alloc(100_000, 0x61),
    ]),
  ),
  rejected(
    'offers 5,000 protocols one after the other',
    Buffer.concat([
      Buffer.from(MULTISTREAM),
      ...Array.from({ length: 5_000 }, (_, index) => line(`/no/${index}`)),
      // Then nothing that makes sense.
      Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff]),
    ]),
    true,
  ),
  rejected(
    'shakes hands with noise',
    Buffer.concat([
      Buffer.from(MULTISTREAM),
      line('/noise'),
      Buffer.from([0x00, 0x20]),
      randomBytes(32),
      Buffer.from([0xff, 0xff]),
      randomBytes(65_535),
    ]),
  ),
  {
    title: 'knocks 2,000 times and leaves at once',
    budget: { cpuMs: 3_000 },
    attack: async (arena) => {
      for (let round = 0; round < 40; round++) {
        const sockets = await Promise.all(Array.from({ length: 50 }, () => rawTcp(arena)));
        for (const socket of sockets) socket.resetAndDestroy();
      }
      await letsOthersIn(arena);
    },
  },
  {
    title: 'opens 300 TCP connections and says nothing',
    waits: true,
    attack: async (arena) => {
      const sockets = await Promise.all(Array.from({ length: 300 }, () => rawTcp(arena)));
      const ends = Promise.all(sockets.map((socket) => ended(socket)));
      await letsOthersIn(arena);
      await within(ends, 'the end of all of them', 30_000);
    },
  },
  {
    title: 'sends a byte a second',
    waits: true,
    attack: async (arena) => {
      const socket = await rawTcp(arena);
      const over = ended(socket);
      const text = Buffer.from(MULTISTREAM);
      const timer = setInterval(() => {
        const index = socket.bytesWritten % text.length;
        socket.write(text.subarray(index, index + 1));
      }, 1_000);
      await within(over, 'the end of it', 30_000);
      clearInterval(timer);
    },
  },
  {
    title: 'comes with a lane to a connection of somebody else',
    attack: async (arena) => {
      const other = await arena.enter();
      const { connectionId } = other.connection as { readonly connectionId?: Uint8Array };
      await badLane(arena, Buffer.concat([LANE_MAGIC, connectionId!]));
      await other.isStillServed();
    },
  },
  {
    title: 'comes with a lane to no connection, or with another greeting',
    attack: async (arena) => {
      await arena.enter();
      await badLane(arena, Buffer.concat([LANE_MAGIC, randomBytes(8)]));
      await badLane(arena, Buffer.concat([Buffer.from('DITSLAME'), randomBytes(8)]));
    },
  },
];

/** A lane of a key that belongs to nobody, with this greeting: it must be closed. */
async function badLane(arena: Arena, greeting: Uint8Array): Promise<void> {
  const { host, port } = arena.address;
  const tls = connectTls({ ...laneTlsOptions(generateIdentity().credentials), host, port });
  tls.on('error', () => undefined);
  const over = ended(tls);
  tls.once('secureConnect', () => tls.write(greeting));
  tls.resume();
  await within(over, 'the end of the lane');
}

export const NETWORK_CASES: CaseGroup = {
  who: 'anybody',
  cases: [...UDP_CASES, ...TCP_CASES],
};
