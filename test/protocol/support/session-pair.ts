/** A client and a server session over an in-memory connection. */
import { randomBytes } from 'node:crypto';
import {
  connectSession,
  createMemoryPair,
  serveConnection,
  type MemoryPair,
  type MemoryPairOptions,
  type ServedConnection,
  type ServedRepositories,
  type ServedRepository,
  type Session,
} from '../../../protocol/index.ts';
import { ManualClock } from './manual-clock.ts';

export type SessionPair = {
  readonly session: Session;
  readonly served: ServedConnection;
  readonly pair: MemoryPair;
  readonly clock: ManualClock;
  readonly close: () => Promise<void>;
};

/** A host that grants everything on the repositories given. */
export function openHost(
  repositories: Readonly<Record<string, ServedRepository>>,
): ServedRepositories {
  return {
    authorize: ({ repository: name }) => {
      const repository = repositories[name];
      if (repository === undefined) {
        return Promise.resolve({
          isGranted: false,
          failure: 'insufficient-permission',
          message: '',
        });
      }
      return Promise.resolve({ isGranted: true, access: 'admin', repository });
    },
  };
}

export async function connectPair(
  host: ServedRepositories,
  options: MemoryPairOptions & { readonly windowBytes?: number } = {},
): Promise<SessionPair> {
  const clock = new ManualClock();
  const pair = createMemoryPair(options);
  const common = { windowBytes: options.windowBytes };
  const served = serveConnection(
    pair.acceptor,
    { clock, host, random: randomBytes },
    { software: 'server/1', ...common },
  );
  const session = await connectSession(
    pair.dialler,
    { clock },
    { software: 'client/1', ...common },
  );
  const close = async (): Promise<void> => {
    await session.close();
    await served.done;
  };
  return { session, served, pair, clock, close };
}
