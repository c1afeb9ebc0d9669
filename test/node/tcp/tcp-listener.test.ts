import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { silentLogger } from '../../../node/logger.ts';
import { TCP_HALF_OPEN_PER_ADDRESS_MAX } from '../../../node/tcp/tcp-limits.ts';
import {
  TcpListener,
  type TcpCustomer,
  type TcpListenerOptions,
} from '../../../node/tcp/tcp-listener.ts';

describe('the TCP port', () => {
  let listener: TcpListener | undefined;
  let guests: Socket[];

  beforeEach(() => {
    guests = [];
  });

  afterEach(async () => {
    for (const guest of guests) guest.destroy();
    await listener?.close();
    listener = undefined;
  });

  async function open(options: Partial<TcpListenerOptions> = {}): Promise<TcpListener> {
    listener = await TcpListener.open({
      address: { host: '127.0.0.1', port: 0 },
      customers: [],
      logger: silentLogger,
      ...options,
    });
    return listener;
  }

  async function guest(): Promise<Socket> {
    const socket = connect({ host: '127.0.0.1', port: listener!.address.port });
    guests.push(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  }

  async function untilHalfOpen(count: number): Promise<void> {
    while (listener!.halfOpenCount !== count) await nextTurn();
  }

  /** Answers a line with its name and the line. */
  function echoer(firstByte: number, name: string): TcpCustomer {
    return {
      firstByte,
      accept: async (socket) => {
        let line = '';
        for await (const bytes of socket.iterator({ destroyOnReturn: false })) {
          line += (bytes as Buffer).toString();
          if (line.endsWith('\n')) break;
        }
        socket.end(`${name}:${line}`);
      },
    };
  }

  it('hands a guest to the customer whose byte it begins with, with nothing missing', async () => {
    await open({ customers: [echoer(0x61, 'first'), echoer(0x62, 'second')] });
    for (const [sent, answer] of [
      ['b side\n', 'second:b side\n'],
      ['a side\n', 'first:a side\n'],
    ] as const) {
      const socket = await guest();
      socket.write(sent);
      const [bytes] = (await once(socket, 'data')) as [Buffer];
      assert.equal(bytes.toString(), answer);
    }
  });

  it('hangs up on a guest that speaks something else', async () => {
    await open({ customers: [echoer(0x61, 'first')] });
    const socket = await guest();
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await once(socket, 'close');
    await untilHalfOpen(0);
  });

  it('hangs up on a guest that says nothing, or never finishes', async () => {
    const endless: TcpCustomer = {
      firstByte: 0x61,
      accept: (socket) => once(socket, 'close').then(),
    };
    await open({ customers: [endless], handshakeMaxMs: 50 });
    const silent = await guest();
    const slow = await guest();
    slow.write('a');
    await Promise.all([once(silent, 'close'), once(slow, 'close')]);
    await untilHalfOpen(0);
  });

  it('holds a bounded number of guests of one address', async () => {
    await open();
    for (let count = 0; count < TCP_HALF_OPEN_PER_ADDRESS_MAX; count++) await guest();
    await untilHalfOpen(TCP_HALF_OPEN_PER_ADDRESS_MAX);
    await once(await guest(), 'close');
    await untilHalfOpen(TCP_HALF_OPEN_PER_ADDRESS_MAX);
    guests[0]!.destroy();
    await untilHalfOpen(TCP_HALF_OPEN_PER_ADDRESS_MAX - 1);
    await guest();
    await untilHalfOpen(TCP_HALF_OPEN_PER_ADDRESS_MAX);
  });

  it('says when its port is taken', async () => {
    const { address } = await open();
    await assert.rejects(TcpListener.open({ address, customers: [], logger: silentLogger }), {
      code: 'DITS_NODE_PORT_BUSY',
    });
  });
});
