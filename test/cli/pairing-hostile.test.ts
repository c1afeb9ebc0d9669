import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';

import {
  CLOSE_CODE,
  TrustFile,
  generateIdentity,
  silentLogger,
  systemClock,
} from '../../node/index.ts';
import { openReception } from '../../node/pair/reception.ts';
import { QuicListener } from '../../node/quic/quic-listener.ts';
import {
  MESSAGE_TYPE,
  type ByteStream,
  type Connection,
  type IncomingStream,
} from '../../protocol/index.ts';
import { CodeOnScreen, withoutDiscovery } from './pairing-bench.ts';
import { Sandbox } from './sandbox.ts';

const TIMEOUT_MS = 40_000;
const REFUSED = 7;
/** Offset of the message type in a frame's header. */
const TYPE_OFFSET = 5;

/** What becomes of the bytes of the `index`th message that a relay passes on over one stream. */
type Interference = (data: Uint8Array, index: number) => Uint8Array;

/** A relay that lets everybody in, and meddles with what it passes on. */
class MeddlingRelay {
  readonly #listener: QuicListener;
  readonly #close: () => Promise<void>;

  private constructor(listener: QuicListener, close: () => Promise<void>) {
    this.#listener = listener;
    this.#close = close;
  }

  static async start(home: string, interfere: Interference): Promise<MeddlingRelay> {
    await mkdir(home, { recursive: true });
    const identity = generateIdentity();
    const trust = new TrustFile(home, { now: () => new Date() });
    const reception = await openReception(
      { logger: silentLogger, ownPeerId: identity.peerId, trust, discovery: () => undefined },
      { home, software: 'relay/1', isRelay: true },
    );
    const listener = await QuicListener.open(
      {
        logger: silentLogger,
        nowMs: () => systemClock.now(),
        admit: () => true,
        onConnection: (connection) => {
          // A victim that gives up ends the connection badly, which is what the tests are about.
          reception.receive(meddling(connection, interfere)).catch(() => undefined);
        },
      },
      { address: { host: '127.0.0.1', port: 0 }, credentials: identity.credentials },
    );
    return new MeddlingRelay(listener, () => reception.close(CLOSE_CODE.stopping, ''));
  }

  get at(): string {
    const { host, port } = this.#listener.address;
    return `${host}:${port}`;
  }

  async stop(): Promise<void> {
    await this.#close();
    await this.#listener.close(CLOSE_CODE.stopping, '');
  }
}

function meddling(connection: Connection, interfere: Interference): Connection {
  async function* incoming(): AsyncIterable<IncomingStream> {
    for await (const one of connection.incoming()) {
      if (one.kind === 'unidirectional') yield one;
      else yield { kind: 'bidirectional', stream: meddlingStream(one.stream, interfere) };
    }
  }
  return {
    remotePeerId: connection.remotePeerId,
    remoteAddress: connection.remoteAddress,
    path: connection.path,
    closed: connection.closed,
    openStream: () => connection.openStream(),
    openSink: () => connection.openSink(),
    incoming,
    stats: () => connection.stats(),
    close: (code, reason) => connection.close(code, reason),
  };
}

function meddlingStream(stream: ByteStream, interfere: Interference): ByteStream {
  let index = 0;
  return {
    streamId: stream.streamId,
    read: (into) => stream.read(into),
    stop: (code) => stream.stop(code),
    end: () => stream.end(),
    reset: (code) => stream.reset(code),
    write: async ([header, ...parts]) => {
      const isMessage = header?.[TYPE_OFFSET] === MESSAGE_TYPE.MEET_MESSAGE.code;
      const payload = Buffer.concat(parts);
      await stream.write([header!, isMessage ? interfere(payload, index++) : payload]);
    },
  };
}

/** Flips a bit in the last byte of the `which`th message. */
function altering(which: number): Interference {
  return (data, index) => {
    const copy = Buffer.from(data);
    if (index === which) copy[copy.length - 1]! ^= 1;
    return copy;
  };
}

describe('pairing through a relay that meddles', function () {
  this.timeout(TIMEOUT_MS);
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await Sandbox.create();
    await withoutDiscovery(sandbox, 'ann', 'bob');
  });

  afterEach(async () => {
    await sandbox[Symbol.asyncDispose]();
  });

  // The key exchange, its confirmation, what the two say of themselves.
  for (const [which, what] of ['shares', 'confirmations', 'introductions'].entries()) {
    it(`fails on both sides when the ${what} are altered, and makes nobody known`, async () => {
      const relay = await MeddlingRelay.start(sandbox.homePath('relay'), altering(which));
      try {
        const ann = await CodeOnScreen.show(sandbox, 'ann', ['--at', relay.at]);
        const words = ['peer', 'pair', ann.code, '--at', relay.at, '--yes', '--json'];
        const bob = await sandbox.run(words, { home: 'bob' });
        assert.equal(bob.status, REFUSED, bob.stderr);
        assert.equal(bob.result['error'].code, 'DITS_NODE_WRONG_CODE');
        await ann.stop();
        for (const home of ['ann', 'bob']) {
          assert.deepEqual((await sandbox.json(['peer', 'list'], { home }))['peers'], []);
        }
      } finally {
        await relay.stop();
      }
    });
  }
});
