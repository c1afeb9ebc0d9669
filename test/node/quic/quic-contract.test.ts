import { describeConnection } from '../../protocol/connection.contract.ts';
import { QuicBench } from './quic-bench.ts';

describe('QUIC', () => {
  for (const [name, payloadBytes] of [
    ['with the datagrams of loopback', undefined],
    ['with the datagrams of any path', 1_350],
  ] as const) {
    describeConnection(`a link ${name}`, async () => {
      const bench = await QuicBench.open({ payloadBytes });
      const { client, server } = await bench.connect({ payloadBytes });
      return { dialler: client, acceptor: server, dispose: () => bench.close() };
    });
  }
});
