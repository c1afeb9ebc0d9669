/** The serving side of SYNC_REQUEST: the mirror of `sync/client-transfer.ts`. */
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import { withDeadline } from '../flow/deadline.ts';
import type { SyncRequest } from '../messages/sync.ts';
import { ProtocolError } from '../protocol-error.ts';
import { receiveFilter } from '../sync/client-transfer.ts';
import { buildHaveFilter } from '../sync/have-filter.ts';
import { selectKnown } from '../sync/known-commits.ts';
import { SyncSink, type SinkMode } from '../sync/sync-sink.ts';
import { runSyncSource } from '../sync/sync-source.ts';
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
  const { conversation, clock, windowBytes } = deps;
  const heldCount = await objects.count();
  const input = { ids: request.haves, refs: await refs.list() };
  const common = await selectKnown(objects, input, { signal });
  // A source that is told to send everything does so at once: nothing may come between this and its first batch.
  const filter =
    heldCount > 0 && common.length === 0 ? await buildHaveFilter(objects, { signal }) : undefined;
  const mode: SinkMode = heldCount === 0 ? 'all' : (filter ?? 'check');
  const sink = new SyncSink(
    { store: objects, channel, clock },
    { requestId, mode, windowBytes, signal },
  );
  conversation.bulk.add(requestId, sink);
  try {
    const hasFilter = filter !== undefined;
    await channel.send('SYNC_RESPONSE', requestId, {
      common,
      heldCount,
      windowBytes,
      filter: hasFilter,
    });
    if (hasFilter) await channel.send('BLOOM_FILTER', requestId, filter.toMessage());
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
  const filter = request.heldCount > 0 && common.length === 0;
  await channel.send('SYNC_RESPONSE', requestId, { common, heldCount: 0, windowBytes: 0, filter });
  const limit = { ms: FILTER_WAIT_MAX_MS, what: 'a Bloom filter' };
  const mode = filter
    ? await withDeadline(deps.clock, limit, () => receiveFilter(channel, requestId))
    : request.heldCount === 0
      ? 'all'
      : 'check';
  await runSyncSource(
    { reader: objects, connection: deps.connection, channel, clock: deps.clock },
    {
      requestId,
      wants,
      common,
      mode,
      windowBytes,
      batchIdsMax: deps.negotiated.batchIdsMax,
      signal,
    },
  );
}
