/** A node that others use, and one who uses it, in a bench of their own. Everything ends with `close`. */
import type { NodeOptions, RunningNode } from '../../node/index.ts';
import type { Connection, Session } from '../../protocol/index.ts';
import { NodeBench, type Home } from './node-bench.ts';

export class RelayScene {
  readonly bench: NodeBench;
  readonly relay: Home;
  readonly user: Home;

  private constructor(bench: NodeBench) {
    this.bench = bench;
    this.relay = bench.home();
    this.user = bench.home();
  }

  static async create(): Promise<RelayScene> {
    return new RelayScene(await NodeBench.create());
  }

  /** Makes the user known to the relay, with this grant. */
  async grant(repository: string, access: 'read' | 'write'): Promise<void> {
    const grants = [{ repository, access }];
    await this.relay.trust.add({ peerId: this.user.identity.peerId, name: 'user', grants });
  }

  start(options?: Partial<NodeOptions>): Promise<RunningNode> {
    return this.bench.start(this.relay, options);
  }

  dial(node: RunningNode, options?: Parameters<NodeBench['dial']>[2]): Promise<Connection> {
    return this.bench.dial(this.user, node, options);
  }

  session(node: RunningNode): Promise<Session> {
    return this.bench.session(this.user, node);
  }

  close(): Promise<void> {
    return this.bench.close();
  }
}
