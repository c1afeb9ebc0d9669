/** The dialler's side of SYNC_REQUEST: which role it takes, what it tells the peer, and how the answer shapes the transfer. */
import type { ObjectId, ObjectReader, ObjectStore } from '../../store/index.ts';
import { BloomFilter } from '../bloom/bloom-filter.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import { fromErrorMessage } from '../error-codes.ts';
import { SendMemory } from '../flow/send-memory.ts';
import { SYNC_TIPS_MAX } from '../messages/limits.ts';
import type { SyncRequest, SyncResponse } from '../messages/sync.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { Conversation } from '../session/conversation.ts';
import { MessageChannel } from '../session/message-channel.ts';
import { checkWindow, type Negotiated } from '../session/negotiation.ts';
import { buildHaveFilter } from './have-filter.ts';
import {
  NO_TOTALS,
  reportOf,
  type SyncProgressCallback,
  type SyncReport,
} from './sync-progress.ts';
import {
  answerSketch,
  readSketch,
  type SketchDeps,
  type SketchOptions,
} from './sketch-exchange.ts';
import { SyncSink } from './sync-sink.ts';
import { runSyncSource, type SourceMode } from './sync-source.ts';

export type TransferDeps = {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly conversation: Conversation;
  readonly negotiated: Negotiated;
  /** Bulk bytes accepted unacknowledged. */
  readonly windowBytes: number;
  readonly handle: number;
};

export type TransferOptions<S> = {
  readonly store: S;
  readonly wants: readonly ObjectId[];
  readonly haves: readonly ObjectId[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: SyncProgressCallback | undefined;
};

/** The dialler as source. */
export async function pushObjects(
  deps: TransferDeps,
  options: TransferOptions<ObjectReader>,
): Promise<SyncReport> {
  const { store, signal, onProgress } = options;
  const known = await store.has(options.haves, { signal });
  const held = options.haves.filter((_, index) => known[index] === true);
  const haves = [...new Set(held)].slice(0, SYNC_TIPS_MAX);
  const wants = openWants(options.wants, haves);
  if (wants.length === 0) return reportOf(NO_TOTALS, 0);
  const requestId = deps.conversation.nextRequestId();
  return withChannel(deps, { requestId, signal }, async (channel) => {
    const response = await requestSync(channel, requestId, {
      handle: deps.handle,
      direction: 'push',
      wants,
      haves,
      heldCount: await store.count(),
      windowBytes: 0,
    });
    return runSyncSource(
      {
        ...{ reader: store, connection: deps.connection, channel, clock: deps.clock },
        memory: new SendMemory(deps.clock),
      },
      {
        requestId,
        wants,
        common: response.common,
        mode: await sourceMode({ store, channel, requestId }, response, { signal }),
        windowBytes: checkWindow(response.windowBytes),
        batchIdsMax: deps.negotiated.batchIdsMax,
        signal,
        onProgress,
      },
    );
  });
}

export type PullTransferOptions = TransferOptions<ObjectStore> & {
  /** Everything but chunks. */
  readonly structureOnly?: boolean | undefined;
};

/** The dialler as sink. */
export async function pullObjects(
  deps: TransferDeps,
  options: PullTransferOptions,
): Promise<SyncReport> {
  const { store, signal, onProgress } = options;
  const haves = [...new Set(options.haves)].slice(0, SYNC_TIPS_MAX);
  const wants = openWants(options.wants, haves);
  if (wants.length === 0) return reportOf(NO_TOTALS, 0);
  const { connection, conversation, clock, windowBytes } = deps;
  const heldCount = await store.count();
  const requestId = conversation.nextRequestId();
  return withChannel(deps, { requestId, signal }, async (channel) => {
    const structure = options.structureOnly;
    const request = { handle: deps.handle, direction: 'pull' as const, wants, haves, structure };
    const createSink = (mode: 'all' | 'check' | BloomFilter): SyncSink => {
      const sinkOptions = { requestId, mode, windowBytes, signal, onProgress };
      const sinkDeps = { store, channel, clock, connection };
      const created = new SyncSink(sinkDeps, sinkOptions);
      conversation.bulk.add(requestId, created);
      return created;
    };
    // A source that need not ask sends at once, and its bulk streams may overtake the answer.
    const early = heldCount === 0 ? createSink('all') : undefined;
    const response = await requestSync(channel, requestId, { ...request, heldCount, windowBytes });
    if (early !== undefined) return early.run();
    const { sketchKey: key } = response;
    const wantsFilter =
      key === undefined
        ? response.filter
        : await answerSketch({ store, channel, requestId, key }, { signal });
    if (!wantsFilter) return createSink('check').run();
    const filter = await buildHaveFilter(store, { signal });
    const sink = createSink(filter);
    await channel.send('BLOOM_FILTER', requestId, filter.toMessage());
    return sink.run();
  });
}

function openWants(wants: readonly ObjectId[], haves: readonly ObjectId[]): ObjectId[] {
  const held = new Set(haves);
  return [...new Set(wants)].filter((id) => !held.has(id));
}

async function requestSync(
  channel: MessageChannel,
  requestId: number,
  request: SyncRequest,
): Promise<SyncResponse> {
  await channel.send('SYNC_REQUEST', requestId, request);
  const received = await channel.receive();
  if (received === undefined) {
    throw new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'the peer ended the transfer early');
  }
  const { message } = received;
  if (message?.name === 'ERROR') throw fromErrorMessage(message.body);
  if (message?.name !== 'SYNC_RESPONSE' || received.requestId !== requestId) {
    throw invalidMessage('does not answer a SYNC_REQUEST');
  }
  const offered = new Set(request.haves);
  if (message.body.common.some((id) => !offered.has(id))) {
    throw invalidMessage('claims to share what was not offered');
  }
  return message.body;
}

async function sourceMode(
  deps: Omit<SketchDeps, 'key'>,
  { heldCount, filter, sketchKey }: SyncResponse,
  options: SketchOptions,
): Promise<SourceMode> {
  if (heldCount === 0) return 'all';
  if (sketchKey !== undefined) return sketchOrFilter({ ...deps, key: sketchKey }, options);
  return filter ? receiveFilter(deps.channel, deps.requestId) : 'check';
}

/** What a sketch shows, or the filter that comes where it shows nothing. */
export async function sketchOrFilter(
  deps: SketchDeps,
  options: SketchOptions,
): Promise<SourceMode> {
  return (await readSketch(deps, options)) ?? receiveFilter(deps.channel, deps.requestId);
}

/** The sink's filter, which comes next on the sync's stream. */
export async function receiveFilter(
  channel: MessageChannel,
  requestId: number,
): Promise<BloomFilter> {
  const received = await channel.receive();
  if (received?.message?.name === 'ERROR') throw fromErrorMessage(received.message.body);
  if (received?.message?.name !== 'BLOOM_FILTER' || received.requestId !== requestId) {
    throw invalidMessage('is not the filter that was announced');
  }
  return BloomFilter.fromMessage(received.message.body);
}

/** A stream for one transfer, ended or given up when the transfer is. A broken rule ends the whole conversation. */
export async function withChannel<T>(
  deps: Pick<TransferDeps, 'connection' | 'conversation'>,
  options: { readonly requestId: number; readonly signal: AbortSignal | undefined },
  run: (channel: MessageChannel) => Promise<T>,
): Promise<T> {
  const { requestId, signal } = options;
  signal?.throwIfAborted();
  const channel = new MessageChannel(await deps.connection.openStream());
  const onAbort = (): void => channel.interrupt(requestId, signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const report = await run(channel);
    await channel.end();
    deps.conversation.track(channel.drain());
    return report;
  } catch (error) {
    channel.interrupt(requestId, error);
    await channel.settled();
    deps.conversation.failOnViolation(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    deps.conversation.bulk.remove(requestId);
  }
}
