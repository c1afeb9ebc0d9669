import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { StoreError, type ObjectId } from '../../../store/index.ts';
import { IndexClient, LeaderLostError } from '../../../store/index-db/index-client.ts';
import { IndexHost } from '../../../store/index-db/index-host.ts';
import {
  FRAME_MAX_BYTES,
  FrameSplitter,
  INDEX_PROTOCOL_VERSION,
  MESSAGE_ENTRIES_MAX,
  OPERATION,
  STATUS,
  encodeFrame,
  type Frame,
} from '../../../store/index-db/index-messages.ts';
import type { LocationIndex, Watermark } from '../../../store/index-db/location-index.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const OBJECT = 'ab'.repeat(32) as ObjectId;
const TOKEN = Buffer.alloc(32, 7);
const EMPTY = Buffer.alloc(0);

type Answer = (socket: Socket, frame: Frame) => void;

/** A leader that says hello and answers the rest as the test wants. */
async function fakeLeader(folder: string, answer: Answer): Promise<[IndexClient, Server]> {
  const server = createServer((socket) => {
    const splitter = new FrameSplitter();
    let isGreeted = false;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      splitter.push(chunk);
      for (let frame = splitter.next(); frame; frame = splitter.next()) {
        if (isGreeted) answer(socket, frame);
        else socket.write(encodeFrame({ request: frame.request, code: STATUS.ok, body: EMPTY }));
        isGreeted = true;
      }
    });
  });
  const socketPath = join(folder, 'leader.sock');
  server.listen(socketPath);
  await once(server, 'listening');
  return [await IndexClient.connect({ socketPath, token: TOKEN }), server];
}

/** What a call is told when the leader answers it like this. */
async function askedOf(
  answer: Answer,
  ask: (client: IndexClient) => Promise<unknown> = (client) => client.getMany([OBJECT]),
): Promise<Error> {
  return withTemporaryFolder(async (folder) => {
    const [client, server] = await fakeLeader(folder, answer);
    const error = await ask(client).then(
      () => assert.fail('it was answered'),
      (failure: unknown) => failure,
    );
    await client.close();
    server.close();
    assert.ok(error instanceof Error);
    return error;
  });
}

/** An answer to any question. */
function saying(code: number, body: Buffer): Answer {
  return (socket, { request }) => socket.write(encodeFrame({ request, code, body }));
}

/** An index of which the test says what happens. */
function indexWith(over: Partial<LocationIndex>): LocationIndex {
  return {
    getMany: (ids) => Promise.resolve(ids.map(() => undefined)),
    apply: () => Promise.resolve(),
    page: () => Promise.resolve({ records: [], more: false }),
    watermarks: (segments) => Promise.resolve(segments.map(() => undefined)),
    allWatermarks: () => Promise.resolve([]),
    ...over,
  };
}

/** A real leader over such an index, and one who asks it. */
async function shared(
  over: Partial<LocationIndex>,
  test: (client: IndexClient, host: IndexHost) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const address = { socketPath: join(folder, 'leader.sock'), token: TOKEN };
    const host = await IndexHost.listen(indexWith(over), address, () => undefined);
    const client = await IndexClient.connect(address);
    await test(client, host);
    await client.close();
    await host.close();
  });
}

describe('a process that asks another one for the index', () => {
  it('finds its leader lost when that answers nonsense', async () => {
    const nonsense: readonly Answer[] = [
      saying(STATUS.ok, EMPTY),
      saying(STATUS.ok, Buffer.alloc(7)),
      (socket, { request }) =>
        socket.write(encodeFrame({ request: request + 1, code: STATUS.ok, body: EMPTY })),
      (socket) => socket.write(Buffer.alloc(9, 0xff)),
      (socket) => socket.destroy(),
    ];
    for (const answer of nonsense) assert.ok((await askedOf(answer)) instanceof LeaderLostError);
  });

  it('finds it lost for other answers that make no sense', async () => {
    const asks: readonly ((client: IndexClient) => Promise<unknown>)[] = [
      (client) => client.page(OBJECT),
      (client) => client.watermarks([1]),
      (client) => client.allWatermarks(),
    ];
    for (const ask of asks) {
      assert.ok(
        (await askedOf(saying(STATUS.ok, Buffer.alloc(5)), ask)) instanceof LeaderLostError,
      );
    }
  });

  it('asks it nothing more then', async () => {
    await withTemporaryFolder(async (folder) => {
      const [client, server] = await fakeLeader(folder, saying(STATUS.ok, Buffer.alloc(7)));
      await assert.rejects(client.allWatermarks(), LeaderLostError);
      await assert.rejects(client.allWatermarks(), LeaderLostError);
      await client.close();
      server.close();
    });
  });

  it('is told of failures by their code, and of unknown ones as of failed reading', async () => {
    const cases = [
      ['DITS_STORE_INDEX_CORRUPT\nbad', 'DITS_STORE_INDEX_CORRUPT'],
      ['DITS_STORE_NO_SPACE\nfull', 'DITS_STORE_NO_SPACE'],
      ['DITS_CLI_UNEXPECTED\nrm -rf', 'DITS_STORE_IO'],
      ['', 'DITS_STORE_IO'],
    ] as const;
    for (const [text, code] of cases) {
      const error = await askedOf(saying(STATUS.failed, Buffer.from(text)));
      assert.ok(error instanceof StoreError);
      assert.equal(error.code, code);
    }
  });
});

describe('a process that answers others from its index', () => {
  it('passes on why it failed', async () => {
    const failures = [
      [new StoreError('DITS_STORE_NO_SPACE', 'full'), 'DITS_STORE_NO_SPACE'],
      [new TypeError('a mistake'), 'DITS_STORE_IO'],
    ] as const;
    for (const [failure, code] of failures) {
      await shared({ getMany: () => Promise.reject(failure) }, async (client) => {
        await assert.rejects(client.getMany([OBJECT]), { code, message: failure.message });
        // The connection is as good as it was.
        assert.deepEqual(await client.allWatermarks(), []);
      });
    }
  });

  it('takes more at a time than fits one message', async () => {
    const applied: (readonly unknown[])[] = [];
    const mark = (segment: number): Watermark => ({ segment, bytes: 9, records: 1, sealed: true });
    const index = {
      apply: ({ forgotten = [] }: { readonly forgotten?: readonly number[] }) =>
        Promise.resolve(void applied.push(forgotten)),
      watermarks: (segments: readonly number[]) => Promise.resolve(segments.map(mark)),
    };
    await shared(index, async (client) => {
      const segments = Array.from({ length: MESSAGE_ENTRIES_MAX + 1 }, (_, at) => at + 1);
      await client.apply({ forgotten: segments });
      assert.deepEqual(applied, [segments.slice(0, -1), segments.slice(-1)]);
      assert.deepEqual(await client.watermarks(segments), segments.map(mark));
      const ids = segments.map((at) => at.toString(16).padStart(64, '0') as ObjectId);
      assert.equal((await client.getMany(ids)).length, ids.length);
      assert.deepEqual(await client.getMany([]), []);
    });
  });

  it('hangs up rather than send an answer that nobody would take', async () => {
    const count = FRAME_MAX_BYTES / 10;
    const marks = Array.from({ length: count }, (_, segment) => ({
      ...{ segment, bytes: 0, records: 0, sealed: false },
    }));
    await shared({ allWatermarks: () => Promise.resolve(marks) }, async (client) => {
      await assert.rejects(client.allWatermarks(), LeaderLostError);
    });
  });

  it('hangs up on one who asks for what there is not', async () => {
    await withTemporaryFolder(async (folder) => {
      const address = { socketPath: join(folder, 'leader.sock'), token: TOKEN };
      const problems: string[] = [];
      const host = await IndexHost.listen(indexWith({}), address, (event) => problems.push(event));
      const socket = connect(address.socketPath);
      const hello = Buffer.concat([Buffer.of(INDEX_PROTOCOL_VERSION), TOKEN]);
      socket.write(encodeFrame({ request: 1, code: OPERATION.hello, body: hello }));
      socket.write(encodeFrame({ request: 2, code: 99, body: EMPTY }));
      socket.resume();
      await once(socket, 'close');
      await host.close();
      assert.deepEqual(problems, ['index.connection-failed']);
    });
  });

  it('answers what was asked before it hangs up', async () => {
    let answer!: () => void;
    const waiting = new Promise<void>((resolve) => (answer = resolve));
    let asked!: () => void;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const index = {
      allWatermarks: async () => {
        asked();
        await waiting;
        return [];
      },
    };
    await shared(index, async (client, host) => {
      const asking = client.allWatermarks();
      await isAsked;
      const closing = host.close();
      answer();
      assert.deepEqual(await asking, []);
      await closing;
    });
  });
});
