import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { secureChannel } from '../../../node/noise/secure-channel.ts';
import { tcpDuplex } from '../../../node/tcp/tcp-duplex.ts';
import type { Connection } from '../../../protocol/index.ts';
import { readAll } from '../../protocol/connection.contract.ts';
import { PATH, acceptorIdentity, diallerIdentity, streamOf } from './noise-bench.ts';

async function stockNode(listen: string[]): Promise<import('libp2p').Libp2p> {
  const { createLibp2p } = await import('libp2p');
  const { tcp } = await import('@libp2p/tcp');
  const { noise } = await import('@chainsafe/libp2p-noise');
  const { yamux } = await import('@chainsafe/libp2p-yamux');
  return await createLibp2p({
    addresses: { listen },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
  });
}

describe('secureChannel with libp2p as it comes', () => {
  let open: Connection[];

  beforeEach(() => {
    open = [];
  });

  afterEach(async () => {
    await Promise.all(open.map((connection) => connection.close(0, '')));
  });

  it('takes a connection and a stream from a libp2p node', async () => {
    const server = createServer({ pauseOnConnect: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const node = await stockNode([]);
    try {
      const accepting = once(server, 'connection').then(([socket]) =>
        secureChannel(tcpDuplex(socket as never), {
          ...PATH,
          role: 'acceptor',
          identity: acceptorIdentity,
        }),
      );
      const { multiaddr } = await import('@multiformats/multiaddr');
      const address = `/ip4/127.0.0.1/tcp/${port}/p2p/${acceptorIdentity.peerId}`;
      const stream = await node.dialProtocol(multiaddr(address), '/dits/1');
      stream.send(Buffer.from('hello from libp2p'));
      await stream.close();
      const connection = await accepting;
      open.push(connection);
      assert.equal(connection.remotePeerId, node.peerId.toString());
      const there = await streamOf(connection);
      assert.equal((await readAll(there)).toString(), 'hello from libp2p');
      await there.write([Buffer.from('well met')]);
      await there.end();
      const parts: Uint8Array[] = [];
      for await (const part of stream) parts.push(part.subarray());
      assert.equal(Buffer.concat(parts).toString(), 'well met');
    } finally {
      await node.stop();
      server.close();
    }
  });

  it('opens a stream at a libp2p node', async () => {
    const node = await stockNode(['/ip4/127.0.0.1/tcp/0']);
    try {
      await node.handle('/dits/1', async (stream) => {
        for await (const part of stream) stream.send(part);
        await stream.close();
      });
      const port = Number(/tcp\/(\d+)/.exec(node.getMultiaddrs()[0]!.toString())![1]);
      const { connect } = await import('node:net');
      const socket = connect({ host: '127.0.0.1', port });
      await once(socket, 'connect');
      const connection = await secureChannel(tcpDuplex(socket), {
        ...PATH,
        role: 'dialler',
        identity: diallerIdentity,
      });
      open.push(connection);
      assert.equal(connection.remotePeerId, node.peerId.toString());
      const stream = await connection.openStream();
      await stream.write([Buffer.from('echo')]);
      const echo = Buffer.alloc(4);
      assert.equal(await stream.read(echo), echo.length);
      assert.equal(echo.toString(), 'echo');
      await stream.end();
      assert.equal((await readAll(stream)).length, 0);
      const unknown = await connection.openSink();
      await assert.rejects(
        async () => {
          for (let round = 0; round < 1_000; round++) await unknown.write([Buffer.alloc(10_000)]);
        },
        { code: 'DITS_PROTOCOL_STREAM_RESET' },
      );
    } finally {
      await node.stop();
    }
  });
});
