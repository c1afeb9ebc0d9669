/** A peer without manners: sends what a test wants on a real connection. */
import { randomBytes } from 'node:crypto';
import assert from 'node:assert/strict';
import { objectId, type ObjectId, type ObjectRecord } from '../../../store/index.ts';
import {
  PROTOCOL_ERROR_CODES,
  connectSession,
  createMemoryPair,
  encodeFrameHeader,
  encodeMessage,
  MESSAGE_TYPE,
  serveConnection,
  type ByteSink,
  type Connection,
  type MessageBody,
  type MessageName,
  type ProtocolErrorCode,
  type ServedConnection,
  type ServedRepositories,
  type Session,
} from '../../../protocol/index.ts';
import { MessageChannel } from '../../../protocol/session/message-channel.ts';
import { createHello } from '../../../protocol/session/session-limits.ts';
import { ManualClock } from './manual-clock.ts';

/** Window of the side under test: the smallest allowed. */
export const RAW_WINDOW_BYTES: number = 16 * 1024 * 1024;

/** The bytes of one frame. */
export function frame<N extends MessageName>(
  name: N,
  requestId: number,
  body: MessageBody<N>,
): Buffer {
  const payload = Buffer.concat(encodeMessage(name, body));
  const type = MESSAGE_TYPE[name].code;
  const header = encodeFrameHeader({
    type,
    isCompressed: false,
    payloadLength: payload.length,
    requestId,
  });
  return Buffer.concat([header, payload]);
}

/** The next message on a channel; its name must be this one. */
export async function expectMessage<N extends MessageName>(
  channel: MessageChannel,
  name: N,
): Promise<MessageBody<N>> {
  const received = await channel.receive();
  assert.equal(received?.message?.name, name);
  const { body }: { readonly body: unknown } = received.message;
  return body as MessageBody<N>;
}

/** A raw dialler before a serving session. */
export type RawDialler = {
  readonly connection: Connection;
  readonly control: MessageChannel;
  readonly served: ServedConnection;
  readonly clock: ManualClock;
  /** Opens a stream for a request. */
  readonly open: () => Promise<MessageChannel>;
  readonly bulk: () => Promise<ByteSink>;
};

export async function rawDialler(host: ServedRepositories): Promise<RawDialler> {
  const clock = new ManualClock();
  const { dialler, acceptor } = createMemoryPair();
  const options = { software: 'victim/1', windowBytes: RAW_WINDOW_BYTES };
  const served = serveConnection(acceptor, { clock, host, random: randomBytes }, options);
  const control = new MessageChannel(await dialler.openStream());
  const open = async (): Promise<MessageChannel> => new MessageChannel(await dialler.openStream());
  return { connection: dialler, control, served, clock, open, bulk: () => dialler.openSink() };
}

/** The same, after the HELLOs and with the repository `repo` open as handle 1. */
export async function rawDiallerIn(host: ServedRepositories): Promise<RawDialler> {
  const raw = await rawDialler(host);
  await raw.control.send('HELLO', 0, createHello('rude/1', RAW_WINDOW_BYTES));
  await expectMessage(raw.control, 'HELLO');
  const body = { repository: 'repo', access: 'write' as const, create: false };
  await raw.control.send('AUTH', 1, body);
  const answer = await expectMessage(raw.control, 'AUTH_OK');
  assert.equal(answer.handle, 1);
  return raw;
}

/** Asks to push a commit that the other side cannot have. The answer has not been taken. */
export async function requestPush(
  raw: RawDialler,
  { requestId = 2, haves = [] }: { readonly requestId?: number; readonly haves?: ObjectId[] } = {},
): Promise<MessageChannel> {
  const channel = await raw.open();
  await channel.send('SYNC_REQUEST', requestId, {
    handle: 1,
    direction: 'push',
    wants: ['aa'.repeat(32) as ObjectId],
    haves,
    heldCount: 0,
    windowBytes: 0,
  });
  return channel;
}

/** Asks to pull, as request 2. The answer has not been taken. */
export async function requestPull(
  raw: RawDialler,
  { want, heldCount }: { readonly want: ObjectId; readonly heldCount: number },
): Promise<MessageChannel> {
  const channel = await raw.open();
  await channel.send('SYNC_REQUEST', 2, {
    handle: 1,
    direction: 'pull',
    wants: [want],
    haves: [],
    heldCount,
    windowBytes: RAW_WINDOW_BYTES,
  });
  return channel;
}

/** A raw acceptor before a dialling session, after the HELLOs. */
export type RawAcceptor = {
  readonly connection: Connection;
  readonly control: MessageChannel;
  readonly session: Session;
  readonly clock: ManualClock;
  /** The next stream that the dialler opens. */
  readonly accept: () => Promise<MessageChannel>;
};

export async function rawAcceptor(): Promise<RawAcceptor> {
  const { connecting, ...raw } = await rawAcceptorWith((control) =>
    control.send('HELLO', 0, createHello('rude/1', RAW_WINDOW_BYTES)),
  );
  return { ...raw, session: await connecting };
}

/** A raw acceptor that answers the HELLO of a dialling session in its own way. */
export async function rawAcceptorWith(
  answerHello: (control: MessageChannel) => Promise<void>,
): Promise<Omit<RawAcceptor, 'session'> & { readonly connecting: Promise<Session> }> {
  const clock = new ManualClock();
  const { dialler, acceptor } = createMemoryPair();
  const incoming = acceptor.incoming()[Symbol.asyncIterator]();
  const accept = async (): Promise<MessageChannel> => {
    const next = await incoming.next();
    assert.ok(next.done !== true && next.value.kind === 'bidirectional');
    return new MessageChannel(next.value.stream);
  };
  const options = { software: 'victim/1', windowBytes: RAW_WINDOW_BYTES };
  const connecting = connectSession(dialler, { clock }, options);
  // Whoever called looks at it once the answer is there.
  connecting.catch(() => undefined);
  const control = await accept();
  await expectMessage(control, 'HELLO');
  await answerHello(control);
  return { connection: acceptor, control, connecting, clock, accept };
}

/** A chunk as a record, true unless something is overridden. */
export function chunk(bytes: Uint8Array, over: Partial<ObjectRecord> = {}): ObjectRecord {
  const id = objectId('chunk', bytes);
  return { id, kind: 'chunk', codec: 'none', rawSize: bytes.length, stored: bytes, ...over };
}

/** A batch of a sync. */
export function batchOf(
  batch: number,
  records: readonly ObjectRecord[],
): MessageBody<'CHUNK_UPLOAD'> {
  return { batch, records, absent: [], last: false };
}

/** The connection must have been closed by the victim, with this code. */
export async function assertClosed(connection: Connection, code: ProtocolErrorCode): Promise<void> {
  const closed = await connection.closed;
  assert.equal(closed.by, 'remote');
  assert.equal(closed.code, PROTOCOL_ERROR_CODES[code].applicationCode, closed.reason);
}
