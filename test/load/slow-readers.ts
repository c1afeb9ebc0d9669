/** Peers that ask for everything a repository has, and then take a byte now and then. */
import assert from 'node:assert/strict';
import { parsePeerAddress, type Identity } from '../../node/index.ts';
import { dialQuic } from '../../node/quic/quic-dial.ts';
import type { Connection, IncomingStream, MessageBody } from '../../protocol/index.ts';
import { MessageChannel, type Received } from '../../protocol/session/message-channel.ts';
import { WINDOW_MAX_BYTES, createHello } from '../../protocol/session/session-limits.ts';
import { expectMessage } from '../protocol/support/raw-peer.ts';
import type { Stage } from './peer-process.ts';

/** What such a peer lets come before it reads: what it costs is to be paid at the other end. */
const WINDOW_BYTES: number = 64 * 1024;
/** Bytes read at a time, and how often: too much to count as silent, too little to count as a reader. */
const SIP_BYTES = 1;
const SIP_INTERVAL_MS = 1_000;
const DIALS_AT_A_TIME = 32;
const DIAL_TIMEOUT_MS = 60_000;
const OPEN_TRIES_MAX = 5;

export type SlowReadersPlan = {
  readonly scenario: 'slow-readers';
  readonly address: string;
  /** Connections, which share the identities of the process. */
  readonly readers: number;
};

export type SlowReadersResult = {
  /** Connections that the other end has closed by now. */
  readonly closed: number;
  readonly bytesReceived: number;
};

export async function slowReaders(plan: SlowReadersPlan, stage: Stage): Promise<void> {
  const readers: SlowReader[] = [];
  let next = 0;
  const openSome = async (): Promise<void> => {
    while (next < plan.readers) {
      const identity = stage.identities[next++ % stage.identities.length]!;
      readers.push(await openPatiently(plan.address, identity));
    }
  };
  await Promise.all(Array.from({ length: DIALS_AT_A_TIME }, openSome));
  const sipping = setInterval(() => {
    for (const reader of readers) reader.sip();
  }, SIP_INTERVAL_MS);
  stage.say('all there');
  await stage.next();
  clearInterval(sipping);
  const result: SlowReadersResult = {
    closed: readers.filter(({ isClosed }) => isClosed).length,
    bytesReceived: readers.reduce((sum, { bytesReceived }) => sum + bytesReceived, 0),
  };
  stage.say(result);
  await Promise.all(readers.map((reader) => reader.close()));
}

/** A busy relay turns away who takes long to say HELLO, and on a busy machine that may be anybody. */
async function openPatiently(address: string, identity: Identity): Promise<SlowReader> {
  for (let tries = 1; ; tries++) {
    try {
      return await SlowReader.open(address, identity);
    } catch (error) {
      if (tries === OPEN_TRIES_MAX) throw error;
    }
  }
}

class SlowReader {
  readonly #connection: Connection;
  readonly #control: MessageChannel;
  #bulk: IncomingStream | undefined;
  #isSipping = false;
  isClosed = false;

  private constructor(connection: Connection, control: MessageChannel) {
    this.#connection = connection;
    this.#control = control;
    void connection.closed.then(() => (this.isClosed = true));
  }

  /** Dials, opens the repository and asks for all of it. */
  static async open(text: string, identity: Identity): Promise<SlowReader> {
    const { host, port, peerId, repository } = parsePeerAddress(text);
    const connection = await dialQuic({
      remote: { host, port },
      credentials: identity.credentials,
      checkPeer: (proven) => {
        if (proven !== peerId) throw new Error(`${proven} answers`);
      },
      handshakeTimeoutMs: DIAL_TIMEOUT_MS,
      windowBytes: WINDOW_BYTES,
    });
    const control = new MessageChannel(await connection.openStream());
    await control.send('HELLO', 0, createHello('slow/1', WINDOW_MAX_BYTES));
    await expectMessage(control, 'HELLO');
    await control.send('AUTH', 1, { repository, access: 'read', create: false });
    const { handle, refs } = await expectOpened(control);
    const reader = new SlowReader(connection, control);
    void reader.#answerPings();
    void reader.#takeFirst();
    const channel = new MessageChannel(await connection.openStream());
    await channel.send('SYNC_REQUEST', 2, {
      ...{ handle, direction: 'pull', haves: [], heldCount: 0 },
      wants: (refs ?? []).map(({ target }) => target),
      windowBytes: WINDOW_MAX_BYTES,
    });
    return reader;
  }

  get bytesReceived(): number {
    return this.#connection.stats().bytesReceived;
  }

  /** Reads very little of the first bulk stream, unless it still does. */
  sip(): void {
    if (this.#bulk?.kind !== 'unidirectional' || this.#isSipping || this.isClosed) return;
    this.#isSipping = true;
    this.#bulk.source
      .read(Buffer.alloc(SIP_BYTES))
      .catch(() => 0)
      .finally(() => {
        this.#isSipping = false;
      });
  }

  async close(): Promise<void> {
    await this.#connection.close(0, 'has had enough');
  }

  async #takeFirst(): Promise<void> {
    for await (const stream of this.#connection.incoming()) this.#bulk ??= stream;
  }

  /** Is there, as far as the keep-alive is concerned. */
  async #answerPings(): Promise<void> {
    try {
      for (;;) {
        const received = await this.#control.receive();
        if (received === undefined) return;
        await answerPing(this.#control, received);
      }
    } catch {
      // The connection has ended, which `closed` tells.
    }
  }
}

/** On a busy machine the relay may look whether anybody is there before it has opened the repository. */
async function expectOpened(control: MessageChannel): Promise<MessageBody<'AUTH_OK'>> {
  for (;;) {
    const received = await control.receive();
    assert.ok(received?.message !== undefined, 'the relay has closed the connection');
    if (received.message.name === 'AUTH_OK') return received.message.body;
    await answerPing(control, received);
  }
}

async function answerPing(
  control: MessageChannel,
  { requestId, message }: Received,
): Promise<void> {
  if (message?.name === 'PING') await control.send('PONG', requestId, message.body);
}
