/** An open repository of someone else, however it is reached. */
import type { Connection, LinkPath, RemoteRepository, Session } from '../../protocol/index.ts';
import type { CommandContext } from '../command-context.ts';
import { parseRemoteAddress } from './remote-address.ts';

/** What this side wants to do there. */
export type LinkOptions = {
  readonly access: 'read' | 'write';
  /** Make the repository when the other side allows that. */
  readonly create: boolean;
  /** Accept, and remember, a peer that is not known. */
  readonly trustsNew: boolean;
  /** What connections are held to; of the home folder if left out. Links of one transfer share theirs. */
  readonly limits?: ConnectionLimits | undefined;
};

/** Holds connections to limits on bandwidth. */
export interface ConnectionLimits {
  wrap(connection: Connection): Connection;
}

/** Work on a remote repository that may be repeated from the start; `repetition` counts from 0. */
export type RepeatableWork<T> = (repository: RemoteRepository, repetition: number) => Promise<T>;

export interface RemoteLink {
  /** Who serves the repository, proven; undefined for a folder of this machine. */
  readonly peerId: string | undefined;
  /** Where the connection leads now, or the folder. */
  readonly address: string;
  /** The repository as reached now: another object after a reconnection. */
  readonly repository: RemoteRepository;
  /** What the connections are held to; undefined where nothing is. */
  readonly limits?: ConnectionLimits | undefined;
  /** How the bytes travel now. */
  readonly path: LinkPath;
  /** Why they travel this way; undefined when it was the first choice. */
  readonly pathReason?: string | undefined;
  /** How often the connection was lost and made again. */
  readonly reconnectCount: number;
  /** Everything that crossed the link so far, in both directions, framing included, on all of its connections. */
  wireBytes(): number;
  /** Runs work, and runs it again as often as the path to the peer fails under it, within the bounds of the link. */
  keepUp<T>(work: RepeatableWork<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens the repository at an address. */
export async function openRemoteLink(
  context: CommandContext,
  addressText: string,
  options: LinkOptions,
): Promise<RemoteLink> {
  const address = parseRemoteAddress(addressText);
  if (address.kind === 'path') {
    const { openLocalLink } = await import('./local-link.ts');
    return openLocalLink(context, address.path, options);
  }
  const { openPeerLink } = await import('./peer-link.ts');
  return openPeerLink(context, address.text, options);
}

/** What lies under a link to a folder. */
export type LinkGround = {
  /** The folder. */
  readonly address: string;
  /** The error to show in place of one that the session reports. */
  readonly tellWhy: (error: unknown) => Promise<unknown>;
  /** Ends what lies under the session. */
  readonly onClose: () => Promise<void>;
};

/** A link to a folder, whose path cannot fail, over an open session. */
export function linkOver(
  session: Session,
  repository: RemoteRepository,
  { address, tellWhy, onClose }: LinkGround,
): RemoteLink {
  return {
    peerId: undefined,
    address,
    repository,
    path: 'local',
    reconnectCount: 0,
    wireBytes: () => {
      const { bytesSent, bytesReceived } = session.stats();
      return bytesSent + bytesReceived;
    },
    keepUp: async (work) => {
      try {
        return await work(repository, 0);
      } catch (error) {
        throw await tellWhy(error);
      }
    },
    close: async () => {
      try {
        await session.close();
      } finally {
        await onClose();
      }
    },
  };
}
