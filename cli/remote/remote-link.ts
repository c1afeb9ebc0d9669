/** An open repository of someone else, however it is reached. */
import type { LinkPath, RemoteRepository, Session } from '../../protocol/index.ts';
import type { CommandContext } from '../command-context.ts';
import { parseRemoteAddress } from './remote-address.ts';

/** What this side wants to do there. */
export type LinkOptions = {
  readonly access: 'read' | 'write';
  /** Make the repository when the other side allows that. */
  readonly create: boolean;
  /** Accept, and remember, a peer that is not known. */
  readonly trustsNew: boolean;
};

export interface RemoteLink {
  readonly repository: RemoteRepository;
  /** How the bytes travel. */
  readonly path: LinkPath;
  /** Everything that crossed the link so far, in both directions, framing included. */
  wireBytes(): number;
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

/** The link over an open session. `onClose` ends what lies under the session. */
export function linkOver(
  session: Session,
  repository: RemoteRepository,
  { path, onClose }: { readonly path: LinkPath; readonly onClose: () => Promise<void> },
): RemoteLink {
  return {
    repository,
    path,
    wireBytes: () => {
      const { bytesSent, bytesReceived } = session.stats();
      return bytesSent + bytesReceived;
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
