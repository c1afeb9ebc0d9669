/** Single objects by id: MANIFEST_GET and CHUNK_DOWNLOAD, for repair (docs/protocol.md, "Objects by id"). */
import type { ObjectId, ObjectReader, ObjectRecord } from '../../store/index.ts';
import { fromErrorMessage } from '../error-codes.ts';
import type { MessageName } from '../frames/message-types.ts';
import type { SendShare } from '../flow/send-memory.ts';
import { IDS_PER_MESSAGE_MAX } from '../messages/limits.ts';
import type { ObjectRequest, Records } from '../messages/records.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import { MessageChannel } from '../session/message-channel.ts';
import { BatchPlanner, type Candidate, type PlannedBatch } from './candidate.ts';
import type { TransferDeps } from './client-transfer.ts';

/** Questions that ask for objects, and the messages that answer them. Both pairs serve objects of every kind. */
const FETCH_ANSWER = {
  CHUNK_DOWNLOAD: 'CHUNK_DATA',
  MANIFEST_GET: 'MANIFEST_DATA',
} as const satisfies Partial<Record<MessageName, MessageName>>;

type FetchName = keyof typeof FETCH_ANSWER;

/** Asks for objects; yields what the peer has. Every id asked for is answered or named absent, nothing else is. */
export async function* fetchRecords(
  deps: Pick<TransferDeps, 'connection' | 'conversation' | 'handle'>,
  ids: readonly ObjectId[],
  signal?: AbortSignal,
): AsyncGenerator<readonly ObjectRecord[]> {
  const { connection, conversation, handle } = deps;
  const open = [...new Set(ids)];
  for (let at = 0; at < open.length; at += IDS_PER_MESSAGE_MAX) {
    signal?.throwIfAborted();
    const part = open.slice(at, at + IDS_PER_MESSAGE_MAX);
    const requestId = conversation.nextRequestId();
    const channel = new MessageChannel(await connection.openStream());
    const onAbort = (): void => channel.interrupt(requestId, signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    let isAnswered = false;
    try {
      await channel.send('CHUNK_DOWNLOAD', requestId, { handle, ids: part });
      await channel.end();
      yield* receiveRecords(channel, requestId, new Set(part));
      isAnswered = true;
    } catch (error) {
      signal?.throwIfAborted();
      conversation.failOnViolation(error);
      throw error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      if (isAnswered) conversation.track(channel.drain());
      else channel.interrupt(requestId, new Error('not all of the answer was wanted'));
    }
  }
}

async function* receiveRecords(
  channel: MessageChannel,
  requestId: number,
  open: Set<ObjectId>,
): AsyncGenerator<readonly ObjectRecord[]> {
  for (;;) {
    const answer = await receiveAnswer(channel, requestId);
    for (const id of [...answer.records.map((record) => record.id), ...answer.absent]) {
      if (open.delete(id)) continue;
      throw new ProtocolError(
        'DITS_PROTOCOL_BAD_DATA',
        'the peer sent an object nobody asked for',
        {
          details: { id },
        },
      );
    }
    if (answer.records.length > 0) yield answer.records;
    if (!answer.last) continue;
    if (open.size > 0) throw invalidMessage(`leaves ${open.size} objects without an answer`);
    return;
  }
}

async function receiveAnswer(channel: MessageChannel, requestId: number): Promise<Records> {
  const received = await channel.receive();
  if (received === undefined) {
    throw new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'the peer ended its answer early');
  }
  const { message } = received;
  if (message?.name === 'ERROR') throw fromErrorMessage(message.body);
  if (message?.name !== 'CHUNK_DATA' || received.requestId !== requestId) {
    throw invalidMessage('does not answer a request for objects');
  }
  return message.body;
}

export type ServeRecordsDeps = {
  readonly reader: ObjectReader;
  readonly channel: MessageChannel;
  /** Given back at the end. */
  readonly share: SendShare;
};

type RecordsRequest = {
  readonly name: FetchName;
  readonly requestId: number;
  readonly body: ObjectRequest;
};

/** Answers a request for objects from the store, a batch at a time. */
export async function serveRecords(
  deps: ServeRecordsDeps,
  request: RecordsRequest,
  signal: AbortSignal,
): Promise<void> {
  const { share } = deps;
  try {
    await Promise.race([answerRecords(deps, request, signal), share.evicted]);
  } finally {
    share.leave();
  }
}

async function answerRecords(
  { reader, channel, share }: ServeRecordsDeps,
  request: RecordsRequest,
  signal: AbortSignal,
): Promise<void> {
  const infos = await reader.info(request.body.ids, { signal });
  const absent = request.body.ids.filter((_, index) => infos[index] === undefined);
  const planner = new BatchPlanner();
  const send = (answer: Pick<Records, 'records' | 'absent' | 'last'>): Promise<void> =>
    channel.send(FETCH_ANSWER[request.name], request.requestId, { batch: 0, ...answer });
  const sendBatch = async (batch: PlannedBatch | undefined): Promise<void> => {
    if (batch === undefined) return;
    const { ids, bytes } = batch;
    await share.take(bytes, signal);
    const records = await reader.getRecords(ids, { signal });
    await send({ records, absent: [], last: false });
    share.give(bytes);
  };
  for (const info of infos) {
    if (info === undefined) continue;
    const candidate: Candidate = info;
    await sendBatch(planner.add(candidate));
  }
  await sendBatch(planner.take());
  await send({ records: [], absent, last: true });
  await channel.end();
}
