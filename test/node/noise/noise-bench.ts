/** Pairs of connections over Noise, for tests. */
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { generateIdentity } from '../../../node/identity/identity.ts';
import type { ByteDuplex } from '../../../node/noise/byte-duplex.ts';
import type { NoiseConnection } from '../../../node/noise/noise-connection.ts';
import { secureChannel, type SecureChannelOptions } from '../../../node/noise/secure-channel.ts';
import { tcpDuplex } from '../../../node/tcp/tcp-duplex.ts';
import { createMemoryPair, type ByteStream, type Connection } from '../../../protocol/index.ts';

/** What a channel says of its link, where nothing depends on it. */
export const PATH = { path: 'tcp', remoteAddress: 'the other end' } as const;

export type DuplexPair = {
  readonly dialler: ByteDuplex;
  readonly acceptor: ByteDuplex;
  readonly dispose: () => Promise<void>;
};

/** Two ends of a TCP connection on loopback. */
export async function socketPair(): Promise<readonly [Socket, Socket]> {
  const server = createServer({ pauseOnConnect: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepting = once(server, 'connection') as Promise<[Socket]>;
  const dialler = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  const [[acceptor]] = await Promise.all([accepting, once(dialler, 'connect')]);
  server.close();
  return [dialler, acceptor];
}

export async function tcpPair(): Promise<DuplexPair> {
  const [dialler, acceptor] = await socketPair();
  return {
    dialler: tcpDuplex(dialler),
    acceptor: tcpDuplex(acceptor),
    dispose: () => {
      dialler.destroy();
      acceptor.destroy();
      return Promise.resolve();
    },
  };
}

/** Two ends of a stream of another connection, as a circuit through a relay is one. */
export async function streamPair(): Promise<DuplexPair> {
  const carrier = createMemoryPair();
  const dialler = await carrier.dialler.openStream();
  await dialler.write([Buffer.from('!')]);
  for await (const arrived of carrier.acceptor.incoming()) {
    if (arrived.kind !== 'bidirectional') continue;
    await arrived.stream.read(Buffer.alloc(1));
    return {
      dialler,
      acceptor: arrived.stream,
      dispose: () => {
        carrier.sever();
        return Promise.resolve();
      },
    };
  }
  throw new Error('the stream did not arrive');
}

/** The next stream that the other end opens. */
export async function streamOf(connection: Connection): Promise<ByteStream> {
  for await (const arrived of connection.incoming()) {
    if (arrived.kind === 'bidirectional') return arrived.stream;
  }
  throw new Error('no stream came');
}

export const diallerIdentity = generateIdentity();
export const acceptorIdentity = generateIdentity();

/** A pair of duplexes, and the connections over it. All end with `close`. */
export class ChannelScene {
  pair: DuplexPair;
  readonly open: Connection[] = [];

  private constructor(pair: DuplexPair) {
    this.pair = pair;
  }

  static async create(): Promise<ChannelScene> {
    return new ChannelScene(await tcpPair());
  }

  async close(): Promise<void> {
    await Promise.all(this.open.map((connection) => connection.close(0, '')));
    await this.pair.dispose();
  }
}

/** Both ends of a channel over a pair of duplexes. */
export async function channelPair(
  { dialler, acceptor }: Pick<DuplexPair, 'dialler' | 'acceptor'>,
  options: Partial<SecureChannelOptions> = {},
): Promise<readonly [NoiseConnection, NoiseConnection]> {
  const common = { path: 'tcp', remoteAddress: 'loopback', ...options } as const;
  return await Promise.all([
    secureChannel(dialler, { ...common, role: 'dialler', identity: diallerIdentity }),
    secureChannel(acceptor, { ...common, role: 'acceptor', identity: acceptorIdentity }),
  ]);
}
