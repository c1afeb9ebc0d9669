/** Running nodes and their users in temporary homes, for tests. Everything ends with `close`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  TrustFile,
  createNode,
  dialPeer,
  generateIdentity,
  parsePeerAddress,
  resolveNodeSettings,
  silentLogger,
  systemClock,
  type DialOptions,
  type Identity,
  type NodeOptions,
  type RunningNode,
} from '../../node/index.ts';
import { connectSession, type Connection, type Session } from '../../protocol/index.ts';

/** A home folder with an identity. */
export type Home = {
  readonly folder: string;
  readonly identity: Identity;
  readonly trust: TrustFile;
};

export class NodeBench {
  readonly folder: string;
  readonly #nodes: RunningNode[] = [];
  readonly #connections: Connection[] = [];
  #homeCount = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<NodeBench> {
    return new NodeBench(await mkdtemp(join(tmpdir(), 'dits-node-')));
  }

  home(): Home {
    const folder = join(this.folder, `home-${++this.#homeCount}`);
    return {
      folder,
      identity: generateIdentity(),
      trust: new TrustFile(folder, { now: () => new Date() }),
    };
  }

  /** A relay on a free port of 127.0.0.1, unless `options` say otherwise. */
  async start(home: Home, options: Partial<NodeOptions> = {}): Promise<RunningNode> {
    const node = await createNode(
      { identity: home.identity, trust: home.trust, logger: silentLogger },
      {
        home: home.folder,
        serve: {},
        dataDirectory: join(home.folder, 'data'),
        canCreate: true,
        software: 'test',
        settings: resolveNodeSettings({ listen: '127.0.0.1:0' }),
        ...options,
      },
    );
    this.#nodes.push(node);
    return node;
  }

  /** Dials a node; with the identity it claims unless `address` says otherwise. */
  async dial(
    from: Home,
    node: RunningNode,
    { address, ...options }: Partial<DialOptions> & { readonly address?: string } = {},
  ): Promise<Connection> {
    const parsed = parsePeerAddress(address ?? `${node.addresses[0]}/any`);
    const connection = await dialPeer({ identity: from.identity, trust: from.trust }, parsed, {
      settings: resolveNodeSettings(),
      ...options,
    });
    this.#connections.push(connection);
    return connection;
  }

  async session(from: Home, node: RunningNode): Promise<Session> {
    const connection = await this.dial(from, node);
    return await connectSession(connection, { clock: systemClock }, { software: 'test' });
  }

  async close(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.close(0, 'test is over')));
    await Promise.all(this.#nodes.map((node) => node.stop()));
    await rm(this.folder, { recursive: true, force: true });
  }
}
