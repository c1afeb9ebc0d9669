/** The serving side of SYNC_REQUEST: the mirror of `sync/client-transfer.ts`. */
import type { Clock } from '../clock.ts';
import type { RandomBytes } from '../random-bytes.ts';
import { SKETCH_KEY_BYTES } from '../sketch/keyed-digest.ts';
import type { Connection } from '../connection.ts';
import { withDeadline } from '../flow/deadline.ts';
import type { SendMemory } from '../flow/send-memory.ts';
import type { SyncRequest } from '../messages/sync.ts';
import { ProtocolError } from '../protocol-error.ts';
import { receiveFilter, sketchOrFilter } from '../sync/client-transfer.ts';
import { buildHaveFilter } from '../sync/have-filter.ts';
import { chooseHaveMethod } from '../sync/have-method.ts';
import { selectKnown } from '../sync/known-commits.ts';
import { answerSketch } from '../sync/sketch-exchange.ts';
import { SyncSink, type SinkMode } from '../sync/sync-sink.ts';
import { runSyncSource, type SourceMode } from '../sync/sync-source.ts';
import type { Conversation } from './conversation.ts';
import type { MessageChannel } from './message-channel.ts';
import { checkWindow, type Negotiated } from './negotiation.ts';
import type { OpenRepository } from './open-repositories.ts';
import { FILTER_WAIT_MAX_MS } from './session-limits.ts';

export type ServedTransferDeps = {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly conversation: Conversation;
  readonly negotiated: Negotiated;
  readonly windowBytes: number;
  readonly random: RandomBytes;
  /** Shared by all transfers of the node. */
  readonly memory: SendMemory;
};

export type ServedTransfer = {
  readonly channel: MessageChannel;
  readonly requestId: number;
  readonly request: SyncRequest;
  readonly opened: OpenRepository;
  readonly signal: AbortSignal;
};

/** Runs one transfer to its end; gc stays away meanwhile. */
export async function serveTransfer(
  deps: ServedTransferDeps,
  transfer: ServedTransfer,
): Promise<void> {
  const release = await transfer.opened.repository.hold?.();
  try {
    if (transfer.request.direction === 'push') await receivePush(deps, transfer);
    else await sendPull(deps, transfer);
    await transfer.channel.end();
  } finally {
    await release?.();
  }
}

/** The peer is the source. */
async function receivePush(deps: ServedTransferDeps, transfer: ServedTransfer): Promise<void> {
  const { channel, requestId, request, opened, signal } = transfer;
  const { objects, refs } = opened.repository;
  const { connection, conversation, clock, windowBytes } = deps;
  const heldCount = await objects.count();
  const input = { ids: request.haves, refs: await refs.list() };
  const common = await selectKnown(objects, input, { signal });
  const counts = { source: request.heldCount, sink: heldCount, hasCommon: common.length > 0 };
  const method = chooseHaveMethod(counts);
  const respond = (sketchKey?: Uint8Array): Promise<void> =>
    channel.send('SYNC_RESPONSE', requestId, {
      ...{ common, heldCount, windowBytes },
      ...{ filter: method === 'filter', sketchKey },
    });
  const createSink = (mode: SinkMode): SyncSink => {
    const options = { requestId, mode, windowBytes, signal };
    const created = new SyncSink({ store: objects, channel, clock, connection }, options);
    conversation.bulk.add(requestId, created);
    return created;
  };
  try {
    // A source that is told to send everything does so at once: nothing may come between this and its first batch.
    if (method === 'all' || method === 'check') {
      const sink = createSink(method);
      await respond();
      await sink.run();
      return;
    }
    if (method === 'sketch') {
      const key = deps.random(SKETCH_KEY_BYTES);
      await respond(key);
      const exchange = { store: objects, channel, requestId, key };
      const limit = { ms: FILTER_WAIT_MAX_MS, what: 'a request for a sketch' };
      const wantsFilter = await withDeadline(clock, limit, () =>
        answerSketch(exchange, { signal }),
      );
      if (!wantsFilter) {
        await createSink('check').run();
        return;
      }
    }
    const filter = await buildHaveFilter(objects, { signal });
    const sink = createSink(filter);
    if (method === 'filter') await respond();
    await channel.send('BLOOM_FILTER', requestId, filter.toMessage());
    await sink.run();
  } finally {
    conversation.bulk.remove(requestId);
  }
}

/** The peer is the sink. It may have what refs lead to, and nothing else. */
async function sendPull(deps: ServedTransferDeps, transfer: ServedTransfer): Promise<void> {
  const { channel, requestId, request, opened, signal } = transfer;
  const { objects, refs } = opened.repository;
  const windowBytes = checkWindow(request.windowBytes);
  const list = await refs.list();
  const wants = await selectKnown(objects, { ids: request.wants, refs: list }, { signal });
  if (wants.length < request.wants.length) {
    throw new ProtocolError('DITS_PROTOCOL_NOT_FOUND', 'no ref of this repository leads there', {
      hint: 'the refs have changed meanwhile: run the command again',
    });
  }
  const common = await selectKnown(objects, { ids: request.haves, refs: list }, { signal });
  const counts = {
    ...{ source: await objects.count(), sink: request.heldCount },
    hasCommon: common.length > 0,
  };
  const method = chooseHaveMethod(counts);
  const sketchKey = method === 'sketch' ? deps.random(SKETCH_KEY_BYTES) : undefined;
  await channel.send('SYNC_RESPONSE', requestId, {
    ...{ common, heldCount: 0, windowBytes: 0 },
    ...{ filter: method === 'filter', sketchKey },
  });
  const findMode = async (): Promise<SourceMode> => {
    if (sketchKey !== undefined) {
      const exchange = { store: objects, channel, requestId, key: sketchKey };
      return sketchOrFilter(exchange, { signal });
    }
    return method === 'all' || method === 'check' ? method : receiveFilter(channel, requestId);
  };
  const limit = { ms: FILTER_WAIT_MAX_MS, what: 'what it holds' };
  const mode = await withDeadline(deps.clock, limit, findMode);
  await runSyncSource(
    {
      ...{ reader: objects, connection: deps.connection, channel },
      ...{ clock: deps.clock, memory: deps.memory },
    },
    {
      requestId,
      wants,
      common,
      mode,
      windowBytes,
      batchIdsMax: deps.negotiated.batchIdsMax,
      structureOnly: request.structure,
      signal,
    },
  );
}
