/** Packets and connections below any protocol: what reaches a node's ports from anybody. */
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { generateIdentity } from '../../node/index.ts';
import { createQuicheConfig, fitToPath } from '../../node/quic/quic-config.ts';
import { quiche } from '../../node/quic/quiche.ts';
import type { SocketAddress } from '../../node/quic/socket-address.ts';
import type { Arena } from './arena.ts';
import { within } from './hostile-peer.ts';

const INITIAL_BYTES = 1_350;
const IDLE_TIMEOUT_MS = 30_000;
const ID_BYTES = 8;
const TURN_EVERY = 64;

/** A UDP socket that sends anything to the victim, and counts what comes back. */
export class RawUdp {
  readonly #socket: UdpSocket;
  readonly #arena: Arena;
  readonly answers: Buffer[] = [];
  sentBytes = 0;

  private constructor(socket: UdpSocket, arena: Arena) {
    this.#socket = socket;
    this.#arena = arena;
    socket.on('message', (bytes) => this.answers.push(bytes));
  }

  static async open(arena: Arena): Promise<RawUdp> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new RawUdp(socket, arena);
  }

  get receivedBytes(): number {
    return this.answers.reduce((sum, { length }) => sum + length, 0);
  }

  async send(bytes: Uint8Array): Promise<void> {
    const { host, port } = this.#arena.address;
    await new Promise<void>((resolve) => {
      // What the system refuses to send does no harm.
      this.#socket.send(bytes, port, host, () => resolve());
    });
    this.sentBytes += bytes.length;
    this.#arena.sent(bytes.length);
    if (this.sentBytes % TURN_EVERY === 0) await new Promise(setImmediate);
  }

  async close(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }
}

/** The first flight of a client that is what it should be: one datagram, or several. */
export function firstFlight(
  remote: SocketAddress,
  credentials = generateIdentity().credentials,
): Buffer[] {
  const config = createQuicheConfig(credentials, { idleTimeoutMs: IDLE_TIMEOUT_MS });
  fitToPath(config, { payloadBytes: INITIAL_BYTES, congestionControl: 'auto' });
  const local = { host: '127.0.0.1', port: 9 };
  const id = randomBytes(ID_BYTES);
  const native = quiche.Connection.connect(null, id, local, { ...remote }, config);
  const flight: Buffer[] = [];
  for (;;) {
    const out = Buffer.alloc(INITIAL_BYTES);
    const sent = native.send(out);
    if (sent === null) return flight;
    flight.push(out.subarray(0, sent[0]));
  }
}

/** A long header as a newcomer's (RFC 9000 section 17.2), padded to the least size that is answered. */
export function longHeader(version: number, type = 0): Buffer {
  const bytes = Buffer.alloc(1_200);
  bytes[0] = 0xc0 | (type << 4);
  bytes.writeUInt32BE(version, 1);
  bytes[5] = ID_BYTES;
  randomBytes(ID_BYTES).copy(bytes, 6);
  bytes[14] = ID_BYTES;
  randomBytes(ID_BYTES).copy(bytes, 15);
  randomBytes(bytes.length - 24).copy(bytes, 24);
  return bytes;
}

/** A TCP connection to the victim. */
export async function rawTcp(arena: Arena): Promise<Socket> {
  const { host, port } = arena.address;
  const socket = connect({ host, port, noDelay: true });
  // Being thrown out is what most cases are about.
  socket.on('error', () => undefined);
  await within(once(socket, 'connect'), 'a TCP connection');
  socket.resume();
  return socket;
}

/** Sends bytes over a TCP connection of their own; the victim must end it. */
export async function rejectedTcp(arena: Arena, bytes: Uint8Array): Promise<void> {
  const socket = await rawTcp(arena);
  const over = ended(socket);
  socket.write(bytes);
  arena.sent(bytes.length);
  await within(over, 'the end of the connection');
}

/** Resolves when a socket is closed, in good order or not. */
export async function ended(socket: Socket): Promise<void> {
  if (socket.closed) return;
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
}
