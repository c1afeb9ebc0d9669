import { describeConnection } from '../../protocol/connection.contract.ts';
import { channelPair, streamPair, tcpPair } from './noise-bench.ts';

describe('Noise and yamux', () => {
  for (const [name, open] of [
    ['over TCP', tcpPair],
    ['over a stream of another connection', streamPair],
  ] as const) {
    describeConnection(`a channel ${name}`, async () => {
      const pair = await open();
      const [dialler, acceptor] = await channelPair(pair);
      const dispose = async (): Promise<void> => {
        await Promise.all([dialler.close(0, ''), acceptor.close(0, '')]);
        await pair.dispose();
      };
      return { dialler, acceptor, dispose };
    });
  }
});
