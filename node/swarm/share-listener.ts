/**
 * Lets others take what a running fetch holds: a QUIC listener on a free port, open for as long as the fetch runs. Anyone
 * may shake hands; who shows no pass in time has to go, and who has one may open feeds and do nothing else.
 */
import { randomBytes } from 'node:crypto';
import {
  ReceiveMemory,
  SendMemory,
  UploadTurns,
  serveConnection,
  type Connection,
  type ServedConnection,
} from '../../protocol/index.ts';
import { CLOSE_CODE } from '../close-codes.ts';
import type { NodeSettings } from '../config.ts';
import type { Identity } from '../identity/identity.ts';
import type { Logger } from '../logger.ts';
import { QuicListener } from '../quic/quic-listener.ts';
import type { QuicConnection } from '../quic/quic-connection.ts';
import { systemClock } from '../system-clock.ts';
import { StrangerHost, type StrangerHostDeps } from './stranger-host.ts';
import {
  CONNECTIONS_PER_STRANGER_MAX,
  STRANGERS_MAX,
  STRANGER_PASS_MAX_MS,
  STRANGER_WINDOW_BYTES,
} from './swarm-limits.ts';

export type ShareListenerDeps = Pick<StrangerHostDeps, 'shared'> & {
  readonly identity: Identity;
  readonly logger: Logger;
  /** Holds connections to limits on bandwidth. */
  readonly limits?: { wrap(connection: Connection): Connection } | undefined;
  /** Told when somebody came with a valid pass. */
  readonly onMember?: ((peerId: string) => void) | undefined;
};

export type ShareListenerOptions = {
  readonly settings: Pick<NodeSettings, 'congestionControl' | 'datagramBytes' | 'idleTimeoutMs'>;
  /** Name and version of this program. */
  readonly software: string;
  /** Literal address to listen on; every one of this machine if left out. */
  readonly host?: string | undefined;
  /** Time that a stranger has to show its pass. */
  readonly passMaxMs?: number | undefined;
};

export class ShareListener {
  readonly #turns = new UploadTurns(systemClock);
  readonly #memory = new SendMemory(systemClock);
  readonly #intake = new ReceiveMemory(systemClock);
  readonly #deps: ShareListenerDeps;
  readonly #options: ShareListenerOptions;
  readonly #strangers: StrangerHost;
  readonly #served = new Map<ServedConnection, QuicConnection>();
  /** Bytes of connections that are over. */
  #pastBytes = 0;
  #listener: QuicListener | undefined;
  #closing: Promise<void> | undefined;

  private constructor(deps: ShareListenerDeps, options: ShareListenerOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#strangers = new StrangerHost({ shared: deps.shared, nowSeconds });
  }

  /** @throws NodeError DITS_NODE_LISTEN_FAILED */
  static async open(
    deps: ShareListenerDeps,
    options: ShareListenerOptions,
  ): Promise<ShareListener> {
    const listener = new ShareListener(deps, options);
    await listener.#open();
    return listener;
  }

  /** UDP port. */
  get port(): number {
    return this.#listener?.address.port ?? 0;
  }

  /** Strangers that are connected. */
  get connectionCount(): number {
    return this.#served.size;
  }

  /** Bytes that crossed the connections, both ways. */
  get wireBytes(): number {
    return [...this.#served.values()].reduce((sum, one) => sum + bytesOf(one), this.#pastBytes);
  }

  /** Passes of this peer for its repository of this name count from now on; `now` is what its clock says. */
  trust(issuer: string, repository: string, now: number): void {
    this.#strangers.trust(issuer, repository, { now });
  }

  /** Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #open(): Promise<void> {
    const { datagramBytes, congestionControl, idleTimeoutMs } = this.#options.settings;
    this.#listener = await QuicListener.open(
      {
        logger: this.#deps.logger,
        nowMs: () => performance.now(),
        // Strangers by design: a pass is asked for where repositories are opened.
        admit: () => true,
        onConnection: (connection) => {
          this.#serve(connection);
        },
      },
      {
        address: { host: this.#options.host ?? '0.0.0.0', port: 0 },
        credentials: this.#deps.identity.credentials,
        idleTimeoutMs,
        congestionControl,
        payloadBytes: datagramBytes === 'auto' ? undefined : datagramBytes,
        windowBytes: STRANGER_WINDOW_BYTES,
        limits: {
          connectionsMax: STRANGERS_MAX,
          connectionsPerPeerMax: CONNECTIONS_PER_STRANGER_MAX,
        },
      },
    );
  }

  #serve(connection: QuicConnection): void {
    const { logger, limits, onMember } = this.#deps;
    const peerId = connection.remotePeerId;
    const showPass = setTimeout(() => {
      logger.info('swarm.no-pass', { peerId });
      void served.close(CLOSE_CODE.permissionDenied, 'only peers with a pass are served here');
    }, this.#options.passMaxMs ?? STRANGER_PASS_MAX_MS);
    const granted = (): void => {
      clearTimeout(showPass);
      onMember?.(peerId);
    };
    const served = serveConnection(
      limits?.wrap(connection) ?? connection,
      {
        ...{ clock: systemClock, random: randomBytes },
        ...{ host: this.#hostFor(granted), turns: this.#turns },
        ...{ memory: this.#memory, intake: this.#intake },
      },
      {
        software: this.#options.software,
        onProblem: (error) => {
          logger.debug('swarm.problem', { peerId, reason: String(error) });
        },
      },
    );
    this.#served.set(served, connection);
    const over = (): void => {
      clearTimeout(showPass);
      this.#served.delete(served);
      this.#pastBytes += bytesOf(connection);
    };
    served.done.then(over, over);
  }

  #hostFor(granted: () => void): Pick<StrangerHost, 'authorize'> {
    const strangers = this.#strangers;
    return {
      authorize: async (question) => {
        const answer = await strangers.authorize(question);
        if (answer.isGranted) granted();
        return answer;
      },
    };
  }

  async #close(): Promise<void> {
    this.#listener?.refuseNew();
    const reason = 'the fetch is over';
    await Promise.all(
      [...this.#served.keys()].map((one) => one.close(CLOSE_CODE.stopping, reason)),
    );
    await this.#listener?.close(CLOSE_CODE.stopping, reason);
  }
}

function bytesOf(connection: QuicConnection): number {
  const { bytesSent, bytesReceived } = connection.stats();
  return bytesSent + bytesReceived;
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
