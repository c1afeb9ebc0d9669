import { describeConnection } from '../../protocol/connection.contract.ts';
import { LanesBench } from './lanes-bench.ts';

describe('bulk lanes', () => {
  describeConnection('a link with lanes', async () => {
    const bench = await LanesBench.open();
    const { client, server } = await bench.connectWithLanes();
    return { dialler: client, acceptor: server, dispose: () => bench.close() };
  });
});
