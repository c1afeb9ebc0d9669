/** Both ends of FEED_OPEN: the dialler's, who becomes the sink, and the acceptor's, who becomes the source. */
import type { ObjectId, ObjectStore } from '../../store/index.ts';
import { fromErrorMessage } from '../error-codes.ts';
import { withDeadline } from '../flow/deadline.ts';
import type { FeedOpen, FeedOpened } from '../messages/feed.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { MessageChannel } from '../session/message-channel.ts';
import { checkWindow } from '../session/negotiation.ts';
import type { OpenRepository } from '../session/open-repositories.ts';
import type { ServedTransferDeps } from '../session/served-transfer.ts';
import { withChannel, type TransferDeps } from '../sync/client-transfer.ts';
import { FeedSink, type FeedEvents } from './feed-sink.ts';
import { openRepositoryShelf } from './feed-shelf.ts';
import { runFeedSource } from './feed-source.ts';
import { FEED_OPEN_MAX_MS } from './swarm-limits.ts';
import type { UploadTurns } from './upload-turns.ts';

export type FeedOptions = {
  /** Where chunks go. */
  readonly store: ObjectStore;
  /** Tips of the fetch: at most `SYNC_TIPS_MAX`. */
  readonly wants: readonly ObjectId[];
  /** Most prefixes that the source may announce. */
  readonly announcedMax: number;
  readonly events: FeedEvents;
  /** The source is ready. From here on chunks can be wanted of it. */
  readonly onOpen: (feed: FeedSink, opened: FeedOpened) => void;
  readonly signal?: AbortSignal | undefined;
};

/** Opens a feed and runs it until it is finished or breaks. */
export async function runFeed(deps: TransferDeps, options: FeedOptions): Promise<void> {
  const { store, wants, announcedMax, events, onOpen, signal } = options;
  const { conversation, clock, windowBytes, negotiated, handle } = deps;
  const requestId = conversation.nextRequestId();
  await withChannel(deps, { requestId, signal }, async (channel) => {
    const { batchIdsMax } = negotiated;
    const sink = new FeedSink(
      { store, channel, events },
      { requestId, windowBytes, batchIdsMax, announcedMax, signal },
    );
    conversation.bulk.add(requestId, sink);
    const request = { handle, wants, windowBytes, announcedMax };
    await channel.send('FEED_OPEN', requestId, request);
    const limit = { ms: FEED_OPEN_MAX_MS, what: 'what it can give' };
    onOpen(sink, await withDeadline(clock, limit, () => receiveOpened(channel, requestId)));
    await sink.run();
  });
}

async function receiveOpened(channel: MessageChannel, requestId: number): Promise<FeedOpened> {
  const received = await channel.receive();
  if (received === undefined) {
    throw new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'the peer ended the feed early');
  }
  const { message } = received;
  if (message?.name === 'ERROR') throw fromErrorMessage(message.body);
  if (message?.name !== 'FEED_OPENED' || received.requestId !== requestId) {
    throw invalidMessage('does not answer a FEED_OPEN');
  }
  return message.body;
}

export type ServedFeed = {
  readonly channel: MessageChannel;
  readonly requestId: number;
  readonly request: FeedOpen;
  readonly opened: OpenRepository;
  /** Shared by the feeds of one node. */
  readonly turns: UploadTurns;
  readonly signal: AbortSignal;
};

/** Serves one feed to its end; gc stays away meanwhile. */
export async function serveFeed(
  deps: Omit<ServedTransferDeps, 'random'>,
  { channel, requestId, request, opened, turns, signal }: ServedFeed,
): Promise<void> {
  const { repository } = opened;
  const windowBytes = checkWindow(request.windowBytes);
  const release = await repository.hold?.();
  try {
    const shelf =
      repository.openShelf?.(request.wants) ??
      (await openRepositoryShelf(repository, request.wants, { signal }));
    await channel.send('FEED_OPENED', requestId, { complete: shelf.isComplete });
    const { connection, clock, negotiated, memory } = deps;
    const { batchIdsMax } = negotiated;
    const { announcedMax } = request;
    await runFeedSource(
      { shelf, connection, channel, clock, turns, memory },
      { requestId, windowBytes, batchIdsMax, announcedMax, signal },
    );
    await channel.end();
  } finally {
    await release?.();
  }
}
